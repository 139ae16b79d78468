"""The very first `make demo`: what was loaded by the same command is served, letters included."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from exigible.bureau.demonstration import IDENTIFIANT, MOT_DE_PASSE


def test_a_letter_is_typeset_by_the_server_that_loaded_the_demonstration(ouvrir, serveur_demo):
    """The typesetting engine keeps threads: once, loading in the process that forks the server froze every letter."""
    page = ouvrir(serveur_demo)
    page.locator("input[name=username]").fill(IDENTIFIANT)
    page.locator("input[name=password]").fill(MOT_DE_PASSE)
    with page.expect_navigation():
        page.locator("input[name=password]").press("Enter")
    page.goto("/clients/?q=Factice")
    page.get_by_role("link", name=re.compile("Factice")).first.click()
    page.get_by_role("link", name=re.compile("Lire et approuver")).click()
    expect(page.get_by_text("Approuver cette lettre")).to_be_visible()

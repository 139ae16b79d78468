"""Every main page on a desktop and on a phone, and Aujourd'hui by keyboard. Any error in the console is a failure."""

import re

from playwright.sync_api import Page, expect

PAGES = {
    "aujourdhui": "/",
    "clients": "/clients/",
    "importer": "/importer/",
    "banque": "/banque/",
    "completer": "/a-completer/",
    "reglages": "/reglages/",
}


def list_adresses(page: Page) -> dict[str, str]:
    """The pages of the menu, and those of the debtor who is first in the day's work."""
    page.goto("/clients/?q=factice")
    dossier = page.get_by_role("main").get_by_role("link", name="Factice & Associés").first.get_attribute("href")
    return PAGES | {
        "dossier": dossier,
        "decompte": f"{dossier}decompte/",
        "pieces": f"{dossier}pieces/",
        "contacts": f"{dossier}contacts/",
        "courrier": f"{dossier}courrier/",
        "saisie": f"{dossier}saisir/paiement/",
    }


def visit(page: Page, capturer) -> list[str]:
    """Open every page; say which ones scroll sideways."""
    debordent = []
    for nom, adresse in list_adresses(page).items():
        reponse = page.goto(adresse)
        assert reponse.status == 200, adresse
        page.wait_for_load_state("networkidle")
        largeur = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if largeur[0] > largeur[1]:
            debordent.append(f"{nom} : {largeur[0]} px dans {largeur[1]} px")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        capturer(page, nom)
    return debordent


def test_every_page_on_a_desktop(connexion, capturer):
    assert visit(connexion, capturer) == []


def test_every_page_on_a_phone_without_scrolling_sideways(connexion_telephone, capturer):
    assert visit(connexion_telephone, capturer) == []


def find_ici(page: Page) -> int:
    """Which row of the list has the focus."""
    return page.evaluate(
        "[...document.querySelectorAll('[data-ligne]')].findIndex((l) => l.contains(document.activeElement))"
    )


def test_the_days_work_by_keyboard(connexion):
    page = connexion
    lignes = page.locator("[data-ligne]")
    assert lignes.count() > 3
    places = []
    for touche in ("j", "j", "j", "k", "k", "k"):
        page.keyboard.press(touche)
        places.append(find_ici(page))
    assert places == [0, 1, 2, 1, 0, 0]
    nom = lignes.first.locator("[data-ouvre]").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#panneau").get_by_role("heading", level=2)).to_have_text(nom)
    # A reminder is written, so « e » says that it was sent: the message is kept and the row leaves the list.
    relance = lignes.filter(has_text=nom).filter(has_text="relance écrite")
    expect(relance).to_have_count(1)
    page.keyboard.press("e")
    expect(page.locator("#panneau").get_by_role("button", name="C’est envoyé")).to_have_count(0)
    page.goto("/")
    expect(relance).to_have_count(0)


def test_keyboard_help_and_search(connexion):
    page = connexion
    page.keyboard.press("?")
    aide = page.locator("#aide-clavier")
    expect(aide).to_be_visible()
    page.keyboard.press("Escape")
    expect(aide).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("M2012")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Factice & Associés")


def test_nothing_is_shown_to_a_stranger(page):
    for chemin in PAGES.values():
        page.goto(chemin)
        expect(page).to_have_url(re.compile(r"/connexion/"))


def test_a_first_visit_asks_for_an_account(ouvrir, serveur_vide):
    page = ouvrir(serveur_vide)
    expect(page).to_have_url(re.compile(r"/premiere-visite/"))


def test_filters_are_folded_on_a_phone_only(connexion_telephone):
    page = connexion_telephone
    page.goto("/clients/")
    etape = page.get_by_label("Étape", exact=True)
    expect(etape).to_be_hidden()
    page.get_by_text("Affiner").click()
    expect(etape).to_be_visible()
    # A choice is sent at once; what is in use stays unfolded.
    etape.select_option("relancee")
    expect(page).to_have_url(re.compile(r"stade=relancee"))
    expect(etape).to_be_visible()
    page.goto("/clients/")
    expect(etape).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(etape).to_be_visible()


def test_what_a_transfer_will_pay_is_shown_before_it_is_given(connexion):
    page = connexion
    page.goto("/banque/")
    page.get_by_role("link", name="Informatique Chimère").click()
    panneau = page.locator("#panneau")
    panneau.get_by_role("button", name="C’est ce client").click()
    expect(panneau.get_by_role("table", name="Imputation du virement, facture par facture")).to_contain_text(
        "principal"
    )
    page.keyboard.press("e")
    expect(page.get_by_text("Virement affecté à Informatique Chimère.")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Informatique Chimère")).to_have_count(0)

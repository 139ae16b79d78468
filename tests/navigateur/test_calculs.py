"""The calculators in a browser: on the very first day, without an account, by keyboard, on a phone."""

import re

from playwright.sync_api import expect

TELEPHONE = {"width": 390, "height": 844}
PAGES = ("interets", "taux", "echeance", "delai", "prescription", "competence", "saisissable", "sbi", "emoluments")


def test_a_question_by_keyboard_then_its_address_given_to_another(ouvrir, serveur_vide):
    page = ouvrir(serveur_vide)
    page.get_by_role("link", name="Calculatrices").click()
    page.get_by_role("link", name="Délai de procédure").click()
    page.get_by_label("Jour de départ").fill("2026-10-01")
    page.get_by_label("Durée").fill("1 mois")
    page.keyboard.press("Enter")
    expect(page.get_by_role("definition").filter(has_text="02/11/2026")).to_be_visible()
    expect(page.locator("#resultat")).to_be_in_viewport()

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_role("button", name="Copié")).to_be_visible()
    adresse = page.evaluate("navigator.clipboard.readText()")
    autre = ouvrir(serveur_vide, TELEPHONE)
    autre.goto(adresse)
    expect(autre.get_by_role("definition").filter(has_text="02/11/2026")).to_be_visible()


def test_each_example_on_a_phone_without_scrolling_sideways(ouvrir, serveur_vide, capturer):
    page = ouvrir(serveur_vide, TELEPHONE)
    debordent = []
    for nom in PAGES:
        page.goto(f"/calculs/{nom}/")
        page.get_by_role("link", name="Essayer un exemple").click()
        expect(page.get_by_role("heading", name="Comment c’est calculé")).to_be_visible()
        page.wait_for_load_state("load")  # before its style sheets, a page is as wide as it likes
        largeur = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if largeur[0] > largeur[1]:
            debordent.append(f"{nom} : {largeur[0]} px dans {largeur[1]} px")
        capturer(page, f"calcul_{nom}")
    assert debordent == []


def test_payments_are_added_one_line_after_another(ouvrir, serveur_vide):
    page = ouvrir(serveur_vide)
    page.goto("/calculs/interets/?principal=10000&du=2025-09-30&au=2026-02-15&regime=commercial")
    lignes = page.locator("[name=paiement_montant]")
    expect(lignes).to_have_count(2)
    for rang, (jour, montant) in enumerate([("2025-11-15", "3000"), ("2026-01-20", "4000")]):
        page.locator("[name=paiement_le]").nth(rang).fill(jour)
        lignes.nth(rang).fill(montant)
        page.get_by_role("button", name=re.compile("Calculer")).click()
        expect(page.get_by_role("row", name=re.compile(f"{montant[0]} 000,00"))).to_be_visible()
    expect(lignes).to_have_count(3)

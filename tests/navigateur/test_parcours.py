"""The whole way in a real browser: import, read the statement, approve and post a formal notice, see it in the journal.

Set EXIGIBLE_CAPTURES to a folder (docs/images) to make the pictures of the README.
"""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

# One more invoice for a customer of the demonstration, already reminded: it is ripe for a formal notice with M2012.
FICHIER = """N° facture;Code client;Client;Date;Échéance;Montant TTC;Déjà envoyé;Envoyé le
Z9001;CARCH;Cabinet d’architecture Factice & Associés;01/09/2025;01/10/2025;10 000,00;Relance;20/10/2025
"""
NUMERO = "1A 000 000 0000 0"


def save_image(page: Page, nom: str) -> None:
    dossier = os.environ.get("EXIGIBLE_CAPTURES")
    if dossier:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=Path(dossier) / f"{nom}.png")


def open_menu(page: Page, nom: str) -> None:
    page.get_by_role("navigation", name="Navigation principale").get_by_role("link", name=nom).click()


def open_client(page: Page, nom: str) -> None:
    page.locator("#recherche").fill(nom)
    page.locator("#recherche").press("Enter")
    page.get_by_role("main").get_by_role("link", name=nom).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(nom)


def preview_fichier(page: Page) -> None:
    open_menu(page, "Importer")
    fichier = {"name": "suite.csv", "mimeType": "text/csv", "buffer": FICHIER.encode("utf-8-sig")}
    page.locator("input[type=file]").set_input_files([fichier])
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("suite.csv")


def import_fichier(page: Page) -> None:
    preview_fichier(page)
    expect(page.get_by_role("row").filter(has_text="Z9001")).to_contain_text("10 000,00 €")
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_text("Reçu : importé le")).to_be_visible()


def read_montants(page: Page, debut: str) -> list[str]:
    """The amounts of the row that begins with `debut`, no-break spaces made plain."""
    ligne = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=debut, exact=True)).first
    return [texte.replace("\u202f", " ").replace("\xa0", " ") for texte in ligne.locator("td").all_inner_texts()]


def test_from_a_file_to_a_formal_notice_in_the_journal(connexion):
    page = connexion
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aujourd’hui")
    save_image(page, "aujourdhui")
    import_fichier(page)

    open_client(page, "Factice & Associés")
    save_image(page, "dossier")
    page.get_by_role("navigation", name="Vues du dossier").get_by_role("link", name="Décompte").click()
    dossier = page.url.removesuffix("decompte/")
    # A statement as of 31 January 2026, when the invoices of the demonstration were not yet born, so that it never
    # changes. Due on 1 October 2025, interest runs from the 2nd. Rate: the ECB's on 1 July 2025 (2,15 %), then on
    # 1 January 2026 (2,15 %), plus 10 points: 12,15 % a year, article L. 441-10 II.
    # 10 000 × 12,15 % × 91 / 365 (2 October to 31 December, 30 + 30 + 31 days) = 302,92
    # 10 000 × 12,15 % × 31 / 365 (January) = 103,19
    # and 40 € for recovery costs (D. 441-5): 10 000,00 + 406,11 + 40,00 = 10 446,11 €.
    page.goto(f"{page.url}?au=2026-01-31")
    totaux = read_montants(page, "Z9001")
    assert totaux == ["01/10/2025", "10 000,00 €", "10 000,00 €", "406,11 €", "40,00 €", "10 446,11 €"]
    interets = page.get_by_role("region", name="Intérêts, période par période")
    expect(interets.locator("tbody tr")).to_have_count(2)
    assert read_montants(page, "Total")[-1] == "10 446,11 €"

    page.goto(dossier)
    page.get_by_role("link", name="Lire et approuver").click()
    lettre = page.get_by_role("region", name="Ce que la lettre réclame")
    expect(lettre).to_contain_text("M2012")
    expect(lettre).to_contain_text("Z9001")
    montant = lettre.locator("dd").first.inner_text()
    empreinte = lettre.locator("code").inner_text()
    apercu = page.get_by_title("La lettre, telle qu’elle partira").get_attribute("src")
    reponse = page.request.get(apercu)
    assert (reponse.status, reponse.headers["content-type"]) == (200, "application/pdf")
    assert reponse.body().startswith(b"%PDF-")
    save_image(page, "mise-en-demeure")
    page.get_by_role("button", name="Approuver cette lettre").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Mise en demeure")
    etat = page.get_by_role("region", name="Où elle en est")
    expect(etat).to_contain_text(montant)
    expect(etat).to_contain_text(empreinte)
    page.get_by_label("Mode d’envoi").select_option("lrar")
    page.get_by_label("Numéro de suivi").fill(NUMERO)
    page.get_by_role("button", name="Marquer comme postée").click()
    expect(etat).to_contain_text(NUMERO)
    page.get_by_label("Ce qu’il est devenu").select_option("presente")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("C’est enregistré dans le journal.")).to_be_visible()

    page.goto(dossier)
    fil = page.get_by_role("region", name="Fil")
    for titre in ("Courrier approuvé : mise en demeure", "Courrier posté : mise en demeure", "Courrier présenté"):
        expect(fil.locator("strong", has_text=titre)).to_be_visible()
    expect(fil.get_by_text(f"Numéro {NUMERO}")).to_be_visible()
    expect(fil.get_by_text(f"{montant} réclamés")).to_be_visible()
    expect(page.locator(".entete-page-titre")).to_contain_text("Mise en demeure")

    page.locator("summary[title]").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(re.compile("/connexion/"))
    page.goto(dossier)
    expect(page).to_have_url(re.compile("/connexion/"))


def test_the_same_file_again_changes_nothing(connexion):
    import_fichier(connexion)
    preview_fichier(connexion)
    expect(connexion.get_by_role("row").filter(has_text="Z9001")).to_contain_text("Déjà connu")


def test_an_unmatched_transfer_holds_the_reminder_until_a_person_decides(connexion):
    page = connexion
    open_client(page, "Boulangerie Modèle")
    expect(page.get_by_text("n'est pas rapproché").first).to_be_visible()
    expect(page.get_by_role("link", name="Lire et approuver")).to_have_count(0)

"""The first day: from an empty database to the first reminder ready to be sent, with nothing but the pages."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

ENTETES = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|"
    "EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
)
IBAN = "FR76 9999 9000 0100 0000 0000 115"
PHRASE = "quatre mots pris au hasard"


def write_fec(jour: date) -> bytes:
    """Two sales of `jour`, to two customers, as the books of a small company tell them."""
    lignes = [ENTETES]
    ventes = (
        ("1", "CFICT", "Menuiserie Fictive", "FA-1", "1200,00"),
        ("2", "CMODE", "Garage Modèle", "FA-2", "300,00"),
    )
    for numero, code, nom, piece, montant in ventes:
        debut = f"VE|Ventes|{numero}|{jour:%Y%m%d}"
        fin = f"{piece}|{jour:%Y%m%d}|Facture {piece}"
        lignes.append(f"{debut}|411000|Clients|{code}|{nom}|{fin}|{montant}|0,00|||{jour:%Y%m%d}||")
        lignes.append(f"{debut}|706000|Prestations|||{fin}|0,00|{montant}|||{jour:%Y%m%d}||")
    return "\r\n".join(lignes).encode()


def open_menu(page: Page, nom: str) -> None:
    page.get_by_role("navigation", name="Navigation principale").get_by_role("link", name=nom).click()


def create_espace(page: Page) -> None:
    champs = {
        "Nom de l’entreprise": "Atelier Premier Jour",
        "Adresse facultatif": "1 rue de l’Exemple",
        "Code postal": "99000",
        "Ville": "Villefictive",
        "Votre adresse électronique": "camille@exemple.example",
        "Mot de passe": PHRASE,
        "Mot de passe, une seconde fois": PHRASE,
    }
    for nom, valeur in champs.items():
        page.get_by_label(nom, exact=nom == "Mot de passe").fill(valeur)
    page.get_by_role("button", name="Créer mon espace").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Réglages")


def test_the_first_day(ouvrir, serveur_vide):
    page = ouvrir(serveur_vide)
    create_espace(page)

    comptes = page.get_by_role("region", name="Comptes où payer")
    comptes.get_by_label("IBAN").fill(IBAN)
    comptes.get_by_role("button", name="Ajouter ce compte").click()
    expect(page.get_by_text("Compte enregistré.")).to_be_visible()
    conditions = page.get_by_role("region", name="Conditions de vente")
    conditions.get_by_label("Délai de paiement").fill("30 jours")
    conditions.get_by_role("button", name="Enregistrer les conditions").click()
    expect(page.get_by_text("Conditions de vente enregistrées.")).to_be_visible()

    # Sold sixty days ago at thirty days: thirty days late.
    vente = date.today() - timedelta(days=60)  # noqa: DTZ011 - the server under test follows the same clock
    open_menu(page, "Aujourd’hui")
    page.get_by_role("main").get_by_role("link", name="Importer").first.click()
    fichier = {"name": f"000000000FEC{vente:%Y}1231.txt", "mimeType": "text/plain", "buffer": write_fec(vente)}
    page.locator("input[type=file]").set_input_files([fichier])
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_role("row").filter(has_text="FA-1")).to_contain_text("1 200,00 €")
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_text("Reçu : importé le")).to_be_visible()

    # The books do not say who is a consumer: nothing leaves before somebody does.
    open_menu(page, "Aujourd’hui")
    expect(page.locator("[data-ligne]")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="Compléter").click()
    expect(page.locator("[data-ligne]")).to_have_count(2)
    page.get_by_label("Tout cocher").check()
    page.get_by_label("Qualité des clients cochés").select_option("professionnel")
    page.get_by_role("button", name="Appliquer aux clients cochés").click()
    expect(page.get_by_text("2 clients complétés.")).to_be_visible()
    # Nor where they live: one address is typed, the other customer waits.
    ligne = page.get_by_role("row").filter(has_text="Menuiserie Fictive")
    expect(ligne.get_by_label("Qualité", exact=True)).to_have_value("professionnel")
    for nom, valeur in (("Adresse", "Bâtiment B\n2 rue de l’Essai"), ("Code postal", "99100"), ("Ville", "Testville")):
        ligne.get_by_label(nom).fill(valeur)
    page.get_by_role("button", name="Enregistrer cette page").click()
    expect(page.get_by_text("1 client complété.")).to_be_visible()
    expect(page.locator("[data-ligne]")).to_have_count(1)

    open_menu(page, "Aujourd’hui")
    relance = page.locator("[data-ligne]").filter(has_text="Menuiserie Fictive")
    expect(relance).to_contain_text("Relance")
    relance.locator("[data-ouvre]").click()
    message = page.locator("#panneau").get_by_label("Message")
    assert "FA-1" in message.input_value()
    assert "Atelier Premier Jour" in message.input_value()

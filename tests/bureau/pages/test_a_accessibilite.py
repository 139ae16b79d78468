"""What a screen reader needs, page by page: names, headings, captions, identifiers, errors tied to fields."""

from collections import Counter
from decimal import Decimal

import pytest
from django.urls import reverse
from lxml import html

from exigible.bureau.tiers.models import Action
from exigible.dossier.faits import (
    AvanceVersee,
    ChefJugement,
    FraisExpose,
    JugementRendu,
    NatureFrais,
    PersonneTenue,
    RolePersonne,
)
from exigible.droit.regimes import QualitePartie

PAGES = ("aujourdhui", "portefeuille", "agenda", "banque", "completer", "reglages")


@pytest.fixture
def bureau_rempli(ouvrir_dossier, constater):
    ouvrir_dossier("Client à appeler", "100.00", 2)
    ouvrir_dossier("Client mûr", "300.00", 20, relance=10)
    ouvrir_dossier("Client inconnu", "400.00", 20, qualite=QualitePartie.INCONNUE)
    constater("m1", "5000.00", "VIR SANS INDICE")


def ouvrir(navigateur, adresse):
    return html.fromstring(navigateur.get(adresse, follow=True).content)


def lister_fautes(page):
    identifiants = Counter(page.xpath("//@id"))
    yield from (f"id double : {i}" for i, n in identifiants.items() if n > 1)
    if len(page.xpath("//h1")) != 1:
        yield "il faut un seul titre h1"
    if len(page.xpath("//main")) != 1 or not page.xpath("//a[@href='#contenu']"):
        yield "il manque le contenu principal ou son lien d'évitement"
    for champ in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        nomme = champ.get("aria-label") or champ.xpath("ancestor::label")
        if not nomme and not page.xpath(f"//label[@for='{champ.get('id')}']"):
            yield f"champ sans étiquette : {champ.get('name')}"
    for reference in page.xpath("//@aria-describedby | //@aria-labelledby"):
        yield from (f"référence perdue : {r}" for r in reference.split() if r not in identifiants)
    yield from ("tableau sans titre" for t in page.xpath("//table[not(caption)]"))
    yield from ("en-tête sans portée" for t in page.xpath("//th[not(@scope)]"))
    for lien in page.xpath("//a | //button"):
        if not lien.text_content().strip() and not lien.get("aria-label"):
            yield f"bouton ou lien muet : {html.tostring(lien)[:80]}"
    yield from ("image sans texte" for i in page.xpath("//img[not(@alt)]"))


@pytest.mark.parametrize("nom", PAGES)
def test_chaque_page_se_lit_sans_la_voir(navigateur, bureau_rempli, nom):
    assert list(lister_fautes(ouvrir(navigateur, reverse(nom)))) == []


@pytest.mark.parametrize("nom", PAGES)
def test_chaque_page_vide_dit_quoi_faire(navigateur, creancier, nom):
    page = ouvrir(navigateur, reverse(nom))
    assert list(lister_fautes(page)) == []
    if nom != "reglages":
        assert page.xpath("//*[@class='vide-titre']"), nom


def test_le_panneau_aussi(navigateur, ouvrir_dossier):
    ouvrir_dossier("Client à appeler", "100.00", 2)
    page = ouvrir(navigateur, reverse("action", args=[Action.objects.get(retenue=False).pk]))
    assert list(lister_fautes(page)) == []


def test_la_connexion_et_ses_erreurs(client, utilisateur):
    page = html.fromstring(client.post(reverse("connexion"), {"username": "pas une adresse", "password": ""}).content)
    assert list(lister_fautes(page)) == []
    champ = page.get_element_by_id("id_username")
    assert champ.get("aria-invalid") == "true"
    assert champ.get("aria-describedby") == "id_username_error"


@pytest.fixture
def dossier_juge(ouvrir_dossier):
    """A dossier with a surety, a decision, a cost and an advance."""
    suite = [
        PersonneTenue(cle="K", nom="Garante Exemple", role=RolePersonne.CAUTION_SOLIDAIRE),
        JugementRendu(cle="J", chefs=(ChefJugement(cle="p", montant=Decimal("100.00")),)),
        FraisExpose(cle="S", nature=NatureFrais.ACTE_D_EXECUTION, montant=Decimal("9.00")),
        AvanceVersee(cle="V", montant=Decimal("30.00"), a="Étude fictive"),
    ]
    return ouvrir_dossier("Client jugé", "100.00", 20, suite=suite)


@pytest.mark.parametrize("nom", ["dossier", "dossier_contacts", "dossier_titres", "dossier_saisir"])
def test_les_pages_d_un_dossier_juge(navigateur, dossier_juge, nom):
    assert list(lister_fautes(ouvrir(navigateur, reverse(nom, args=[dossier_juge.pk])))) == []


@pytest.mark.parametrize("sorte", ["personne", "jugement", "frais", "frais-juges", "signification", "visite"])
def test_leurs_formulaires_et_leurs_fautes(navigateur, dossier_juge, sorte):
    adresse = reverse("saisir", args=[dossier_juge.pk, sorte])
    assert list(lister_fautes(ouvrir(navigateur, adresse))) == []
    donnees = {"rangees": "2", "ligne1-montant": "x", "pays": "France"}
    assert list(lister_fautes(html.fromstring(navigateur.post(adresse, donnees).content))) == []


def test_la_page_de_conservation(navigateur, creancier):
    assert list(lister_fautes(ouvrir(navigateur, f"{reverse('reglages_conservation')}?apercu=1"))) == []

"""The menu says where one is, on every page."""

import re

import pytest
from django.urls import reverse

MENU = re.compile(r'<a href="([^"]+)" aria-current="page"')


def find_marques(navigateur, adresse):
    """What the menu marks on a page."""
    page = navigateur.get(adresse, follow=True)
    assert page.status_code == 200
    menu = re.search(r'<nav class="navigation".*?</nav>', page.content.decode(), re.DOTALL)
    return MENU.findall(menu[0])


@pytest.mark.parametrize(
    ("nom", "suite", "marque"),
    [
        ("dossier", (), "portefeuille"),
        ("dossier_pieces", (), "portefeuille"),
        ("dossier_contacts", (), "portefeuille"),
        ("decompte", (), "portefeuille"),
        ("saisir", ("paiement",), "portefeuille"),
        ("corriger", (2,), "portefeuille"),
        ("annuler", (2,), "portefeuille"),
        ("relance", ("relance",), "portefeuille"),
        ("courrier_apercu", (), "portefeuille"),
    ],
)
def test_le_menu_dit_qu_on_est_chez_un_client(navigateur, dossier, nom, suite, marque):
    assert find_marques(navigateur, reverse(nom, args=[dossier.pk, *suite])) == [reverse(marque)]


def test_le_menu_dit_qu_on_est_dans_un_courrier(navigateur, dossier):
    apercu = navigateur.get(reverse("courrier_apercu", args=[dossier.pk]))
    donnees = {"sha256": apercu.context["acte"].sha256}
    courrier = navigateur.post(reverse("courrier_apercu", args=[dossier.pk]), donnees).headers["Location"]
    assert find_marques(navigateur, courrier) == [reverse("portefeuille")]
    # A faulty form shows the same page again, under the address that received it.
    faux = navigateur.post(f"{courrier}poster/", {})
    assert faux.status_code == 422
    assert f'<a href="{reverse("portefeuille")}" aria-current="page"' in faux.content.decode()


@pytest.mark.parametrize(
    "nom", ["aujourdhui", "portefeuille", "importer", "banque", "completer", "reglages", "dossier_nouveau"]
)
def test_le_menu_marque_chaque_ecran(navigateur, creancier, nom):
    marque = "portefeuille" if nom == "dossier_nouveau" else nom
    assert find_marques(navigateur, reverse(nom)) == [reverse(marque)]


def test_un_reglage_faux_reste_dans_les_reglages(navigateur, creancier):
    assert find_marques(navigateur, reverse("creancier_nouveau")) == [reverse("reglages")]
    faux = navigateur.post(reverse("reglages_compte", args=[creancier.pk]), {"iban": "faux"})
    assert f'<a href="{reverse("reglages")}" aria-current="page"' in faux.content.decode()

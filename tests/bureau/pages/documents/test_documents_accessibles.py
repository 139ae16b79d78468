"""What a screen reader and a keyboard need on the pages of documents."""

import pytest
from django.urls import reverse
from lxml import html

from exigible.actes.modele import load_catalogue

from ..test_a_accessibilite import lister_fautes  # noqa: TID252 - tests have no absolute name


@pytest.fixture
def ouvrir(navigateur):
    """Open a page without the paper that it previews, which is a document of its own."""

    def ouvrir(adresse):
        page = html.fromstring(navigateur.get(adresse).content)
        for papier in page.find_class("papier"):
            papier.getparent().remove(papier)
        return page

    return ouvrir


@pytest.mark.parametrize("vue", ["dossier_documents", "dossier", "dossier_que_faire"])
def test_les_pages_du_dossier_se_lisent_sans_les_voir(ouvrir, dossier, vue):
    assert list(lister_fautes(ouvrir(reverse(vue, args=[dossier.pk])))) == []


@pytest.mark.parametrize("nom", load_catalogue())
def test_chaque_document_se_lit_sans_le_voir(ouvrir, dossier, nom):
    assert list(lister_fautes(ouvrir(reverse("document", args=[dossier.pk, nom])))) == []


@pytest.mark.parametrize("vue", [("textes", ()), ("texte", ("quittance",))])
def test_les_reglages_des_textes_se_lisent_sans_les_voir(ouvrir, creancier, vue):
    nom, suite = vue
    assert list(lister_fautes(ouvrir(reverse(nom, args=[creancier.pk, *suite])))) == []


def test_au_clavier_on_parcourt_les_documents_et_on_approuve(ouvrir, dossier):
    liste = ouvrir(reverse("dossier_documents", args=[dossier.pk]))
    assert all(ligne.xpath(".//a[@href]") for ligne in liste.xpath("//*[@data-ligne]"))
    page = ouvrir(reverse("document", args=[dossier.pk, "mise_en_demeure"]))
    [bouton] = page.xpath("//button[@data-executer]")
    assert bouton.get("name") == "approuver"
    incomplet = ouvrir(reverse("document", args=[dossier.pk, "quittance"]))
    [bouton] = incomplet.xpath("//button[@data-executer]")
    assert bouton.get("name") is None

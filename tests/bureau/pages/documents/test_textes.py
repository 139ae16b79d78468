"""Wordings of one's own: the editor, its live preview, its versions, its refusals."""

import pytest
from django.urls import reverse

from exigible.actes.modele import load_catalogue, load_texte
from exigible.bureau.actes.models import TexteActe

NOTRE = load_texte("quittance")
LE_MIEN = NOTRE.replace("Madame, Monsieur,", "Chère cliente, cher client,")


@pytest.fixture
def adresse(creancier):
    return lambda vue="texte", nom="quittance", *suite: reverse(vue, args=[creancier.pk, nom, *suite])


def test_tous_les_textes_sont_dans_les_reglages(navigateur, creancier):
    page = navigateur.get(reverse("textes", args=[creancier.pk])).content.decode()
    for nom in load_catalogue():
        assert reverse("texte", args=[creancier.pk, nom]) in page
    assert (
        reverse("textes", args=[creancier.pk])
        in navigateur.get(reverse("reglages_creancier", args=[creancier.pk])).content.decode()
    )


@pytest.mark.parametrize("nom", load_catalogue())
def test_chaque_editeur_montre_notre_texte_et_un_exemple(navigateur, adresse, nom):
    page = navigateur.get(adresse("texte", nom))
    assert page.status_code == 200
    assert page.context["form"]["texte"].value() == load_texte(nom)
    assert page.context["essai"].acte is not None
    assert page.context["noms"]["valeurs"]


def test_enregistrer_met_en_vigueur_et_garde_les_versions(navigateur, adresse):
    reponse = navigateur.post(adresse(), {"texte": LE_MIEN, "note": "plus chaleureux"})
    assert reponse.headers["Location"] == adresse()
    page = navigateur.get(adresse())
    assert "Votre texte, version 1" in page.content.decode()
    assert "plus chaleureux" in page.content.decode()
    assert page.context["form"]["texte"].value() == LE_MIEN.strip()
    navigateur.post(adresse("texte_notre"))
    assert "Le texte du programme est en vigueur" in navigateur.get(adresse()).content.decode()
    assert navigateur.get(adresse(), {"version": "1"}).context["form"]["texte"].value() == LE_MIEN.strip()
    navigateur.post(adresse("texte_restaurer", "quittance", 1))
    assert TexteActe.objects.get().en_vigueur


def test_un_texte_refuse_reste_a_l_ecran_avec_l_article(navigateur, adresse):
    faux = NOTRE.replace("expressément réservés", "dus")
    page = navigateur.post(adresse(), {"texte": faux})
    assert page.status_code == 422
    assert "1908" in " ".join(page.context["form"].errors["texte"])
    assert "[si interets_dus]" in page.content.decode()
    assert not TexteActe.objects.exists()


def test_l_apercu_suit_la_frappe(navigateur, adresse):
    page = navigateur.post(adresse("texte_apercu"), {"texte": LE_MIEN})
    assert "Chère cliente" in page.content.decode()
    assert "style=" not in page.content.decode()
    faux = navigateur.post(adresse("texte_apercu"), {"texte": "Bonjour {nimporte}"}).content.decode()
    assert "Ligne 1" in faux
    assert "nimporte" in faux


def test_ce_qu_on_ecrit_n_est_jamais_du_html(navigateur, adresse):
    page = navigateur.post(adresse("texte_apercu"), {"texte": NOTRE + "\n\n<script>alert(1)</script>"}).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_l_apercu_se_compose_en_pdf(navigateur, adresse):
    page = navigateur.post(adresse("texte_pdf"), {"texte": LE_MIEN})
    assert page.content.startswith(b"%PDF-")
    assert navigateur.post(adresse("texte_pdf"), {"texte": "**"}).status_code == 422


def test_un_exemple_se_choisit(navigateur, adresse):
    page = navigateur.get(adresse(), {"exemple": "consommateur"})
    assert page.context["essai"].acte.demande.etat.debiteur.qualite.value == "consommateur"


def test_depuis_un_dossier_l_apercu_est_le_sien(navigateur, adresse, dossier):
    page = navigateur.get(adresse(), {"dossier": str(dossier.pk)})
    assert page.context["essai"].acte.demande.etat.debiteur.nom == "Client Modèle"
    assert reverse("document", args=[dossier.pk, "quittance"]) in page.content.decode()
    assert navigateur.get(adresse(), {"dossier": "n'importe quoi"}).status_code == 200


def test_les_documents_suivants_portent_le_texte(navigateur, adresse, dossier):
    navigateur.post(adresse(), {"texte": LE_MIEN})
    page = navigateur.get(reverse("document", args=[dossier.pk, "quittance"]))
    assert "Chère cliente" in page.context["acte"].texte
    assert "version 1" in page.content.decode()


def test_les_textes_d_un_autre_cabinet_n_existent_pas(etranger, creancier, adresse):
    assert etranger.get(reverse("textes", args=[creancier.pk])).status_code == 404
    assert etranger.get(adresse()).status_code == 404
    for vue in ("texte_apercu", "texte_pdf", "texte_notre"):
        assert etranger.post(adresse(vue), {"texte": "x"}).status_code == 404

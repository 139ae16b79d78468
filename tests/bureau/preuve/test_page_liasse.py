"""The page of the bundle: the act, the exhibits in an order that stays, the files that it gives."""

from __future__ import annotations

import io
import zipfile

import pypdf
import pytest
from django.urls import reverse

from exigible.bureau.comptes.services import create_cabinet, create_utilisateur
from exigible.bureau.pages.vues import liasse as vue
from exigible.bureau.preuve.models import Bordereau
from exigible.bureau.preuve.services import prepare_liasse

ACTE = "requete_injonction_de_payer"


@pytest.fixture(name="navigateur")
def _navigateur(client, cabinet):
    personne = create_utilisateur(cabinet, "personne@exemple.example", "phrase-de-passe-fictive")
    client.force_login(personne, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(name="adresse")
def _adresse(dossier):
    return reverse("dossier_liasse", args=[dossier.pk])


@pytest.fixture(name="pieces")
def _pieces(dossier):
    return prepare_liasse(dossier, vue.list_actes()[0]).toutes


def remplir(pieces, *, sans=(), rangs=None, titres=None, **autres):
    saisie = {"acte": ACTE, **autres}
    for numero, piece in enumerate(pieces, start=1):
        if piece.sha256 not in sans:
            saisie[f"retenue-{piece.sha256}"] = "on"
        saisie[f"rang-{piece.sha256}"] = str((rangs or {}).get(piece.sha256, numero))
        saisie[f"titre-{piece.sha256}"] = (titres or {}).get(piece.sha256, piece.intitule)
    return saisie


def test_la_page_dit_l_acte_et_les_pieces(navigateur, adresse):
    page = navigateur.get(adresse).content.decode()
    assert "Bon de commande (commande.pdf)" in page
    assert "Requête en injonction de payer" in page
    assert "La ville du tribunal" in page
    assert "Horodatage par un tiers : non configuré" in page


def test_l_onglet_des_documents_y_mene(navigateur, dossier, adresse):
    assert adresse in navigateur.get(reverse("dossier_documents", args=[dossier.pk])).content.decode()


def test_l_ordre_enregistre_se_retrouve(navigateur, adresse, dossier, pieces):
    une, deux, trois = pieces
    saisie = remplir(
        pieces, sans={deux.sha256}, rangs={une.sha256: 9, trois.sha256: 2}, titres={trois.sha256: "La photo"}
    )
    assert navigateur.post(adresse, saisie).status_code == 302
    bordereau = Bordereau.objects.get(dossier=dossier)
    assert bordereau.pieces == [
        {"sha256": trois.sha256, "intitule": "La photo"},
        {"sha256": une.sha256, "intitule": ""},
    ]
    assert bordereau.ecartees == [deux.sha256]
    assert bordereau.auteur == "personne@exemple.example"
    page = navigateur.get(adresse).content.decode()
    assert page.index("La photo") < page.index("Bon de commande") < page.index("Facture F-1")


def test_le_zip_et_le_pdf(navigateur, adresse, dossier, pieces):
    reponse = navigateur.post(adresse, remplir(pieces, faire="zip", projet="1"))
    assert reponse.headers["Content-Disposition"] == (
        f'attachment; filename="{dossier.reference}-{ACTE}-2026-11-21.zip"'
    )
    with zipfile.ZipFile(io.BytesIO(b"".join(reponse.streaming_content))) as archive:
        assert archive.testzip() is None
        assert any(nom.endswith("/verifier_preuves.py") for nom in archive.namelist())
    reponse = navigateur.post(adresse, remplir(pieces, faire="pdf", projet="1"))
    pdf = pypdf.PdfReader(io.BytesIO(b"".join(reponse.streaming_content)))
    assert "Dossier de preuve" in pdf.pages[0].extract_text()
    assert "Projet" in pdf.pages[0].extract_text()


def test_un_acte_incomplet_le_dit(navigateur, adresse, pieces):
    reponse = navigateur.post(adresse, remplir(pieces, faire="zip"))
    assert reponse.status_code == 422
    assert "il manque" in reponse.content.decode()


def test_un_rang_illisible_est_montre(navigateur, adresse, pieces):
    saisie = remplir(pieces) | {f"rang-{pieces[0].sha256}": "premier"}
    reponse = navigateur.post(adresse, saisie)
    assert reponse.status_code == 422
    assert "Un nombre entier." in reponse.content.decode()
    assert not Bordereau.objects.exists()


def test_une_autre_declaration_dit_pourquoi_elle_est_fermee(navigateur, adresse):
    page = navigateur.get(adresse, {"acte": "declaration_de_creance"})
    assert page.status_code == 200
    assert navigateur.get(adresse, {"acte": "inconnu"}).status_code == 200


def test_sans_piece_la_page_dit_quoi_faire(navigateur, creancier):
    from datetime import date

    from exigible.bureau.tiers.services import create_dossier
    from exigible.dossier.faits import DebiteurDecrit

    vide = create_dossier(creancier, DebiteurDecrit(nom="Client Vide"), "essai", date(2026, 1, 1))
    page = navigateur.get(reverse("dossier_liasse", args=[vide.pk]))
    assert page.status_code == 200
    assert "Aucune pièce à verser" in page.content.decode()


def test_le_dossier_d_un_autre_cabinet_n_existe_pas(client, adresse, db):
    autre = create_utilisateur(create_cabinet("Autre"), "autre@exemple.example", "phrase-de-passe-fictive")
    client.force_login(autre, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(adresse).status_code == 404
    assert client.post(adresse, {"faire": "zip"}).status_code == 404

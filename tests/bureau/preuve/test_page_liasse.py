"""The page of the bundle: the act, the exhibits in an order that stays, the files that it gives."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date

import pypdf
import pytest
from django.urls import reverse

from exigible.bureau.comptes.services import create_cabinet, create_utilisateur
from exigible.bureau.journal.models import Piece
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.pages.vues import liasse as vue
from exigible.bureau.preuve.models import Bordereau, LiasseFaite
from exigible.bureau.preuve.services import prepare_liasse
from exigible.bureau.travaux.models import Travail
from exigible.bureau.travaux.services import sweep
from exigible.dossier.faits import ActeProduit

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


def test_la_demande_se_fait_en_fond_puis_se_prend(navigateur, adresse, dossier, pieces):
    reponse = navigateur.post(adresse, remplir(pieces, faire="1", projet="1"))
    assert (reponse.status_code, reponse.headers["Location"]) == (302, f"{adresse}?acte={ACTE}")
    assert not LiasseFaite.objects.exists()
    page = navigateur.get(adresse).content.decode()
    assert "Dossier de preuve en préparation" in page
    assert "data-executer disabled" in page
    attente = navigateur.get(reverse("liasse_avancement", args=[dossier.pk]))
    assert "HX-Refresh" not in attente.headers
    assert sweep() == 1
    assert navigateur.get(reverse("liasse_avancement", args=[dossier.pk])).headers["HX-Refresh"] == "true"
    faite = LiasseFaite.objects.get()
    page = navigateur.get(adresse).content.decode()
    assert "Dossier de preuve en préparation" not in page
    assert faite.sha256 in page
    assert reverse("liasse_zip", args=[dossier.pk, faite.pk]) in page


def test_le_zip_et_le_pdf(navigateur, adresse, dossier, pieces):
    navigateur.post(adresse, remplir(pieces, faire="1", projet="1"))
    sweep()
    faite = LiasseFaite.objects.get()
    reponse = navigateur.get(reverse("liasse_zip", args=[dossier.pk, faite.pk]))
    assert reponse.headers["Content-Disposition"] == (
        f'attachment; filename="{dossier.reference}-{ACTE}-2026-11-21.zip"'
    )
    octets = b"".join(reponse.streaming_content)
    assert hashlib.sha256(octets).hexdigest() == faite.sha256
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert archive.testzip() is None
        assert any(nom.endswith("/verifier_preuves.py") for nom in archive.namelist())
    reponse = navigateur.get(reverse("liasse_pdf", args=[dossier.pk, faite.pk]))
    pdf = pypdf.PdfReader(io.BytesIO(b"".join(reponse.streaming_content)))
    assert "Dossier de preuve" in pdf.pages[0].extract_text()
    assert "Projet" in pdf.pages[0].extract_text()
    LiasseFaite.objects.update(contenu=None)
    assert navigateur.get(reverse("liasse_zip", args=[dossier.pk, faite.pk])).status_code == 404
    assert "n’est plus gardé" in navigateur.get(adresse).content.decode()


def test_deux_clics_n_en_font_pas_deux(navigateur, adresse, pieces):
    for _ in range(2):
        assert navigateur.post(adresse, remplir(pieces, faire="1", projet="1")).status_code == 302
    assert Travail.objects.filter(nature="liasse").count() == 1


def test_un_echec_est_dit(navigateur, adresse, pieces, dossier):
    navigateur.post(adresse, remplir(pieces, faire="1", projet="1"))
    Piece.objects.update(contenu=None)
    sweep()
    page = navigateur.get(adresse).content.decode()
    assert "Le dernier dossier de preuve demandé n’a pas pu être fait." in page
    assert "joignez-en au moins une au dossier" in page


def test_l_acte_approuve_et_son_ordre(navigateur, adresse, dossier, pieces):
    une, deux, trois = pieces
    produit = ActeProduit(
        acte=ACTE, titre="Requête", piece=une.sha256, reponses=(("siege", "Testville"),), pieces=(une.sha256,)
    )
    record_faits(dossier.chaine, [FaitAEcrire(produit, date(2026, 11, 20))], "essai")
    assert "Cet acte a été approuvé le 20/11/2026" in navigateur.get(adresse).content.decode()
    navigateur.post(adresse, remplir(pieces, rangs={une.sha256: 9, deux.sha256: 2, trois.sha256: 3}))
    assert "Reprendre l’ordre de l’acte" in navigateur.get(adresse).content.decode()
    reponse = navigateur.post(
        adresse, remplir(pieces, rangs={une.sha256: 9, deux.sha256: 2, trois.sha256: 3}, faire="1")
    )
    assert reponse.status_code == 422
    assert "cite une autre pièce n° 1" in reponse.content.decode()
    navigateur.post(adresse, {"acte": ACTE, "comme_l_acte": "1"})
    assert [ligne["sha256"] for ligne in Bordereau.objects.get().pieces] == [une.sha256, deux.sha256, trois.sha256]
    assert "Reprendre l’ordre de l’acte" not in navigateur.get(adresse).content.decode()


def test_un_acte_incomplet_le_dit(navigateur, adresse, pieces):
    reponse = navigateur.post(adresse, remplir(pieces, faire="1"))
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
    assert client.post(adresse, {"faire": "1"}).status_code == 404
    assert client.get(f"{adresse}avancement/").status_code == 404
    assert client.get(f"{adresse}1.zip").status_code == 404
    assert client.get(f"{adresse}1.pdf").status_code == 404

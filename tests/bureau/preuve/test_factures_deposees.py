"""Invoices dropped as files are exhibits, alone or in an archive; a spreadsheet is none."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date

import pytest

from exigible.actes.modele import get_modele
from exigible.bureau.demonstration.cii import Profil, build_facture
from exigible.bureau.demonstration.facturx import render_facturx
from exigible.bureau.demonstration.societe import load_clients, load_factures
from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.preuve import factures
from exigible.bureau.preuve.services import make_liasse, prepare_liasse
from exigible.bureau.tiers.models import Dossier

TABLEUR = (
    "Numéro;Code client;Client;Qualité;Date;Échéance;Montant TTC\n"
    "F-9;C1;Client Tableur;professionnel;01/09/2026;01/10/2026;100\n"
)


@pytest.fixture(name="facture", scope="module")
def _facture():
    """An electronic invoice (Factur-X): its name, its bytes."""
    facture = load_factures("facturx")[0]
    datee = build_facture(facture, load_clients()[facture.client], date(2026, 11, 21))
    return f"facture-{facture.numero}.pdf", render_facturx(datee, Profil.BASIC)


def importer(creancier, nom, contenu):
    apply_import(prepare_import(creancier, nom, contenu, "essai"), "essai")
    return Dossier.objects.select_related("creancier", "chaine", "cabinet").get(creancier=creancier)


def list_deposees(dossier):
    return prepare_liasse(dossier, get_modele("bordereau_de_pieces")).pieces


def serrer(**membres):
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, octets in membres.items():
            archive.writestr(nom.replace("__", "/"), octets)
    return sortie.getvalue()


def test_une_facture_deposee_seule_est_une_piece(creancier, facture, tmp_path):
    nom, octets = facture
    dossier = importer(creancier, nom, octets)
    [piece] = list_deposees(dossier)
    assert (piece.sha256, piece.nom) == (hashlib.sha256(octets).hexdigest(), nom)
    assert piece.intitule.startswith("Facture E4001 du ")
    preparation = prepare_liasse(dossier, get_modele("bordereau_de_pieces"))
    liasse = make_liasse(preparation, tmp_path / "preuves", "essai", projet=True)
    assert (liasse.dossier / liasse.pieces[0].fichier).read_bytes() == octets
    assert liasse.pieces[0].fait is None


def test_une_facture_d_une_archive_est_une_piece(creancier, facture, tmp_path):
    nom, octets = facture
    dossier = importer(creancier, "factures.zip", serrer(**{f"mars__{nom}": octets, "lisez.txt": b"rien"}))
    [piece] = list_deposees(dossier)
    assert (piece.sha256, piece.nom) == (hashlib.sha256(octets).hexdigest(), nom)
    preparation = prepare_liasse(dossier, get_modele("bordereau_de_pieces"))
    liasse = make_liasse(preparation, tmp_path / "preuves", "essai", projet=True)
    assert (liasse.dossier / liasse.pieces[0].fichier).read_bytes() == octets


def test_une_archive_demesuree_n_est_pas_rouverte(creancier, facture, monkeypatch):
    monkeypatch.setattr(factures, "TAILLE_MAX", 10)
    nom, octets = facture
    assert list_deposees(importer(creancier, "factures.zip", serrer(**{nom: octets}))) == ()


def test_un_tableur_n_est_pas_une_facture(creancier):
    assert list_deposees(importer(creancier, "factures.csv", TABLEUR.encode())) == ()


def test_la_meme_facture_jointe_n_est_comptee_qu_une_fois(creancier, facture, joindre):
    nom, octets = facture
    dossier = importer(creancier, nom, octets)
    joindre(dossier, nom, octets, date(2026, 11, 1), description="La facture, jointe")
    assert [(p.intitule, p.depot) for p in list_deposees(dossier)] == [("La facture, jointe", None)]

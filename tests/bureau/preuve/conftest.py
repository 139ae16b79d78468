"""A dossier that is ready for the court: invoice, formal notice posted, exhibits of several kinds, a sealed journal."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from datetime import date
from decimal import Decimal

import pikepdf
import pytest

from exigible.actes.modele import get_modele
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, record_faits, seal_jour, store_piece
from exigible.bureau.preuve.services import make_liasse, prepare_liasse
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.services import create_creancier, create_dossier
from exigible.dossier.faits import Adresse, CreanceNee, DebiteurDecrit, NoteAjoutee, PieceJointe, Reclamation
from exigible.dossier.faits_creancier import (
    CompteBancaireAjoute,
    ConditionsDeVenteFixees,
    CreancierDecrit,
    MouvementConstate,
    ReclamationFixee,
)
from exigible.dossier.faits_pieces import NaturePiece
from exigible.droit.regimes import QualitePartie

JOUR = date(2026, 11, 21)
ORIGINE = date(2025, 1, 1)
ADRESSE = Adresse(lignes=("1 rue de l'Exemple",), code_postal="99000", ville="Villefictive")
SECRET = "Ne rien dire au débiteur de notre stratégie"
ACTE = "requete_injonction_de_payer"
REPONSES = {"tribunal": "commerce", "siege": "Testville", "fondement": "contrat"}


@pytest.fixture(autouse=True)
def _horloge():
    with fix_horloge(JOUR):
        yield


def build_pdf(pages, taille=(595, 842), rotation=0):
    pdf = pikepdf.Pdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=taille)
        if rotation:
            page.rotate(rotation, relative=False)
    sortie = io.BytesIO()
    pdf.save(sortie, deterministic_id=True)
    return sortie.getvalue()


def build_png(largeur=4, hauteur=2):
    def bloc(nom, octets):
        return struct.pack(">I", len(octets)) + nom + octets + struct.pack(">I", zlib.crc32(nom + octets))

    lignes = b"".join(b"\0" + b"\x20\x40\x80" * largeur for _ in range(hauteur))
    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + bloc(b"IHDR", entete) + bloc(b"IDAT", zlib.compress(lignes)) + bloc(b"IEND", b"")


@pytest.fixture
def creancier(cabinet):
    description = CreancierDecrit(nom="Atelier Exemple", adresse=ADRESSE, signataire="Camille Exemple", forme="SAS")
    creancier = create_creancier(cabinet, description, "essai", ORIGINE)
    faits = (
        CompteBancaireAjoute(iban="FR7499999000010000000000151", principal=True),
        MouvementConstate(
            mouvement="m-1", iban="FR7499999000010000000000151", montant=Decimal("77.31"), libelle="AUTRE"
        ),
        ConditionsDeVenteFixees(delai="30 jours"),
        ReclamationFixee(penalites=Reclamation.RECLAMER, indemnite=Reclamation.RECLAMER),
        MouvementConstate(
            mouvement="m-2", iban="FR7499999000010000000000151", montant=Decimal("88.42"), libelle="AUTRE"
        ),
    )
    record_faits(creancier.chaine, [FaitAEcrire(fait, ORIGINE) for fait in faits], "essai")
    creancier.refresh_from_db()
    return creancier


@pytest.fixture
def joindre(cabinet):
    """A function that joins a file to a dossier."""

    def join(dossier, nom, contenu, jour, type_mime="application/pdf", **champs):
        piece = store_piece(cabinet, contenu, nom, type_mime)
        record_faits(dossier.chaine, [FaitAEcrire(PieceJointe(piece=piece.sha256, nom=nom, **champs), jour)], "essai")
        return piece.sha256

    return join


@pytest.fixture
def dossier(creancier, joindre):
    debiteur = DebiteurDecrit(nom="Client Modèle", qualite=QualitePartie.PROFESSIONNEL, adresse=ADRESSE)
    dossier = create_dossier(creancier, debiteur, "essai", ORIGINE)
    creance = CreanceNee(
        cle="f-1", numero="F-1", emission=date(2026, 8, 1), echeance=date(2026, 8, 31), montant=Decimal("1200.00")
    )
    faits = [FaitAEcrire(creance, date(2026, 8, 1)), FaitAEcrire(NoteAjoutee(texte=SECRET), date(2026, 9, 3))]
    record_faits(dossier.chaine, faits, "essai")
    joindre(dossier, "commande.pdf", build_pdf(2), date(2026, 7, 1), nature=NaturePiece.BON_DE_COMMANDE)
    joindre(dossier, "facture.pdf", build_pdf(1), date(2026, 8, 1), description="Facture F-1")
    joindre(dossier, "photo.png", build_png(), date(2026, 8, 2), "image/png", description="Photo de la livraison")
    seal_jour(dossier.cabinet, JOUR)
    return Dossier.objects.select_related("creancier", "chaine", "cabinet").get(pk=dossier.pk)


@pytest.fixture
def faire(tmp_path):
    """A function that makes the bundle of a dossier in a folder."""

    def make(dossier, nom="preuves", **options):
        preparation = prepare_liasse(dossier, get_modele(ACTE), saisies=REPONSES)
        return make_liasse(preparation, tmp_path / nom, "essai", **options)

    return make


def run_verifier(dossier, *arguments):
    """Run the verifier of a bundle away from the project: isolated mode sees neither its path nor its packages."""
    fait = subprocess.run(
        [sys.executable, "-I", "-S", str(dossier / "verifier_preuves.py"), *arguments],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8", "PATH": os.environ["PATH"]},
        timeout=60,
    )
    assert fait.stderr == b""
    return fait.returncode, fait.stdout.decode()


@pytest.fixture
def verifier():
    """A function that runs the verifier of a bundle: its status, what it says."""
    return run_verifier


@pytest.fixture
def make_pdf():
    """A function that makes a PDF of so many pages."""
    return build_pdf


@pytest.fixture
def make_png():
    """A function that makes a small image."""
    return build_png

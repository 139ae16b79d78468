"""A cabinet's journal out to a file and back: the same bytes, or nothing."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.exportation import export_journal
from exigible.bureau.journal.gardes import install_gardes, remove_gardes
from exigible.bureau.journal.importation import import_journal
from exigible.bureau.journal.models import Chaine, Contenu, Maillon, Piece, Sceau, Tete
from exigible.bureau.journal.services import seal_jour, store_piece, verify_journal
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.tiers.verification import rebuild_projections, verify_projections
from exigible.dossier.faits import NoteAjoutee
from exigible.droit.erreurs import ErreurSaisie

from .conftest import JOUR

ORDRE = (Tete, Sceau, Contenu, Maillon, Dossier, Creancier, Chaine, Piece, Cabinet)


def empty_base():
    """Make the base as if nothing had ever been recorded: the guards must step aside for it."""
    remove_gardes(connection)
    for modele in ORDRE:
        modele.objects.all().delete()
    install_gardes(connection)


@pytest.fixture
def fichier(cabinet, dossier, ouvrir, facturer, noter):
    """A cabinet of two dossiers, three seals (one of an idle day), a file, and an erased content."""
    seal_jour(cabinet, JOUR)
    facturer(ouvrir(nom="Autre « client »", code="C2"), "F-2", "20.00")
    noter(dossier, NoteAjoutee(texte="Été \u0000 ➜"))
    seal_jour(cabinet, JOUR + timedelta(days=1))
    seal_jour(cabinet, JOUR + timedelta(days=2))
    noter(dossier, NoteAjoutee(texte="après le sceau"))
    store_piece(cabinet, b"\x00octets\xff", "preuve.bin", "application/octet-stream")
    store_piece(cabinet, b"effacee", "effacee.txt", "text/plain")
    Piece.objects.filter(nom="effacee.txt").update(contenu=None)
    Contenu.objects.filter(maillon__chaine=dossier.chaine, maillon__rang=3).update(sel=None, contenu=None)
    return list(export_journal(cabinet))


def test_exporter_puis_importer_puis_exporter_rend_les_memes_octets(fichier):
    avant = list(Dossier.objects.order_by("pk").values("reference", "debiteur_nom", "echu", "stade"))
    empty_base()
    importe = import_journal(fichier)
    assert (importe.chaines, importe.faits, importe.sceaux, importe.pieces) == (3, 10, 3, 2)
    assert rebuild_projections(importe.cabinet) == []
    assert list(export_journal(importe.cabinet)) == fichier
    assert verify_journal() == []
    assert list(verify_projections()) == []
    assert list(Dossier.objects.order_by("pk").values("reference", "debiteur_nom", "echu", "stade")) == avant


def test_les_lots_ne_changent_rien(fichier, monkeypatch):
    empty_base()
    monkeypatch.setattr("exigible.bureau.journal.importation._LOT", 2)
    monkeypatch.setattr("exigible.bureau.journal.exportation._LOT", 1)
    assert list(export_journal(import_journal(fichier).cabinet)) == fichier
    assert verify_journal() == []


def test_importer_deux_fois_est_refuse(fichier):
    with pytest.raises(ErreurSaisie, match="déjà dans la base"):
        import_journal(fichier)
    assert Cabinet.objects.count() == 1


def test_rien_n_entre_d_un_fichier_fautif(fichier):
    empty_base()
    rang = next(n for n, ligne in enumerate(fichier) if b"note_ajoutee" in ligne and b'contenu":null' not in ligne)
    ligne = json.loads(fichier[rang])
    ligne["sel"] = "0" * 64
    autre = json.dumps(ligne, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
    fautif = [*fichier[:rang], autre, *fichier[rang + 1 :]]
    with pytest.raises(ErreurSaisie, match=f"^Ligne {rang + 1} : le contenu du fait n° "):
        import_journal(fautif)
    with pytest.raises(ErreurSaisie, match="il est coupé"):
        import_journal(fichier[:-1])
    assert not Cabinet.objects.exists()
    assert not Maillon.objects.exists()


def test_le_fichier_est_fait_de_lignes_json(fichier):
    lignes = [json.loads(ligne) for ligne in fichier]
    assert [ligne["ligne"] for ligne in lignes][:4] == ["entete", "sceau", "sceau", "sceau"]
    assert [ligne["tetes"] for ligne in lignes[1:4]] == [2, 2, 0]
    assert lignes[-1]["ligne"] == "fin"
    dossiers = [ligne for ligne in lignes if ligne.get("sorte") == "dossier"]
    assert sorted(ligne["reference"] for ligne in dossiers) == ["D-00001", "D-00002"]

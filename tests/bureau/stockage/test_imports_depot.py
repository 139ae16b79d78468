"""The bytes of a previewed file: kept until it is applied or left, evidence only once applied."""

from __future__ import annotations

from datetime import timedelta

import pytest

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.imports.models import Depot, StatutImportation
from exigible.bureau.imports.services import abandon_import, apply_import, open_depot, prepare_import
from exigible.bureau.journal.models import Piece
from exigible.droit.erreurs import ErreurExigible

from .conftest import JOUR

LISTE = b"Num\xc3\xa9ro;Client;Date;Montant TTC\nF-1;Client Exemple;01/10/2026;100,00\n"


@pytest.fixture
def apercu(creancier):
    return prepare_import(creancier, "liste.csv", LISTE, "essai")


def test_a_previewed_file_is_not_evidence_yet(apercu):
    with open_depot(apercu) as chemin:
        assert chemin.read_bytes() == LISTE
    assert not chemin.exists()
    assert not Piece.objects.exists()


def test_once_applied_its_bytes_are_evidence(apercu):
    appliquee = apply_import(apercu, "essai")
    assert bytes(appliquee.piece.contenu) == LISTE
    assert not Depot.objects.exists()


def test_once_left_nothing_of_it_stays(apercu):
    abandon_import(apercu)
    assert not Depot.objects.exists()
    assert not Piece.objects.exists()
    with pytest.raises(ErreurExigible, match=r"liste\.csv"), open_depot(apercu):
        pass


def test_a_forgotten_preview_is_left_when_the_next_file_comes(creancier, apercu):
    with fix_horloge(JOUR + timedelta(days=7)):
        prepare_import(creancier, "liste.csv", LISTE, "essai")
    assert Depot.objects.count() == 2
    with fix_horloge(JOUR + timedelta(days=8)):
        prepare_import(creancier, "liste.csv", LISTE, "essai")
    apercu.refresh_from_db()
    assert apercu.statut == StatutImportation.ABANDONNE
    assert Depot.objects.count() == 2


def test_nothing_enters_from_an_incomplete_ledger(creancier):
    """Debits and credits that differ: what is missing may be a payment."""
    entete = (
        "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|"
        "EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
    )
    vente = "VE|Ventes|1|20261001|411000|Clients|C1|Client Exemple|F-1|20261001|Facture|100,00|0,00|||20261001||"
    importation = prepare_import(creancier, "fec.txt", f"{entete}\n{vente}\n".encode(), "essai")
    assert importation.apercu["comptes"] == {"cree": 0, "modifie": 0, "inchange": 0, "refuse": 1, "disparu": 0}
    with pytest.raises(ErreurExigible, match="n'apporte rien"):
        apply_import(importation, "essai")

"""A file previewed and applied in one go is read once; anything that changes how it reads, reads it again."""

from datetime import date

import pytest

from exigible.bureau.imports import lecture
from exigible.bureau.imports.lecture import keep_lecture
from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.tiers.models import Creance
from exigible.cli.bureau_banc_fec import measure_fec_au_bureau

from .test_travaux_import import ENTETE, list_factures


@pytest.fixture
def lectures(monkeypatch):
    vues = []

    def compter(contenu, nom, **options):
        vues.append(nom)
        return read(contenu, nom, **options)

    read = lecture.open_fichiers
    monkeypatch.setattr(lecture, "open_fichiers", compter)
    return vues


def test_apercu_puis_application_ne_lisent_qu_une_fois(creancier, lectures):
    with keep_lecture():
        apply_import(prepare_import(creancier, "f.csv", list_factures(1, 2), "essai"), "essai")
    assert (len(lectures), Creance.objects.count()) == (1, 2)
    apply_import(prepare_import(creancier, "g.csv", list_factures(3), "essai"), "essai")
    assert len(lectures) == 3


def test_d_autres_octets_ou_d_autres_conditions_se_lisent_a_nouveau(creancier, lectures):
    sans_echeance = (ENTETE + "F-1;C1;Client 1;01/09/2026;;10,00\n").encode()
    with keep_lecture():
        prepare_import(creancier, "f.csv", sans_echeance, "essai")
        prepare_import(creancier, "f.csv", sans_echeance, "essai", conditions="60 jours")
        prepare_import(creancier, "f.csv", list_factures(2), "essai", conditions="60 jours")
    assert len(lectures) == 3


def test_le_banc_mesure_du_fichier_a_la_balance(db, tmp_path):
    mesure = measure_fec_au_bureau(tmp_path, 300, date(2026, 11, 21))
    assert mesure["lignes"] >= 300
    assert mesure["creances"] >= mesure["dossiers"] > 0
    assert mesure["memoire_mio"] > 10
    assert all(isinstance(mesure[f"{nom}_secondes"], str) for nom in ("apercu", "application", "balance", "total"))

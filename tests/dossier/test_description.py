"""A dossier in one file: what is read, and how a fault is said."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.description import (
    build_schema,
    describe_journal,
    fold_description,
    parse_description,
    write_description,
)
from exigible.dossier.faits import DebiteurDecrit, PaiementRecu
from exigible.dossier.journal import FaitEfface, FaitInconnu, Inscription
from exigible.dossier.plier import fold_dossier
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.regimes import QualitePartie

BASE = {
    "creancier": {"nom": "Atelier Exemple"},
    "debiteur": {"nom": "Client Exemple", "qualite": "professionnel"},
    "reclamation": {"penalites": "reclamer", "indemnite": "reclamer"},
    "faits": [
        {
            "date_effet": "2025-08-31",
            "fait": {
                "type": "creance_nee",
                "cle": "A",
                "numero": "F-1",
                "emission": "2025-08-31",
                "echeance": "2025-09-30",
                "montant": "10000.00",
            },
        }
    ],
}


def read(change=None):
    donnees = copy.deepcopy(BASE)
    if change:
        change(donnees)
    return fold_description(parse_description(json.dumps(donnees).encode()), date(2026, 2, 15))


def fait(donnees):
    return donnees["faits"][0]["fait"]


def test_reads_parties_and_facts():
    assert read().echu == Decimal("10499.37")


@pytest.mark.parametrize("montant", ["10 000,00", "10\u202f000,00", "10000", 10000, 10000.0])
def test_sums_are_exact_however_they_are_written(montant):
    assert read(lambda d: fait(d).update(montant=montant)).echu == Decimal("10499.37")


def test_a_correction_names_the_rank_of_what_it_corrects():
    def change(donnees):
        corrige = {**fait(donnees), "montant": "5000.00"}
        donnees["faits"].append({"date_effet": "2025-08-31", "corrige": 1, "fait": corrige})

    assert read(change).decompte.principal == Decimal("5000.00")


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        (lambda d: d.pop("debiteur"), "il manque « debiteur »"),
        (lambda d: d["debiteur"].update(qualite="pro"), "debiteur.qualite : la valeur « pro »"),
        (lambda d: fait(d).update(montant="-5"), "-5"),
        (lambda d: fait(d).update(montant="1.234,56"), "1.234,56"),
        (lambda d: fait(d).update(montant=10000.123), "au centime"),
        (lambda d: fait(d).update(montant=True), "on attend ici un montant, et non vrai ou faux"),
        (lambda d: fait(d).update(echeance="2026-02-31"), "faits[0].fait.echeance : la date"),
        (lambda d: fait(d).update(type="zut"), "le type « zut » n'existe pas"),
        (lambda d: fait(d).update(echance="2026-02-28"), "le champ « echance » n'existe pas"),
        (lambda d: fait(d).pop("cle"), "il manque « cle »"),
        (lambda d: d.update(z=1), "le champ « z » n'existe pas"),
        (lambda d: d["faits"][0].update(corrige=4), "corrige le fait n° 4"),
        (lambda d: d["faits"].append({**d["faits"][0], "rang": 1}), "même rang"),
        (lambda d: d.update(faits={}), "on attend ici une liste, et non un objet"),
    ],
)
def test_a_fault_is_said_with_its_place(change, phrase):
    with pytest.raises(ErreurSaisie) as refus:
        read(change)
    assert phrase in refus.value.message


@pytest.mark.parametrize("texte", [b"", b"{,}", b"[]", b"\xff\xfe", b'"x"'])
def test_what_is_not_a_dossier_is_refused(texte):
    with pytest.raises(ErreurSaisie, match="JSON"):
        parse_description(texte)


def test_schema_names_every_fact():
    definitions = build_schema()["$defs"]
    assert {"Description", "CreanceNee", "PaiementRecu", "CourrierPoste"} <= definitions.keys()


def test_a_journal_written_to_a_file_folds_to_the_same_state(atelier, creancier, ecris):
    journal = ecris(
        [
            ("2024-01-01", DebiteurDecrit(nom="Client Exemple", qualite=QualitePartie.PROFESSIONNEL)),
            ("2025-08-31", atelier.facture("A", "2025-08-31", "2025-09-30")),
            ("2025-08-31", atelier.facture("A", "2025-08-31", "2025-09-30", "5000.00"), 2),
            ("2026-01-10", PaiementRecu(cle="p", montant=Decimal("100.00"))),
        ]
    )
    regles = creancier()
    relu = parse_description(write_description(describe_journal(journal, regles)))
    au = date(2026, 2, 15)
    attendu = fold_dossier(journal, regles, au)
    # The parties of a file hold from always.
    assert fold_description(relu, au) == replace(attendu, adresse_depuis=date.min)


def test_what_could_not_be_read_back_is_not_exported(creancier, ecris):
    journal = ecris([("2024-01-01", DebiteurDecrit(nom="Client Exemple"))])
    inconnu = Inscription(rang=2, date_effet=date(2026, 1, 1), fait=FaitInconnu(type="futur", contenu={}))
    with pytest.raises(ErreurExigible, match="futur"):
        describe_journal([*journal, inconnu], creancier())
    efface = Inscription(rang=2, date_effet=date(2026, 1, 1), fait=FaitEfface(type="note_ajoutee"))
    assert len(describe_journal([*journal, efface], creancier()).faits) == 1

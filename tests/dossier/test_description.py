"""A dossier in one file: what is read, and how a fault is said."""

from __future__ import annotations

import copy
import json
from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.description import build_schema, fold_description, parse_description
from exigible.droit.erreurs import ErreurSaisie

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

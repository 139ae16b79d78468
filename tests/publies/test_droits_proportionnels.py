"""Cases published by others: recovery fees and coefficients of the commissaires de justice."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.droit.tarifs import Droit, compute_acte, compute_droit

FICHIER = Path(__file__).parent / "donnees" / "droits_proportionnels.json"
CAS = json.loads(FICHIER.read_text(encoding="utf-8"))["cas"]
D, JOUR = Decimal, date.fromisoformat


def list_cas(genre):
    cas = [exemple for exemple in CAS if exemple["genre"] == genre]
    return pytest.mark.parametrize("cas", cas, ids=[exemple["id"] for exemple in cas])


def compute(entree):
    alimentaire = entree.get("alimentaire", False)
    return compute_droit(Droit(entree["droit"]), D(entree["montant"]), JOUR(entree["jour"]), alimentaire=alimentaire)


def test_chaque_cas_est_joue():
    assert {cas["genre"] for cas in CAS} == {"droit", "plafond", "coefficient", "acte"}
    assert len({cas["id"] for cas in CAS}) == len(CAS)
    assert all(cas["source"].startswith("http") for cas in CAS)


@list_cas("droit")
def test_droit(cas):
    emolument = compute(cas["entree"])
    assert [str(tranche.montant) for tranche in emolument.tranches] == cas["attendu"]["tranches"]
    assert str(emolument.total_ht) == cas["attendu"]["total_ht"]
    assert str(emolument.total_ttc) == cas["attendu"].get("total_ttc", str(emolument.total_ttc))


@list_cas("plafond")
def test_plafond(cas):
    assert str(compute(cas["entree"]).total_ht) == cas["attendu"]["total_ht"]


@list_cas("coefficient")
def test_coefficient(cas):
    jour = JOUR(cas["entree"]["jour"])
    coefficients = [str(compute_acte("assignation", jour, D(m)).coefficient) for m in cas["entree"]["creances"]]
    assert coefficients == cas["attendu"]["coefficients"]


@list_cas("acte")
def test_acte(cas):
    entree = cas["entree"]
    assert (
        str(compute_acte(entree["acte"], JOUR(entree["jour"]), D(entree["montant"])).total_ht)
        == cas["attendu"]["total_ht"]
    )

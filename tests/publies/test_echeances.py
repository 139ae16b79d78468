"""Due dates published by others. The wrong ones assert the right day."""

import json
from datetime import date
from pathlib import Path

import pytest

from exigible.droit.echeances import ConditionsPaiement, MethodeEcheance, compute_echeance, parse_conditions

CAS = json.loads((Path(__file__).parent / "donnees" / "echeances.json").read_text(encoding="utf-8"))["cas"]


@pytest.mark.parametrize("cas", CAS, ids=[cas["id"] for cas in CAS])
def test_echeance(cas):
    entree = cas["entree"]
    conditions = parse_conditions(entree["condition"])
    assert compute_echeance(date.fromisoformat(entree["facture"]), conditions).isoformat() == cas["attendu"]["echeance"]
    if "methode" in entree:
        assert conditions == ConditionsPaiement(entree["jours"], MethodeEcheance(entree["methode"]))


def test_un_cas_faux_dit_pourquoi():
    assert len({cas["id"] for cas in CAS}) == len(CAS)
    for cas in CAS:
        assert cas["source"].startswith("http")
        assert "publie" not in cas or (cas["publie"] != cas["attendu"] and cas["explication"])

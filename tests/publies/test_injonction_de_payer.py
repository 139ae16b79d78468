"""A case published by others: the month to oppose a payment order (CPC 1416)."""

import json
from datetime import date
from pathlib import Path

import pytest

from exigible.droit.delais import compute_delai
from exigible.droit.durees import parse_duree

CAS = json.loads((Path(__file__).parent / "donnees" / "injonction_de_payer.json").read_text(encoding="utf-8"))["cas"]


@pytest.mark.parametrize("cas", CAS, ids=[cas["id"] for cas in CAS])
def test_opposition(cas):
    assert cas["genre"] == "opposition"
    signification = date.fromisoformat(cas["entree"]["signification_a_personne"])
    fin = compute_delai(signification, parse_duree("P1M")).echeance
    assert fin.isoformat() == cas["attendu"]["fin"]
    assert fin < date.fromisoformat(cas["attendu"]["non_opposition_constatee"])

"""Cases published by others: what is left on seized bank accounts."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.droit.solde_bancaire import compute_solde_saisi

FICHIER = Path(__file__).parent / "donnees" / "solde_bancaire.json"
CAS = json.loads(FICHIER.read_text(encoding="utf-8"))["cas"]


@pytest.mark.parametrize("cas", CAS, ids=[cas["id"] for cas in CAS])
def test_solde(cas):
    entree, attendu = cas["entree"], cas["attendu"]
    saisi = compute_solde_saisi(
        Decimal(entree["solde"]),
        date.fromisoformat(entree["jour"]),
        insaisissables=Decimal(entree.get("insaisissables", "0.00")),
    )
    assert {"sbi": str(saisi.sbi), "laisse": str(saisi.laisse), "saisissable": str(saisi.saisissable)} == attendu


def test_chaque_cas_a_sa_source():
    assert len({cas["id"] for cas in CAS}) == len(CAS)
    assert all(cas["source"].startswith("http") and cas["explication"] for cas in CAS)

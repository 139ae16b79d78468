"""Time limits published by others: judgments, law firms."""

import json
from datetime import date
from pathlib import Path

import pytest

from exigible.droit.delais import Distance, Sens, compute_delai
from exigible.droit.durees import Duree, parse_duree
from exigible.droit.feries import Zone, list_feries

CAS = json.loads((Path(__file__).parent / "donnees" / "delais.json").read_text(encoding="utf-8"))["cas"]


def list_cas(*genres):
    cas = [exemple for exemple in CAS if exemple["genre"] in genres]
    return pytest.mark.parametrize("cas", cas, ids=[exemple["id"] for exemple in cas])


@list_cas("calcul", "regle")
def test_delai(cas):
    entree = cas["entree"]
    delai = compute_delai(
        date.fromisoformat(entree["depart"]),
        parse_duree(entree["duree"]),
        sens=Sens(entree.get("sens", "apres")),
        zone=Zone(entree.get("zone", "metropole")),
        distance=Distance(entree.get("distance", "aucune")),
        reporter=not entree.get("sans_report", False),
    )
    assert delai.echeance.isoformat() == cas["attendu"]["echeance"]


@list_cas("feries")
def test_jours_feries(cas):
    jours = list_feries(cas["entree"]["annee"], Zone(cas["entree"]["zone"]))
    assert [jour.isoformat() for jour in jours] == cas["attendu"]["jours"]


def test_chaque_cas_a_sa_source():
    assert {cas["genre"] for cas in CAS} == {"calcul", "regle", "feries"}
    assert len({cas["id"] for cas in CAS}) == len(CAS)
    for cas in CAS:
        assert cas["source"].startswith("http")
        assert cas["explication"]
        assert cas.get("publie") != cas["attendu"]


def test_des_mois_qui_s_ajoutent_se_comptent_d_un_trait():
    """DC-09: three months, then one more, from 13 July; not three months, a move, then one month."""
    (cas,) = (cas for cas in CAS if cas["id"] == "DC-09")
    depart = date.fromisoformat(cas["entree"]["depart"])
    assert compute_delai(depart, Duree(mois=3).add(1)).echeance.isoformat() == cas["attendu"]["echeance"]

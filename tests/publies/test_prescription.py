"""Cases published by others: limitation. The wrong ones assert the right value."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from exigible.droit.prescription import Demande, Evenement, find_regle, replay_prescription

CAS = json.loads((Path(__file__).parent / "donnees" / "prescription.json").read_text(encoding="utf-8"))["cas"]
JOUR = date.fromisoformat


def list_cas(genre):
    cas = [exemple for exemple in CAS if exemple["genre"] == genre]
    return pytest.mark.parametrize("cas", cas, ids=[exemple["id"] for exemple in cas])


def replay(nature, depart, evenements=()):
    lus = tuple(Evenement(JOUR(jour), code, *(JOUR(fin) for fin in fins)) for jour, code, *fins in evenements)
    return replay_prescription(Demande(find_regle(nature), JOUR(depart), lus))


def test_chaque_cas_est_joue():
    assert {cas["genre"] for cas in CAS} == {"terme", "vivante", "duree", "premier_jour", "interruptif"}
    assert len({cas["id"] for cas in CAS}) == len(CAS)


def test_un_cas_faux_dit_pourquoi():
    for cas in CAS:
        assert cas["source"].startswith("http")
        assert "publie" not in cas or (cas["publie"] != cas["attendu"] and cas["explication"])


@list_cas("terme")
def test_terme(cas):
    prescription, attendu = replay(**cas["entree"]), cas["attendu"]
    acquise = JOUR(attendu["acquise_le"])
    assert prescription.terme == JOUR(attendu["terme"])
    assert prescription.acquise_au(acquise)
    assert not prescription.acquise_au(acquise - timedelta(days=1))
    assert [a.code for a in prescription.avertissements] == attendu.get("avertissements", [])


@list_cas("vivante")
def test_vivante(cas):
    prescription, attendu = replay(**cas["entree"]), cas["attendu"]
    assert not prescription.acquise_au(JOUR(attendu["vivante_au"]))
    assert [a.code for a in prescription.avertissements] == attendu.get("avertissements", [])


@list_cas("duree")
def test_duree(cas):
    assert [find_regle(nature).duree_mois for nature in cas["entree"]["natures"]] == cas["attendu"]["mois"]


@list_cas("premier_jour")
def test_premier_jour(cas):
    assert replay(**cas["entree"]).frise[0].du == JOUR(cas["attendu"]["premier_jour"])


@list_cas("interruptif")
def test_interruptif(cas):
    nu = replay("P-03", "2024-01-10").terme
    termes = [replay("P-03", "2024-01-10", [["2025-01-10", code]]).terme for code in cas["entree"]["codes"]]
    assert [terme > nu for terme in termes] == cas["attendu"]["interruptif"]

"""Cases published by others: attachable wages. The wrong ones assert the right value."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.droit.argent import round_cent
from exigible.droit.bareme import load_bareme
from exigible.droit.saisissable import compute_saisissable

FICHIER = Path(__file__).parent / "donnees" / "saisie_remunerations.json"
CAS = json.loads(FICHIER.read_text(encoding="utf-8"))["cas"]
D, JOUR = Decimal, date.fromisoformat


def list_cas(genre):
    cas = [exemple for exemple in CAS if exemple["genre"] == genre]
    return pytest.mark.parametrize("cas", cas, ids=[exemple["id"] for exemple in cas])


def compute(net, entree):
    return compute_saisissable(D(net), 0, JOUR(entree["jour"]))


def test_chaque_cas_est_joue():
    assert {cas["genre"] for cas in CAS} == {"bareme", "cumul", "seuils", "tranches"}
    assert len({cas["id"] for cas in CAS}) == len(CAS)


def test_un_cas_faux_dit_pourquoi():
    for cas in CAS:
        assert cas["source"].startswith("http")
        assert "publie" not in cas or (cas["publie"] != cas["attendu"] and cas["explication"])


@list_cas("bareme")
def test_bareme_puis_minimum(cas):
    saisie = compute(cas["entree"]["net"], cas["entree"])
    assert str(saisie.bareme) == cas["attendu"]["bareme"]
    assert str(saisie.saisissable) == cas["attendu"]["saisissable"]


@list_cas("cumul")
def test_cumul_en_haut_de_chaque_tranche(cas):
    cumul = [str(compute(net, cas["entree"]).bareme) for net in cas["entree"]["nets"]]
    assert cumul == cas["attendu"]["cumul"]


@list_cas("tranches")
def test_tranches(cas):
    saisie = compute(cas["entree"]["net"], cas["entree"])
    assert [str(tranche.montant) for tranche in saisie.tranches] == cas["attendu"]["tranches"]
    assert str(saisie.saisissable) == cas["attendu"]["total"]


@list_cas("seuils")
def test_seuils_mensuels(cas):
    bareme, jour = load_bareme("saisie_remunerations"), JOUR(cas["entree"]["jour"])
    seuils = [str(round_cent(seuil / 12)) for seuil in bareme.get_valeur(jour, "seuils").valeurs]
    majoration = bareme.get_valeur(jour, "majoration_par_personne").valeur
    assert seuils == cas["attendu"]["seuils"]
    assert str(round_cent(majoration / 12)) == cas["attendu"]["majoration"]

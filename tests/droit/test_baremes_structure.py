"""Every table of the package: sourced, dated, with its unit; no gap that is not said, no sentinel, no duplicate."""

import re
import tomllib
from datetime import timedelta
from decimal import Decimal
from importlib import resources
from itertools import combinations, pairwise

import pytest

from exigible.droit.bareme import list_baremes, load_bareme

UN_JOUR = timedelta(days=1)
SERIES = [(nom, serie) for nom in list_baremes() for serie in load_bareme(nom).series]
UNITES = re.compile(r"(pour cent|euros|points|jours|mois|années|fois|personnes|salariés|kilomètres|coefficient)\b.*")


def read_toml(nom):
    fichier = resources.files("exigible.droit").joinpath("baremes", f"{nom}.toml")
    return tomllib.loads(fichier.read_text(encoding="utf-8"))


def test_chaque_table_porte_son_nom():
    assert len(list_baremes()) >= 3
    assert [load_bareme(nom).nom for nom in list_baremes()] == list(list_baremes())


@pytest.mark.parametrize("nom", list_baremes())
def test_les_libelles_sont_ceux_des_series(nom):
    bareme = load_bareme(nom)
    assert set(bareme.libelles) in (set(), set(bareme.series))


@pytest.mark.parametrize("nom", list_baremes())
def test_une_table_est_periodique_ou_permanente(nom):
    bareme, meta = load_bareme(nom), read_toml(nom)["meta"]
    assert bareme.libelle
    assert bareme.libelle[0].islower()
    if meta["type"] == "permanent":
        assert bareme.verifie_le is not None
        assert bareme.connu_jusqu_au is None
        assert all(v[-1].fin is None or v[-1].terminee for v in bareme.series.values())
        return
    assert bareme.verifie_le is None
    assert bareme.periode_mois > 0
    assert bareme.prochaine_valeur
    assert bareme.connu_jusqu_au == meta["connu_jusqu_au"] < bareme.attendue_le
    vivantes = [serie for serie, valeurs in bareme.series.items() if not valeurs[-1].terminee]
    assert vivantes
    # What is awaited is the very next period: nothing forgotten in between.
    assert {bareme.find_manque(serie) for serie in vivantes} == {bareme.attendue_le}
    assert bareme.find_fin_periode(bareme.connu_jusqu_au) == bareme.attendue_le - UN_JOUR


@pytest.mark.parametrize("nom", list_baremes())
def test_toute_source_sert_et_chaque_valeur_a_la_sienne(nom):
    donnees = read_toml(nom)
    citees = {cle for entree in donnees["valeur"] for cle in entree["source"]}
    assert citees == set(donnees["sources"])
    assert all(texte.strip() for texte in donnees["sources"].values())
    assert all(entree["source"] for entree in donnees["valeur"])


@pytest.mark.parametrize(("nom", "serie"), SERIES)
def test_les_valeurs_se_suivent(nom, serie):
    valeurs = load_bareme(nom).get_historique(serie)
    for precedente, suivante in pairwise(valeurs):
        assert precedente.debut <= precedente.fin < suivante.debut
        assert precedente.fin == suivante.debut - UN_JOUR or precedente.terminee


@pytest.mark.parametrize(("nom", "serie"), SERIES)
def test_une_valeur_douteuse_dit_pourquoi(nom, serie):
    for valeur in load_bareme(nom).get_historique(serie):
        assert valeur.source
        assert valeur.note or not (valeur.a_verifier or valeur.a_verifier_debut)


@pytest.mark.parametrize(("nom", "serie"), SERIES)
def test_une_unite_connue_et_pas_de_valeur_convenue(nom, serie):
    bareme = load_bareme(nom)
    unite = bareme.unites[serie]
    assert UNITES.fullmatch(unite), unite
    for valeur in bareme.get_historique(serie):
        for nombre in valeur.valeurs:
            assert 0 <= nombre < 10**10
            # A rate may be nil, and the bound of a bracket; an amount, if the entry says why; a time limit never.
            borne = len(valeur.valeurs) > 1 or valeur.note
            assert nombre or unite.startswith("pour cent") or (unite.startswith("euros") and borne)


def list_points(nom, serie):
    valeurs = load_bareme(nom).get_historique(serie)
    return {v.debut: v.valeurs[0] for v in valeurs if len(v.valeurs) == 1}


def test_rien_de_ce_qui_se_calcule_n_est_ecrit():
    """No series is that of another table moved or multiplied by the same number, on three different values."""
    for premiere, seconde in combinations(SERIES, 2):
        if premiere[0] == seconde[0]:
            continue
        une, autre = list_points(*premiere), list_points(*seconde)
        communs = sorted(set(une) & set(autre))
        paires = [(une[jour], autre[jour]) for jour in communs]
        if len(set(paires)) < 3:
            continue
        assert len({b - a for a, b in paires}) > 1, (premiere, seconde)
        assert len({(b / a).quantize(Decimal("0.0001")) for a, b in paires if a}) > 1, (premiere, seconde)

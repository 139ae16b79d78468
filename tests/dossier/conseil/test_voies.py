"""The routes compared, in the cases of `donnees/que_faire.json`."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.dossier.conseil.voies import ABANDON, Statut, list_voies_dossier
from exigible.droit.competence_faits import Voie

CAS = json.loads((Path(__file__).parent / "donnees" / "que_faire.json").read_text("utf-8"))


def parametrize(champ):
    cas = [c for c in CAS if champ in c["attendu"]]
    return pytest.mark.parametrize("cas", cas, ids=[c["id"] for c in cas])


@parametrize("voies")
def test_where_each_route_stands(cas, examine):
    vues = {v.code: v.statut.value for v in list_voies_dossier(examine(cas))}
    assert {code: vues[code] for code in cas["attendu"]["voies"]} == cas["attendu"]["voies"]


@parametrize("montants")
def test_the_sum_asked(cas, examine):
    vues = {v.code: v.montant for v in list_voies_dossier(examine(cas))}
    for code, montant in cas["attendu"]["montants"].items():
        assert vues[code] == Decimal(montant)
    assert vues["fond"] > vues["ip"]


@pytest.mark.parametrize("cas", CAS, ids=[c["id"] for c in CAS])
def test_every_row_has_every_column(cas, examine):
    """They are comparable: one row a route, no empty cell, a closed one says why and costs nothing."""
    lignes = list_voies_dossier(examine(cas))
    assert [ligne.code for ligne in lignes] == [*(v.value for v in Voie), ABANDON]
    for ligne in lignes:
        colonnes = (ligne.libelle, ligne.juridiction, ligne.duree, ligne.source_duree, ligne.fin, ligne.prescription)
        assert all(colonnes)
        assert ligne.risque
        assert ligne.articles
        assert ligne.motifs or ligne.conditions
        if ligne.statut is Statut.FERMEE:
            assert not ligne.cout.lignes


@pytest.mark.parametrize("cas", CAS, ids=[c["id"] for c in CAS])
def test_an_open_route_lacks_nothing(cas, examine):
    for ligne in list_voies_dossier(examine(cas)):
        assert (ligne.statut is Statut.OUVERTE) <= (not ligne.manques)
        assert all(c.remede for c in ligne.conditions if c.remplie is not True)


def find(examine, identifiant, code):
    cas = next(c for c in CAS if c["id"] == identifiant)
    return next(v for v in list_voies_dossier(examine(cas)) if v.code == code)


def test_the_cost_of_a_payment_order_before_a_commercial_court(examine):
    """The clerk's fee and the service, both known; the loser pays both back (CPC 695)."""
    cout = find(examine, "dossier_complet_apres_mise_en_demeure", "ip").cout
    assert cout.avance == Decimal("92.13")
    assert cout.complet
    assert (cout.reste_si_succes, cout.reste_si_echec) == (Decimal(0), Decimal("92.13"))


def test_a_fee_that_was_not_read_is_never_zero(examine):
    cout = find(examine, "petite_creance_au_tribunal_judiciaire", "simplifiee").cout
    assert not cout.complet
    assert cout.reste_si_echec is None


def test_the_simplified_procedure_stays_with_the_creditor(examine):
    ligne = find(examine, "petite_creance_au_tribunal_judiciaire", "simplifiee")
    assert "créancier seul" in ligne.cout.charge
    assert ligne.cout.reste_si_succes is None


def test_a_postcode_that_is_not_one_closes_nothing(examine):
    cas = {**next(c for c in CAS if c["id"] == "dossier_complet_apres_mise_en_demeure")}
    adresse = {"lignes": ["1 rue de l'Exemple"], "code_postal": "99999", "ville": "Villefictive"}
    cas["debiteur"] = {"adresse": adresse}
    ligne = next(v for v in list_voies_dossier(examine(cas)) if v.code == "ip")
    assert ligne.statut is Statut.OUVERTE
    assert "lieu_inconnu" in {a.code for a in ligne.avertissements}

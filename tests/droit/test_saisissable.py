"""Attachable wages: cases redone by hand, the minimum, maintenance, and what must always hold."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.bareme import load_bareme
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.saisissable import FRACTIONS, compute_saisissable
from exigible.droit.valeurs import ValeurAjoutee

DONNEES = json.loads((Path(__file__).parent / "donnees" / "saisissable.json").read_text(encoding="utf-8"))
D, JOUR = Decimal, date.fromisoformat
NETS = st.decimals(0, 10_000, places=2)
JOURS = st.dates(date(2010, 1, 1), date(2026, 12, 31))
PERSONNES = st.integers(0, 10)
SEUILS_FICTIFS = tuple(D(seuil) for seuil in (3600, 7200, 10800, 14400, 18000, 21600))


def list_cas(genre):
    return pytest.mark.parametrize("cas", [pytest.param(cas, id=cas["id"]) for cas in DONNEES[genre]])


@list_cas("cas")
def test_cas_refait_a_la_main(cas):
    saisie = compute_saisissable(D(cas["net"]), cas["personnes"], JOUR(cas["jour"]))
    assert (str(saisie.saisissable), str(saisie.laisse)) == (cas["saisissable"], cas["laisse"])


@list_cas("pensions")
def test_pension(cas):
    saisie = compute_saisissable(
        D(cas["net"]), 0, JOUR(cas["jour"]), alimentaire=cas["alimentaire"], pension=D(cas["pension"])
    )
    assert (str(saisie.pension), str(saisie.saisissable), str(saisie.laisse)) == (
        cas["versee"],
        cas["saisissable"],
        cas["laisse"],
    )
    assert "C. trav. L3252-5" in saisie.articles


def test_tranches_avec_une_personne_a_charge():
    saisie = compute_saisissable(D("1800.00"), 1, date(2026, 11, 30))
    assert [(str(t.de), str(t.a), str(t.fraction), str(t.montant)) for t in saisie.tranches] == [
        ("0.00", "518.33", "1/20", "25.92"),
        ("518.33", "872.50", "1/10", "35.42"),
        ("872.50", "1228.33", "1/5", "71.17"),
        ("1228.33", "1580.83", "1/4", "88.13"),
        ("1580.83", "1934.17", "1/3", "73.06"),
    ]
    assert saisie.articles == (
        "C. trav. L3252-2",
        "C. trav. R3252-2",
        "C. trav. R3252-3",
        "C. trav. L3252-3",
        "C. trav. R3252-5",
        "CPCE L212-5",
    )
    assert saisie.avertissements == ()


def test_derniere_tranche_sans_limite_et_article_du_code_de_procedure_depuis_juillet_2025():
    avant = compute_saisissable(D("3000.00"), 0, date(2025, 6, 30))
    assert avant.tranches[-1].a is None
    assert avant.tranches[-1].fraction == 1
    assert "CPCE L212-5" not in avant.articles
    assert "CPCE L212-5" in compute_saisissable(D("3000.00"), 0, date(2025, 7, 1)).articles


def test_un_seuil_reste_dans_la_tranche_du_dessous():
    assert len(compute_saisissable(D("370.00"), 0, date(2025, 6, 1)).tranches) == 1
    assert len(compute_saisissable(D("370.01"), 0, date(2025, 6, 1)).tranches) == 2


def test_le_minimum_est_dit():
    saisie = compute_saisissable(D("700.00"), 0, date(2026, 5, 15))
    assert [a.code for a in saisie.avertissements] == ["minimum_laisse"]
    assert "651,69" in saisie.avertissements[0].message
    assert str(saisie.bareme) == "51.33"


def test_la_pension_reduite_est_dite():
    saisie = compute_saisissable(D("1800.00"), 0, date(2026, 11, 30), pension=D("1500.00"))
    assert [a.code for a in saisie.avertissements] == ["pension_reduite"]


def test_paiement_direct_sur_rien():
    saisie = compute_saisissable(D("0.00"), 0, date(2026, 5, 15), alimentaire=True)
    assert (saisie.tranches, saisie.avertissements) == ((), ())


def test_un_bareme_de_source_unique_est_signale():
    codes = [a.code for a in compute_saisissable(D("2000.00"), 0, date(2015, 6, 1)).avertissements]
    assert codes == ["valeur_a_verifier"]
    assert compute_saisissable(D("2000.00"), 0, date(2016, 6, 1)).avertissements == ()


@pytest.mark.parametrize("jour", [date(2009, 12, 31), date(2027, 1, 1), date(2027, 4, 1)])
def test_hors_bareme(jour):
    with pytest.raises(ErreurBareme) as erreur:
        compute_saisissable(D("2000.00"), 0, jour)
    assert erreur.value.code == "date_hors_bareme"


def test_provisoire_reprend_le_dernier_bareme_et_le_dit():
    saisie = compute_saisissable(D("1800.00"), 0, date(2027, 5, 1), provisoire=True)
    assert str(saisie.saisissable) == "338.38"
    assert [a.code for a in saisie.avertissements] == ["taux_provisoire", "taux_provisoire"]


def test_un_bareme_saisi_par_l_utilisateur_sert_et_se_dit():
    ajouts = (
        ValeurAjoutee(
            "saisie_remunerations", "seuils", date(2027, 1, 1), SEUILS_FICTIFS, "JO fictif", date(2027, 1, 2)
        ),
        ValeurAjoutee(
            "saisie_remunerations",
            "majoration_par_personne",
            date(2027, 1, 1),
            (D(1200),),
            "JO fictif",
            date(2027, 1, 2),
        ),
    )
    saisie = compute_saisissable(D("1300.00"), 1, date(2027, 2, 1), ajouts=ajouts)
    assert str(saisie.bareme) == "185.00"
    assert [a.code for a in saisie.avertissements] == ["valeur_saisie"]


@pytest.mark.parametrize(
    ("net", "personnes", "pension", "code"),
    [
        ("-0.01", 0, "0", "montant_negatif"),
        ("100", 0, "-1", "montant_negatif"),
        ("100", -1, "0", "personnes_invalides"),
    ],
)
def test_saisie_refusee(net, personnes, pension, code):
    with pytest.raises(ErreurSaisie) as erreur:
        compute_saisissable(D(net), personnes, date(2026, 5, 1), pension=D(pension))
    assert erreur.value.code == code


def test_chaque_bareme_a_six_seuils_croissants_et_sept_fractions():
    bareme = load_bareme("saisie_remunerations")
    for valeur in bareme.get_historique("seuils"):
        assert len(valeur.valeurs) + 1 == len(FRACTIONS)
        assert all(bas < haut for bas, haut in pairwise(valeur.valeurs))
        assert all(seuil % 10 == 0 for seuil in valeur.valeurs)
    for ancien, nouveau in pairwise(bareme.get_historique("seuils")):
        assert all(bas < haut for bas, haut in zip(ancien.valeurs, nouveau.valeurs, strict=True))


@given(NETS, PERSONNES, JOURS, NETS)
def test_rien_ne_se_perd_et_le_minimum_reste(net, personnes, jour, pension):
    saisie = compute_saisissable(net, personnes, jour, pension=pension)
    assert saisie.saisissable + saisie.pension + saisie.laisse == net
    assert saisie.saisissable >= 0
    assert saisie.laisse >= min(net, saisie.minimum)
    assert saisie.saisissable <= saisie.bareme


@given(NETS, NETS, PERSONNES, JOURS)
def test_gagner_plus_ne_rend_pas_moins_saisissable(net, autre, personnes, jour):
    bas, haut = sorted((net, autre))
    moins, plus = (compute_saisissable(somme, personnes, jour) for somme in (bas, haut))
    assert moins.saisissable <= plus.saisissable
    assert moins.laisse <= plus.laisse + D("0.01")


@given(NETS, PERSONNES, PERSONNES, JOURS)
def test_plus_de_personnes_a_charge_ne_rend_pas_plus_saisissable(net, moins, plus, jour):
    peu, beaucoup = sorted((moins, plus))
    assert compute_saisissable(net, beaucoup, jour).saisissable <= compute_saisissable(net, peu, jour).saisissable


@given(NETS, PERSONNES, JOURS)
def test_le_total_est_la_somme_exacte_arrondie_une_fois(net, personnes, jour):
    bareme = load_bareme("saisie_remunerations")
    majoration = personnes * bareme.get_valeur(jour, "majoration_par_personne").valeur
    annuel, bas, exact = Fraction(net) * 12, Fraction(0), Fraction(0)
    for seuil, fraction in zip((*bareme.get_valeur(jour, "seuils").valeurs, None), FRACTIONS, strict=True):
        haut = annuel if seuil is None else min(annuel, Fraction(seuil + majoration))
        exact += max(Fraction(0), haut - bas) * fraction
        bas = max(bas, haut)
    assert abs(Fraction(compute_saisissable(net, personnes, jour).bareme) - exact / 12) <= Fraction(1, 200)


def test_le_paiement_direct_porte_sur_tout_le_salaire_sauf_le_minimum():
    saisie = compute_saisissable(D("700.00"), 0, date(2026, 5, 15), alimentaire=True)
    assert (saisie.net, saisie.bareme, saisie.minimum, saisie.pension) == (D(700), D(700), D("651.69"), D(0))
    assert (saisie.saisissable, saisie.laisse) == (D("48.31"), D("651.69"))
    assert saisie.articles == ("C. trav. L3252-5", "C. trav. R3252-5")
    assert len(saisie.sources) == 1
    assert "n° 2026-220 du 30 mars 2026" in saisie.sources[0]
    (tranche,) = saisie.tranches
    assert (tranche.de, tranche.a, tranche.fraction, tranche.montant) == (D(0), None, Fraction(1), D(700))
    (minimum,) = saisie.avertissements
    assert "651,69\u00a0€ par mois restent toujours au salarié" in minimum.message
    assert minimum.message.endswith("est ramenée à 48,31\u00a0€.")


def test_une_pension_reduite_dit_les_trois_montants():
    (reduite,) = compute_saisissable(D("1800.00"), 0, date(2026, 11, 30), pension=D("1500.00")).avertissements
    assert reduite.message.startswith(
        "La pension de 1\u202f500,00\u00a0€ ne peut être payée qu'à hauteur de 1\u202f148,31\u00a0€ : 651,69\u00a0€"
    )


def test_une_saisie_dit_sur_quoi_et_d_apres_quels_textes():
    saisie = compute_saisissable(D("1800.00"), 0, date(2026, 11, 30))
    assert (saisie.net, saisie.saisissable + saisie.laisse) == (D("1800.00"), D("1800.00"))
    assert "C. trav. R3252-3" not in saisie.articles
    assert "C. trav. R3252-3" in compute_saisissable(D("1800.00"), 1, date(2026, 11, 30)).articles
    bareme, forfait = saisie.sources
    assert bareme != forfait
    assert "n° 2026-220 du 30 mars 2026" in forfait


def test_un_forfait_ajoute_est_le_minimum_laisse_au_salarie():
    ajout = ValeurAjoutee(
        *("solde_bancaire_insaisissable", "metropole", date(2026, 11, 1), (D("700.00"),)),
        *("décret fictif", date(2026, 11, 2)),
    )
    saisie = compute_saisissable(D("705.00"), 0, date(2026, 11, 30), alimentaire=True, ajouts=(ajout,))
    assert (saisie.minimum, saisie.saisissable) == (D("700.00"), D("5.00"))

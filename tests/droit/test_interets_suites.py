"""One rule of interest after another: an agreed rate to the judgment, then the legal rate."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.decompte import Creance, compute_decompte
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets

D = Decimal


def build_suite(**options):
    """An agreed rate to the day of the judgment, then the legal rate."""
    avant = RegleInterets(Regime.CONVENU, date(2024, 12, 31), taux=D(10), arret=date(2025, 6, 15), **options)
    apres = RegleInterets(Regime.LEGAL, date(2025, 6, 15), fondement=("C. civ. 1231-7",), **options)
    return Creance("F1", "Prêt", D("10000.00"), date(2024, 12, 31), avant, suites=(apres,))


def test_un_taux_convenu_puis_un_jugement():
    decompte = compute_decompte([build_suite()], [], date(2025, 12, 31))
    assert [(str(ligne.du), str(ligne.au), str(ligne.taux), ligne.article) for ligne in decompte.lignes] == [
        ("2025-01-01", "2025-06-15", "10", "C. civ. 1343-1"),
        ("2025-06-16", "2025-06-30", "3.71", "C. civ. 1231-7"),
        ("2025-07-01", "2025-12-31", "2.76", "C. civ. 1231-7"),
    ]
    avant = compute_decompte([build_suite()], [], date(2025, 6, 15))
    assert avant.interets == decompte.lignes[0].montant


def test_un_trou_entre_deux_regles_ne_porte_pas_interet():
    avant = RegleInterets(Regime.CONVENU, date(2024, 12, 31), taux=D(10), arret=date(2025, 3, 31))
    apres = RegleInterets(Regime.LEGAL, date(2025, 6, 15))
    creance = Creance("F1", "Prêt", D("10000.00"), date(2024, 12, 31), avant, suites=(apres,))
    lignes = compute_decompte([creance], [], date(2025, 6, 20)).lignes
    assert [(str(ligne.du), str(ligne.au)) for ligne in lignes] == [
        ("2025-01-01", "2025-03-31"),
        ("2025-06-16", "2025-06-20"),
    ]


@pytest.mark.parametrize(
    ("capitalisation", "bases"),
    [
        pytest.param(date(2025, 1, 1), ["10000.00"] * 3 + ["10609.17"] * 2, id="le même compte continue"),
        pytest.param(None, ["10000.00"] * 5, id="sans capitalisation"),
    ],
)
def test_le_compte_annuel_passe_d_une_regle_a_l_autre(capitalisation, bases):
    creance = build_suite(capitalisation=capitalisation)
    decompte = compute_decompte([creance], [], date(2026, 12, 31))
    assert [str(ligne.base) for ligne in decompte.lignes] == bases
    assert decompte.avertissements[1:] == ()  # the first one: a rate to be checked, of the second half of 2026


def test_un_autre_compte_annuel_ne_prend_pas_l_interet_du_precedent():
    avant, apres = build_suite(capitalisation=date(2025, 1, 1)).regles
    creance = replace(build_suite(), regle=avant, suites=(replace(apres, capitalisation=date(2025, 6, 16)),))
    lignes = compute_decompte([creance], [], date(2026, 12, 31)).lignes
    bases = {str(ligne.du): ligne.base for ligne in lignes}
    du_jugement = sum(ligne.montant for ligne in lignes if date(2025, 6, 16) <= ligne.du <= date(2026, 6, 15))
    assert bases["2026-06-16"] == D("10000.00") + du_jugement


@pytest.mark.parametrize("arret", [None, date(2025, 6, 16)])
def test_deux_interets_de_retard_ne_se_cumulent_pas(arret):
    avant, apres = build_suite().regles
    with pytest.raises(ErreurSaisie) as erreur:
        replace(build_suite(), regle=replace(avant, arret=arret), suites=(apres,))
    assert erreur.value.code == "cumul_moratoire"
    assert "16/06/2025" in erreur.value.message


def test_un_arret_des_baremes_se_dit_regle_par_regle():
    avant = RegleInterets(Regime.LEGAL, date(2026, 6, 30), arret=date(2027, 3, 31))
    apres = RegleInterets(Regime.CONVENU, date(2027, 3, 31), taux=D(5))
    creance = Creance("F1", "Facture", D("10000.00"), date(2026, 6, 30), avant, suites=(apres,))
    decompte = compute_decompte([creance], [], date(2027, 6, 30), arreter_au_dernier_connu=True)
    assert decompte.interets_arretes_au == date(2026, 12, 31)
    assert [str(ligne.au) for ligne in decompte.lignes] == ["2026-12-31", "2027-06-30"]

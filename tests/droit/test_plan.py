"""The clauses of a plan on a claim: interest stopped, given up, back, capitalised; forfeiture after notice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.droit.creance import CAPITAL_D_ABORD, Creance
from exigible.droit.decompte import Versement, compute_decompte
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.plan import (
    AccordDePlan,
    InteretsDuPlan,
    apply_plan,
    compute_decheance,
    end_plans,
    explain_interets,
)
from exigible.droit.regimes import QualitePartie

D = Decimal
ACCORD, RUPTURE, AU = date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30)
ABANDONNES, GELES, MAINTENUS, CAPITALISES = (
    InteretsDuPlan.ABANDONNES_SI_RESPECT,
    InteretsDuPlan.GELES,
    InteretsDuPlan.MAINTENUS,
    InteretsDuPlan.CAPITALISES,
)
CONVENU = RegleInterets(Regime.CONVENU, date(2024, 12, 31), taux=D("7.3"))  # 0.20 € a day on 1 000 €
FACTURE = Creance("F1", "Facture F1", D("1000.00"), date(2024, 12, 31), CONVENU, indemnite=D("40.00"))


def compute_interets(interets, au=AU, creance=FACTURE, **fin):
    releve = compute_decompte([apply_plan(creance, AccordDePlan(ACCORD, interets), **fin)], [], au)
    return releve.interets


@pytest.mark.parametrize(
    ("interets", "tenu", "rompu"),
    [
        (MAINTENUS, "54.60", "54.60"),  # 273 days
        (CAPITALISES, "54.60", "54.60"),
        (ABANDONNES, "18.00", "54.60"),  # 90 days; all of them back
        (GELES, "18.00", "36.40"),  # 90 days; 92 more after the break
    ],
)
def test_les_interets_tant_que_le_plan_tient_puis_quand_il_est_rompu(interets, tenu, rompu):
    assert compute_interets(interets) == D(tenu)
    assert compute_interets(interets, fin=RUPTURE, rompu=True) == D(rompu)


@pytest.mark.parametrize("interets", [ABANDONNES, GELES])
def test_un_plan_remplace_n_est_pas_rompu(interets):
    """What did not run until the new agreement does not come back: 90 days, then 92."""
    assert compute_interets(interets, fin=RUPTURE) == D("36.40")


@pytest.mark.parametrize("interets", InteretsDuPlan)
def test_un_plan_rompu_le_jour_de_l_accord_n_arrete_rien(interets):
    assert compute_interets(interets, fin=ACCORD, rompu=True) == D("54.60")


def test_une_creance_hors_du_plan_ne_change_pas():
    accord = AccordDePlan(ACCORD, GELES, CAPITAL_D_ABORD, ("F2",))
    assert apply_plan(FACTURE, accord) is FACTURE


def test_une_creance_sans_interet_reste_sans_interet():
    sans = Creance("F3", "Facture F3", D("10.00"), date(2024, 12, 31), None)
    for interets in InteretsDuPlan:
        assert apply_plan(sans, AccordDePlan(ACCORD, interets)).regles == ()


def test_ce_qui_n_etait_pas_echu_ne_rapporte_pas_quarante_euros_pendant_le_plan():
    future = Creance("F4", "Facture F4", D("10.00"), date(2025, 4, 30), None, indemnite=D("40.00"))
    assert apply_plan(future, AccordDePlan(ACCORD, GELES)).indemnite == 0
    assert apply_plan(future, AccordDePlan(ACCORD, MAINTENUS)).indemnite == 40
    assert apply_plan(future, AccordDePlan(ACCORD, ABANDONNES), fin=RUPTURE, rompu=True).indemnite == 40
    assert apply_plan(FACTURE, AccordDePlan(ACCORD, GELES)).indemnite == 40


def test_le_decompte_dit_que_le_plan_arrete_les_interets():
    releve = compute_decompte([apply_plan(FACTURE, AccordDePlan(ACCORD, GELES))], [], AU)
    (dit,) = [a for a in releve.avertissements if a.code == "interets_suspendus"]
    assert "depuis le 01/04/2025" in dit.message
    assert "C. civ. 1103" in dit.message
    assert "C. civ. 1103" in releve.articles


def test_la_capitalisation_ne_touche_pas_ce_qui_courait_avant_et_finit_avec_le_plan():
    accord = AccordDePlan(ACCORD, CAPITALISES)
    (regle,) = apply_plan(FACTURE, accord).regles
    assert (regle.capitalisation, regle.fin_capitalisation) == (date(2025, 4, 1), None)
    (rompue,) = apply_plan(FACTURE, accord, fin=RUPTURE, rompu=True).regles
    assert rompue.fin_capitalisation == RUPTURE


def test_la_capitalisation_attend_le_premier_jour_d_interet_et_respecte_un_compte_anterieur():
    future = Creance("F5", "Facture F5", D("10.00"), AU, RegleInterets(Regime.CONVENU, AU, taux=D(5)))
    (regle,) = apply_plan(future, AccordDePlan(ACCORD, CAPITALISES)).regles
    assert regle.capitalisation == date(2025, 10, 1)
    ancienne = RegleInterets(Regime.CONVENU, date(2024, 12, 31), taux=D(5), capitalisation=date(2025, 1, 1))
    jugee = Creance("F6", "Facture F6", D("10.00"), date(2024, 12, 31), ancienne)
    assert apply_plan(jugee, AccordDePlan(ACCORD, CAPITALISES)) == jugee


def test_l_ordre_convenu_vaut_du_jour_de_l_accord_a_la_fin_du_plan():
    accord = AccordDePlan(ACCORD, MAINTENUS, CAPITAL_D_ABORD)
    creance = apply_plan(FACTURE, accord, fin=RUPTURE, rompu=True)

    def payer(jour):
        (part,) = compute_decompte([creance], [Versement("V", jour, D("100.00"))], AU).imputations
        return part.principal

    assert payer(ACCORD) == payer(RUPTURE) == D("100.00")
    assert payer(date(2025, 7, 1)) < D("100.00")
    assert apply_plan(FACTURE, accord, fin=date(2025, 3, 30), rompu=True).ordres == ()


def test_un_autre_accord_met_fin_aux_plans_sans_toucher_au_reste():
    surendettement = Pause(date(2025, 5, 1), MotifPause.SURENDETTEMENT)
    suspendue = replace(FACTURE, regle=replace(CONVENU, pauses=(surendettement,)))
    etalee = apply_plan(suspendue, AccordDePlan(ACCORD, GELES, CAPITAL_D_ABORD))
    finie = end_plans(etalee, RUPTURE)
    assert finie == apply_plan(suspendue, AccordDePlan(ACCORD, GELES, CAPITAL_D_ABORD), fin=RUPTURE)
    assert end_plans(finie, AU) == finie
    assert end_plans(suspendue, RUPTURE) == suspendue
    assert end_plans(etalee, ACCORD).regle == suspendue.regle


def test_les_suites_d_une_creance_s_arretent_aussi():
    juge = RegleInterets(Regime.CONVENU, date(2025, 2, 28), taux=D(5))
    premiere = RegleInterets(Regime.CONVENU, date(2024, 12, 31), taux=D(5), arret=date(2025, 2, 28))
    creance = Creance("F7", "Facture F7", D("10.00"), date(2024, 12, 31), premiere, suites=(juge,))
    pause = Pause(date(2025, 4, 1), MotifPause.PLAN)
    assert [r.pauses for r in apply_plan(creance, AccordDePlan(ACCORD, GELES)).regles] == [(pause,)] * 2


@settings(max_examples=40)
@given(
    st.sampled_from([MAINTENUS, ABANDONNES]),
    st.dates(date(2024, 6, 1), date(2025, 8, 1)),
    st.integers(1, 300),
    st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2026, 6, 30)), st.decimals("1", "400", places=2)), max_size=4),
)
def test_ce_qui_est_du_a_la_rupture_est_le_decompte_sans_plan(interets, accord, duree, paiements):
    rupture = date.fromordinal(accord.toordinal() + duree)
    versements = [Versement(f"V{rang}", jour, montant) for rang, (jour, montant) in enumerate(paiements)]
    rompue = apply_plan(FACTURE, AccordDePlan(accord, interets), fin=rupture, rompu=True)
    avec = compute_decompte([rompue], versements, rupture)
    sans = compute_decompte([FACTURE], versements, rupture)
    assert (avec.total_du, avec.principal, avec.lignes) == (sans.total_du, sans.principal, sans.lignes)


@settings(max_examples=40)
@given(st.sampled_from([GELES, ABANDONNES]), st.integers(1, 400))
def test_un_plan_ne_fait_jamais_devoir_plus(interets, jours):
    au = date.fromordinal(ACCORD.toordinal() + jours)
    assert compute_interets(interets, au) <= compute_decompte([FACTURE], [], au).interets


@pytest.mark.parametrize(
    ("delai", "convenu", "qualite", "fin", "court"),
    [
        (30, None, QualitePartie.CONSOMMATEUR, date(2026, 9, 9), False),  # the worked example of the law file
        (8, None, QualitePartie.CONSOMMATEUR, date(2026, 9, 9), True),
        (45, 15, QualitePartie.NON_PROFESSIONNEL, date(2026, 9, 24), True),
        (8, None, QualitePartie.INCONNUE, date(2026, 9, 9), True),
        (8, None, QualitePartie.PROFESSIONNEL, date(2026, 8, 18), False),
        (8, 15, QualitePartie.PROFESSIONNEL, date(2026, 8, 25), False),
        (15, 8, QualitePartie.PERSONNE_PUBLIQUE, date(2026, 8, 25), False),
    ],
)
def test_la_decheance_attend_la_fin_du_delai(delai, convenu, qualite, fin, court):
    decheance = compute_decheance(date(2026, 8, 10), delai, qualite, convenu=convenu)
    assert decheance.fin == fin
    assert (decheance.possible_des - fin).days == 1
    assert [a.code for a in decheance.avertissements] == (["delai_decheance_court"] if court else [])


def test_un_delai_nul_est_refuse():
    with pytest.raises(ErreurSaisie):
        compute_decheance(date(2026, 8, 10), 0, QualitePartie.PROFESSIONNEL)


def test_chaque_choix_se_dit():
    dites = [explain_interets(choix, ACCORD) for choix in InteretsDuPlan]
    assert len(set(dites)) == len(dites)
    assert [choix.courent for choix in (ABANDONNES, MAINTENUS, GELES, CAPITALISES)] == [False, True, False, True]


def test_l_ordre_convenu_vaut_encore_le_jour_ou_le_plan_cesse():
    accord = AccordDePlan(ACCORD, MAINTENUS, CAPITAL_D_ABORD)
    (ordre,) = apply_plan(FACTURE, accord, fin=ACCORD).ordres
    assert (ordre.du, ordre.au) == (ACCORD, ACCORD)
    assert apply_plan(FACTURE, accord, fin=date(2025, 3, 30)).ordres == ()


def test_un_plan_remplace_ne_met_pas_fin_a_la_capitalisation():
    accord = AccordDePlan(ACCORD, CAPITALISES)
    assert apply_plan(FACTURE, accord, fin=RUPTURE).regle.fin_capitalisation is None
    assert apply_plan(FACTURE, accord, fin=RUPTURE, rompu=True).regle.fin_capitalisation == RUPTURE


def test_ce_qui_echoit_le_jour_de_l_accord_n_est_pas_en_retard():
    ce_jour, veille = (replace(FACTURE, echeance=jour) for jour in (ACCORD, date(2025, 3, 30)))
    assert apply_plan(ce_jour, AccordDePlan(ACCORD, GELES)).indemnite == 0
    assert apply_plan(veille, AccordDePlan(ACCORD, GELES)).indemnite == D("40.00")


def test_un_plan_remplace_le_lendemain_a_suspendu_un_jour():
    plan = apply_plan(FACTURE, AccordDePlan(ACCORD, GELES))
    assert [(p.du, p.au) for p in end_plans(plan, date(2025, 4, 1)).regle.pauses] == [
        (date(2025, 4, 1), date(2025, 4, 1))
    ]
    assert end_plans(plan, ACCORD).regle.pauses == ()


def test_la_decheance_n_attend_pas_le_lundi_et_cite_son_arret():
    decheance = compute_decheance(date(2026, 1, 15), 10, QualitePartie.CONSOMMATEUR)
    assert (decheance.fin, decheance.possible_des) == (date(2026, 2, 14), date(2026, 2, 15))  # a Saturday, a Sunday
    assert decheance.articles == ("Cass. 1re civ. 22/06/2017, 16-18.418",)
    (avis,) = decheance.avertissements
    assert avis.parametres == {"jours": "10"}

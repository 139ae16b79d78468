"""Payment plans: what they add up to, whatever the claims, the days and what was paid before."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.droit.creance import Creance
from exigible.droit.decompte import compute_decompte
from exigible.droit.echeancier import InteretsDuPlan, compute_echeancier
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.partage import list_mensualites
from exigible.droit.versements import Versement

D = Decimal

ACCORD, PREMIERE = date(2026, 5, 15), date(2026, 6, 15)
ABANDONNES, MAINTENUS, GELES = (
    InteretsDuPlan.ABANDONNES_SI_RESPECT,
    InteretsDuPlan.MAINTENUS,
    InteretsDuPlan.GELES,
)
COMMERCIAL = RegleInterets(Regime.COMMERCIAL, date(2026, 1, 31))
FACTURE = Creance("F1", "Facture F1", D("3000.00"), date(2026, 1, 31), COMMERCIAL, indemnite=D("40.00"))


def list_codes(plan):
    return [avertissement.code for avertissement in plan.avertissements]


@pytest.mark.parametrize("interets", [ABANDONNES, GELES])
def test_sans_interet_pendant_le_plan_le_total_est_celui_de_l_accord(interets):
    plan = compute_echeancier([FACTURE], ACCORD, list_mensualites(PREMIERE, 3), interets)
    assert plan.total == plan.accord.total_du == compute_decompte([FACTURE], [], ACCORD).total_du
    assert plan.terme.interets_courus == plan.accord.interets
    assert plan.echeances[0].accessoires == plan.accord.interets + D("40.00")
    assert plan.echeances[1].accessoires == 0
    assert "15/05/2026" in plan.explication
    assert list_codes(plan) == ["depart_prescription_a_verifier"]
    assert plan.articles[-2:] == ("C. civ. 2240", "CPCE L111-8 al. 2")


def test_chaque_choix_se_dit_autrement():
    jours = list_mensualites(PREMIERE, 3)
    dites = {compute_echeancier([FACTURE], ACCORD, jours, interets).explication for interets in InteretsDuPlan}
    assert len(dites) == 3


def test_les_interets_maintenus_demandent_un_taux_connu():
    jours = list_mensualites(PREMIERE, 9)
    with pytest.raises(ErreurBareme):
        compute_echeancier([FACTURE], ACCORD, jours, MAINTENUS)
    plan = compute_echeancier([FACTURE], ACCORD, jours, MAINTENUS, provisoire=True)
    assert plan.terme.total_du == 0
    assert any(ligne.provisoire for ligne in plan.terme.lignes)
    compute_echeancier([FACTURE], ACCORD, jours, ABANDONNES)


def test_ce_qui_a_ete_paye_avant_est_deduit_et_ce_qui_suit_n_est_pas_vu():
    versements = [Versement("V1", date(2026, 3, 2), D("1000.00")), Versement("V2", date(2026, 6, 1), D("500.00"))]
    plan = compute_echeancier([FACTURE], ACCORD, [PREMIERE], ABANDONNES, versements=versements)
    assert plan.total == compute_decompte([FACTURE], versements[:1], ACCORD).total_du
    assert plan.terme.total_du == 0


def test_une_creance_pas_encore_echue_n_apporte_pas_ses_quarante_euros():
    a_echoir = Creance("F2", "Facture F2", D("600.00"), date(2026, 5, 31), None, indemnite=D("40.00"))
    plan = compute_echeancier([a_echoir], ACCORD, list_mensualites(PREMIERE, 2), ABANDONNES)
    assert plan.total == D("600.00")
    assert plan.terme.total_du == 0
    le_jour_meme = compute_echeancier([a_echoir], a_echoir.echeance, list_mensualites(PREMIERE, 2), GELES)
    assert le_jour_meme.total == D("600.00")


def test_une_regle_deja_arretee_le_reste_et_les_suivantes_s_arretent_a_l_accord():
    convenu = RegleInterets(Regime.CONVENU, date(2026, 1, 31), taux=D(10), arret=date(2026, 2, 28))
    juge = RegleInterets(Regime.LEGAL, date(2026, 2, 28))
    creance = Creance("F3", "Facture F3", D("1000.00"), date(2026, 1, 31), convenu, suites=(juge,))
    plan = compute_echeancier([creance], ACCORD, list_mensualites(PREMIERE, 2), ABANDONNES)
    assert [ligne.au for ligne in plan.terme.lignes] == [date(2026, 2, 28), ACCORD]
    assert plan.total == compute_decompte([creance], [], ACCORD).total_du


def test_une_regle_qui_n_existe_que_par_ses_suites():
    creance = Creance("F4", "Facture F4", D("1000.00"), date(2026, 1, 31), None, suites=(COMMERCIAL,))
    plan = compute_echeancier([creance], ACCORD, [PREMIERE], GELES)
    assert plan.total == compute_decompte([creance], [], ACCORD).total_du > D("1000.00")


@pytest.mark.parametrize("jours", [(), (PREMIERE, PREMIERE), (date(2026, 7, 15), PREMIERE), (date(2026, 5, 14),)])
def test_des_jours_en_desordre_sont_refuses(jours):
    with pytest.raises(ErreurSaisie, match="dans l'ordre des jours") as refus:
        compute_echeancier([FACTURE], ACCORD, jours, ABANDONNES)
    assert refus.value.code == "echeances_desordonnees"


def test_une_premiere_echeance_le_jour_de_l_accord():
    plan = compute_echeancier([FACTURE], ACCORD, [ACCORD], MAINTENUS)
    assert plan.total == plan.accord.total_du


def test_rien_a_payer_ne_s_etale_pas():
    soldee = [Versement("V1", FACTURE.echeance, D("3000.00"))]
    with pytest.raises(ErreurSaisie) as refus:
        compute_echeancier([FACTURE], ACCORD, [PREMIERE], ABANDONNES, versements=soldee)
    assert refus.value.code == "trop_d_echeances"


CREANCES = st.lists(
    st.tuples(st.decimals("100.00", "50000.00", places=2), st.sampled_from(["commercial", "legal", "aucun"])),
    min_size=1,
    max_size=3,
)


@settings(max_examples=40)
@given(CREANCES, st.integers(1, 6), st.sampled_from(InteretsDuPlan), st.integers(0, 60))
def test_le_plan_respecte_eteint_tout(donnees, nombre, interets, ecart):
    creances = [
        Creance(
            f"F{rang}",
            f"Facture F{rang}",
            principal,
            date(2026, 1, 31) + timedelta(days=rang * 20),
            None if regime == "aucun" else RegleInterets(Regime(regime), date(2026, 1, 31) + timedelta(days=rang * 20)),
            indemnite=D("40.00"),
        )
        for rang, (principal, regime) in enumerate(donnees)
    ]
    plan = compute_echeancier(creances, ACCORD, list_mensualites(ACCORD + timedelta(days=ecart), nombre), interets)
    assert plan.terme.total_du == plan.terme.trop_percu == 0
    assert len(plan.echeances) == nombre
    assert all(e.montant == e.principal + e.accessoires and e.accessoires >= 0 for e in plan.echeances)
    assert sum(e.principal for e in plan.echeances) == sum(principal for principal, _regime in donnees)
    assert plan.total >= plan.accord.total_du
    assert (plan.total == plan.accord.total_du) or interets is MAINTENUS

"""Payment plans: what they add up to, whatever the claims, the days and what was paid before."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exigible.droit.creance import CAPITAL_D_ABORD, Creance
from exigible.droit.decompte import compute_decompte
from exigible.droit.echeancier import (
    ECHEANCES_MAX,
    AccordDePlan,
    InteretsDuPlan,
    compute_echeancier,
    compute_mensualites,
    sum_du,
)
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.partage import list_mensualites, list_poids, split_selon
from exigible.droit.versements import Versement

D = Decimal

ACCORD, PREMIERE = date(2026, 5, 15), date(2026, 6, 15)
ABANDONNES, MAINTENUS, GELES, CAPITALISES = (
    InteretsDuPlan.ABANDONNES_SI_RESPECT,
    InteretsDuPlan.MAINTENUS,
    InteretsDuPlan.GELES,
    InteretsDuPlan.CAPITALISES,
)
COMMERCIAL = RegleInterets(Regime.COMMERCIAL, date(2026, 1, 31))
FACTURE = Creance("F1", "Facture F1", D("3000.00"), date(2026, 1, 31), COMMERCIAL, indemnite=D("40.00"))


def etale(creances, accord, jours, interets, **options):
    return compute_echeancier(creances, AccordDePlan(accord, interets), jours, **options)


def list_codes(plan):
    return [avertissement.code for avertissement in plan.avertissements]


@pytest.mark.parametrize("interets", [ABANDONNES, GELES])
def test_sans_interet_pendant_le_plan_le_total_est_celui_de_l_accord(interets):
    plan = etale([FACTURE], ACCORD, list_mensualites(PREMIERE, 3), interets)
    assert plan.total == plan.accord.total_du == compute_decompte([FACTURE], [], ACCORD).total_du
    assert plan.terme.interets_courus == plan.accord.interets
    assert plan.echeances[0].accessoires == plan.accord.interets + D("40.00")
    assert plan.echeances[1].accessoires == 0
    assert "15/05/2026" in plan.explication
    assert list_codes(plan) == ["interets_suspendus", "depart_prescription_a_verifier"]
    assert plan.articles[-2:] == ("C. civ. 2240", "CPCE L111-8 al. 2")


def test_chaque_choix_se_dit_autrement():
    jours = list_mensualites(PREMIERE, 3)
    dites = {etale([FACTURE], ACCORD, jours, interets).explication for interets in InteretsDuPlan}
    assert len(dites) == 4


def test_les_interets_maintenus_demandent_un_taux_connu():
    jours = list_mensualites(PREMIERE, 9)
    with pytest.raises(ErreurBareme):
        etale([FACTURE], ACCORD, jours, MAINTENUS)
    plan = etale([FACTURE], ACCORD, jours, MAINTENUS, provisoire=True)
    assert plan.terme.total_du == 0
    assert any(ligne.provisoire for ligne in plan.terme.lignes)
    etale([FACTURE], ACCORD, jours, ABANDONNES)


def test_ce_qui_a_ete_paye_avant_est_deduit_et_ce_qui_suit_n_est_pas_vu():
    versements = [Versement("V1", date(2026, 3, 2), D("1000.00")), Versement("V2", date(2026, 6, 1), D("500.00"))]
    plan = etale([FACTURE], ACCORD, [PREMIERE], ABANDONNES, versements=versements)
    assert plan.total == compute_decompte([FACTURE], versements[:1], ACCORD).total_du
    assert plan.terme.total_du == 0


def test_une_creance_pas_encore_echue_n_apporte_pas_ses_quarante_euros():
    a_echoir = Creance("F2", "Facture F2", D("600.00"), date(2026, 5, 31), None, indemnite=D("40.00"))
    plan = etale([a_echoir], ACCORD, list_mensualites(PREMIERE, 2), ABANDONNES)
    assert plan.total == D("600.00")
    assert plan.terme.total_du == 0
    le_jour_meme = etale([a_echoir], a_echoir.echeance, list_mensualites(PREMIERE, 2), GELES)
    assert le_jour_meme.total == D("600.00")


def test_une_regle_deja_arretee_le_reste_et_les_suivantes_s_arretent_a_l_accord():
    convenu = RegleInterets(Regime.CONVENU, date(2026, 1, 31), taux=D(10), arret=date(2026, 2, 28))
    juge = RegleInterets(Regime.LEGAL, date(2026, 2, 28))
    creance = Creance("F3", "Facture F3", D("1000.00"), date(2026, 1, 31), convenu, suites=(juge,))
    plan = etale([creance], ACCORD, list_mensualites(PREMIERE, 2), ABANDONNES)
    assert [ligne.au for ligne in plan.terme.lignes] == [date(2026, 2, 28), ACCORD]
    assert plan.total == compute_decompte([creance], [], ACCORD).total_du


def test_une_regle_qui_n_existe_que_par_ses_suites():
    creance = Creance("F4", "Facture F4", D("1000.00"), date(2026, 1, 31), None, suites=(COMMERCIAL,))
    plan = etale([creance], ACCORD, [PREMIERE], GELES)
    assert plan.total == compute_decompte([creance], [], ACCORD).total_du > D("1000.00")


@pytest.mark.parametrize("jours", [(), (PREMIERE, PREMIERE), (date(2026, 7, 15), PREMIERE), (date(2026, 5, 14),)])
def test_des_jours_en_desordre_sont_refuses(jours):
    with pytest.raises(ErreurSaisie, match="dans l'ordre des jours") as refus:
        etale([FACTURE], ACCORD, jours, ABANDONNES)
    assert refus.value.code == "echeances_desordonnees"


def test_une_premiere_echeance_le_jour_de_l_accord():
    plan = etale([FACTURE], ACCORD, [ACCORD], MAINTENUS)
    assert plan.total == plan.accord.total_du


def test_rien_a_payer_ne_s_etale_pas():
    soldee = [Versement("V1", FACTURE.echeance, D("3000.00"))]
    with pytest.raises(ErreurSaisie) as refus:
        etale([FACTURE], ACCORD, [PREMIERE], ABANDONNES, versements=soldee)
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
    plan = etale(creances, ACCORD, list_mensualites(ACCORD + timedelta(days=ecart), nombre), interets)
    assert plan.terme.total_du == plan.terme.trop_percu == 0
    assert len(plan.echeances) == nombre
    assert all(e.montant == e.principal + e.accessoires and e.accessoires >= 0 for e in plan.echeances)
    assert sum(e.principal for e in plan.echeances) == sum(principal for principal, _regime in donnees)
    assert plan.total >= plan.accord.total_du
    assert (plan.total == plan.accord.total_du) or interets.courent


def test_des_echeances_progressives():
    """2 640,00 € in three: 100, 120 and 140 parts of 360."""
    creance = Creance("F5", "Facture F5", D("2640.00"), date(2026, 1, 31), None)
    plan = etale([creance], ACCORD, list_mensualites(PREMIERE, 3), ABANDONNES, poids=list_poids(3, D(20)))
    assert [str(e.montant) for e in plan.echeances] == ["733.33", "880.00", "1026.67"]


def test_les_interets_maintenus_s_ajoutent_a_un_principal_progressif():
    plan = etale([FACTURE], ACCORD, list_mensualites(PREMIERE, 3), MAINTENUS, poids=list_poids(3, D(50)))
    assert [e.principal for e in plan.echeances] == [D("666.67"), D("1000.00"), D("1333.33")]
    assert plan.echeances[0].indemnites == 40
    assert all(e.interets > 0 for e in plan.echeances)


@pytest.mark.parametrize("progression", [D(-50), D(1001), D("NaN")])
def test_une_progression_qui_annule_une_echeance_est_refusee(progression):
    with pytest.raises(ErreurSaisie) as refus:
        list_poids(3, progression)
    assert refus.value.code == "progression_hors_limites"


def test_des_mensualites_fixes_la_derniere_prend_le_solde():
    plan = compute_mensualites([FACTURE], AccordDePlan(ACCORD, GELES), PREMIERE, D("1000.00"))
    total = plan.accord.total_du
    assert [e.montant for e in plan.echeances] == [D("1000.00")] * 3 + [total - 3000]
    assert [e.jour for e in plan.echeances] == list(list_mensualites(PREMIERE, 4))
    assert plan.terme.total_du == 0


def test_des_mensualites_fixes_paient_d_abord_les_interets_qui_courent():
    plan = compute_mensualites([FACTURE], AccordDePlan(ACCORD, MAINTENUS), PREMIERE, D("1200.00"))
    assert [e.montant for e in plan.echeances[:2]] == [D("1200.00")] * 2
    entre = [li.montant for li in plan.terme.lignes if PREMIERE < li.du <= plan.echeances[1].jour]
    assert plan.echeances[1].interets == sum(entre) > 0
    assert plan.terme.total_du == 0
    assert plan.total > plan.accord.total_du


@pytest.mark.parametrize("mensualite", [D(0), D(-10), D("50.00")])
@pytest.mark.parametrize("interets", [GELES, MAINTENUS])
def test_une_mensualite_qui_n_eteint_pas_la_dette_est_refusee(mensualite, interets):
    with pytest.raises(ErreurSaisie) as refus:
        compute_mensualites([FACTURE], AccordDePlan(ACCORD, interets), PREMIERE, mensualite)
    assert refus.value.code == "mensualite_insuffisante"
    assert str(ECHEANCES_MAX) in refus.value.message


def test_une_mensualite_mangee_par_les_interets_est_refusee():
    """3 000 € at 100 % a year: 250 € a month pay the interest, nearly nothing of the principal."""
    lourde = Creance("F6", "Facture F6", D("3000.00"), ACCORD, RegleInterets(Regime.CONVENU, ACCORD, taux=D(100)))
    with pytest.raises(ErreurSaisie) as refus:
        compute_mensualites([lourde], AccordDePlan(ACCORD, MAINTENUS), PREMIERE, D("250.00"))
    assert refus.value.code == "mensualite_insuffisante"


def test_des_mensualites_sur_une_dette_soldee_sont_refusees():
    soldee = [Versement("V1", FACTURE.echeance, D("3000.00"))]
    with pytest.raises(ErreurSaisie) as refus:
        compute_mensualites([FACTURE], AccordDePlan(ACCORD, GELES), PREMIERE, D(100), versements=soldee)
    assert refus.value.code == "trop_d_echeances"


@pytest.mark.parametrize("premiere", [date(2199, 1, 1), date(9999, 12, 31)])
def test_une_premiere_mensualite_trop_lointaine_est_refusee(premiere):
    with pytest.raises(ErreurSaisie) as refus:
        list_mensualites(premiere, 1)
    assert (refus.value.code, refus.value.champ) == ("date_hors_limites", "premiere")


def test_une_premiere_mensualite_avant_l_accord_est_refusee():
    with pytest.raises(ErreurSaisie) as refus:
        compute_mensualites([FACTURE], AccordDePlan(ACCORD, GELES), date(2026, 5, 14), D(100))
    assert refus.value.code == "echeances_desordonnees"


def test_un_plan_ne_paie_que_ses_factures():
    autre = Creance(
        "F7", "Facture F7", D("900.00"), date(2025, 12, 31), RegleInterets(Regime.LEGAL, date(2025, 12, 31))
    )
    accord = AccordDePlan(ACCORD, ABANDONNES, creances=("F1",))
    plan = compute_echeancier([FACTURE, autre], accord, list_mensualites(PREMIERE, 3))
    assert plan.total == sum_du(plan.accord, accord) < plan.accord.total_du
    assert sum_du(plan.terme, accord) == 0
    reste = next(s for s in plan.terme.soldes if s.cle == "F7")
    assert reste.principal_restant == D("900.00")
    assert reste.interets > plan.accord.soldes[1].interets


def test_le_capital_d_abord_si_le_creancier_l_accepte():
    accord = AccordDePlan(ACCORD, MAINTENUS, CAPITAL_D_ABORD)
    plan = compute_echeancier([FACTURE], accord, list_mensualites(PREMIERE, 3))
    assert [e.accessoires for e in plan.echeances[:1]] == [0]
    assert plan.terme.total_du == 0


def test_la_capitalisation_attend_une_annee_entiere_apres_l_accord():
    """1 000 € at 10 %: 100 € a year; nothing of what ran before the agreement bears interest."""
    regle = RegleInterets(Regime.CONVENU, date(2024, 1, 1), taux=D(10))
    creance = Creance("F8", "Facture F8", D("1000.00"), date(2024, 1, 1), regle)
    accord = AccordDePlan(date(2025, 1, 1), CAPITALISES)
    plan = compute_mensualites([creance], accord, date(2026, 12, 31), D("2000.00"))
    assert [(li.base, li.montant) for li in plan.terme.lignes] == [
        (D("1000.00"), D("99.73")),  # 2024, a leap year, from 2 January: 365/366
        (D("1000.00"), D("0.27")),  # 1 January 2025, before the count
        (D("1000.00"), D("99.73")),  # from 2 January 2025
        (D("1000.00"), D("0.27")),  # 1 January 2026 ends the year of the count
        (D("1100.00"), D("109.70")),  # the 100 € of that year bear interest, the 100 € before it do not
    ]


@settings(max_examples=60)
@given(
    st.decimals("10.00", "99999.99", places=2),
    st.lists(st.integers(1, 500).map(D), min_size=1, max_size=24),
)
def test_les_parts_font_le_tout_et_aucune_n_est_nulle(montant, poids):
    assume(montant / len(poids) * min(poids) / max(poids) > D("0.20"))
    parts = split_selon(montant, poids)
    assert sum(parts) == montant
    assert min(parts) > 0
    assert len(parts) == len(poids)
    assert all(abs(part - montant * p / sum(poids)) < D("0.13") for part, p in zip(parts, poids, strict=True))


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(2, 60))
def test_les_jours_montent_et_gardent_leur_quantieme(premiere, nombre):
    jours = list_mensualites(premiere, nombre)
    assert all(avant < apres for avant, apres in pairwise(jours))
    assert all(j.day == premiere.day or (j + timedelta(days=1)).day == 1 for j in jours)


@settings(max_examples=25)
@given(st.decimals("150.00", "9000.00", places=2), st.sampled_from([GELES, MAINTENUS, ABANDONNES]), st.integers(0, 45))
def test_des_mensualites_eteignent_la_dette(mensualite, interets, ecart):
    accord = AccordDePlan(ACCORD, interets)
    plan = compute_mensualites([FACTURE], accord, ACCORD + timedelta(days=ecart), mensualite, provisoire=True)
    assert plan.terme.total_du == plan.terme.trop_percu == 0
    *avant, derniere = [e.montant for e in plan.echeances]
    assert set(avant) <= {mensualite}
    assert 0 < derniere <= mensualite
    assert plan.total == sum(e.montant for e in plan.echeances)


SANS_INTERET = Creance("S", "Prêt", D("600.00"), date(2026, 1, 31), None, frais=D("0.00"))


def test_soixante_mensualites_exactes_suffisent():
    plan = compute_mensualites([SANS_INTERET], AccordDePlan(ACCORD, GELES), PREMIERE, D("10.00"))
    assert [e.montant for e in plan.echeances] == [D("10.00")] * ECHEANCES_MAX
    assert plan.terme.total_du == 0


def test_une_mensualite_d_un_euro_ou_moins_est_possible():
    petite = Creance("S", "Solde", D("5.00"), date(2026, 1, 31), None)
    for mensualite, nombre in (("1.00", 5), ("0.50", 10)):
        plan = compute_mensualites([petite], AccordDePlan(ACCORD, GELES), PREMIERE, D(mensualite))
        assert len(plan.echeances) == nombre


def test_un_paiement_du_jour_de_l_accord_est_deduit():
    recu = Versement("P", ACCORD, D("100.00"), ("S",))
    plan = etale([SANS_INTERET], ACCORD, list_mensualites(PREMIERE, 2), GELES, versements=[recu])
    assert [e.montant for e in plan.echeances] == [D("250.00")] * 2


def test_les_versements_du_plan_sont_ses_echeances():
    plan = etale([SANS_INTERET], ACCORD, list_mensualites(PREMIERE, 3), GELES)
    assert [(v.cle, v.date, v.montant) for v in plan.versements] == [
        (f"echeance-{rang}", e.jour, e.montant) for rang, e in enumerate(plan.echeances, 1)
    ]


def test_les_frais_se_voient_dans_l_echeance_qui_les_paie():
    avec_frais = Creance("S", "Solde", D("60.00"), date(2026, 1, 31), None, frais=D("12.00"))
    premiere, seconde = etale([avec_frais], ACCORD, list_mensualites(PREMIERE, 2), GELES).echeances
    assert [(e.frais, e.principal) for e in (premiere, seconde)] == [(D("12.00"), D("24.00")), (0, D("36.00"))]


def test_au_dela_des_taux_connus_il_faut_le_demander():
    accord = AccordDePlan(date(2027, 2, 1), MAINTENUS)
    with pytest.raises(ErreurBareme):
        compute_mensualites([FACTURE], accord, date(2027, 3, 1), D("1000.00"))
    with pytest.raises(ErreurBareme):
        compute_echeancier([FACTURE], accord, [date(2027, 3, 1)])
    assert compute_echeancier([FACTURE], accord, [date(2027, 3, 1)], provisoire=True).terme.total_du == 0
    assert compute_mensualites([FACTURE], accord, date(2027, 3, 1), D("1000.00"), provisoire=True).terme.total_du == 0


def test_les_refus_designent_leur_champ_et_l_avertissement_son_jour():
    with pytest.raises(ErreurSaisie) as desordre:
        etale([FACTURE], ACCORD, [PREMIERE, PREMIERE], GELES)
    assert (desordre.value.code, desordre.value.champ) == ("echeances_desordonnees", "jours")
    with pytest.raises(ErreurSaisie) as trop_peu:
        compute_mensualites([FACTURE], AccordDePlan(ACCORD, GELES), PREMIERE, D("1.00"))
    assert (trop_peu.value.code, trop_peu.value.champ) == ("mensualite_insuffisante", "mensualite")
    plan = etale([FACTURE], ACCORD, list_mensualites(PREMIERE, 2), GELES)
    avis = next(a for a in plan.avertissements if a.code == "depart_prescription_a_verifier")
    assert avis.parametres == {"accord": "2026-05-15"}

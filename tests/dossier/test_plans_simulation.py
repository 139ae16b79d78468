"""A plan simulated before it is signed says what the statement will say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from etalements import ABANDONNES, CAPITALISES, GELES, MAINTENUS, make_plan, payer

from exigible.dossier.faits import (
    DebiteurDecrit,
    PaiementRecu,
    PartieAuPlan,
    PlanConvenu,
    PlanRompu,
    ProcedureCollectiveOuverte,
    SurendettementRecevable,
)
from exigible.dossier.plans.simulation import DemandeDePlan, simulate_plan, simulate_rupture
from exigible.droit.creance import CAPITAL_D_ABORD
from exigible.droit.echeancier import InteretsDuPlan
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.regimes import QualitePartie

D = Decimal


def demander(**options):
    return DemandeDePlan(**({"premiere": date(2026, 7, 31), "interets": MAINTENUS, "nombre": 3} | options))


@pytest.fixture(name="du")
def _du(plie, facture):
    """The worked example between businesses: 6 000 € due on 31/03/2026, agreement of 30/06/2026."""
    return lambda *faits, au="2026-06-30", **o: plie(
        [("2026-03-01", facture("A", "2026-03-01", "2026-03-31", "6000.00")), *faits], au, **o
    )


def test_l_exemple_entre_professionnels(du):
    simulation = simulate_plan(du(), demander())
    assert [str(e.montant) for e in simulation.echeancier.echeances] == ["2284.94", "2042.13", "2020.38"]
    assert (simulation.parts.interets, simulation.parts.indemnites) == (D("307.45"), D("40.00"))
    assert simulation.abandon == 0
    assert simulation.creances == ("A",)


def test_ce_que_le_plan_abandonne_est_la_difference_avec_les_memes_paiements_sans_plan(du):
    geles = simulate_plan(du(), demander(interets=GELES))
    assert geles.echeancier.total == D("6221.75")
    assert geles.abandon > 0
    assert geles.sans_plan == simulate_plan(du(), demander()).sans_plan == D("6409.28")


def test_une_partie_des_factures(du, facture):
    autre = ("2026-03-01", facture("B", "2026-03-01", "2026-03-31", "900.00"))
    simulation = simulate_plan(du(autre), demander(interets=ABANDONNES, creances=("A",)))
    assert simulation.echeancier.total == D("6221.75")
    assert simulation.sans_plan == D("6409.28")


@pytest.mark.parametrize("interets", InteretsDuPlan)
def test_le_plan_enregistre_et_tenu_donne_ce_que_la_simulation_a_dit(du, interets):
    """The instalments, paid on their days, leave nothing: what was simulated is what the statement says."""
    simulation = simulate_plan(du(), demander(interets=interets))
    plan = PlanConvenu(
        cle="L", creances=("A",), echeances=simulation.echeances, interets=interets, signe_par_debiteur=True
    )
    faits = [("2026-06-30", plan)]
    faits += [(f"{e.jour}", PaiementRecu(cle=f"P{e.jour}", montant=e.montant)) for e in simulation.echeances]
    fin = du(*faits, au="2026-09-30")
    assert fin.decompte.total_du == fin.decompte.trop_percu == 0
    assert [i.montant for i in fin.decompte.imputations] == [e.montant for e in simulation.echeances]
    assert fin.plans[0].respecte


@pytest.mark.parametrize("ancien", [GELES, ABANDONNES, MAINTENUS])
@pytest.mark.parametrize("accord", ["2026-05-31", "2026-06-30"])
def test_un_avenant_simule_est_celui_que_dira_le_decompte(du, ancien, accord):
    """The former plan stops on the day of the new one, the same day included: interest runs again as that one says."""
    clauses = {"interets": ancien, "imputation": CAPITAL_D_ABORD, "imputation_par": tuple(PartieAuPlan)}
    premier = (accord, make_plan(**clauses))
    simulation = simulate_plan(du(premier), demander())
    avenant = PlanConvenu(cle="M", creances=("A",), echeances=simulation.echeances, interets=MAINTENUS, remplace="L")
    faits = [(f"{e.jour}", PaiementRecu(cle=f"P{e.jour}", montant=e.montant)) for e in simulation.echeances]
    fin = du(premier, ("2026-06-30", avenant), *faits, au="2026-09-30")
    assert fin.decompte.total_du == fin.decompte.trop_percu == 0
    assert [i.interets for i in fin.decompte.imputations] == [e.interets for e in simulation.echeancier.echeances]


def test_la_capitalisation_simulee_face_a_un_consommateur_est_ecartee(du):
    simulation = simulate_plan(du(qualite=QualitePartie.CONSOMMATEUR), demander(interets=CAPITALISES))
    assert simulation.avertissements[0].code == "capitalisation_ecartee"
    assert "1343-2" not in simulation.echeancier.explication


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"nombre": None}, "nombre_ou_mensualite"),
        ({"nombre": 0}, "nombre_ou_mensualite"),
        ({"nombre": 61}, "nombre_ou_mensualite"),
        ({"mensualite": D(100)}, "nombre_ou_mensualite"),
        ({"nombre": None, "mensualite": D(100), "progression": D(5)}, "nombre_ou_mensualite"),
        ({"nombre": None, "mensualite": D(10)}, "mensualite_insuffisante"),
        ({"progression": D(2000)}, "progression_hors_limites"),
        ({"premiere": date(2026, 6, 29)}, "echeances_desordonnees"),
        ({"premiere": date(9999, 12, 31)}, "date_hors_limites"),
        ({"premiere": date(9999, 12, 31), "nombre": None, "mensualite": D(5000)}, "date_hors_limites"),
        ({"creances": ("Z",)}, "creance_inconnue"),
    ],
)
def test_une_demande_impossible_est_expliquee(du, options, code):
    with pytest.raises(ErreurSaisie) as refus:
        simulate_plan(du(), demander(**options))
    assert refus.value.code == code


def test_rien_a_etaler_quand_tout_est_paye(du):
    with pytest.raises(ErreurSaisie) as refus:
        simulate_plan(du(("2026-03-31", payer("6000.00", "A"))), demander())
    assert refus.value.code == "rien_a_etaler"


@pytest.mark.parametrize(
    ("fait", "article"),
    [
        (ProcedureCollectiveOuverte(nature="sauvegarde"), "C. com. L622-7"),
        (SurendettementRecevable(), "C. conso. L722-5"),
    ],
)
def test_aucun_plan_quand_la_loi_interdit_de_payer(du, fait, article):
    with pytest.raises(ErreurExigible, match=article) as refus:
        simulate_plan(du(("2026-05-01", fait)), demander())
    assert refus.value.code == "plan_interdit"


def test_aucun_plan_sur_la_dette_prescrite_d_un_consommateur(plie, facture):
    """The worked example: due on 01/09/2023, offered on 10/10/2025; between businesses it is still time."""
    faits = [("2023-08-01", facture("A", "2023-08-01", "2023-09-01", "500.00"))]
    demande = demander(premiere=date(2025, 11, 10))
    with pytest.raises(ErreurExigible) as refus:
        simulate_plan(plie(faits, "2025-10-10", qualite=QualitePartie.CONSOMMATEUR), demande)
    assert refus.value.code == "plan_sur_dette_prescrite"
    simulate_plan(plie(faits, "2025-10-10"), demande)


def test_la_rupture_simulee_est_celle_que_dira_le_decompte(ecris, creancier, facture, plie):
    faits = [
        ("2024-01-01", DebiteurDecrit(nom="Client Exemple SARL", qualite=QualitePartie.PROFESSIONNEL)),
        ("2026-08-01", facture("A", "2026-08-01", "2026-08-31")),
        ("2026-09-15", make_plan(interets=ABANDONNES)),
    ]
    rupture = simulate_rupture(ecris(faits), creancier(), "L", date(2026, 10, 5))
    rompu = plie([*faits[1:], ("2026-10-05", PlanRompu(plan="L"))], "2026-10-05")
    assert rupture.du == rompu.echu == D("10158.90")
    assert rupture.repris == D("67.94")  # 20 days of the plan: 118.90 − 50.96
    with pytest.raises(ErreurSaisie) as refus:
        simulate_rupture(ecris(faits), creancier(), "Z", date(2026, 10, 5))
    assert refus.value.code == "plan_inconnu"

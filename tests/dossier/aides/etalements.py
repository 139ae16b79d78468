"""Payment plans in few words: for the tests of plans and of their simulation."""

from datetime import date
from decimal import Decimal

from exigible.dossier.faits import EcheancePlan, PaiementRecu, PlanConvenu
from exigible.droit.echeancier import InteretsDuPlan

ABANDONNES, GELES, MAINTENUS, CAPITALISES = (
    InteretsDuPlan.ABANDONNES_SI_RESPECT,
    InteretsDuPlan.GELES,
    InteretsDuPlan.MAINTENUS,
    InteretsDuPlan.CAPITALISES,
)


def make_plan(cle="L", creances=("A",), montants=("5000.00", "5000.00"), **clauses):
    """Instalments on the 1st of each month from October 2026."""
    jours = [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]
    echeances = tuple(EcheancePlan(jour, Decimal(montant)) for jour, montant in zip(jours, montants, strict=False))
    return PlanConvenu(cle=cle, creances=creances, echeances=echeances, **clauses)


def payer(montant, *creances):
    return PaiementRecu(cle=f"p{montant}", montant=Decimal(montant), creances=creances)

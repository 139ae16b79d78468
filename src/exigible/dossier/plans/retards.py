"""Plans that are late, as the payments matched so far show: what to do about each, and when to look again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.etat import STADES_CLOS, EtatDossier, MotifSuspension
from exigible.dossier.plans.etat import EtatPlan
from exigible.dossier.plans.suivi import list_dues
from exigible.droit.jours import UN_JOUR
from exigible.droit.phrase import Phrase, phrase

PAIEMENT_INTERDIT = {
    MotifSuspension.PROCEDURE_COLLECTIVE: "C. com. L622-7",
    MotifSuspension.SURENDETTEMENT: "C. conso. L722-5",
}
"""What forbids the debtor to pay an earlier debt, with its article."""


@dataclass(frozen=True, slots=True)
class Retard:
    """A late plan that asks for something on the day: since when, how much is late (euros), what to do."""

    plan: EtatPlan
    creances: tuple[str, ...]
    depuis: date
    montant: Decimal
    phrase: Phrase


def list_retards(etat: EtatDossier) -> tuple[Retard, ...]:
    """Return the late plans on which a person has something to do today.

    None while the time that a notice left still runs, nor when the law forbids the debtor to pay.
    """
    return tuple(retard for plan in list_plans_ouverts(etat) if (retard := _find_retard(etat, plan)) is not None)


def list_plans_ouverts(etat: EtatDossier) -> Iterator[EtatPlan]:
    """Yield the plans on which something is still owed and may be paid."""
    dues = list_dues(etat.decompte)
    for plan in etat.plans:
        visees = plan.plan.creances
        interdit = any(
            suspension.motif in PAIEMENT_INTERDIT
            for creance in etat.creances
            for suspension in creance.suspensions
            if not visees or creance.cle in visees
        )
        if not interdit and any(not visees or cle in visees for cle in dues):
            yield plan


def list_jours(plan: EtatPlan) -> Iterator[date]:
    """Yield the days on which a plan changes by itself."""
    for echeance in plan.echeances:
        yield echeance.jour + UN_JOUR
        yield echeance.limite + UN_JOUR
    if plan.mise_en_demeure is not None and plan.mise_en_demeure.decheance is not None:
        yield plan.mise_en_demeure.decheance.possible_des


def _find_retard(etat: EtatDossier, plan: EtatPlan) -> Retard | None:
    depuis = plan.en_retard_depuis
    if depuis is None:
        return None
    dit = _describe(etat.au, plan)
    if dit is None:
        return None
    visees = plan.plan.creances
    creances = tuple(c.cle for c in etat.creances if (c.cle in visees if visees else c.stade not in STADES_CLOS))
    return Retard(plan, creances, depuis, plan.retard, dit)


def _describe(au: date, plan: EtatPlan) -> Phrase | None:
    """Say what to do; None while the debtor still has time to pay."""
    notice = plan.mise_en_demeure
    if notice is None:
        return phrase(
            "plan de paiement du {jour} en retard de {montant} : mettre le débiteur en demeure de payer",
            jour=plan.convenu_le,
            montant=plan.retard,
        )
    if notice.decheance is None:
        return phrase(
            "plan de paiement du {jour} en retard : indiquer quand la mise en demeure du {envoi} a été reçue",
            jour=plan.convenu_le,
            envoi=notice.envoyee_le,
        )
    if au < notice.decheance.possible_des:
        return None
    if plan.plan.decheance:
        return phrase(
            "plan de paiement du {jour} : la mise en demeure est restée sans effet, la déchéance du terme peut être "
            "prononcée",
            jour=plan.convenu_le,
        )
    return phrase(
        "plan de paiement du {jour} : la mise en demeure est restée sans effet ; sans clause de déchéance, seule la "
        "résolution du plan peut être notifiée (C. civ. 1226)",
        jour=plan.convenu_le,
    )

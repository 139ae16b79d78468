"""What keeps a due claim from being chased: promise, dispute, plan, « ne pas relancer », insolvency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from exigible.dossier.etat import EtatPlan, MotifSuspension, Suspension
from exigible.dossier.faits import (
    AvoirEmis,
    ContestationClose,
    ContestationRecue,
    CreanceNee,
    Fait,
    IssueContestation,
    ProcedureCollectiveOuverte,
    PromesseRecue,
    SurendettementRecevable,
    SuspensionDecidee,
    SuspensionLevee,
)
from exigible.dossier.journal import Inscription
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.jours import format_jour

F = TypeVar("F", bound=Fait)


class Faits:
    """The facts that hold on a day, found by type, in order of effect day then rank."""

    def __init__(self, inscriptions: Sequence[Inscription]) -> None:
        self._par_type: dict[type, list[tuple[date, Fait]]] = {}
        for inscription in inscriptions:
            if isinstance(inscription.fait, Fait):
                entree = (inscription.date_effet, inscription.fait)
                self._par_type.setdefault(type(inscription.fait), []).append(entree)

    def dated(self, sorte: type[F]) -> list[tuple[date, F]]:
        """Return the facts of a type with their effect day."""
        return [(jour, fait) for jour, fait in self._par_type.get(sorte, ()) if isinstance(fait, sorte)]

    def list(self, sorte: type[F]) -> list[F]:
        """Return the facts of a type."""
        return [fait for _, fait in self.dated(sorte)]


def is_anterieure(creance: CreanceNee, jour: date) -> bool:
    """Whether a claim was born before a day: by what gave rise to it, the service, else the invoice."""
    return min(creance.execution or creance.emission, creance.emission) < jour


def is_contestee(faits: Faits, creance: CreanceNee, jour: date) -> bool:
    """Whether a claim was in dispute, even in part, on a day (included)."""
    fins = {c.contestation: fin for fin, c in faits.dated(ContestationClose)}
    return any(
        debut <= jour <= fins.get(contestation.cle, date.max)
        for debut, contestation in faits.dated(ContestationRecue)
        if _concerns(contestation.creances, creance)
    )


def list_suspensions(faits: Faits, creance: CreanceNee, plans: Sequence[EtatPlan], au: date) -> tuple[Suspension, ...]:
    """Every reason, on the day, not to chase this claim. An empty list of claims in a fact means all of them."""
    return (
        *_list_procedures(faits, creance),
        *_list_plans(creance, plans),
        *_list_contestations(faits, creance),
        *_list_promesses(faits, creance, au),
        *_list_decisions(faits, creance, au),
    )


def sum_conteste(faits: Faits, creance: CreanceNee, restant: Decimal) -> Decimal:
    """Return the part of what remains due that is in dispute: all of it when a whole claim is disputed."""
    total = ZERO
    for jour, contestation in _list_contestations_ouvertes(faits, creance):
        avoirs = _sum_avoirs_depuis(faits, creance, jour, contestation.cle)
        if contestation.montant is None and avoirs == 0:
            return restant
        total += max((contestation.montant or ZERO) - avoirs, ZERO)
    return min(total, restant)


def _sum_avoirs_depuis(faits: Faits, creance: CreanceNee, jour: date, contestation: str) -> Decimal:
    """Sum the credit notes that a well-founded dispute already brought: they are no longer in dispute."""
    if contestation not in _list_fondees(faits):
        return ZERO
    return sum((a.montant for j, a in faits.dated(AvoirEmis) if a.creance == creance.cle and j >= jour), ZERO)


def _list_fondees(faits: Faits) -> set[str]:
    return {c.contestation for c in faits.list(ContestationClose) if c.issue is IssueContestation.FONDEE}


def _concerns(creances: tuple[str, ...], creance: CreanceNee) -> bool:
    return not creances or creance.cle in creances


def _list_procedures(faits: Faits, creance: CreanceNee) -> list[Suspension]:
    collectives = [
        Suspension(
            MotifSuspension.PROCEDURE_COLLECTIVE,
            f"procédure collective ouverte le {format_jour(jour)} ({fait.nature}) : plus de relance, "
            "la créance est à déclarer",
            jour,
            article="C. com. L622-24",
        )
        for jour, fait in faits.dated(ProcedureCollectiveOuverte)
        if is_anterieure(creance, jour)
    ]
    surendettements = [
        Suspension(
            MotifSuspension.SURENDETTEMENT,
            f"dossier de surendettement recevable depuis le {format_jour(jour)} : plus aucune demande de paiement",
            jour,
            article="C. conso. L722-2 et L722-5",
        )
        for jour, _ in faits.dated(SurendettementRecevable)
        if is_anterieure(creance, jour)
    ]
    return collectives + surendettements


def _list_plans(creance: CreanceNee, plans: Sequence[EtatPlan]) -> list[Suspension]:
    suspensions = []
    for etat in plans:
        if _concerns(etat.plan.creances, creance):
            tenu = f"plan de paiement du {format_jour(etat.convenu_le)} respecté"
            retard = (
                f"plan de paiement du {format_jour(etat.convenu_le)} en retard de "
                f"{format_montant(max(etat.du_a_ce_jour - etat.paye, ZERO))} : à dénoncer avant toute relance"
            )
            phrase = tenu if etat.respecte else retard
            suspensions.append(Suspension(MotifSuspension.PLAN, phrase, etat.convenu_le))
    return suspensions


def _list_contestations_ouvertes(faits: Faits, creance: CreanceNee) -> list[tuple[date, ContestationRecue]]:
    closes = {c.contestation for c in faits.list(ContestationClose) if c.issue is not IssueContestation.FONDEE}
    return [
        (jour, contestation)
        for jour, contestation in faits.dated(ContestationRecue)
        if contestation.cle not in closes and _concerns(contestation.creances, creance)
    ]


def _list_contestations(faits: Faits, creance: CreanceNee) -> list[Suspension]:
    fondees = _list_fondees(faits)
    suspensions = []
    for jour, contestation in _list_contestations_ouvertes(faits, creance):
        regularisee = _sum_avoirs_depuis(faits, creance, jour, contestation.cle) > 0
        if contestation.montant is None and not regularisee:
            suite = "reconnue fondée, l'avoir reste à émettre" if contestation.cle in fondees else "à traiter"
            phrase = f"contestée le {format_jour(jour)} ({contestation.motif}) : {suite}"
            suspensions.append(Suspension(MotifSuspension.CONTESTATION, phrase, jour))
    return suspensions


def _list_promesses(faits: Faits, creance: CreanceNee, au: date) -> list[Suspension]:
    return [
        Suspension(
            MotifSuspension.PROMESSE,
            f"promesse de payer {format_montant(promesse.montant) if promesse.montant else 'le tout'} "
            f"au plus tard le {format_jour(promesse.jusqu_au)}",
            jour,
            promesse.jusqu_au,
        )
        for jour, promesse in faits.dated(PromesseRecue)
        if au <= promesse.jusqu_au and _concerns(promesse.creances, creance)
    ]


def _list_decisions(faits: Faits, creance: CreanceNee, au: date) -> list[Suspension]:
    levees = {f.suspension for f in faits.list(SuspensionLevee)}
    suspensions = []
    for jour, decision in faits.dated(SuspensionDecidee):
        finie = decision.cle in levees or (decision.jusqu_au is not None and au > decision.jusqu_au)
        if not finie and _concerns(decision.creances, creance):
            fin = f" jusqu'au {format_jour(decision.jusqu_au)}" if decision.jusqu_au else ""
            phrase = f"ne pas relancer{fin} : {decision.motif}"
            suspensions.append(Suspension(MotifSuspension.NE_PAS_RELANCER, phrase, jour, decision.jusqu_au))
    return suspensions

"""What keeps a due claim from being chased: promise, dispute, plan, « ne pas relancer », insolvency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any, TypeVar

from exigible.dossier.etat import MotifSuspension, Suspension
from exigible.dossier.faits import (
    DEBITEUR,
    ActionIgnoree,
    ActionReportee,
    AppelPasse,
    AvoirEmis,
    ContestationClose,
    ContestationRecue,
    CreanceNee,
    Fait,
    IssueContestation,
    PaiementRecu,
    PersonneDecedee,
    ProcedureCollectiveOuverte,
    PromesseRecue,
    RelanceFaite,
    SuspensionDecidee,
    SuspensionLevee,
)
from exigible.dossier.journal import Inscription
from exigible.dossier.plans.etat import EtatPlan
from exigible.dossier.procedures.causes import PENSION, find_nature
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.ouvertures import INSOLVABILITES
from exigible.dossier.surendettement import PeriodeSurendettement, describe_suspension
from exigible.droit.argent import ZERO
from exigible.droit.phrase import Phrase, phrase

F = TypeVar("F", bound=Fait)
V = TypeVar("V", RelanceFaite, AppelPasse, ActionIgnoree, ActionReportee, PaiementRecu)


class Faits:
    """The facts that hold on a day, found by type, in order of effect day then rank."""

    def __init__(self, inscriptions: Sequence[Inscription]) -> None:
        self.tous: list[tuple[date, Fait]] = []
        self._par_type: dict[type, list[tuple[date, Any]]] = {}
        self._par_creance: dict[type, dict[str, list[tuple[date, Any]]]] = {}
        par_type = self._par_type
        for inscription in inscriptions:
            fait = inscription.fait
            if isinstance(fait, Fait):
                entree = (inscription.date_effet, fait)
                self.tous.append(entree)
                par_type.setdefault(type(fait), []).append(entree)

    def add(self, entrees: Sequence[tuple[date, Fait]]) -> Faits:
        """The same with facts that others imply; of the same day, they come last."""
        if not entrees:
            return self
        augmentes = Faits(())
        for entree in sorted((*self.tous, *entrees), key=itemgetter(0)):
            augmentes.tous.append(entree)
            augmentes._par_type.setdefault(type(entree[1]), []).append(entree)
        return augmentes

    def dated(self, sorte: type[F]) -> Sequence[tuple[date, F]]:
        """Return the facts of a type with their effect day."""
        return self._par_type.get(sorte, ())

    def list(self, sorte: type[F]) -> list[F]:
        """Return the facts of a type."""
        entrees = self.dated(sorte)
        return [fait for _, fait in entrees] if entrees else []

    def dated_sur(self, sorte: type[V], creance: str) -> Sequence[tuple[date, V]]:
        """Return the facts of a type that name a claim, with their effect day."""
        index = self._par_creance.get(sorte)
        if index is None:
            index = self._par_creance[sorte] = {}
            for jour, fait in self.dated(sorte):
                for cle in dict.fromkeys(fait.creances):
                    index.setdefault(cle, []).append((jour, fait))
        return index.get(creance, ())


def is_anterieure(creance: CreanceNee, jour: date) -> bool:
    """Whether a claim was born before a day: by what gave rise to it, the service, else the invoice."""
    return min(creance.execution or creance.emission, creance.emission) < jour


def is_contestee(faits: Faits, creance: CreanceNee, jour: date) -> bool:
    """Whether a claim was in dispute, even in part, on a day (included)."""
    recues = faits.dated(ContestationRecue)
    if not recues:  # asked for each claim
        return False
    fins = {c.contestation: fin for fin, c in faits.dated(ContestationClose)}
    return any(
        debut <= jour <= fins.get(contestation.cle, date.max)
        for debut, contestation in recues
        if _concerns(contestation.creances, creance)
    )


def list_suspensions(
    faits: Faits, creance: CreanceNee, plans: Sequence[EtatPlan], procedures: Sequence[EtatProcedure], au: date
) -> tuple[Suspension, ...]:
    """Every reason, on the day, not to chase this claim. An empty list of claims in a fact means all of them."""
    return (
        *_list_collectives(faits, creance),
        *_list_surendettements(faits, creance, procedures, au),
        *_list_deces(faits),
        *_list_instances(creance, procedures),
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


def _list_collectives(faits: Faits, creance: CreanceNee) -> list[Suspension]:
    return [
        Suspension(
            MotifSuspension.PROCEDURE_COLLECTIVE,
            phrase(
                "procédure collective ouverte le {jour} ({nature}) : plus de relance, la créance est à déclarer",
                jour=jour,
                nature=fait.nature,
            ),
            jour,
            article="C. com. L622-24",
        )
        for jour, fait in faits.dated(ProcedureCollectiveOuverte)
        if is_anterieure(creance, jour)
    ]


def _list_surendettements(
    faits: Faits, creance: CreanceNee, procedures: Sequence[EtatProcedure], au: date
) -> list[Suspension]:
    """The debtor may not pay what he owed before; maintenance excepted (C. conso. L722-5)."""
    tenues = [p for _, p in faits.dated(PeriodeSurendettement) if is_anterieure(creance, p.depuis) and p.holds(au)]
    if not tenues or (creance.nature or find_nature(procedures, creance.cle)) == PENSION:
        return []
    suspensions = []
    for periode in tenues:
        raison, depuis, article = describe_suspension(periode, au)
        suspensions.append(Suspension(MotifSuspension.SURENDETTEMENT, raison, depuis, article=article))
    return suspensions


def _list_deces(faits: Faits) -> list[Suspension]:
    return [
        Suspension(
            MotifSuspension.DECES,
            phrase("le débiteur est décédé le {jour} : à demander à ses héritiers, chacun pour sa part", jour=jour),
            jour,
            article="C. civ. 873 et 877",
        )
        for jour, deces in faits.dated(PersonneDecedee)
        if deces.personne in {"", DEBITEUR}
    ]


def _list_instances(creance: CreanceNee, procedures: Sequence[EtatProcedure]) -> list[Suspension]:
    """Once a judge is seised or a title obtained, the officer or the court speaks, not a reminder (our own rule)."""
    return [
        Suspension(
            MotifSuspension.INSTANCE,
            phrase("{procedure} depuis le {jour} : plus de relance amiable", procedure=p.graphe.nom, jour=p.ouverte_le),
            p.ouverte_le,
        )
        for p in procedures
        if p.vivante and p.graphe.code not in INSOLVABILITES and _concerns(p.creances, creance)
    ]


def _list_plans(creance: CreanceNee, plans: Sequence[EtatPlan]) -> list[Suspension]:
    return [
        Suspension(MotifSuspension.PLAN, _describe_plan(etat), etat.convenu_le)
        for etat in plans
        if _concerns(etat.plan.creances, creance)
    ]


def _describe_plan(etat: EtatPlan) -> Phrase:
    if etat.respecte:
        return phrase("plan de paiement du {jour} respecté", jour=etat.convenu_le)
    return phrase(
        "plan de paiement du {jour} en retard de {montant} : à dénoncer avant toute relance",
        jour=etat.convenu_le,
        montant=etat.retard,
    )


def _list_contestations_ouvertes(faits: Faits, creance: CreanceNee) -> list[tuple[date, ContestationRecue]]:
    recues = faits.dated(ContestationRecue)
    if not recues:  # asked twice for each claim
        return []
    closes = {c.contestation for c in faits.list(ContestationClose) if c.issue is not IssueContestation.FONDEE}
    return [
        (jour, contestation)
        for jour, contestation in recues
        if contestation.cle not in closes and _concerns(contestation.creances, creance)
    ]


def _list_contestations(faits: Faits, creance: CreanceNee) -> list[Suspension]:
    ouvertes = _list_contestations_ouvertes(faits, creance)
    fondees = _list_fondees(faits) if ouvertes else set()
    suspensions = []
    for jour, contestation in ouvertes:
        regularisee = _sum_avoirs_depuis(faits, creance, jour, contestation.cle) > 0
        if contestation.montant is None and not regularisee:
            motif = contestation.motif
            raison = phrase("contestée le {jour} ({motif}) : à traiter", jour=jour, motif=motif)
            if contestation.cle in fondees:
                raison = phrase(
                    "contestée le {jour} ({motif}) : reconnue fondée, l'avoir reste à émettre", jour=jour, motif=motif
                )
            suspensions.append(Suspension(MotifSuspension.CONTESTATION, raison, jour))
    return suspensions


def _list_promesses(faits: Faits, creance: CreanceNee, au: date) -> list[Suspension]:
    return [
        Suspension(
            MotifSuspension.PROMESSE,
            _describe_promesse(promesse),
            jour,
            promesse.jusqu_au,
        )
        for jour, promesse in faits.dated(PromesseRecue)
        if au <= promesse.jusqu_au and _concerns(promesse.creances, creance)
    ]


def _describe_promesse(promesse: PromesseRecue) -> Phrase:
    if not promesse.montant:
        return phrase("promesse de payer le tout au plus tard le {jour}", jour=promesse.jusqu_au)
    return phrase(
        "promesse de payer {montant} au plus tard le {jour}", montant=promesse.montant, jour=promesse.jusqu_au
    )


def _list_decisions(faits: Faits, creance: CreanceNee, au: date) -> list[Suspension]:
    decidees = faits.dated(SuspensionDecidee)
    levees = {f.suspension for f in faits.list(SuspensionLevee)} if decidees else set()
    suspensions = []
    for jour, decision in decidees:
        finie = decision.cle in levees or (decision.jusqu_au is not None and au > decision.jusqu_au)
        if not finie and _concerns(decision.creances, creance):
            raison = phrase("ne pas relancer : {motif}", motif=decision.motif)
            if decision.jusqu_au:
                raison = phrase(
                    "ne pas relancer jusqu'au {jour} : {motif}", jour=decision.jusqu_au, motif=decision.motif
                )
            suspensions.append(Suspension(MotifSuspension.NE_PAS_RELANCER, raison, jour, decision.jusqu_au))
    return suspensions

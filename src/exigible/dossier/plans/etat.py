"""What promises and payment plans are on a given day: the values that the fold computes (`plans.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.dossier.faits import PlanConvenu, PromesseRecue
from exigible.droit.argent import ZERO
from exigible.droit.jours import UN_JOUR
from exigible.droit.plan import Decheance


@dataclass(frozen=True, slots=True)
class EtatPromesse:
    """A promise still open, or broken."""

    promesse: PromesseRecue
    recue_le: date
    tenue: bool


class StatutEcheance(StrEnum):
    """What became of an instalment; `toleree`: its day is past, the days of grace are not."""

    PAYEE = "payee"
    A_VENIR = "a_venir"
    TOLEREE = "toleree"
    EN_RETARD = "en_retard"


@dataclass(frozen=True, slots=True)
class EtatEcheance:
    """An instalment on the day: `paye` of `montant` (euros); late after `limite`, the grace included."""

    jour: date
    limite: date
    montant: Decimal
    paye: Decimal
    statut: StatutEcheance

    @property
    def reste(self) -> Decimal:
        """What is still to be paid of it."""
        return self.montant - self.paye


@dataclass(frozen=True, slots=True)
class EtatMiseEnDemeurePlan:
    """The notice that still stands: nothing it asked for came in time. `decheance` None: its receipt is not known."""

    envoyee_le: date
    recue_le: date | None
    decheance: Decheance | None


@dataclass(frozen=True, slots=True)
class EtatPlan:
    """A plan on the day: what should have been paid by now and what was, since it was agreed."""

    plan: PlanConvenu
    convenu_le: date
    du_a_ce_jour: Decimal
    paye: Decimal
    echeances: tuple[EtatEcheance, ...] = ()
    mise_en_demeure: EtatMiseEnDemeurePlan | None = None

    @property
    def respecte(self) -> bool:
        """Whether no instalment is late, the days of grace counted."""
        return not self._en_retard

    @property
    def retard(self) -> Decimal:
        """What is late, in euros."""
        return sum((e.reste for e in self._en_retard), ZERO)

    @property
    def en_retard_depuis(self) -> date | None:
        """The first day of the oldest delay."""
        return min((e.limite + UN_JOUR for e in self._en_retard), default=None)

    @property
    def prochaine(self) -> EtatEcheance | None:
        """The first instalment not wholly paid that is not late."""
        attendues = {StatutEcheance.A_VENIR, StatutEcheance.TOLEREE}
        return next((e for e in self.echeances if e.statut in attendues), None)

    @property
    def decheance_possible_des(self) -> date | None:
        """The first day on which forfeiture may be pronounced: a clause, a delay, a notice whose time ran in vain."""
        notice = self.mise_en_demeure
        if not self.plan.decheance or self.respecte or notice is None or notice.decheance is None:
            return None
        return notice.decheance.possible_des

    @property
    def _en_retard(self) -> list[EtatEcheance]:
        return [e for e in self.echeances if e.statut is StatutEcheance.EN_RETARD]

"""What a dossier is on a given day: the values that the fold computes (`plier.py`) and that everything else reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.dossier.faits import (
    CourrierApprouve,
    CourrierPoste,
    CreanceNee,
    DebiteurDecrit,
    Etape,
    PlanConvenu,
    PromesseRecue,
    Reclamation,
)
from exigible.dossier.faits_creancier import ConditionsDeVenteFixees, CreancierDecrit
from exigible.droit.argent import ZERO
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.decompte import Decompte
from exigible.droit.erreurs import Avertissement
from exigible.droit.prescription import Prescription
from exigible.droit.regimes import ChoixRegime


class Stade(StrEnum):
    """The amicable stages of a claim, from the least to the most advanced."""

    SANS_ECHEANCE = "sans_echeance"
    A_ECHOIR = "a_echoir"
    ECHUE = "echue"
    RELANCEE = "relancee"
    MISE_EN_DEMEURE = "mise_en_demeure"
    SOLDEE = "soldee"


class MotifSuspension(StrEnum):
    """Why a claim is not chased although it is due."""

    PROMESSE = "promesse"
    CONTESTATION = "contestation"
    PLAN = "plan"
    NE_PAS_RELANCER = "ne_pas_relancer"
    PROCEDURE_COLLECTIVE = "procedure_collective"
    SURENDETTEMENT = "surendettement"


@dataclass(frozen=True, slots=True)
class Suspension:
    """One reason not to chase; `jusqu_au` is its last day, None when it has no known end."""

    motif: MotifSuspension
    phrase: str
    depuis: date
    jusqu_au: date | None = None
    article: str = ""


class SortCourrier(StrEnum):
    """What became of a letter."""

    APPROUVE = "approuve"
    POSTE = "poste"
    PRESENTE = "presente"
    RECU = "recu"
    REFUSE = "refuse"
    NON_RECLAME = "non_reclame"
    NON_DISTRIBUE = "non_distribue"
    ANNULE = "annule"


@dataclass(frozen=True, slots=True)
class EtatCourrier:
    """A letter and what happened to it. `presente_le`: first presentation, from which legal interest runs."""

    cle: str
    acte: str
    creances: tuple[str, ...]
    sort: SortCourrier
    approbation: CourrierApprouve | None = None
    approuve_le: date | None = None
    envoi: CourrierPoste | None = None
    poste_le: date | None = None
    presente_le: date | None = None
    sort_le: date | None = None


@dataclass(frozen=True, slots=True)
class EtatPromesse:
    """A promise still open, or broken."""

    promesse: PromesseRecue
    recue_le: date
    tenue: bool


@dataclass(frozen=True, slots=True)
class EtatPlan:
    """A plan on the day: what should have been paid by now and what was, since it was agreed."""

    plan: PlanConvenu
    convenu_le: date
    du_a_ce_jour: Decimal
    paye: Decimal

    @property
    def respecte(self) -> bool:
        """Whether every instalment due by now was paid."""
        return self.paye >= self.du_a_ce_jour


@dataclass(frozen=True, slots=True)
class EtatCreance:
    """A claim on the day. Amounts still due, in euros; `conteste` is the part of the principal in dispute.

    `etapes_faites`: what was done and when; only what was written counts as a note or a reminder, a telephone call that
    recalled the claim is a call. `en_demeure_le`: first presentation of a formal notice from which it bears legal
    interest; None while there is none, or for a claim disputed when the notice left.
    """

    creance: CreanceNee
    stade: Stade
    principal_restant: Decimal
    interets: Decimal
    indemnites: Decimal
    conteste: Decimal
    jours_de_retard: int
    suspensions: tuple[Suspension, ...]
    etapes_faites: tuple[tuple[Etape, date], ...]
    etapes_ignorees: tuple[Etape, ...]
    reports: tuple[tuple[Etape, date], ...]
    appel_abouti: bool
    prescription: Prescription | None
    en_demeure_le: date | None

    @property
    def cle(self) -> str:
        """The claim's key."""
        return self.creance.cle

    @property
    def total(self) -> Decimal:
        """All that is due on it."""
        return self.principal_restant + self.interets + self.indemnites


@dataclass(frozen=True, slots=True)
class EtatCreancier:
    """The creditor on the day. `ibans`: accounts on which to pay, the main one first; `ajouts`: values of its own."""

    description: CreancierDecrit
    conditions: ConditionsDeVenteFixees | None
    penalites: Reclamation
    indemnite: Reclamation
    ibans: tuple[tuple[str, str], ...]
    ajouts: tuple[ValeurAjoutee, ...] = ()


@dataclass(frozen=True, slots=True)
class EtatDossier:
    """A dossier on the day `au` (included).

    `decompte` holds what is claimed; `pour_memoire` the same with what is only announced (the same object when nothing
    is). What is waived is in neither. `adresse_depuis`: the day from which the debtor's present address is known.
    """

    au: date
    creancier: EtatCreancier
    debiteur: DebiteurDecrit
    adresse_depuis: date
    regime: ChoixRegime
    penalites: Reclamation
    indemnite: Reclamation
    creances: tuple[EtatCreance, ...]
    courriers: tuple[EtatCourrier, ...]
    promesses: tuple[EtatPromesse, ...]
    plans: tuple[EtatPlan, ...]
    decompte: Decompte
    pour_memoire: Decompte
    avertissements: tuple[Avertissement, ...] = field(default=())

    @property
    def stade(self) -> Stade:
        """The most advanced stage of its open claims, for display only; settled when nothing is owed."""
        ouverts = [c.stade for c in self.creances if c.stade is not Stade.SOLDEE]
        return max(ouverts, key=list(Stade).index) if ouverts else Stade.SOLDEE

    @property
    def echu(self) -> Decimal:
        """All that is due and payable on the day, accessories included."""
        return sum((c.total for c in self.creances if c.stade not in {Stade.A_ECHOIR, Stade.SANS_ECHEANCE}), ZERO)

    @property
    def a_echoir(self) -> Decimal:
        """Principal not yet payable, or whose due date is unknown."""
        return sum(
            (c.principal_restant for c in self.creances if c.stade in {Stade.A_ECHOIR, Stade.SANS_ECHEANCE}), ZERO
        )

    @property
    def prescription(self) -> Prescription | None:
        """The earliest limitation of its open claims."""
        ouvertes = [c.prescription for c in self.creances if c.prescription and c.stade is not Stade.SOLDEE]
        return min(ouvertes, key=lambda p: p.terme) if ouvertes else None

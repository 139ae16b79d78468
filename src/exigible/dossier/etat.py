"""What a dossier is on a given day: the values that the fold computes (`plier.py`) and that everything else reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from exigible.dossier.echeances import Echeance
from exigible.dossier.faits import (
    CourrierApprouve,
    CourrierPoste,
    CreanceNee,
    DebiteurDecrit,
    Etape,
    Reclamation,
)
from exigible.dossier.faits_creancier import ConditionsDeVenteFixees, CreancierDecrit
from exigible.dossier.faits_reversement import ConventionDeRecouvrement
from exigible.dossier.obligation.etat import BaseDecompte, EtatFrais, EtatPersonne, EtatTitre
from exigible.dossier.plans.etat import EtatPlan, EtatPromesse
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.droit.argent import ZERO
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.decompte import Decompte
from exigible.droit.erreurs import Avertissement
from exigible.droit.prescription import Prescription
from exigible.droit.regimes import ChoixRegime


class Stade(StrEnum):
    """The stages of a claim, from the least to the most advanced; `jugee`: a decision stands in its place."""

    SANS_ECHEANCE = "sans_echeance"
    A_ECHOIR = "a_echoir"
    ECHUE = "echue"
    RELANCEE = "relancee"
    MISE_EN_DEMEURE = "mise_en_demeure"
    JUGEE = "jugee"
    SOLDEE = "soldee"
    CEDEE = "cedee"


STADES_CLOS = frozenset({Stade.JUGEE, Stade.SOLDEE, Stade.CEDEE})
"""Nothing is owed on the claim itself: paid, assigned, or owed henceforth under a decision."""


class MotifSuspension(StrEnum):
    """Why a claim is not chased although it is due."""

    PROMESSE = "promesse"
    CONTESTATION = "contestation"
    PLAN = "plan"
    INSTANCE = "instance"
    NE_PAS_RELANCER = "ne_pas_relancer"
    PROCEDURE_COLLECTIVE = "procedure_collective"
    SURENDETTEMENT = "surendettement"
    DECES = "deces"


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


class EtatCourrier(msgspec.Struct, frozen=True):
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


class EtatCreance(msgspec.Struct, frozen=True):
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
    """The creditor on the day. `ibans`: accounts on which to pay, the main one first; `ajouts`: values of its own.

    `convention`: the agreement under which others collect for it, if they do.
    """

    description: CreancierDecrit
    conditions: ConditionsDeVenteFixees | None
    penalites: Reclamation
    indemnite: Reclamation
    ibans: tuple[tuple[str, str], ...]
    ajouts: tuple[ValeurAjoutee, ...] = ()
    convention: ConventionDeRecouvrement | None = None


@dataclass(frozen=True, slots=True)
class EtatDossier:
    """A dossier on the day `au` (included).

    `decompte` holds what is claimed; `pour_memoire` the same with what is only announced (the same object when nothing
    is). What is waived is in neither. `adresse_depuis`: the day from which the debtor's present address is known.
    `titres`: the decisions that hold; `personnes`: the debtor and those liable with him, what each may be asked for.
    `base`: what `decompte` was computed from. `echeances`: every deadline of the dossier, the nearest first.
    `moyens`: how each payment was made, beside its key; one whose means nobody said is not there. `payeurs`: the key of
    whoever made it in the debtor's place.
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
    procedures: tuple[EtatProcedure, ...] = ()
    echeances: tuple[Echeance, ...] = ()
    titres: tuple[EtatTitre, ...] = ()
    frais: EtatFrais = field(default_factory=EtatFrais)
    personnes: tuple[EtatPersonne, ...] = ()
    base: BaseDecompte = field(default_factory=BaseDecompte)
    moyens: tuple[tuple[str, str], ...] = ()
    payeurs: tuple[tuple[str, str], ...] = ()
    avertissements: tuple[Avertissement, ...] = field(default=())

    @property
    def stade(self) -> Stade:
        """The most advanced stage of its open claims, for display only; settled when nothing is owed."""
        ouverts = [c.stade for c in self.creances if c.stade not in STADES_CLOS]
        if self.du_en_plus > 0:
            return Stade.JUGEE
        return max(ouverts, key=list(Stade).index) if ouverts else Stade.SOLDEE

    @property
    def du_en_plus(self) -> Decimal:
        """What is owed besides the claims: the heads of decisions and the costs that the debtor bears."""
        cles = {c.cle for c in self.creances}
        return sum((s.total for s in self.decompte.soldes if s.cle not in cles), ZERO)

    @property
    def echu(self) -> Decimal:
        """All that is due and payable on the day, accessories included."""
        echues = (c.total for c in self.creances if c.stade not in {Stade.A_ECHOIR, Stade.SANS_ECHEANCE})
        return sum(echues, self.du_en_plus)

    @property
    def a_echoir(self) -> Decimal:
        """Principal not yet payable, or whose due date is unknown."""
        return sum(
            (c.principal_restant for c in self.creances if c.stade in {Stade.A_ECHOIR, Stade.SANS_ECHEANCE}), ZERO
        )

    @property
    def prescription(self) -> Prescription | None:
        """The earliest limitation of its open claims."""
        ouvertes = [c.prescription for c in self.creances if c.prescription and c.stade not in STADES_CLOS]
        return min(ouvertes, key=lambda p: p.terme) if ouvertes else None

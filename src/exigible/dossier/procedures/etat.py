"""Where a procedure stands on a day, and how it came there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exigible.dossier.procedures.graphe import EtatGraphe, ProcedureGraphe, TransitionGraphe, TypeEtat
from exigible.dossier.procedures.situation import Situation
from exigible.droit.erreurs import Avertissement


@dataclass(frozen=True, slots=True)
class Passage:
    """A step taken on `jour`. `par_terme`: by mere lapse of time; what it brings takes effect on that day."""

    jour: date
    transition: TransitionGraphe
    par_terme: bool


@dataclass(frozen=True, slots=True)
class EtatProcedure:
    """A procedure on a day: its state since `depuis` (included), the steps that led there, what its facts contain.

    `cle`: the key that its facts name; `mere`: that of the procedure out of which it came, empty when a fact opened it.
    `issue`: the state of another procedure to which it led; `abandonnee_le`: the day it was given up, or fell with the
    title out of which it came; `finie`: it went back to the amicable stage, nothing follows in it;
    `gelee_le`: the day an insolvency stopped it where it is, its time limits with it; `suspendue_le`: the day from
    which its title may not be enforced, for the time being.
    """

    cle: str
    graphe: ProcedureGraphe
    etat: EtatGraphe
    depuis: date
    situation: Situation
    passages: tuple[Passage, ...]
    mere: str = ""
    issue: str = ""
    abandonnee_le: date | None = None
    finie: bool = False
    gelee_le: date | None = None
    suspendue_le: date | None = None
    avertissements: tuple[Avertissement, ...] = ()

    @property
    def ouverte_le(self) -> date:
        """The day of its first step."""
        return self.passages[0].jour

    @property
    def sorties(self) -> tuple[TransitionGraphe, ...]:
        """The steps that may still be taken, but the one that already led elsewhere."""
        if self.finie or self.abandonnee_le is not None or self.etat.type is TypeEtat.FINAL:
            return ()
        sorties = self.graphe.sorties.get(self.etat.code, ())
        return tuple(t for t in sorties if t.vers != self.issue)

    @property
    def vivante(self) -> bool:
        """Whether something may still come of it."""
        return bool(self.sorties)

    @property
    def creances(self) -> tuple[str, ...]:
        """The claims it is about; empty: all."""
        return self.situation.ouverture.creances

    @property
    def contre(self) -> tuple[str, ...]:
        """The persons it is brought against; empty: the debtor."""
        return self.situation.ouverture.contre

"""What the engine of limitation is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import SANS_TEXTE, Phrase
from exigible.droit.prescription.table import Regle

_MOIS_PAR_AN = 12


@dataclass(frozen=True, slots=True)
class Evenement:
    """A dated cause of the table. `fin` (included): end of a suspension or of an instance; `non_avenu`: wiped out."""

    jour: date
    code: str
    fin: date | None = None
    non_avenu: bool = False


@dataclass(frozen=True, slots=True)
class Demande:
    """A claim to be timed.

    `depart` is the careful start (against a public body, the day of the fact: the engine goes to the next 1 January),
    not counted unless `zero_heure`. `naissance`: birth of the right, for the 20-year stop; the start when not given.
    `clause_ans`: duration agreed in the contract (C. civ. 2254).
    """

    regle: Regle
    depart: date
    evenements: tuple[Evenement, ...] = ()
    naissance: date | None = None
    zero_heure: bool = False
    clause_ans: int | None = None


@dataclass(frozen=True, slots=True)
class Etape:
    """One stretch of the timeline, `du` and `au` included (`au` None: no known end).

    `effet`: court, interruption, suspension, titre, deplacement, sans_effet, tardif, non_avenu, plancher,
    butoir, acquise. `code` is that of the event, empty when time merely runs; `motif` says why it has no effect.
    """

    du: date
    au: date | None
    effet: str
    cause: Phrase
    article: str
    code: str = ""
    motif: Phrase = SANS_TEXTE


@dataclass(frozen=True, slots=True)
class Prescription:
    """When the action is lost: at the end of `terme`. Act by `dernier_jour_sur`, the day before.

    `duree_mois` is the time in force at the end (120 once there is a title). `en_cours`: an instance without known end
    holds the time, so that nothing is lost yet whatever the term.
    """

    terme: date
    dernier_jour_sur: date
    duree_mois: int
    regle: Regle
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...] = ()
    frise: tuple[Etape, ...] = ()
    en_cours: bool = False

    @property
    def regle_id(self) -> str:
        """The id of the rule in the table (`P-03`)."""
        return self.regle.identifiant

    @property
    def duree_annees(self) -> int:
        """The duration in years, rounded up: enough for a gauge, never for a computation."""
        return -(-self.duree_mois // _MOIS_PAR_AN)

    def acquise_au(self, jour: date) -> bool:
        """Whether the action is already lost on `jour`."""
        return jour > self.terme and not self.en_cours

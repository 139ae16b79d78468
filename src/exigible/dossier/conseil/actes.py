"""What the advice is made of: the acts possible today, in order, and those that are closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from exigible.dossier.conseil.couts import SANS_FRAIS, Cout
from exigible.dossier.conseil.criteres import Condition
from exigible.dossier.echeances import Echeance
from exigible.droit.argent import ZERO
from exigible.droit.competence_faits import Motif
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase


class Rang(IntEnum):
    """The order of the advice: the lower, the sooner."""

    DELAI = 1
    PRESCRIPTION = 2
    PREALABLE = 3
    ETAPE = 4
    AMIABLE = 5
    EXECUTION = 6
    VOIE = 7
    CONSERVATOIRE = 8
    ALTERNATIVE = 9
    DECONSEILLE = 10
    ABANDON = 11


LIBELLES_RANGS = {
    Rang.DELAI: phrase("Un délai court"),
    Rang.PRESCRIPTION: phrase("La prescription approche"),
    Rang.PREALABLE: phrase("À régler d'abord"),
    Rang.ETAPE: phrase("Prochaine étape"),
    Rang.AMIABLE: phrase("Relance amiable"),
    Rang.EXECUTION: phrase("Exécution du titre"),
    Rang.VOIE: phrase("Voie judiciaire"),
    Rang.CONSERVATOIRE: phrase("Mesure conservatoire"),
    Rang.ALTERNATIVE: phrase("Autre possibilité"),
    Rang.DECONSEILLE: phrase("Possible mais déconseillé"),
    Rang.ABANDON: phrase("En dernier"),
}
PRESCRIPTION_INCHANGEE = phrase("aucun effet")
JAMAIS = date.max


@dataclass(frozen=True, slots=True)
class ActePossible:
    """An act that may be done on the day, or as soon as what it lacks is there. `montant`: what it is about, in euros.

    `sujet`: the key of the procedure, plan or claim that it follows; `echeance`: the time that runs for it.
    """

    code: str
    rang: Rang
    libelle: Phrase
    pourquoi: Phrase
    articles: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    cout: Cout = SANS_FRAIS
    duree: Phrase = SANS_TEXTE
    prescription: Phrase = PRESCRIPTION_INCHANGEE
    risque: Phrase = SANS_TEXTE
    montant: Decimal = ZERO
    sujet: str = ""
    echeance: Echeance | None = None
    avertissements: tuple[Avertissement, ...] = ()

    @property
    def manques(self) -> tuple[Condition, ...]:
        """The conditions that it must wait for."""
        return tuple(c for c in self.conditions if c.manque)

    @property
    def ordre(self) -> tuple[int, bool, date, bool, Decimal]:
        """Rank, what is ready, the nearest deadline; between routes, the least to advance (unknown last)."""
        jour = self.echeance.le if self.echeance else JAMAIS
        compare = self.rang is Rang.VOIE
        cout = (not self.cout.complet, self.cout.avance) if compare else (False, ZERO)
        return self.rang, bool(self.manques), jour, *cout


@dataclass(frozen=True, slots=True)
class ActeFerme:
    """An act that may not be done today, and every reason why."""

    code: str
    libelle: Phrase
    motifs: tuple[Motif, ...]


@dataclass(frozen=True, slots=True)
class Conseil:
    """The advice of a day. `phrase`: what to do first, or why there is nothing to do; `attentes`: the others' time."""

    phrase: Phrase
    actes: tuple[ActePossible, ...]
    fermes: tuple[ActeFerme, ...]
    attentes: tuple[Echeance, ...]

    @property
    def premier(self) -> ActePossible | None:
        """The act advised first."""
        return find_premier(self.actes)


def find_premier(actes: Sequence[ActePossible]) -> ActePossible | None:
    """Return the first act that is ready, and neither an alternative, nor unwise, nor giving up."""
    return next((a for a in actes if a.rang < Rang.ALTERNATIVE and not a.manques), None)

"""The time limits that the graph writes, counted for one procedure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from exigible.dossier.procedures.graphe import DelaiGraphe, SensDelai
from exigible.dossier.procedures.situation import Situation
from exigible.droit.delais import Delai, Distance, Sens, compute_delai
from exigible.droit.durees import Duree
from exigible.droit.erreurs import Avertissement
from exigible.droit.jours import UN_JOUR
from exigible.droit.phrase import Phrase, join_phrases

_CACHE = 1 << 16


@dataclass(frozen=True, slots=True)
class DelaiCompte:
    """A time limit counted. `fin`: its last day, included, or the last day of the wait.

    `ouvre_le`: the first day on which one may act, for a wait or a window; None when one may act at once.
    """

    depart: date
    fin: date
    ouvre_le: date | None
    explication: Phrase
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]

    def has_venu(self, situation: Situation, evenements: Collection[str], depuis: date) -> bool:
        """Whether one of these events came: since the start or, backward, since `depuis` and in time."""
        debut, fin = (depuis, self.fin) if self.fin < self.depart else (self.depart, date.max)
        return any(etape.evenement in evenements and debut <= etape.jour <= fin for etape in situation.etapes)

    @property
    def lendemain(self) -> date:
        """The day on which it is over."""
        return self.fin + UN_JOUR


def count_delai(delai: DelaiGraphe, situation: Situation) -> DelaiCompte | None:
    """Count a time limit from the latest of its departures; None while none of them came."""
    depart = situation.find_jour(delai.depart)
    if depart is None:
        return None
    distance = situation.find_distance(depart) if delai.distance else Distance.AUCUNE
    sens = Sens.AVANT if delai.sens is SensDelai.AVANT else Sens.APRES
    comptes = _count(depart, delai.durees, sens, distance, reporter=delai.reporter)
    fin = comptes[-1].echeance
    ouvre_le = fin + UN_JOUR if delai.sens is SensDelai.MIN else None
    if delai.attente is not None:
        ouvre_le = _count(depart, (delai.attente,), sens, distance, reporter=delai.reporter)[-1].echeance + UN_JOUR
    return DelaiCompte(
        depart=depart,
        fin=fin,
        ouvre_le=ouvre_le,
        explication=join_phrases(compte.explication for compte in comptes),
        articles=tuple(dict.fromkeys(article for compte in comptes for article in compte.articles)),
        avertissements=tuple(dict.fromkeys(a for compte in comptes for a in compte.avertissements)),
    )


@lru_cache(maxsize=_CACHE)
def _count(
    depart: date, durees: tuple[Duree, ...], sens: Sens, distance: Distance, *, reporter: bool
) -> tuple[Delai, ...]:
    """Count each duration from the last day of the one before. Kept: the same days come back all over a portfolio."""
    comptes: list[Delai] = []
    for duree in durees:
        compte = compute_delai(depart, duree, sens=sens, distance=distance, reporter=reporter)
        comptes.append(compte)
        depart, distance = compte.echeance, Distance.AUCUNE
    return tuple(comptes)

"""Sums of two to five claims of one debtor that give an amount exactly, found by meeting in the middle."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

TAILLE_MAX = 5
"""At most this many claims in a sum."""
POSTES_MAX = 40
"""At most this many claims of a debtor are looked at, besides those that are cited."""
SOMMES_MAX = 3
"""No more sums are listed: beyond one, a person must choose anyway."""

_Groupe = tuple[int, ...]


class Sommes:
    """The sums of a list of amounts (cents, positive), prepared once for any number of questions."""

    def __init__(self, montants: Sequence[int]) -> None:
        self._montants = tuple(montants)
        rangs = range(len(self._montants))
        self._seuls: dict[int, list[_Groupe]] = {}
        for i in rangs:
            self._seuls.setdefault(self._montants[i], []).append((i,))
        self._paires: dict[int, list[_Groupe]] = {}
        for i in rangs:
            for j in range(i + 1, len(self._montants)):
                self._paires.setdefault(self._montants[i] + self._montants[j], []).append((i, j))
        self._triplets: tuple[list[int], list[list[_Groupe]]] | None = None

    def find(self, cible: int, taille_min: int = 2, taille_max: int = TAILLE_MAX) -> list[_Groupe]:
        """List up to SOMMES_MAX groups of ranks, of these sizes, whose amounts make `cible`; the smallest first."""
        trouves: dict[_Groupe, None] = {}
        for taille in range(taille_min, min(taille_max, TAILLE_MAX) + 1):
            for groupe in self._list(cible, taille):
                trouves[groupe] = None
                if len(trouves) == SOMMES_MAX:
                    return list(trouves)
        return list(trouves)

    def _list(self, cible: int, taille: int) -> Iterator[_Groupe]:
        if taille == 1:
            yield from self._seuls.get(cible, ())
        elif taille == 2:  # noqa: PLR2004 - two claims, then three, four and five
            yield from self._paires.get(cible, ())
        elif taille == 3:  # noqa: PLR2004
            yield from _meet(cible, self._paires, self._seuls)
        elif taille == 4:  # noqa: PLR2004
            yield from _meet(cible, self._paires, self._paires)
        else:
            sommes, groupes = self._prepare_triplets()
            utiles = range(bisect_right(sommes, cible))
            communes = ((groupes[r], self._paires[cible - sommes[r]]) for r in utiles if cible - sommes[r] in self._paires)
            yield from _join(communes)

    def _prepare_triplets(self) -> tuple[list[int], list[list[_Groupe]]]:
        if self._triplets is None:
            par_somme: dict[int, list[_Groupe]] = {}
            for somme, paires in self._paires.items():
                for i, j in paires:
                    for k in range(j + 1, len(self._montants)):
                        par_somme.setdefault(somme + self._montants[k], []).append((i, j, k))
            sommes = sorted(par_somme)
            self._triplets = sommes, [par_somme[somme] for somme in sommes]
        return self._triplets


def _meet(cible: int, grandes: dict[int, list[_Groupe]], petites: dict[int, list[_Groupe]]) -> Iterator[_Groupe]:
    return _join((grandes[somme], petites[cible - somme]) for somme in grandes if cible - somme in petites)


def _join(communes: Iterator[tuple[Sequence[_Groupe], Sequence[_Groupe]]]) -> Iterator[_Groupe]:
    """Put halves that share no claim together; the same group comes from several pairs of halves."""
    vus: set[_Groupe] = set()
    for gauches, droites in communes:
        for gauche in gauches:
            for droite in droites:
                groupe = tuple(sorted({*gauche, *droite}))
                if len(groupe) == len(gauche) + len(droite) and groupe not in vus:
                    vus.add(groupe)
                    yield groupe

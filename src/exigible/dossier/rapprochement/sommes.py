"""Sums of a few claims of one debtor that give an amount exactly, found by meeting in the middle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

TAILLE_MAX = 5
"""At most this many claims in a sum."""
POSTES_MAX = 40
"""At most this many claims of a debtor are looked at, besides those that are cited."""
SOMMES_MAX = 3
"""No more sums are listed: beyond one, a person must choose anyway."""
POSTES_SURS = 10
"""Among more claims than this, chance makes sums: the larger ones are only sought when there is no smaller one."""

Groupe = tuple[int, ...]
_Paires = dict[int, list[tuple[int, int]]]


def find_sommes(montants: Sequence[int], cible: int, taille_min: int, taille_max: int) -> list[Groupe]:
    """List up to SOMMES_MAX groups of ranks (sizes included) whose amounts, in cents, make `cible`; smallest first."""
    return Recherche(montants).find(cible, taille_min, taille_max)


class Recherche:
    """The positive amounts of a few claims, in growing order, and the sums of each two, filed once for any target."""

    def __init__(self, montants: Sequence[int]) -> None:
        tries = sorted((montant, rang) for rang, montant in enumerate(montants) if montant > 0)
        self._valeurs, self._rangs = [montant for montant, _ in tries], [rang for _, rang in tries]
        self._nombreux = len(montants) > POSTES_SURS
        self._paires: _Paires | None = None
        self._sommes: list[int] = []

    def find(self, cible: int, taille_min: int, taille_max: int) -> list[Groupe]:
        """List up to SOMMES_MAX groups of ranks (sizes included) whose amounts make `cible`; smallest first."""
        trouves: list[Groupe] = []
        for taille in range(taille_min, min(taille_max, TAILLE_MAX, len(self._valeurs)) + 1):
            for groupe in self._list_groupes(cible, taille):
                trouves.append(tuple(sorted(self._rangs[i] for i in groupe)))
                if len(trouves) == SOMMES_MAX:
                    return trouves
            if trouves and self._nombreux:
                break
        return trouves

    def _list_groupes(self, cible: int, taille: int) -> Iterator[Groupe]:
        """Yield the groups of that size, each once."""
        if sum(self._valeurs[:taille]) > cible or sum(self._valeurs[-taille:]) < cible:
            return
        if taille == 1:
            yield from ((i,) for i, valeur in enumerate(self._valeurs) if valeur == cible)
            return
        paires = self._file_paires()
        if taille == 2:  # noqa: PLR2004 - two claims, then three, four and five
            yield from paires.get(cible, ())
        elif taille == 3:  # noqa: PLR2004
            for k, valeur in enumerate(self._valeurs):
                yield from ((i, j, k) for i, j in paires.get(cible - valeur, ()) if j < k)
        elif taille == 4:  # noqa: PLR2004
            yield from self._join_paires(cible, len(self._valeurs), paires)
        else:
            plus_petits = sum(self._valeurs[:4])
            for e, valeur in enumerate(self._valeurs):
                if plus_petits <= cible - valeur <= sum(self._valeurs[max(0, e - 4) : e]):
                    yield from ((*groupe, e) for groupe in self._join_paires(cible - valeur, e, paires))

    def _join_paires(self, cible: int, fin: int, paires: _Paires) -> Iterator[Groupe]:
        """Join two pairs among the first `fin` amounts; the first pair stands whole before the second."""
        avant = self._sommes[: fin * (fin - 1) // 2]
        # The second pair is the greater one.
        for somme in sorted({somme for somme in avant if somme + somme >= cible and cible - somme in paires}):
            for c, d in paires[somme]:
                if d < fin:
                    yield from ((a, b, c, d) for a, b in paires[cible - somme] if b < c)

    def _file_paires(self) -> _Paires:
        if self._paires is None:
            self._paires = {}
            for j, droite in enumerate(self._valeurs):
                for i in range(j):
                    somme = self._valeurs[i] + droite
                    self._sommes.append(somme)
                    self._paires.setdefault(somme, []).append((i, j))
        return self._paires

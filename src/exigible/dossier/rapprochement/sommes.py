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
    tries = sorted((montant, rang) for rang, montant in enumerate(montants) if 0 < montant <= cible)
    valeurs, rangs = [montant for montant, _ in tries], [rang for _, rang in tries]
    trouves: list[Groupe] = []
    recherche = _Recherche(valeurs)
    for taille in range(taille_min, min(taille_max, TAILLE_MAX, len(valeurs)) + 1):
        for groupe in recherche.list_groupes(cible, taille):
            trouves.append(tuple(sorted(rangs[i] for i in groupe)))
            if len(trouves) == SOMMES_MAX:
                return trouves
        if trouves and len(montants) > POSTES_SURS:
            break
    return trouves


class _Recherche:
    """Amounts in growing order, and the sums of each two, filed once."""

    def __init__(self, valeurs: list[int]) -> None:
        self._valeurs = valeurs
        self._paires: _Paires | None = None
        self._sommes: list[int] = []

    def list_groupes(self, cible: int, taille: int) -> Iterator[Groupe]:
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
        else:
            yield from self._join_paires(cible, taille, paires)

    def _join_paires(self, cible: int, taille: int, paires: _Paires) -> Iterator[Groupe]:
        """Join two pairs and, for five, the greatest amount; the first pair stands whole before the second."""
        plus_grands = [(len(self._valeurs), 0)] if taille == 4 else list(enumerate(self._valeurs))  # noqa: PLR2004
        for e, valeur in plus_grands:
            reste = cible - valeur
            avant = self._sommes[: e * (e - 1) // 2]
            for somme in sorted({somme for somme in avant if reste - somme in paires}):
                for c, d in paires[somme]:
                    if d < e:
                        suite = (c, d) if taille == 4 else (c, d, e)  # noqa: PLR2004
                        yield from ((a, b, *suite) for a, b in paires[reste - somme] if b < c)

    def _file_paires(self) -> _Paires:
        if self._paires is None:
            self._paires = {}
            for j, droite in enumerate(self._valeurs):
                for i in range(j):
                    somme = self._valeurs[i] + droite
                    self._sommes.append(somme)
                    self._paires.setdefault(somme, []).append((i, j))
        return self._paires

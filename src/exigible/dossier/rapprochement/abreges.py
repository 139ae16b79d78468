"""Invoice numbers said in short: their last figures after « facture », or all their figures without the letters.

They put a candidate forward and choose among the claims of a debtor; alone, they prove nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from exigible.dossier.rapprochement.donnees import LigneBancaire, PosteOuvert
from exigible.dossier.texte import normalize

Alternatives = tuple[PosteOuvert, ...]
"""The claims that one short number may be."""

_JETONS = re.compile(r"[a-z]+|\d+")
_CHIFFRES = re.compile(r"\d+")
_ANNONCES = frozenset(
    """facture factures fact facts fac facs fa fas fc ft fts fte ftes f invoice invoices inv
    no nos num numero numeros n ref refs""".split()  # noqa: SIM905 - read at a glance
)
_LIAISONS = frozenset({"et", "and", "plus", "puis", "n", "no", "num", "fact", "facture", "fac", "fa"})
_INTERVALLE = frozenset({"a", "au"})
_INTERVALLE_MAX = 30
_FINALE_MIN = 2
_ENTIER_MIN = 6
"""All the figures of a number tell it when there are so many."""
_MORCEAUX_MAX = 4
_DOSSIERS_MAX = 3
"""A short number that more debtors may mean designates none of them."""
JOURS = ("%d%m%y", "%d%m%Y", "%Y%m%d", "%y%m%d")


class Abreges:
    """The claims by the last figures of their numbers, and by all of them."""

    def __init__(self) -> None:
        self._finales: defaultdict[int, list[PosteOuvert]] = defaultdict(list)
        self._entiers: defaultdict[str, list[PosteOuvert]] = defaultdict(list)

    def add(self, poste: PosteOuvert) -> None:
        """File a claim."""
        suites = _CHIFFRES.findall(poste.numero)
        if not suites:
            return
        self._finales[int(suites[-1])].append(poste)
        entier = "".join(suites)
        if len(entier) >= _ENTIER_MIN:
            self._entiers[entier].append(poste)

    def find(self, ligne: LigneBancaire, dossiers: Collection[str]) -> tuple[Alternatives, ...]:
        """Give, for each short number of a label, the claims that it may be: of `dossiers`, unless nobody is known."""
        trouvees: dict[Alternatives, None] = {}
        for texte in dict.fromkeys((ligne.libelle, ligne.reference, ligne.bout_en_bout)):
            for alternatives in self._read(_JETONS.findall(normalize(texte)), ligne):
                siennes = tuple(p for p in alternatives if not dossiers or p.dossier in dossiers)
                if siennes and len({p.dossier for p in siennes}) <= _DOSSIERS_MAX:
                    trouvees[siennes] = None
        return tuple(trouvees)

    def _read(self, jetons: list[str], ligne: LigneBancaire) -> list[list[PosteOuvert]]:
        trouves: list[list[PosteOuvert]] = []
        annonce, precedent, jusqu_a, rang = False, 0, False, 0
        while rang < len(jetons):
            jeton = jetons[rang]
            pris = 1
            if not jeton.isdigit():
                jusqu_a = annonce and precedent > 0 and jeton in _INTERVALLE
                annonce = jeton in _ANNONCES or jusqu_a or (annonce and jeton in _LIAISONS)
                precedent = precedent if jusqu_a else 0
            elif entiers := self._find_entier(jetons[rang:], ligne):
                pris, postes = entiers
                trouves.append(postes)
                precedent = int(_CHIFFRES.findall(postes[0].numero)[-1])
            elif annonce and len(jeton.lstrip("0")) >= _FINALE_MIN:
                valeur = int(jeton)
                depart = precedent + 1 if jusqu_a and 0 < valeur - precedent <= _INTERVALLE_MAX else valeur
                trouves += [self._finales[v] for v in range(depart, valeur + 1) if v in self._finales]
                precedent = valeur
            rang += pris
        return trouves

    def _find_entier(self, jetons: list[str], ligne: LigneBancaire) -> tuple[int, list[PosteOuvert]] | None:
        """Find the most figures in a row that are all those of a number; not the amount nor the day, often repeated."""
        for pris in range(_MORCEAUX_MAX, 0, -1):
            morceaux = jetons[:pris]
            colle = "".join(morceaux)
            if len(morceaux) == pris and colle.isdigit() and colle in self._entiers and not repeats_ligne(colle, ligne):
                return pris, self._entiers[colle]
        return None


def repeats_ligne(chiffres: str, ligne: LigneBancaire) -> bool:
    """Whether figures may be the euros, the cents or the day of a credit, which its label repeats."""
    if int(chiffres) in {abs(ligne.centimes), abs(ligne.centimes) // 100}:
        return True
    return chiffres in {ligne.jour.strftime(forme) for forme in JOURS}

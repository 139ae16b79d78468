"""Names of debtors in labels: whole, near, or cut by a bank that counts the signs."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate

from exigible.dossier.texte import list_mots_du_nom, normalize

MOT_BANAL = 200
"""A word that more debtors share does not, by itself, bring names near."""
_PROCHE_NUMERATEUR, _PROCHE_DENOMINATEUR = 3, 5
_DEBUT = 10
"""So many signs, at least, of a name cut short."""
_DEBUT_BANAL = 40
"""A beginning that more debtors share is no longer sought."""
_MOTS_DITS = 6
_GENERIQUES = frozenset(
    """ets etab etabl etablissement etablissements cie compagnie entreprise entreprises
    mr mme mlle monsieur madame""".split()  # noqa: SIM905 - read at a glance
)
"""Words that banks abbreviate, or add, in front of a name."""


def list_mots(nom: str) -> frozenset[str]:
    """Return the telling words of a name: no legal form; a lone figure tells one « Client 1 » from another."""
    mots = list_mots_du_nom(nom) | {mot for mot in normalize(nom).split() if mot.isdigit()}
    return (mots - _GENERIQUES) or mots


def is_proche(nom: frozenset[str], dits: frozenset[str]) -> bool:
    """Whether two names are near: they share at least three fifths of their words."""
    return len(nom & dits) * _PROCHE_DENOMINATEUR >= len(nom | dits) * _PROCHE_NUMERATEUR


class Noms:
    """The names of debtors, by word and by beginning. `seal` once all are added, before any search."""

    def __init__(self) -> None:
        self._mots: defaultdict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        self._debuts: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._rares: dict[str, list[tuple[frozenset[str], str]]] = {}

    def add(self, nom: str, dossier: str) -> None:
        """File a name."""
        mots = list_mots(nom)
        for mot in mots:
            self._mots[mot].append((mots, dossier))
        suite = tuple(mot for mot in normalize(nom).split() if mot in mots)
        if len(colle := "".join(suite)) >= _DEBUT:
            self._debuts[colle[:_DEBUT]].append((suite, dossier))

    def seal(self) -> None:
        """File each name under its rarest word alone: it is there when that word is."""
        rares: defaultdict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        for mot, noms in self._mots.items():
            for mots, dossier in noms:
                if mot == min(mots, key=self._weigh):
                    rares[mot].append((mots, dossier))
        self._rares = dict(rares)

    def find(self, contrepartie: str, libelle: str) -> tuple[frozenset[str], frozenset[str]]:
        """Find the dossiers whose name stands in a label, and those of a near name: by its words, or its beginning."""
        dits = list_mots(f"{contrepartie} {libelle}")
        noms = frozenset(d for mot in dits for mots, d in self._rares.get(mot, ()) if mots <= dits)
        coupes = {d for texte in dict.fromkeys((contrepartie, libelle)) for d in self._find_coupes(texte)}
        return noms, (frozenset(coupes) | self._find_proches(list_mots(contrepartie))) - noms

    def _find_proches(self, dits: frozenset[str]) -> frozenset[str]:
        """Look under the rarest words only: a near name lacks too few words of this one to have none of them."""
        manquants = len(dits) * (_PROCHE_DENOMINATEUR - _PROCHE_NUMERATEUR) // _PROCHE_DENOMINATEUR
        return frozenset(
            dossier
            for mot in sorted(dits, key=self._weigh)[: manquants + 1]
            if len(voisins := self._mots.get(mot, ())) <= MOT_BANAL
            for mots, dossier in voisins
            if is_proche(mots, dits)
        )

    def _find_coupes(self, texte: str) -> set[str]:
        telling = list_mots(texte)
        mots = [mot for mot in normalize(texte).split() if mot in telling]
        trouves: set[str] = set()
        for debut in range(len(mots)):
            suite = mots[debut : debut + _MOTS_DITS]
            voisins = self._debuts.get("".join(suite)[:_DEBUT], ())
            if len(voisins) <= _DEBUT_BANAL:
                trouves |= {dossier for nom, dossier in voisins if _is_coupe(nom, suite)}
        return trouves

    def _weigh(self, mot: str) -> tuple[int, str]:
        return len(self._mots.get(mot, ())), mot


def _is_coupe(nom: tuple[str, ...], suite: list[str]) -> bool:
    """Whether words make the beginning of a name, cut within a word or by the end of the label.

    Ten signs at least, three fifths of the name. « Client 30 » is not « Client 3 ».
    """
    colle, dit = "".join(nom), ""
    for mot in suite:
        if not colle.startswith(dit + mot):
            fins = set(accumulate(map(len, nom)))
            if len(dit) in fins:
                return False
            break
        dit += mot
    return len(dit) >= _DEBUT and len(dit) * _PROCHE_DENOMINATEUR >= len(colle) * _PROCHE_NUMERATEUR

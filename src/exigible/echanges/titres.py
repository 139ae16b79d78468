"""The titles of a column as they may be known: written by a machine (« InvoiceNumber »), or with a « du » too many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from exigible.echanges.synonymes import fold_colonne

_BOSSE = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_DU = re.compile(
    r"\bdu (?=(?:client|document|tiers|debiteur|partenaire|dernier|compte|reglement|paiement|destinataire)\b)"
)
_TRANCHE = re.compile(
    r"(?:(?:echus?|plus|moins|over|sup|inf|superieur|depuis|retard|jusqu|tranche) ?)*"
    r"(?:\d{1,3}(?!\d) ?(?:j|jrs|jours?|days?|tage|dias)?)"
    r"(?: ?(?:a|au|et|to|and|plus|over|older|above|retard|past due|\d{1,3}(?!\d)|j|jrs|jours?|days?|tage|dias)){0,4}"
)
_TRANCHES_EN_MOTS = frozenset(
    {"non echu", "non echus", "non echue", "a echoir", "echu", "echus", "current", "not due", "not yet due", "courant"}
)
_TRANCHES_MIN, _TRANCHES_CHIFFREES_MIN = 3, 2


def fold_variantes(noms: Sequence[str]) -> Iterator[list[str]]:
    """Fold a row of titles as it is written, then without what hides a name that we know."""
    plies = [fold_colonne(nom) for nom in noms]
    yield plies
    autres = [_DU.sub("", fold_colonne(_BOSSE.sub(" ", nom))) for nom in noms]
    if autres != plies:
        yield autres


def list_tranches(noms: Sequence[str]) -> tuple[int, ...]:
    """List the columns of an aged balance by their titles; none when these are not enough to be one."""
    plies = [fold_colonne(nom) for nom in noms]
    if not has_tranches(plies):
        return ()
    return tuple(rang for rang, pli in enumerate(plies) if pli in _TRANCHES_EN_MOTS or _TRANCHE.fullmatch(pli))


def has_tranches(plies: Iterable[str]) -> bool:
    """Tell whether folded titles are those of an aged balance: « Non échu », « 1-30 jours », « > 90 »."""
    noms = {pli for pli in plies if pli}
    chiffrees = sum(_TRANCHE.fullmatch(nom) is not None for nom in noms)
    en_mots = len(_TRANCHES_EN_MOTS & noms)
    return chiffrees >= _TRANCHES_CHIFFREES_MIN and chiffrees + en_mots >= _TRANCHES_MIN

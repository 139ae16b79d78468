"""Names compared and searched without accents, case or punctuation; lists and counts written the French way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SEPARATEURS = re.compile(r"[^0-9a-z]+")
_FORMES = frozenset(
    """sa sas sasu sarl eurl sci snc scop scp selarl selas scm gie ei eirl
    association asso ste societe et""".split()  # noqa: SIM905 - read at a glance
)


def normalize(texte: str) -> str:
    """Lower case, no accents, single spaces: `Société d'Été` gives `societe d ete`."""
    decompose = unicodedata.normalize("NFKD", texte.replace("œ", "oe").replace("Œ", "OE"))
    sans_accents = "".join(c for c in decompose if not unicodedata.combining(c))
    return _SEPARATEURS.sub(" ", sans_accents.lower()).strip()


def list_mots_du_nom(nom: str) -> frozenset[str]:
    """Return the telling words of a name: without legal forms and one-letter words."""
    mots = frozenset(m for m in normalize(nom).split() if len(m) > 1)
    return (mots - _FORMES) or mots


def join_mots(mots: Sequence[str]) -> str:
    """Write `a, b et c`."""
    if len(mots) < 2:  # noqa: PLR2004 - one word or none needs no conjunction
        return "".join(mots)
    return f"{', '.join(mots[:-1])} et {mots[-1]}"


def count_jours(nombre: int) -> str:
    """`1 jour`, `12 jours`, with a no-break space."""
    return f"{nombre}\u00a0jour{'s' if abs(nombre) > 1 else ''}"

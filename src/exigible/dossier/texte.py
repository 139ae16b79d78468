"""Names compared and searched without accents, case or punctuation; counts and lists written the French way."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from exigible.droit.ecriture import join_mots
from exigible.droit.phrase import Phrase, phrase

__all__ = ["count_jours", "join_mots", "list_mots_du_nom", "normalize"]

_NOMS_RETENUS = 20_000
"""A file names the same customers and invoices again and again."""
_SEPARATEURS = re.compile(r"[^0-9a-z]+")
_FORMES = frozenset(
    """sa sas sasu sarl eurl sci snc scop scp selarl selas scm gie ei eirl
    association asso ste societe et""".split()  # noqa: SIM905 - read at a glance
)


@lru_cache(maxsize=_NOMS_RETENUS)
def normalize(texte: str) -> str:
    """Lower case, no accents, single spaces: `Société d'Été` gives `societe d ete`."""
    if not texte.isascii():  # most labels and numbers are, and then nothing is to be taken apart
        decompose = unicodedata.normalize("NFKD", texte.replace("œ", "oe").replace("Œ", "OE"))
        texte = "".join(c for c in decompose if not unicodedata.combining(c))
    return _SEPARATEURS.sub(" ", texte.lower()).strip()


def list_mots_du_nom(nom: str) -> frozenset[str]:
    """Return the telling words of a name: without legal forms and one-letter words."""
    mots = frozenset(m for m in normalize(nom).split() if len(m) > 1)
    return (mots - _FORMES) or mots


def count_jours(nombre: int) -> Phrase:
    """`1 jour`, `12 jours`, with a no-break space."""
    if abs(nombre) > 1:
        return phrase("{nombre}\u00a0jours", nombre=nombre)
    return phrase("{nombre}\u00a0jour", nombre=nombre)

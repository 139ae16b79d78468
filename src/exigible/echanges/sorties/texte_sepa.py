"""Words as SEPA banks take them: the Latin set of the implementation guidelines, without accents."""

from __future__ import annotations

import re
import unicodedata

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

_ADMIS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
_REMPLACES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    | {"&": "+", "€": "EUR", "’": "'", "\u2018": "'", "`": "'", '"': "'", "“": "'", "”": "'", "–": "-", "—": "-"}
    | {"−": "-", "_": "-", ";": ",", "!": ".", "[": "(", "]": ")", "{": "(", "}": ")", "\\": "/"}
)
_BLANCS = re.compile(r" +")
REFERENCE_MAX = 35


def clean_texte(texte: str, longueur: int) -> str:
    """Write a text with the characters that every bank takes, cut at `longueur`; what has no equivalent is a space."""
    decompose = unicodedata.normalize("NFKD", texte.translate(_REMPLACES)).translate(_REMPLACES)
    sans_accents = "".join(c for c in decompose if not unicodedata.combining(c))
    propre = _BLANCS.sub(" ", "".join(c if c in _ADMIS else " " for c in sans_accents))
    return propre.strip()[:longueur].strip()


def check_reference(texte: str, champ: str) -> str:
    """Return a reference as it is, for it must come back the same.

    Raises ErreurSaisie (`reference_sepa`): empty, longer than 35, a character outside the set, a slash at an end, two
    slashes together.
    """
    admise = (
        0 < len(texte) <= REFERENCE_MAX
        and texte == texte.strip()
        and _ADMIS.issuperset(texte)
        and not texte.startswith("/")
        and not texte.endswith("/")
        and "//" not in texte
    )
    if not admise:
        raise ErreurSaisie(
            "reference_sepa",
            phrase(
                "La référence « {texte} » ne peut pas être donnée à la banque : 35 caractères au plus, lettres sans "
                "accent, chiffres et / - ? : ( ) . , ' + sans barre oblique au début, à la fin ni doublée.",
                texte=texte[:60],
            ),
            champ,
        )
    return texte

"""Wording: French typography, bold passages, dates and cleaned texts. Typography touches our words, never the data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

import msgspec

from exigible.droit.argent import ESPACE_FINE, ESPACE_INSECABLE
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase
from exigible.droit.reconnaissance import write_somme_en_lettres

SOMME_MAX = Decimal("999999999.99")

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip

_AVANT_DOUBLE = re.compile(r" (?=[:;!?»%€])")
_APRES_GUILLEMET = re.compile(r"(?<=«) ")
_AVANT_UNITE = re.compile(r"(?<=\}) (?=(jours?|ans?|mois|factures?|€)\b)")
_ARTICLE = re.compile(r"\b(articles?|art\.|n°) (?=[A-Z0-9{])")
_ELISION = re.compile(r"\b([Dd]|[Qq]u)e $")
_VOYELLES = frozenset("aeiouœæ")
_BLANCS = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")


class Fragment(msgspec.Struct, frozen=True):
    """A run of text, bold or not."""

    texte: str
    gras: bool = False


Paragraphe = tuple[Fragment, ...]


@lru_cache(maxsize=1024)
def apply_typographie(modele: str) -> str:
    """Put no-break spaces where French wants them, in a sentence of ours."""
    texte = _AVANT_DOUBLE.sub(lambda _: ESPACE_INSECABLE, modele)
    texte = _APRES_GUILLEMET.sub(ESPACE_INSECABLE, texte)
    texte = _AVANT_UNITE.sub(ESPACE_INSECABLE, texte)
    texte = _ARTICLE.sub(rf"\1{ESPACE_INSECABLE}", texte)
    return texte.replace("'", "’")


def elide(avant: str, apres: str) -> str:
    """Write what stands before a value: `de` and `que` lose their last letter before a vowel (`d’Association`)."""
    voyelle = unicodedata.normalize("NFKD", apres[:1])[:1].lower() in _VOYELLES
    return _ELISION.sub("\\1’", avant) if voyelle else avant


def write_phrase(modele: str, **valeurs: str) -> str:
    """One of our sentences with its values, which are taken as they are."""
    return apply_typographie(modele).format(**valeurs)


def write_paragraphe(modele: str, **valeurs: str) -> Paragraphe:
    """One of our paragraphs; what stands between `**` is bold. Values are taken as they are, stars included."""
    morceaux = apply_typographie(modele).split("**")
    return tuple(
        Fragment(morceau.format(**valeurs), gras=bool(rang % 2)) for rang, morceau in enumerate(morceaux) if morceau
    )


def join_paragraphe(paragraphe: Paragraphe) -> str:
    """The plain text of a paragraph."""
    return "".join(fragment.texte for fragment in paragraphe)


def clean_texte(texte: str) -> str:
    """A text of a user on one line: composed accents, no control character, single spaces."""
    compose = unicodedata.normalize("NFC", texte)
    if compose.isprintable():  # nothing to take away, and no blank but spaces
        return _BLANCS.sub(" ", compose).strip()
    blancs = _BLANCS.sub(" ", compose)
    visibles = "".join(c for c in blancs if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return _BLANCS.sub(" ", visibles).strip()


def format_date_longue(jour: date) -> str:
    """`21 novembre 2026`, `1er décembre 2026`, with no-break spaces."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{ESPACE_INSECABLE}{MOIS[jour.month - 1]}{ESPACE_INSECABLE}{jour.year}"


def write_en_lettres(montant: Decimal) -> str:
    """Spell a sum (euros). Raises ErreurExigible (`somme_trop_grande`) from a billion on, which no document bears."""
    if montant > SOMME_MAX:
        raise ErreurExigible(
            "somme_trop_grande",
            phrase(
                "La somme de {montant} ne s'écrit pas en lettres : un document porte {maximum} au plus.",
                montant=montant,
                maximum=SOMME_MAX,
            ),
        )
    return apply_typographie(write_somme_en_lettres(montant))


def format_siren(siren: str) -> str:
    """`123 456 782` by groups of three, as registers print it."""
    chiffres = re.sub(r"\D", "", siren)
    return _group(chiffres, 3, ESPACE_INSECABLE) if chiffres else ""


def format_iban(iban: str) -> str:
    """Groups of four, as banks print it."""
    return _group(re.sub(r"\s", "", iban).upper(), 4, ESPACE_INSECABLE)


def _group(texte: str, taille: int, separateur: str) -> str:
    return separateur.join(texte[i : i + taille] for i in range(0, len(texte), taille))


def normalize_espaces(texte: str) -> str:
    """Any space as one ordinary space, straight apostrophes: to find a text in what a PDF gives back."""
    for espace in (ESPACE_INSECABLE, ESPACE_FINE, "\u2009", "\u200b", "\u00ad"):
        texte = texte.replace(espace, " ")
    return _BLANCS.sub(" ", texte.replace("’", "'")).strip()


def list_sans_doublon(textes: Sequence[str]) -> tuple[str, ...]:
    """The same texts in the same order, each once, without the empty ones."""
    return tuple(dict.fromkeys(texte for texte in textes if texte))

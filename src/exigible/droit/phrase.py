"""A French sentence that remembers how it was made, so that an office can say it in another language.

The core speaks French; it knows no other language. A template is a whole sentence, or a group of words that stands
alone: never a piece to be glued to another one. A plural is another template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from string import Formatter
from types import MappingProxyType
from typing import Any, Self, TypeAlias

from exigible.droit.ecriture import format_exact, format_jour, format_montant, format_taux, join_mots

Valeur: TypeAlias = "str | int | Decimal | date | tuple[str, ...]"
"""What a sentence may tell: words (a `Phrase` among them), a count, an amount or a rate, a day, a list of words."""

TAUX, NOMBRE = "taux", "nombre"
"""Forms of a `Decimal`, after a colon: a rate per cent `{x:taux}`, a mere number `{x:nombre}`; else it is an amount."""

_MODELES = 4096


class Phrase(str):
    """The French sentence, equal to its text; `modele` and `parametres` say it in another language. Immutable."""

    __slots__ = ("modele", "parametres")

    modele: str
    parametres: Mapping[str, Valeur]

    def __new__(cls, texte: str, modele: str, parametres: Mapping[str, Valeur]) -> Self:
        """Keep the text with what it was made from: use `phrase`, which makes both agree."""
        soi = super().__new__(cls, texte)
        soi.modele = modele
        soi.parametres = MappingProxyType(dict(parametres))
        return soi

    def __reduce__(self) -> tuple[type[Phrase], tuple[str, str, dict[str, Valeur]]]:
        return Phrase, (str(self), self.modele, dict(self.parametres))


def phrase(modele: str, /, **parametres: Valeur) -> Phrase:
    """Make the sentence of a template: amounts, rates, days and lists written the French way.

    The template is written where it is called, in full: it is what gets translated. Raises KeyError when it names a
    parameter that is not given.
    """
    return Phrase(render_modele(modele, parametres, write_valeur), modele, parametres)


def wrap_texte(texte: str) -> Phrase:
    """Make the words of a table of the law, kept outside the code, a sentence: they are their own template."""
    return Phrase(texte, texte.replace("{", "{{").replace("}", "}}"), {})


SANS_TEXTE = wrap_texte("")


def join_phrases(phrases: Iterable[str], lien: str = " ") -> Phrase:
    """Put whole sentences, or the items of an enumeration, one after the other."""
    parametres = {f"p{rang}": texte for rang, texte in enumerate(phrases)}
    return phrase(lien.join(f"{{{nom}}}" for nom in parametres), **parametres)


def encode_phrase(valeur: object) -> str:
    """Turn a sentence into plain text: msgspec's `enc_hook`, for it writes `str` itself but none of its subclasses.

    Raises NotImplementedError for anything else, as msgspec asks of such a function.
    """
    if isinstance(valeur, Phrase):
        return str(valeur)
    raise NotImplementedError


def render_modele(modele: str, parametres: Mapping[str, Valeur], write: Callable[[Any, str], str]) -> str:
    """Put the parameters in a template, each as `write(value, form)` gives it."""
    morceaux = []
    for texte, nom, forme in _parse(modele):
        morceaux.append(texte)
        if nom is not None:
            morceaux.append(write(parametres[nom], forme))
    return "".join(morceaux)


@lru_cache(maxsize=_MODELES)
def _parse(modele: str) -> tuple[tuple[str, str | None, str], ...]:
    """Cut a template once: it is written thousands of times."""
    return tuple((texte, nom, forme or "") for texte, nom, forme, _ in Formatter().parse(modele))


def write_valeur(valeur: Valeur, forme: str = "") -> str:
    """Write a parameter the French way."""
    if isinstance(valeur, Decimal):
        return {TAUX: format_taux, NOMBRE: format_exact}.get(forme, format_montant)(valeur)
    if isinstance(valeur, date):
        return format_jour(valeur)
    return join_mots(valeur) if isinstance(valeur, tuple) else str(valeur)

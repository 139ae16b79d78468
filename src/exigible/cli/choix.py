"""A word of the law chosen among others, on the command line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

import click
from click.shell_completion import CompletionItem

from exigible.droit.erreurs import ErreurSaisie

C = TypeVar("C", bound=StrEnum)


class Choix(click.ParamType[C], Generic[C]):
    """One of `choix`, with or without accents, capitals or hyphens, or one of its usual synonyms."""

    name = "choix"

    def __init__(self, choix: Iterable[C], synonymes: Mapping[str, C] | None = None) -> None:
        self.choix = {_simplify(mot.value): mot for mot in choix}
        self.synonymes = synonymes or {}

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 — click's signature
        """Show the words in the help."""
        return f"[{'|'.join(self.choix.values())}]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> C:  # noqa: ARG002 — click's signature
        """Read it."""
        mot = _simplify(str(value))
        lu = self.choix.get(mot) or self.synonymes.get(mot)
        if lu is None or lu not in self.choix.values():
            champ = param.opts[0] if param else None
            raise ErreurSaisie(
                "valeur_invalide",
                f"La valeur de {champ} n'est pas admise : choisissez parmi {', '.join(self.choix.values())}.",
                champ,
            )
        return lu

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 — click's signature
        """Complete a word in a shell."""
        debut = _simplify(incomplete)
        return [CompletionItem(mot.value) for cle, mot in self.choix.items() if cle.startswith(debut)]


def _simplify(texte: str) -> str:
    sans_accent = "".join(c for c in unicodedata.normalize("NFKD", texte) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "_", sans_accent.casefold()).strip("_")

"""What every command that reads the tables of the law takes and says: added values, provisional ones, unknown days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from exigible.cli.sortie import Option
from exigible.droit.ajouts import parse_ajouts
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie


class TypeValeurs(click.ParamType[tuple[ValeurAjoutee, ...]]):
    """A TOML file of added values, read and checked."""

    name = "fichier"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,  # noqa: ARG002 — click's signature
        ctx: click.Context | None,  # noqa: ARG002 — click's signature
    ) -> tuple[ValeurAjoutee, ...]:
        """Read it."""
        return value if isinstance(value, tuple) else load_ajouts(Path(str(value)))


def option_valeurs() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the option `--valeurs FICHIER`: the function receives the values in `ajouts`."""
    return click.option(
        "--valeurs",
        "ajouts",
        cls=Option,
        type=TypeValeurs(),
        default=(),
        help="Fichier de valeurs ajoutées aux barèmes (voir « exigible baremes ajouter »).",
    )


def option_provisoire() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the option `--provisoire`."""
    return click.option(
        "--provisoire", is_flag=True, cls=Option, help="Au-delà des valeurs connues, reprendre la dernière."
    )


@contextmanager
def blame(champ: str) -> Iterator[None]:
    """Name the option whose day the tables do not know."""
    try:
        yield
    except ErreurBareme as erreur:
        erreur.champ = champ
        raise


def load_ajouts(fichier: Path) -> tuple[ValeurAjoutee, ...]:
    """Read a file of values. Raises ErreurSaisie when it cannot be opened or read."""
    try:
        texte = fichier.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        message = (
            f"Le fichier de valeurs « {fichier} » ne peut pas être lu : vérifiez son nom, vos droits, son encodage."
        )
        raise ErreurSaisie("fichier_illisible", message, "--valeurs") from None
    return parse_ajouts(texte, fichier.name)

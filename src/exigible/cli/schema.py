"""`exigible schema`: the JSON Schemas of the files that the program reads."""

from __future__ import annotations

import click
import msgspec

from exigible.cli.sortie import Groupe, write_aide
from exigible.dossier.description import build_schema


@click.group(cls=Groupe, no_args_is_help=True, help="Publier les schémas JSON des fichiers du programme.")
def schema() -> None:
    """Group the schemas."""


@schema.command(
    "dossier",
    help=write_aide(
        "Le schéma (JSON Schema 2020-12) du fichier que lit « exigible decompte ».",
        "exigible schema dossier > dossier.schema.json",
    ),
)
def dossier() -> None:
    """Print the schema of a described dossier."""
    click.echo(msgspec.json.format(msgspec.json.encode(build_schema()), indent=2).decode())

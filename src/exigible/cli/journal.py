"""`exigible journal`: a dossier's journal as a file that « exigible decompte » reads."""

from __future__ import annotations

from pathlib import Path

import click

from exigible.cli.base import start_django
from exigible.cli.sortie import Commande, Groupe, Option, write_aide
from exigible.droit.erreurs import ErreurSaisie


@click.group(cls=Groupe, no_args_is_help=True, help="Exporter le journal d'un dossier.")
def journal() -> None:
    """Group the commands of the journal."""


@journal.command(
    "export",
    cls=Commande,
    help=write_aide(
        "Écrire un dossier (parties et faits) en JSON, pour « exigible decompte ».",
        "exigible journal export D-00001 --sortie dossier.json",
    ),
)
@click.argument("reference", metavar="RÉFÉRENCE")
@click.option("--sortie", cls=Option, type=click.Path(path_type=Path), help="Fichier à écrire (sinon, à l'écran).")
def export(reference: str, sortie: Path | None) -> None:
    """Write one dossier; its creditor's bank lines and imports, which tell of others, are left out."""
    start_django()
    from exigible.bureau.tiers.lecture import read_journaux_des_dossiers
    from exigible.bureau.tiers.models import Dossier
    from exigible.dossier.description import describe_journal, write_description

    trouves = list(Dossier.objects.filter(reference__iexact=reference).select_related("creancier", "chaine")[:2])
    if len(trouves) != 1:
        message = (
            f"Aucun dossier ne porte la référence « {reference} »."
            if not trouves
            else f"Plusieurs cabinets ont un dossier « {reference} » : exportez-le depuis leur bureau."
        )
        raise ErreurSaisie("dossier_introuvable", message, "RÉFÉRENCE")
    journaux = read_journaux_des_dossiers(trouves)
    texte = write_description(describe_journal(journaux.of_dossier(trouves[0]), journaux.of_creancier(trouves[0])))
    if sortie is None:
        click.echo(texte.decode())
        return
    try:
        sortie.write_bytes(texte + b"\n")
    except OSError:
        message = f"Le fichier « {sortie} » ne peut pas être écrit : vérifiez le dossier et vos droits."
        raise ErreurSaisie("fichier_non_ecrit", message, "--sortie") from None

"""`exigible calcul`: the law alone, without database, configuration or network."""

from __future__ import annotations

import click

from exigible.cli.paresse import GroupeParesseux

COMMANDES: dict[str, tuple[str, str]] = {
    "interets": ("exigible.cli.calcul.interets:interets", "Intérêts de retard d'une créance, ligne par ligne."),
    "taux": ("exigible.cli.calcul.taux:taux", "Taux d'intérêt de retard d'un jour."),
    "delai": ("exigible.cli.calcul.delai:delai", "Délai de procédure : dernier jour, report compris."),
    "echeance": ("exigible.cli.calcul.echeance:echeance", "Échéance d'une facture et maximum légal."),
    "prescription": ("exigible.cli.calcul.prescription:prescription", "Prescription : terme, frise des causes."),
    "competence": ("exigible.cli.calcul.competence:competence", "Tribunal compétent et voies ouvertes."),
    "saisissable": ("exigible.cli.calcul.saisissable:saisissable", "Part saisissable d'une rémunération."),
    "sbi": ("exigible.cli.calcul.sbi:sbi", "Somme laissée sur un compte bancaire saisi."),
    "emoluments": ("exigible.cli.calcul.emoluments:emoluments", "Émoluments d'un commissaire de justice."),
    "conformite": ("exigible.cli.calcul.conformite:conformite", "Ce que les règles refusent dans un contexte."),
}


@click.group(
    cls=GroupeParesseux,
    commandes=COMMANDES,
    no_args_is_help=True,
    help="Calculer sans rien enregistrer : intérêts, délais, prescription, compétence, tarifs.",
)
def calcul() -> None:
    """Group the commands of the law alone."""

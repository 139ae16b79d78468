"""`exigible calcul delai`: the last day of a time limit of procedure."""

from __future__ import annotations

from datetime import date

import click

from exigible.cli.choix import Choix
from exigible.cli.sortie import JOUR, Option, build_avertissements, commande, emit, format_avertissements
from exigible.droit.delais import Delai, Distance, Sens, compute_delai
from exigible.droit.durees import parse_duree
from exigible.droit.feries import Zone
from exigible.droit.jours import format_jour


@commande(
    "delai",
    aide="Compter un délai de procédure : dernier jour, report compris.",
    exemple="exigible calcul delai --depart 2026-10-01 --duree P1M",
)
@click.option(
    "--depart", cls=Option, type=JOUR, required=True, help="Jour de l'acte, de la notification, de l'audience."
)
@click.option("--duree", cls=Option, required=True, help="Durée : P15D, P1M, P1M8D, P5Y, ou « 1 mois et 8 jours ».")
@click.option(
    "--sens",
    cls=Option,
    type=Choix(Sens),
    default=Sens.APRES,
    help="apres (par défaut), ou avant : à rebours d'une audience.",
)
@click.option(
    "--zone",
    cls=Option,
    type=Choix(Zone),
    default=Zone.METROPOLE,
    help="Jours fériés de quel lieu ; metropole par défaut.",
)
@click.option(
    "--distance",
    cls=Option,
    type=Choix(Distance),
    default=Distance.AUCUNE,
    help="Augmentation de distance : outre-mer (1 mois), etranger (2 mois).",
)
@click.option("--sans-report", is_flag=True, cls=Option, help="Sans report au jour ouvrable (prescription).")
def delai(
    *, depart: date, duree: str, sens: Sens, zone: Zone, distance: Distance, sans_report: bool, en_json: bool
) -> None:
    """Print the last day."""
    resultat = compute_delai(
        depart,
        parse_duree(duree, "duree"),
        sens=sens,
        zone=zone,
        distance=distance,
        reporter=not sans_report,
    )
    emit(_build_json(resultat), _build_texte(resultat), en_json=en_json)


def _build_json(resultat: Delai) -> dict[str, object]:
    return {
        "echeance": resultat.echeance,
        "avant_report": resultat.avant_report,
        "motif_report": resultat.motif_report,
        "jours_ecartes": [{"date": ecarte.jour, "motif": ecarte.motif} for ecarte in resultat.ecartes],
        "explication": resultat.explication,
        "articles": resultat.articles,
        "avertissements": build_avertissements(resultat.avertissements),
    }


def _build_texte(resultat: Delai) -> str:
    report = f" (reporté : {resultat.motif_report})" if resultat.motif_report else ""
    return "\n".join(
        [
            f"Dernier jour : {format_jour(resultat.echeance)} à 24 h{report}",
            resultat.explication,
            f"Articles : {', '.join(resultat.articles)}",
            *format_avertissements(resultat.avertissements),
        ]
    )

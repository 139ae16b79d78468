"""`exigible calcul echeance`: the due date of an invoice, and the legal maximum."""

from __future__ import annotations

from datetime import date

import click

from exigible.cli.choix import Choix
from exigible.cli.sortie import JOUR, Option, build_avertissements, commande, emit, format_avertissements
from exigible.droit.delais_paiement import EcheanceControlee, check_echeance, compute_decompte
from exigible.droit.echeances import (
    JOURS_MAX,
    ConditionsPaiement,
    MethodeEcheance,
    format_conditions,
    parse_conditions,
)
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour
from exigible.droit.plafonds import NaturePaiement


@commande(
    "echeance",
    aide="Calculer l'échéance d'une facture et la comparer au maximum légal.",
    exemple='exigible calcul echeance --facture 2026-03-05 --condition "45 jours fin de mois"',
)
@click.option("--facture", cls=Option, type=JOUR, help="Date d'émission de la facture.")
@click.option("--depart", cls=Option, type=JOUR, help="Jour de réception ou de livraison, si le délai part de là.")
@click.option("--condition", cls=Option, help="Condition de paiement ; sans elle, le délai légal à défaut de clause.")
@click.option(
    "--jours", cls=Option, type=click.IntRange(0, JOURS_MAX), help="Nombre de jours, à la place de --condition."
)
@click.option(
    "--methode",
    cls=Option,
    type=Choix(MethodeEcheance),
    help="Avec --jours : comment compter la fin de mois ; jours par défaut.",
)
@click.option(
    "--nature",
    cls=Option,
    type=Choix(NaturePaiement),
    default=NaturePaiement.GENERAL,
    help="Ce qui est vendu, ou à qui : choisit le maximum légal ; general par défaut.",
)
@click.option(
    "--dedouanement",
    cls=Option,
    type=JOUR,
    help="Marchandise importée outre-mer : jour du dédouanement au port de destination (L441-13).",
)
@click.option(
    "--mise-a-disposition",
    cls=Option,
    type=JOUR,
    help="Marchandise importée outre-mer : jour où l'acheteur en a disposé en métropole.",
)
def echeance(
    *,
    facture: date | None,
    depart: date | None,
    condition: str | None,
    jours: int | None,
    methode: MethodeEcheance | None,
    nature: NaturePaiement,
    dedouanement: date | None,
    mise_a_disposition: date | None,
    en_json: bool,
) -> None:
    """Print the due date."""
    emission = facture or depart
    if emission is None:
        raise ErreurSaisie("parametre_manquant", "Indiquez la date de la facture : --facture 2026-03-05.", "facture")
    resultat = check_echeance(
        emission,
        _read_conditions(condition, jours, methode),
        depart=depart,
        nature=nature,
        outre_mer=compute_decompte(dedouanement, mise_a_disposition),
    )
    emit(_build_json(resultat, nature), _build_texte(resultat), en_json=en_json)


def _read_conditions(
    condition: str | None, jours: int | None, methode: MethodeEcheance | None
) -> ConditionsPaiement | None:
    if condition is not None and (jours is not None or methode is not None):
        raise ErreurSaisie(
            "options_incompatibles",
            "Donnez la condition en toutes lettres (--condition), ou en jours (--jours et --methode).",
            "condition",
        )
    if condition is not None:
        return parse_conditions(condition, "condition")
    if jours is not None:
        return ConditionsPaiement(jours, methode or MethodeEcheance.JOURS)
    if methode is not None:
        raise ErreurSaisie("parametre_manquant", "L'option --methode demande --jours.", "jours")
    return None


def _build_json(resultat: EcheanceControlee, nature: NaturePaiement) -> dict[str, object]:
    return {
        "echeance": resultat.echeance,
        "echeance_legale_max": resultat.maximum,
        "conforme": resultat.conforme,
        "condition": format_conditions(resultat.conditions),
        "methode": resultat.conditions.methode.value,
        "autre_lecture": resultat.autre_lecture,
        "nature": nature,
        "explication": resultat.explication,
        "articles": resultat.articles,
        "avertissements": build_avertissements(resultat.avertissements),
    }


def _build_texte(resultat: EcheanceControlee) -> str:
    lignes = [f"Échéance : {format_jour(resultat.echeance)} ({format_conditions(resultat.conditions)})"]
    if resultat.maximum is not None:
        verdict = "conforme" if resultat.conforme else "au-delà du maximum"
        lignes.append(f"Maximum légal : {format_jour(resultat.maximum)} ; {verdict}")
    lignes += [resultat.explication, f"Articles : {', '.join(resultat.articles)}"]
    return "\n".join([*lignes, *format_avertissements(resultat.avertissements)])

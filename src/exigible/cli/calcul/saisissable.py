"""`exigible calcul saisissable`: what may be seized each month on wages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import click

from exigible.cli.sortie import (
    JOUR,
    MONTANT,
    Option,
    build_avertissements,
    commande,
    emit,
    format_avertissements,
    format_tableau,
)
from exigible.cli.valeurs import blame, option_provisoire, option_valeurs
from exigible.droit.argent import format_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour
from exigible.droit.saisissable import Saisie, compute_saisissable
from exigible.droit.valeurs import ValeurAjoutee


@commande(
    "saisissable",
    aide="Calculer la part saisissable d'une rémunération mensuelle, tranche par tranche.",
    exemple="exigible calcul saisissable --net 1800 --personnes-a-charge 1 --date 2026-11-30",
)
@click.option(
    "--net",
    cls=Option,
    type=MONTANT,
    required=True,
    help="Net du mois, tous employeurs réunis, après cotisations et prélèvement à la source, avantages compris.",
)
@click.option(
    "--personnes-a-charge",
    cls=Option,
    type=click.IntRange(0, 100),
    default=0,
    help="Personnes à charge (C. trav. R3252-3) ; aucune par défaut.",
)
@click.option("--date", "jour", cls=Option, type=JOUR, required=True, help="Jour de la paie.")
@click.option(
    "--alimentaire", is_flag=True, cls=Option, help="Paiement direct d'une pension : tout, sauf le minimum laissé."
)
@click.option(
    "--pension",
    cls=Option,
    type=MONTANT,
    default="0",
    help="Pension déjà payée directement chaque mois par l'employeur.",
)
@option_provisoire()
@option_valeurs()
def saisissable(
    *,
    net: Decimal,
    personnes_a_charge: int,
    jour: date,
    alimentaire: bool,
    pension: Decimal,
    provisoire: bool,
    ajouts: tuple[ValeurAjoutee, ...],
    en_json: bool,
) -> None:
    """Print what may be seized in a month."""
    if alimentaire and pension:
        raise ErreurSaisie(
            "options_incompatibles",
            "Choisissez --alimentaire (ce qu'une pension peut prendre) ou --pension (ce qui reste aux autres).",
            "pension",
        )
    with blame("jour"):
        saisie = compute_saisissable(
            net,
            personnes_a_charge,
            jour,
            alimentaire=alimentaire,
            pension=pension,
            provisoire=provisoire,
            ajouts=ajouts,
        )
    emit(_build_resultat(saisie), _format_resultat(saisie, jour), en_json=en_json)


def _build_resultat(saisie: Saisie) -> dict[str, Any]:
    return {
        "saisissable": saisie.saisissable,
        "laisse": saisie.laisse,
        "tranches": [
            {"de": t.de, "a": t.a, "fraction": str(t.fraction), "montant": t.montant} for t in saisie.tranches
        ],
        "bareme": saisie.bareme,
        "minimum": saisie.minimum,
        "pension": saisie.pension,
        "sources": saisie.sources,
        "articles": saisie.articles,
        "avertissements": build_avertissements(saisie.avertissements),
    }


def _format_resultat(saisie: Saisie, jour: date) -> str:
    tranches = [
        (
            format_montant(t.de),
            format_montant(t.a) if t.a is not None else "sans limite",
            "tout" if t.fraction == 1 else str(t.fraction),
            format_montant(t.montant),
        )
        for t in saisie.tranches
    ]
    soldes = [
        ("Total des tranches", format_montant(saisie.bareme)),
        ("Minimum toujours laissé", format_montant(saisie.minimum)),
        *([("Pension payée directement", format_montant(saisie.pension))] if saisie.pension else []),
        (f"Saisissable au {format_jour(jour)}", format_montant(saisie.saisissable)),
        ("Laissé au salarié", format_montant(saisie.laisse)),
    ]
    blocs = [format_tableau(("De", "À", "Fraction", "Montant"), tranches, a_droite=(0, 1, 2, 3))] if tranches else []
    blocs.append(format_tableau(("Par mois", "Montant"), soldes, a_droite=(1,)))
    fin = [f"Articles : {', '.join(saisie.articles)}", *(f"Source : {source}" for source in saisie.sources)]
    return "\n\n".join([*blocs, "\n".join([*fin, *format_avertissements(saisie.avertissements)])])

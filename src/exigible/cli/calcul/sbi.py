"""`exigible calcul sbi`: what is left on seized bank accounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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
from exigible.droit.solde_bancaire import compute_solde_saisi
from exigible.droit.valeurs import ValeurAjoutee


@commande(
    "sbi",
    aide="Calculer la somme laissée au débiteur sur ses comptes saisis (solde bancaire insaisissable).",
    exemple="exigible calcul sbi --solde 800 --date 2026-05-05",
)
@click.option(
    "--solde", cls=Option, type=MONTANT, required=True, help="Total des soldes créditeurs au jour de la saisie."
)
@click.option("--date", "jour", cls=Option, type=JOUR, required=True, help="Jour de la saisie.")
@click.option("--saisie-precedente", cls=Option, type=JOUR, help="Jour de la saisie qui a déjà laissé cette somme.")
@click.option(
    "--sommes-insaisissables",
    "insaisissables",
    cls=Option,
    type=MONTANT,
    default="0",
    help="Sommes insaisissables justifiées, encore sur les comptes (prestations, part de salaire…).",
)
@option_provisoire()
@option_valeurs()
def sbi(
    *,
    solde: Decimal,
    jour: date,
    saisie_precedente: date | None,
    insaisissables: Decimal,
    provisoire: bool,
    ajouts: tuple[ValeurAjoutee, ...],
    en_json: bool,
) -> None:
    """Print what is left and what may be seized."""
    with blame("jour"):
        saisi = compute_solde_saisi(
            solde,
            jour,
            saisie_precedente=saisie_precedente,
            insaisissables=insaisissables,
            provisoire=provisoire,
            ajouts=ajouts,
        )
    resultat = {
        "laisse": saisi.laisse,
        "saisissable": saisi.saisissable,
        "sbi": saisi.sbi,
        "debut": saisi.debut,
        "fin": saisi.fin,
        "source": saisi.source,
        "articles": saisi.articles,
        "avertissements": build_avertissements(saisi.avertissements),
    }
    soldes = [
        ("Solde bancaire insaisissable", format_montant(saisi.sbi)),
        ("Laissé au débiteur", format_montant(saisi.laisse)),
        ("Saisissable", format_montant(saisi.saisissable)),
    ]
    fin = [f"Articles : {', '.join(saisi.articles)}", f"Source : {saisi.source}"]
    texte = "\n".join([*fin, *format_avertissements(saisi.avertissements)])
    emit(resultat, f"{format_tableau(('Compte', 'Montant'), soldes, a_droite=(1,))}\n\n{texte}", en_json=en_json)

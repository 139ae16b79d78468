"""`exigible calcul taux`: the rate of late-payment interest on a day."""

from __future__ import annotations

from datetime import date

import click

from exigible.cli.choix import Choix
from exigible.cli.sortie import (
    JOUR,
    Option,
    build_avertissements,
    commande,
    emit,
    format_avertissements,
)
from exigible.cli.valeurs import blame, option_provisoire, option_valeurs
from exigible.droit.argent import format_taux
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.donnees import write_taux
from exigible.droit.interets import QualiteCreancier, Regime, RegleInterets, compute_taux
from exigible.droit.jours import UN_JOUR, format_jour


@commande(
    "taux",
    aide="Donner le taux d'intérêt de retard d'un jour, et sa source.",
    exemple="exigible calcul taux --regime commercial --date 2025-11-02",
)
@click.option(
    "--regime",
    cls=Option,
    required=True,
    type=Choix([Regime.LEGAL, Regime.COMMERCIAL, Regime.PUBLIC]),
    help="Régime.",
)
@click.option(
    "--creancier",
    cls=Option,
    type=Choix(QualiteCreancier),
    default=QualiteCreancier.PROFESSIONNEL,
    help="Qualité du créancier (régime légal) ; professionnel par défaut.",
)
@click.option("--date", "jour", cls=Option, type=JOUR, required=True, help="Jour dont on veut le taux.")
@option_provisoire()
@option_valeurs()
def taux(
    *,
    regime: Regime,
    creancier: QualiteCreancier,
    jour: date,
    provisoire: bool,
    ajouts: tuple[ValeurAjoutee, ...],
    en_json: bool,
) -> None:
    """Print the rate of a day."""
    regle = RegleInterets(regime, jour - UN_JOUR, creancier, ajouts=ajouts)
    with blame("jour"):
        applicable = compute_taux(regle, jour, provisoire=provisoire)
    resultat = {
        "taux": write_taux(applicable.taux),
        "debut": applicable.debut,
        "fin": applicable.fin,
        "source": f"{applicable.source} ; lu dans : {applicable.provenance}",
        "articles": applicable.articles,
        "avertissements": build_avertissements(applicable.avertissements),
    }
    periode = f"du {format_jour(applicable.debut)}" + (f" au {format_jour(applicable.fin)}" if applicable.fin else "")
    texte = "\n".join(
        [
            f"{format_taux(applicable.taux)} par an {periode}",
            f"Articles : {', '.join(applicable.articles)}",
            f"Source : {applicable.source}",
            f"Lu dans : {applicable.provenance}",
            *format_avertissements(applicable.avertissements),
        ]
    )
    emit(resultat, texte, en_json=en_json)

"""`exigible plan`: a payment plan before it is signed, on a dossier described in one file. No database, no settings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from exigible.cli.choix import Choix
from exigible.cli.fichiers import read_description
from exigible.cli.sortie import (
    JOUR,
    MONTANT,
    TAUX,
    Option,
    build_avertissements,
    commande,
    emit,
    format_avertissements,
    format_tableau,
)
from exigible.cli.valeurs import option_provisoire, option_valeurs
from exigible.dossier.description import fold_description, parse_description
from exigible.dossier.etat import EtatDossier
from exigible.dossier.plans.simulation import DemandeDePlan, SimulationDePlan, simulate_plan
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.creance import CAPITAL_D_ABORD
from exigible.droit.echeancier import EcheanceDuPlan, InteretsDuPlan
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour

_INTERETS = Choix(
    InteretsDuPlan,
    {
        "abandonnes": InteretsDuPlan.ABANDONNES_SI_RESPECT,
        "conserves": InteretsDuPlan.MAINTENUS,
        "suspendus": InteretsDuPlan.GELES,
    },
)


@commande(
    "plan",
    aide="Simuler un plan de paiement, échéance par échéance, avant de le signer.",
    exemple="exigible plan dossier.json --au 2026-05-15 --echeances 6 --premiere 2026-06-15 --interets abandonnes",
)
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--au", cls=Option, type=JOUR, required=True, help="Jour de l'accord, compris : la dette y est arrêtée.")
@click.option("--premiere", cls=Option, type=JOUR, required=True, help="Jour de la première mensualité.")
@click.option("--interets", cls=Option, type=_INTERETS, required=True, help="Ce que deviennent les intérêts.")
@click.option("--echeances", "nombre", cls=Option, type=click.IntRange(1, 60), help="Nombre de mensualités.")
@click.option("--mensualite", cls=Option, type=MONTANT, help="Ou le montant de chacune ; la dernière est le solde.")
@click.option(
    "--progression", cls=Option, type=TAUX, default=ZERO, help="Ce que chacune ajoute, en pour cent de la première."
)
@click.option("--facture", "factures", cls=Option, multiple=True, help="Facture étalée (répétable) ; toutes sinon.")
@click.option(
    "--capital-d-abord", is_flag=True, cls=Option, help="Accord du créancier : le principal est payé avant le reste."
)
@option_provisoire()
@option_valeurs()
def plan(
    fichier: Path,
    *,
    au: date,
    premiere: date,
    interets: InteretsDuPlan,
    nombre: int | None,
    mensualite: Decimal | None,
    progression: Decimal,
    factures: tuple[str, ...],
    capital_d_abord: bool,
    provisoire: bool,
    ajouts: tuple[ValeurAjoutee, ...],
    en_json: bool,
) -> None:
    """Print the instalments, what each pays, and what the plan costs."""
    etat = fold_description(
        parse_description(read_description(fichier, "FICHIER")), au, provisoire=provisoire, ajouts=ajouts
    )
    demande = DemandeDePlan(
        premiere=premiere,
        interets=interets,
        nombre=nombre,
        mensualite=mensualite,
        progression=progression,
        creances=tuple(_find_creance(etat, facture) for facture in factures),
        ordre=CAPITAL_D_ABORD if capital_d_abord else (),
    )
    simulation = simulate_plan(etat, demande, provisoire=provisoire)
    emit(build_resultat(etat, simulation), _format_resultat(etat, simulation), en_json=en_json)


def _find_creance(etat: EtatDossier, facture: str) -> str:
    """Return the key of an invoice named by its number, or by its key."""
    for creance in etat.creances:
        if facture in {creance.creance.numero, creance.cle}:
            return creance.cle
    raise ErreurSaisie("creance_inconnue", f"La facture « {facture} » n'est pas dans ce dossier.", "--facture")


def build_resultat(etat: EtatDossier, simulation: SimulationDePlan) -> dict[str, Any]:
    """Write the plan for programs: each instalment with its parts, the totals, and what happens without a plan."""
    echeancier = simulation.echeancier
    return {
        "au": etat.au,
        "creances": simulation.creances,
        "echeances": [_build_echeance(echeance) for echeance in echeancier.echeances],
        "total": echeancier.total,
        "principal": simulation.parts.principal,
        "interets": simulation.parts.interets,
        "indemnites": simulation.parts.indemnites,
        "frais": simulation.parts.frais,
        "sans_plan": {"au": echeancier.terme.au, "total_du": simulation.sans_plan},
        "interets_abandonnes": simulation.abandon,
        "explication": echeancier.explication,
        "articles": echeancier.articles,
        "avertissements": build_avertissements(simulation.avertissements),
    }


def _build_echeance(echeance: EcheanceDuPlan) -> dict[str, Any]:
    return {
        "date": echeance.jour,
        "montant": echeance.montant,
        "principal": echeance.principal,
        "interets": echeance.interets,
        "indemnites": echeance.indemnites,
        "frais": echeance.frais,
    }


def _format_resultat(etat: EtatDossier, simulation: SimulationDePlan) -> str:
    echeancier = simulation.echeancier
    lignes = [
        (
            format_jour(e.jour),
            *map(format_montant, (e.montant, e.principal, e.interets, e.indemnites, e.frais)),
        )
        for e in echeancier.echeances
    ]
    parts, terme = simulation.parts, format_jour(echeancier.terme.au)
    totaux = (echeancier.total, parts.principal, parts.interets, parts.indemnites, parts.frais)
    lignes.append(("Total", *map(format_montant, totaux)))
    entetes = ("Échéance", "Montant", "Principal", "Intérêts", "Indemnités", "Frais")
    fin = [
        echeancier.explication,
        f"Sans plan ni paiement, {format_montant(simulation.sans_plan)} seraient dus au {terme}.",
        f"Le plan, s'il est tenu, abandonne {format_montant(simulation.abandon)} d'intérêts.",
        *format_avertissements(simulation.avertissements),
    ]
    titre = f"{etat.creancier.description.nom} et {etat.debiteur.nom} : plan simulé au {format_jour(etat.au)}"
    return "\n\n".join([titre, format_tableau(entetes, lignes, a_droite=(1, 2, 3, 4, 5)), "\n".join(fin)])

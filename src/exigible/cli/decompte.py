"""`exigible decompte`: the statement of a dossier described in one file. No database, no settings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from exigible.cli.lignes import A_DROITE, ENTETES, build_ligne, format_ligne
from exigible.cli.sortie import (
    JOUR,
    Option,
    build_avertissements,
    commande,
    emit,
    format_avertissements,
    format_tableau,
)
from exigible.cli.valeurs import option_provisoire, option_valeurs
from exigible.dossier.description import fold_description, parse_description
from exigible.dossier.etat import EtatCreance, EtatDossier, Stade
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour

_A_VENIR = frozenset({Stade.A_ECHOIR, Stade.SANS_ECHEANCE})
_STADES = {
    Stade.SANS_ECHEANCE: "sans échéance",
    Stade.A_ECHOIR: "à échoir",
    Stade.ECHUE: "échue",
    Stade.RELANCEE: "relancée",
    Stade.MISE_EN_DEMEURE: "mise en demeure",
    Stade.JUGEE: "jugée",
    Stade.SOLDEE: "soldée",
    Stade.CEDEE: "cédée",
}


@commande(
    "decompte",
    aide="Établir le décompte d'un dossier décrit dans un fichier JSON (voir « exigible schema »).",
    exemple="exigible decompte dossier.json --au 2026-04-30 --pdf releve.pdf",
)
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--au", cls=Option, type=JOUR, required=True, help="Jour du décompte, compris.")
@click.option("--pdf", cls=Option, type=click.Path(path_type=Path), help="Écrire aussi le décompte en PDF.")
@option_provisoire()
@option_valeurs()
def decompte(
    fichier: Path, *, au: date, pdf: Path | None, provisoire: bool, ajouts: tuple[ValeurAjoutee, ...], en_json: bool
) -> None:
    """Print the statement, and write it as a PDF when asked."""
    etat = fold_description(parse_description(read_fichier(fichier)), au, provisoire=provisoire, ajouts=ajouts)
    if pdf is not None:
        from exigible.actes.decompte.rendu import render_decompte

        _write(pdf, render_decompte(etat))
    emit(build_resultat(etat), _format_resultat(etat, pdf), en_json=en_json)


def read_fichier(fichier: Path) -> bytes:
    """Read the file of a description. Raises ErreurSaisie (`fichier_illisible`)."""
    try:
        return fichier.read_bytes()
    except OSError:
        message = f"Le fichier « {fichier} » ne peut pas être ouvert : vérifiez son nom et vos droits."
        raise ErreurSaisie("fichier_illisible", message, "FICHIER") from None


def _write(fichier: Path, contenu: bytes) -> None:
    try:
        fichier.write_bytes(contenu)
    except OSError:
        message = f"Le fichier « {fichier} » ne peut pas être écrit : vérifiez le dossier et vos droits."
        raise ErreurSaisie("fichier_non_ecrit", message, "--pdf") from None


def build_resultat(etat: EtatDossier) -> dict[str, Any]:
    """Write the statement for programs: sums payable on the day, and apart (`a_echoir`) what is not yet due."""
    exigibles = [c for c in etat.creances if c.stade not in _A_VENIR]
    releve = etat.decompte
    return {
        "au": etat.au,
        "interets_arretes_au": releve.interets_arretes_au,
        "regime": etat.regime.regime,
        "interets": sum((c.interets for c in exigibles), ZERO),
        "indemnites": sum((c.indemnites for c in exigibles), ZERO),
        "frais": releve.frais,
        "principal_restant": sum((c.principal_restant for c in exigibles), ZERO),
        "total_du": etat.echu,
        "a_echoir": etat.a_echoir,
        "trop_percu": releve.trop_percu,
        "creances": [_build_creance(c) for c in etat.creances],
        "lignes": [{"creance": ligne.creance, **build_ligne(ligne)} for ligne in releve.lignes],
        "imputations": [
            {
                "versement": imputation.versement,
                "creance": imputation.creance,
                "date": imputation.date,
                "montant": imputation.montant,
                "frais": imputation.frais,
                "indemnites": imputation.indemnites,
                "interets": imputation.interets,
                "principal": imputation.principal,
            }
            for imputation in releve.imputations
        ],
        "articles": tuple(dict.fromkeys((*etat.regime.articles, *releve.articles))),
        "avertissements": build_avertissements(etat.avertissements),
    }


def _build_creance(creance: EtatCreance) -> dict[str, Any]:
    prescription = creance.prescription
    return {
        "cle": creance.cle,
        "numero": creance.creance.numero,
        "echeance": creance.creance.echeance,
        "stade": creance.stade,
        "montant": creance.creance.montant,
        "principal_restant": creance.principal_restant,
        "interets": creance.interets,
        "indemnites": creance.indemnites,
        "conteste": creance.conteste,
        "total": creance.total,
        "jours_de_retard": creance.jours_de_retard,
        "suspensions": [s.phrase for s in creance.suspensions],
        "prescription": prescription.terme if prescription else None,
    }


def _format_resultat(etat: EtatDossier, pdf: Path | None) -> str:
    releve = etat.decompte
    numeros = {c.cle: c.creance.numero for c in etat.creances}
    creances = [
        (
            c.creance.numero,
            format_jour(c.creance.echeance) if c.creance.echeance else "inconnue",
            _STADES[c.stade],
            *map(format_montant, (c.principal_restant, c.interets, c.indemnites, c.total)),
        )
        for c in etat.creances
    ]
    entetes = ("Facture", "Échéance", "Étape", "Principal", "Intérêts", "Indemnités", "Total")
    blocs = [
        f"{etat.creancier.description.nom} contre {etat.debiteur.nom}, au {format_jour(etat.au)}",
        format_tableau(entetes, creances, a_droite=(3, 4, 5, 6)),
    ]
    if releve.lignes:
        lignes = [(numeros[ligne.creance], *format_ligne(ligne)) for ligne in releve.lignes]
        blocs.append(format_tableau(("Facture", *ENTETES), lignes, a_droite=[rang + 1 for rang in A_DROITE]))
    totaux = [f"Exigible au {format_jour(etat.au)} : {format_montant(etat.echu)}"]
    if etat.a_echoir:
        totaux.append(f"Non échu : {format_montant(etat.a_echoir)}")
    fin = [f"PDF écrit : {pdf}"] if pdf else []
    blocs.append("\n".join([*totaux, etat.regime.motif, *format_avertissements(etat.avertissements), *fin]))
    return "\n\n".join(blocs)

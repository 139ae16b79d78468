"""`exigible calcul conformite`: what the rules refuse in a letter, a statement, a call, and so on."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TextIO

import click

from exigible.cli.sortie import Option, commande, emit
from exigible.droit.conformite import evaluate
from exigible.droit.erreurs import ErreurSaisie


@commande(
    "conformite",
    aide="Dire ce que les règles de conformité refusent dans un contexte : un objet JSON, champ par champ.",
    exemple="exigible calcul conformite lettre.json --cible lettre",
)
@click.argument("fichier", metavar="FICHIER", type=click.File(encoding="utf-8"))
@click.option("--cible", cls=Option, required=True, help="Ce qu'on s'apprête à faire : lettre, message, decompte…")
def conformite(*, fichier: TextIO, cible: str, en_json: bool) -> None:
    """Print every rule that is broken, gravest first; `-` reads standard input."""
    manquements = evaluate(_read_contexte(fichier), cible)
    conforme = all(manquement.severite != "bloquant" for manquement in manquements)
    resultat = {
        "conforme": conforme,
        "manquements": [
            {
                "regle": manquement.regle,
                "titre": manquement.titre,
                "severite": manquement.severite,
                "statut": manquement.statut,
                "message": manquement.message,
                "articles": manquement.articles,
            }
            for manquement in manquements
        ],
        "articles": list(dict.fromkeys(article for manquement in manquements for article in manquement.articles)),
        "avertissements": [
            {"code": "regle_a_verifier", "message": f"Règle à vérifier : {manquement.titre} ({manquement.regle})."}
            for manquement in manquements
            if manquement.statut == "a_verifier"
        ],
    }
    verdict = "Rien ne s'y oppose." if conforme else "Refusé."
    lignes = [f"{manquement.regle} ({manquement.severite}) : {manquement.explication}." for manquement in manquements]
    emit(resultat, "\n".join([verdict, *lignes]), en_json=en_json)


def _read_contexte(fichier: TextIO) -> dict[str, object]:
    try:
        contexte = json.load(fichier, parse_float=Decimal)
    except ValueError as erreur:
        raise ErreurSaisie(
            "contexte_illisible", f"« {fichier.name} » n'est pas un fichier JSON lisible : corrigez-le.", "fichier"
        ) from erreur
    if not isinstance(contexte, dict):
        raise ErreurSaisie(
            "contexte_illisible", f"« {fichier.name} » doit contenir un objet : un champ, un fait.", "fichier"
        )
    return contexte

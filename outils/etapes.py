"""Steps that are run one after the other, shown as they go, and summed up at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

SIGNES = {True: "✓", False: "✗", None: "–"}


@dataclass(frozen=True, slots=True)
class Etape:
    """One command: what it is called in the summary, what it runs, with which added environment."""

    nom: str
    commande: list[str]
    environnement: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resultat:
    """How a step ended: `reussie` is None when it could not run; `detail` is its closing line or the reason."""

    nom: str
    reussie: bool | None
    detail: str = ""
    secondes: int = 0


def run_etape(etape: Etape) -> Resultat:
    """Run a step from the project's root, passing its output through; keep its last line for the summary."""
    print(f"\n── {etape.nom}", flush=True)
    debut = time.monotonic()
    derniere = ""
    with subprocess.Popen(
        etape.commande,
        cwd=RACINE,
        env=os.environ | etape.environnement,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as processus:
        for ligne in processus.stdout or ():
            print(ligne, end="", flush=True)
            derniere = ligne.strip() or derniere
    detail = derniere.strip("= ")
    return Resultat(etape.nom, processus.returncode == 0, detail, round(time.monotonic() - debut))


def print_bilan(titre: str, resultats: list[Resultat]) -> int:
    """Print what ran, on what, and what did not; return the exit code (1 if a step failed, or was missing in CI)."""
    en_ci = os.environ.get("CI") == "true"
    print(f"\n══ {titre}")
    largeur = max(len(resultat.nom) for resultat in resultats)
    for resultat in resultats:
        print(f"  {SIGNES[resultat.reussie]} {resultat.nom:<{largeur}}  {resultat.secondes:>4} s  {resultat.detail}")
    echecs = [resultat for resultat in resultats if resultat.reussie is False]
    absents = [resultat for resultat in resultats if resultat.reussie is None]
    if absents and en_ci:
        print(f"  {len(absents)} étape(s) n'ont pas pu tourner : en intégration continue, c'est un échec.")
    elif absents:
        print(f"  {len(absents)} étape(s) n'ont pas tourné sur cette machine, pour la raison écrite ci-dessus.")
    if echecs:
        print(f"  {len(echecs)} étape(s) en échec.")
    return 1 if echecs or (absents and en_ci) else 0

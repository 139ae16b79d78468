"""Everything, in order, then what ran on what: `make test`."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile

from etapes import BIN, RACINE, Etape, Resultat, print_bilan, run_etape
from postgres import EchecPostgresError, find_binaires, start_postgres
from qualite import run_qualite

DROIT = ("droit", "publies")
PURS = ("dossier", "portefeuille", "echanges", "actes", "cli", "outils")
PROCESSUS_MAX = 4


def run_pytest(nom: str, dossiers: tuple[str, ...], lanceur: tuple[str, ...] = (), **environnement: str) -> Resultat:
    """Run pytest on some folders of tests/, under `lanceur` if any; a folder without a single test is a failure."""
    for dossier in dossiers:
        if not any((RACINE / "tests" / dossier).rglob("test_*.py")):
            return Resultat(nom, reussie=False, detail=f"tests/{dossier} ne contient aucun test")
    commande = [str(BIN / "python"), *lanceur, "-m", "pytest", "-q", "-n", str(min(PROCESSUS_MAX, os.cpu_count() or 1))]
    if sys.stdout.isatty():
        commande.append("--color=yes")
    return run_etape(Etape(nom, [*commande, *(f"tests/{dossier}" for dossier in dossiers)], environnement))


def run_droit() -> list[Resultat]:
    """Run the tests of the law under coverage, then refuse a branch of the law that no test takes."""
    tests = run_pytest("droit et cas publiés", DROIT, ("-m", "coverage", "run"))
    python = str(BIN / "python")
    subprocess.run([python, "-m", "coverage", "combine", "--quiet"], cwd=RACINE, check=False)
    couverture = run_etape(Etape("droit : chaque branche est essayée", [python, "-m", "coverage", "report"]))
    return [tests, couverture]


def run_docs() -> Resultat:
    """Build the documentation; a broken link or a missing page is a failure."""
    nom = "documentation, liens compris"
    if importlib.util.find_spec("mkdocs") is None:
        return Resultat(nom, reussie=None, detail="MkDocs absent (make docs l'installe)")
    with tempfile.TemporaryDirectory() as site:
        commande = [str(BIN / "python"), "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", site]
        return run_etape(Etape(nom, commande, {"NO_MKDOCS_2_WARNING": "1"}))


def run_postgres() -> Resultat:
    """Run the tests of the office on a PostgreSQL of its own."""
    nom = "bureau sur PostgreSQL"
    binaires = find_binaires()
    if binaires is None:
        return Resultat(nom, reussie=None, detail="PostgreSQL absent (sudo apt install postgresql)")
    try:
        with start_postgres(binaires) as adresse:
            return run_pytest(nom, ("bureau",), EXIGIBLE_BASE=adresse)
    except EchecPostgresError as erreur:
        print(erreur)
        return Resultat(nom, reussie=False, detail="le serveur n'a pas démarré")


def find_chromium() -> str | None:
    """Return the browser of the browser tests: EXIGIBLE_CHROMIUM, else the one on PATH, else None."""
    choisi = os.environ.get("EXIGIBLE_CHROMIUM", "chromium")
    return shutil.which(choisi) or shutil.which("chromium-browser") or shutil.which("google-chrome")


def run_navigateur() -> Resultat:
    """Run the scenarios in a real browser, against the real server."""
    nom = "navigateur (Chromium)"
    chromium = find_chromium()
    if chromium is None:
        return Resultat(nom, reussie=None, detail="Chromium absent (sudo apt install chromium)")
    return run_pytest(nom, ("navigateur",), EXIGIBLE_CHROMIUM=chromium)


def main() -> int:
    """Run all, even after a failure; return the exit code."""
    # The settings of whoever runs the tests (a database, a day) must not leak into them.
    for nom in [nom for nom in os.environ if nom.startswith("EXIGIBLE_") and nom != "EXIGIBLE_CHROMIUM"]:
        del os.environ[nom]
    resultats = run_qualite()
    resultats.append(run_docs())
    resultats += run_droit()
    resultats.append(run_pytest("dossier, portefeuille, fichiers, actes, commande", PURS))
    resultats.append(run_pytest("fichiers abîmés au hasard", ("fuzz",)))
    resultats.append(run_pytest("bureau sur SQLite", ("bureau",)))
    resultats.append(run_postgres())
    resultats.append(run_navigateur())
    return print_bilan("Ce qui a tourné, et sur quoi", resultats)


if __name__ == "__main__":
    sys.exit(main())

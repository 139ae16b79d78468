"""Look for files that harm a reader: `make fuzz [FORMATS="fec mt940"] [SECONDES=60]`, so long a format.

What is found stays in `captures/fuzz/<format>`: `trouves`, the files that reached new code, from which the next run
goes on, and `fautes`, those that raised, hung or filled the memory. Exit 1 when there is one.
"""

from __future__ import annotations

import os
import subprocess
import sys

from etapes import BIN, RACINE

TESTS = RACINE / "tests" / "fuzz"
SORTIE = RACINE / "captures" / "fuzz"

sys.path.insert(0, str(TESTS))
from graines import list_formats  # noqa: E402 - found on the path just set


def main() -> int:
    """Explore each format named on the command line (all by default); say how many files were tried."""
    secondes = os.environ.get("SECONDES", "60")
    nuisibles = 0
    for nom in sys.argv[1:] or list_formats():
        trouves, fautes = SORTIE / nom / "trouves", SORTIE / nom / "fautes"
        trouves.mkdir(parents=True, exist_ok=True)
        fautes.mkdir(exist_ok=True)
        commande = [str(BIN / "python"), "explorer.py", nom, secondes, str(trouves), str(fautes)]
        with (SORTIE / nom / "journal.txt").open("w", encoding="utf-8") as journal:
            fini = subprocess.run(commande, cwd=TESTS, check=False, stdout=journal, stderr=subprocess.STDOUT)
        nuisibles += fini.returncode != 0
        dit = "rien" if fini.returncode == 0 else f"à corriger : {fautes.relative_to(RACINE)}"
        print(f"  {nom} : {count_essais(nom)} fichiers essayés, {dit}", flush=True)
    return 1 if nuisibles else 0


def count_essais(nom: str) -> str:
    """Say how many files were tried, as libFuzzer tells it at its end."""
    marque = "stat::number_of_executed_units:"
    lignes = (SORTIE / nom / "journal.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    return next((ligne.removeprefix(marque).strip() for ligne in lignes if ligne.startswith(marque)), "?")


if __name__ == "__main__":
    sys.exit(main())

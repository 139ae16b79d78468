"""Change the law in small ways and list the changes that no test notices: `make mutation [MODULES="taux interets"]`.

Works on a copy in a throw-away folder. A mutant that only alters a sentence for people is counted apart: a test that
repeated every sentence would say the same thing twice. The surviving mutants, each with its change, go to
`captures/mutants.txt`; docs/mutation.md explains those that stay.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from etapes import BIN, RACINE

DROIT = "src/exigible/droit"
COPIES = ("pyproject.toml", "README.md", "docs", "src", "tests")
RAPPORT = RACINE / "captures" / "mutants.txt"
SURVIT, JAMAIS_ESSAYE = 0, 33  # mutmut's exit codes: every test passed; no test reaches the function
CHAINE = re.compile(r"""(?:\bphrase\()?(["'])(?:(?!\1).)*\1""")
# A text given to `phrase`, or that holds a space, an accent or a no-break space: a sentence, not a code.
PHRASE = re.compile(r"[\sÀ-ÿ]|^phrase")


def main() -> int:
    """Run mutmut on the modules named on the command line (all of the law by default) and sum up."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as nom:
        copie = Path(nom)
        for source in COPIES:
            chemin = RACINE / source
            copier = shutil.copytree if chemin.is_dir() else shutil.copy2
            copier(chemin, copie / source)
        choose_modules(copie / "pyproject.toml", sys.argv[1:])
        environnement = os.environ | {"EXIGIBLE_HYPOTHESIS": "mutation", "PYTHONPATH": str(copie / "src")}
        # mutmut draws its progress over and over: on a terminal only
        sortie = None if sys.stdout.isatty() else subprocess.DEVNULL
        subprocess.run([BIN / "mutmut", "run"], cwd=copie, env=environnement, stdout=sortie, check=False)
        return report(copie)


def choose_modules(projet: Path, modules: list[str]) -> None:
    """Tell mutmut, in the copy, to change these modules only (`taux`, `prescription.moteur`)."""
    if modules:
        fichiers = [f"{DROIT}/{module.replace('.', '/')}.py" for module in modules]
        texte = projet.read_text(encoding="utf-8")
        projet.write_text(f"{texte}only_mutate = {json.dumps(fichiers)}\n", encoding="utf-8")


def report(copie: Path) -> int:
    """Print the score of each module, write the survivors; fail when mutmut tried nothing."""
    essayes: dict[str, Counter[str]] = {}
    survivants: list[str] = []
    for meta in sorted((copie / "mutants" / DROIT).rglob("*.meta")):
        module = str(meta.relative_to(copie / "mutants" / DROIT)).removesuffix(".py.meta").replace("/", ".")
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        comptes = Counter[str]()
        for mutant, code in codes.items():
            if code is None:
                continue
            comptes["essayes"] += 1
            if code in {SURVIT, JAMAIS_ESSAYE}:
                change = show(copie, mutant)
                sorte = "phrases" if is_phrase(change) else "survivants"
                comptes[sorte] += 1
                if sorte == "survivants":
                    survivants.append(f"{mutant}\n{change}\n")
        if comptes["essayes"]:
            essayes[module] = comptes
    RAPPORT.parent.mkdir(exist_ok=True)
    RAPPORT.write_text("\n".join(survivants), encoding="utf-8")
    print_bilan(essayes)
    return 0 if essayes else 1


def show(copie: Path, mutant: str) -> str:
    """Return the changed lines of a mutant."""
    dit = subprocess.run(
        [BIN / "mutmut", "show", mutant], cwd=copie, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    lignes = dit.stdout.splitlines()
    return "\n".join(ligne for ligne in lignes if ligne[:1] in "+-" and ligne[:3] not in {"+++", "---"})


def is_phrase(change: str) -> bool:
    """Tell whether the change lies only inside sentences: without them, both sides are the same."""
    lignes = change.splitlines()
    avant, apres = ([hide_phrases(ligne[1:]) for ligne in lignes if ligne.startswith(signe)] for signe in "-+")
    return avant == apres


def hide_phrases(ligne: str) -> str:
    """Empty the strings that are sentences."""
    return CHAINE.sub(lambda chaine: "«»" if PHRASE.search(chaine[0]) else chaine[0], ligne)


def print_bilan(essayes: dict[str, Counter[str]]) -> None:
    """Print the table, as Markdown: it goes into docs/mutation.md."""
    print("\n| module | mutants | vus | phrases seules | survivants | score |\n|---|---:|---:|---:|---:|---:|")
    total = Counter[str]()
    for module, comptes in [*essayes.items(), ("**ensemble**", total)]:
        if comptes is not total:
            total.update(comptes)
        droit = comptes["essayes"] - comptes["phrases"]
        vus = droit - comptes["survivants"]
        score = f"{100 * vus // droit} %" if droit else "–"
        print(f"| {module} | {comptes['essayes']} | {vus} | {comptes['phrases']} | {comptes['survivants']} | {score} |")
    print(f"\nLes survivants et leur changement : {RAPPORT.relative_to(RACINE)}")


if __name__ == "__main__":
    sys.exit(main())

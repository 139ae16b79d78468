"""Functions, classes and imports that nothing uses, neither the project nor its tests.

vulture reads Python only, so a name is also alive when a template, a settings file or a table mentions it. Fields are
left out: a fact or a record declares what files carry, whether or not this version reads it.
"""

from __future__ import annotations

import re
import sys
import tomllib

from vulture import Vulture

from etapes import RACINE

SORTES = {"class", "function", "import", "method", "property", "unreachable_code"}
# Read as words: templates, migrations, and what names code in strings (settings, the table of commands).
TEXTES = ("*.html", "*.txt", "*.typ", "*.toml", "reglages/*.py", "migrations/*.py", "cli/__init__.py")


def read_mots() -> set[str]:
    """Return every word of the files that refer to code by name."""
    fichiers = [fichier for motif in TEXTES for fichier in (RACINE / "src").rglob(motif)]
    fichiers.append(RACINE / "pyproject.toml")
    return {mot for fichier in fichiers for mot in re.findall(r"\w+", fichier.read_text(encoding="utf-8"))}


def main() -> int:
    """Print the dead code, one line each; return the exit code."""
    with (RACINE / "pyproject.toml").open("rb") as projet:
        reglages = tomllib.load(projet)["tool"]["vulture"]
    vulture = Vulture(ignore_names=reglages["ignore_names"], ignore_decorators=reglages["ignore_decorators"])
    vulture.scavenge([str(RACINE / chemin) for chemin in reglages["paths"]], exclude=reglages["exclude"])
    mots = read_mots()
    morts = [mort for mort in vulture.get_unused_code() if mort.typ in SORTES and mort.name not in mots]
    for mort in morts:
        print(f"{mort.filename.relative_to(RACINE)}:{mort.first_lineno}: {mort.message}")
    print(f"{len(morts)} nom(s) que rien n'utilise." if morts else "Aucun code mort.")
    return 1 if morts else 0


if __name__ == "__main__":
    sys.exit(main())

"""Everything that is checked without running the project: `make quality`."""

from __future__ import annotations

import sys
from dataclasses import replace

from etapes import BIN, Etape, Resultat, print_bilan, run_etape

# Licences that a work under AGPL-3.0-or-later may depend on, exactly as packages write them: a new spelling is read by
# a person before it is added.
LICENCES = (
    "AGPL-3.0-or-later",
    "Apache Software License",
    "Apache-2.0",
    "Apache-2.0 OR BSD-2-Clause",
    "Apache-2.0 OR BSD-3-Clause",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "GNU Lesser General Public License v2 or later (LGPLv2+)",
    "LGPL-3.0-only",
    "MIT",
    "MIT AND PSF-2.0",
    "MIT License",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)",
    "PSF-2.0",
    "Public Domain",
)

ETAPES = (
    Etape("style (ruff check)", [str(BIN / "ruff"), "check", "--output-format=concise"]),
    Etape("mise en forme (ruff format)", [str(BIN / "ruff"), "format", "--check"]),
    Etape("types (mypy)", [str(BIN / "mypy")]),
    Etape("étages (import-linter)", [str(BIN / "lint-imports"), "--no-logo"]),
    Etape("code mort (vulture)", [str(BIN / "python"), "outils/code_mort.py"]),
    Etape(
        "licences des dépendances (pip-licenses)",
        [str(BIN / "pip-licenses"), "--from=mixed", "--summary", f"--allow-only={';'.join(LICENCES)}"],
    ),
)


def run_qualite() -> list[Resultat]:
    """Run every check, even after a failure: one run tells all. What went well needs no detail."""
    resultats = [run_etape(etape) for etape in ETAPES]
    return [replace(resultat, detail="") if resultat.reussie else resultat for resultat in resultats]


if __name__ == "__main__":
    sys.exit(print_bilan("Qualité", run_qualite()))

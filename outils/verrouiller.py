"""Remake the locks from pyproject.toml: `make lock`. Needs the network; uv comes into a throw-away environment.

Versions already locked stay, unless pyproject.toml forbids them or `--upgrade` is given.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
COMPILER = (
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
)
# Each lock obeys the one before it: a package has one version in all of them.
VERROUS = {
    "requirements.lock": ("pyproject.toml", "--group=construction"),
    "requirements-dev.lock": (
        "pyproject.toml",
        "--group=construction",
        "--group=dev",
        "--constraints=requirements.lock",
    ),
    "requirements-docs.lock": ("--group=docs", "--constraints=requirements-dev.lock"),
    "requirements-mutation.lock": ("--group=mutation", "--constraints=requirements-dev.lock"),
    "requirements-fuzz.lock": ("--group=fuzz", "--constraints=requirements-dev.lock"),
}


def main() -> None:
    """Write each lock, with hashes and without any address."""
    with tempfile.TemporaryDirectory() as dossier:
        venv.create(dossier, with_pip=True)
        binaires = Path(dossier) / "bin"
        print("Installation de uv dans un environnement jetable…", flush=True)
        subprocess.run([binaires / "python", "-m", "pip", "install", "-qq", "uv"], check=True)
        for verrou, origine in VERROUS.items():
            commande = [str(binaires / "uv"), *COMPILER, *sys.argv[1:], *origine, f"--output-file={verrou}"]
            subprocess.run(commande, cwd=RACINE, check=True)
            if "://" in (RACINE / verrou).read_text(encoding="utf-8"):
                sys.exit(f"{verrou} contient une adresse : il ne doit nommer aucun serveur.")
            print(f"{verrou} est refait.", flush=True)


if __name__ == "__main__":
    main()

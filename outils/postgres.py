"""A throw-away PostgreSQL for tests: Debian's own server, in a temporary folder, on loopback, gone at the end.

As a program: `python outils/postgres.py commande…` runs the command with the server's address in EXIGIBLE_BASE.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UTILISATEUR = "exigible"
# Nothing here has to survive a crash: the server is for one run.
REGLAGES = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "listen_addresses=127.0.0.1",
    "max_connections=50",
    "timezone=UTC",
)


class EchecPostgresError(Exception):
    """The server could not be created or started; the message is a French sentence followed by its own output."""


def find_binaires() -> Path | None:
    """Return the folder of `initdb` and `pg_ctl`: the newest of Debian's, else the one on PATH, else None."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda chemin: int(chemin.parts[-3]))
    if versions:
        return versions[-1].parent
    trouve = shutil.which("initdb")
    return Path(trouve).resolve().parent if trouve else None


def find_port() -> int:
    """Return a loopback port that is free now."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def run(commande: list[str], dossier: Path) -> None:
    """Run a program of the server as whoever owns the folder. Raises EchecPostgresError with its output."""
    root = os.geteuid() == 0
    proprietaire = dossier.stat()
    # The server keeps its parent's output open: a file, not a pipe, so that we do not wait for it.
    with (dossier / "sortie.txt").open("a+", encoding="utf-8") as sortie:
        code = subprocess.run(
            commande,
            stdout=sortie,
            stderr=sortie,
            cwd=dossier,
            check=False,
            user=proprietaire.st_uid if root else None,
            group=proprietaire.st_gid if root else None,
            extra_groups=[] if root else None,
        ).returncode
        if code != 0:
            sortie.seek(0)
            message = f"PostgreSQL : « {Path(commande[0]).name} » a échoué.\n{sortie.read()}"
            raise EchecPostgresError(message)


@contextmanager
def start_postgres(binaires: Path) -> Iterator[str]:
    """Start a new server, yield its address (`postgresql://…`), stop it and remove everything.

    PostgreSQL refuses to run as root: root lends the folder to the user `nobody`.
    """
    dossier = Path(tempfile.mkdtemp(prefix="exigible-pg-"))
    if os.geteuid() == 0:
        shutil.chown(dossier, "nobody", "nogroup")
    donnees, mot_de_passe, port = dossier / "donnees", secrets.token_hex(16), find_port()
    fichier = dossier / "mot_de_passe"
    fichier.write_text(mot_de_passe, encoding="ascii")
    pg_ctl = [str(binaires / "pg_ctl"), "-D", str(donnees), "-s", "-w"]
    options = " ".join(f"-c {reglage}" for reglage in (*REGLAGES, f"port={port}", f"unix_socket_directories={dossier}"))
    try:
        run(
            [
                str(binaires / "initdb"),
                f"--pgdata={donnees}",
                f"--username={UTILISATEUR}",
                f"--pwfile={fichier}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            dossier,
        )
        run([*pg_ctl, "start", "-l", str(dossier / "journal.txt"), "-o", options], dossier)
        try:
            yield f"postgresql://{UTILISATEUR}:{mot_de_passe}@127.0.0.1:{port}/postgres"
        finally:
            run([*pg_ctl, "stop", "-m", "immediate"], dossier)
    finally:
        shutil.rmtree(dossier)


def main() -> int:
    """Run the command line given, with a PostgreSQL beside it; return its exit code."""
    binaires = find_binaires()
    if binaires is None:
        print("PostgreSQL n'est pas installé. Sous Debian ou Ubuntu : sudo apt install postgresql", file=sys.stderr)
        return 1
    try:
        with start_postgres(binaires) as adresse:
            return subprocess.run(sys.argv[1:], env=os.environ | {"EXIGIBLE_BASE": adresse}, check=False).returncode
    except EchecPostgresError as erreur:
        print(erreur, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

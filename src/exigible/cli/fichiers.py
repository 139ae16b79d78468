"""Files that a command reads or writes as they come, and what is said when it cannot."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from exigible.droit.erreurs import ErreurSaisie


def read_fichier(fichier: Path, champ: str = "FICHIER") -> bytes:
    """Read a whole file; `champ`: the argument that names it. Raises ErreurSaisie (`fichier_illisible`)."""
    try:
        return fichier.read_bytes()
    except IsADirectoryError:
        message = f"« {fichier} » est un répertoire : indiquez un fichier."
    except OSError:
        message = f"Le fichier « {fichier} » ne peut pas être ouvert : vérifiez son nom et vos droits."
    raise ErreurSaisie("fichier_illisible", message, champ)


def read_description(fichier: Path, champ: str = "DOSSIER") -> bytes:
    """Read the file of a described dossier, which must look like one, without the mark that some editors write.

    Raises ErreurSaisie (`fichier_illisible`).
    """
    brut = read_fichier(fichier, champ).removeprefix(BOM_UTF8)
    message = f"« {fichier} » n'est pas un dossier décrit en JSON : « exigible schema dossier » en donne la forme."
    if brut.lstrip().startswith(b"{"):
        try:
            brut.decode()
        except UnicodeDecodeError:
            message = f"« {fichier} » n'est pas écrit en UTF-8 : enregistrez-le ainsi."
        else:
            return brut
    raise ErreurSaisie("fichier_illisible", message, champ)


@contextmanager
def open_fichier(fichier: Path) -> Iterator[Iterable[bytes]]:
    """Open a file to read its lines. Raises ErreurSaisie (`fichier_inaccessible`)."""
    try:
        ouvert = fichier.open("rb")
    except OSError:
        message = f"Le fichier « {fichier} » ne peut pas être ouvert : vérifiez son nom et vos droits."
        raise ErreurSaisie("fichier_inaccessible", message, "FICHIER") from None
    with ouvert:
        yield ouvert


def write_fichier(fichier: Path, morceaux: Iterable[bytes], champ: str) -> int:
    """Write a file, or leave the one that was there as it is; readable by its owner alone. Return how many pieces.

    Raises ErreurSaisie (`fichier_non_ecrit`).
    """
    partiel = fichier.with_name(f"{fichier.name}.partiel")
    nombre = 0
    try:
        with os.fdopen(os.open(partiel, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as sortie:
            for morceau in morceaux:
                sortie.write(morceau)
                nombre += 1
        partiel.replace(fichier)
    except OSError:
        message = f"Le fichier « {fichier} » ne peut pas être écrit : vérifiez le dossier et vos droits."
        raise ErreurSaisie("fichier_non_ecrit", message, champ) from None
    finally:
        partiel.unlink(missing_ok=True)
    return nombre

"""Large files in and out of a binary column a piece at a time: no process holds one whole in memory."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from django.db import connection, models, transaction
from django.db.models import Func, Value
from django.db.models.expressions import RawSQL

M = TypeVar("M", bound=models.Model)

TAILLE_MAX = 900 * 1024 * 1024
"""The largest file that is put in a column, in bytes: both databases stop at about a billion."""
MORCEAU = 4 * 1024 * 1024
"""Bytes at once; PostgreSQL reads a column anew for each of its pieces, so that smaller ones would cost more."""


def compute_sha256(chemin: Path) -> str:
    """Compute the SHA-256 of a file, in hexadecimal."""
    with chemin.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


def insert_octets(modele: type[M], champ: str, chemin: Path, **autres: Any) -> M:
    """Add a row that holds the bytes of a file in a binary column, in a transaction; `autres`: its other fields.

    It is the adding itself that brings the bytes: the row may be of those that nobody may change.
    """
    taille = chemin.stat().st_size
    with transaction.atomic(), chemin.open("rb") as flux:
        if taille <= MORCEAU:
            return _create(modele, champ, flux.read(), autres)
        if connection.vendor == "sqlite":
            vide = Func(Value(taille), function="zeroblob", output_field=models.BinaryField())
            ligne = _create(modele, champ, vide, autres)
            _write_sqlite(ligne, champ, flux)
            return ligne
        with _lay_postgresql(flux) as assemblage:
            return _create(modele, champ, assemblage, autres)


def _create(modele: type[M], champ: str, valeur: Any, autres: dict[str, Any]) -> M:
    """Add the row, and forget the bytes: whoever wants them reads them."""
    ligne = modele._default_manager.create(**autres, **{champ: valeur})  # noqa: SLF001 - documented
    return modele._default_manager.defer(champ).get(pk=ligne.pk)  # noqa: SLF001 - documented


@contextmanager
def open_octets(ligne: models.Model, champ: str) -> Iterator[Path]:
    """Give the bytes of a column as a file on the disk, which goes with the block."""
    with tempfile.NamedTemporaryFile(prefix="exigible-") as sortie:
        for morceau in _iter_sqlite(ligne, champ) if connection.vendor == "sqlite" else _iter_sql(ligne, champ):
            sortie.write(morceau)
        sortie.flush()
        yield Path(sortie.name)


def _name(ligne: models.Model, champ: str) -> tuple[str, str, str, Any]:
    """Name the table, the column, the column of the key, and give the key as the database writes it."""
    options = ligne._meta  # noqa: SLF001 - documented
    cle = options.pk
    return options.db_table, options.get_field(champ).column, cle.column, cle.get_db_prep_value(ligne.pk, connection)


def _open_blob(ligne: models.Model, champ: str, *, readonly: bool) -> Any:
    table, colonne, nom_cle, cle = _name(ligne, champ)
    with connection.cursor() as curseur:
        curseur.execute(f'SELECT rowid FROM "{table}" WHERE "{nom_cle}" = %s', [cle])  # noqa: S608 - names of our models
        (rang,) = curseur.fetchone()
    return connection.connection.blobopen(table, colonne, rang, readonly=readonly)


def _write_sqlite(ligne: models.Model, champ: str, flux: BinaryIO) -> None:
    with closing(_open_blob(ligne, champ, readonly=False)) as blob:
        while morceau := flux.read(MORCEAU):
            blob.write(morceau)


def _iter_sqlite(ligne: models.Model, champ: str) -> Iterator[bytes]:
    with closing(_open_blob(ligne, champ, readonly=True)) as blob:
        while morceau := blob.read(MORCEAU):
            yield morceau


@contextmanager
def _lay_postgresql(flux: BinaryIO) -> Iterator[RawSQL]:
    """Lay the pieces in a temporary table, for the server to put them together."""
    with connection.cursor() as curseur:
        curseur.execute("CREATE TEMPORARY TABLE morceaux (rang integer, octets bytea)")
        rang = 0
        while morceau := flux.read(MORCEAU):
            curseur.execute("INSERT INTO morceaux VALUES (%s, %s)", [rang, morceau])
            rang += 1
        yield RawSQL("SELECT string_agg(octets, ''::bytea ORDER BY rang) FROM morceaux", [])
        curseur.execute("DROP TABLE morceaux")


def _iter_sql(ligne: models.Model, champ: str) -> Iterator[bytes]:
    table, colonne, nom_cle, cle = _name(ligne, champ)
    ordre = f'SELECT substring("{colonne}" FROM %s FOR %s) FROM "{table}" WHERE "{nom_cle}" = %s'  # noqa: S608 - names of our models
    debut = 1
    while True:
        with connection.cursor() as curseur:
            curseur.execute(ordre, [debut, MORCEAU, cle])
            (morceau,) = curseur.fetchone()
        if not morceau:
            return
        yield bytes(morceau)
        debut += MORCEAU

"""What reads a workbook in a process of its own, and sends its sheets to the one that started it (MessagePack).

The spreadsheet library reserves every cell between two corners, and ends the process when it cannot: here it may. Days
are handed over as they are written in French, which every reader of a list takes.
"""

from __future__ import annotations

import io
import os
import sys
from datetime import date
from multiprocessing.connection import Connection
from typing import TypeAlias

import msgspec
import python_calamine

from exigible.echanges.dimensions import CELLULES_MAX

Place: TypeAlias = tuple[int, int]
_MEMOIRE = 700 << 20


class FeuilleLue(msgspec.Struct, frozen=True):
    """A sheet as the process apart hands it over: its first used cell, its merged ranges, and its rows from there."""

    nom: str
    depart: Place
    fusions: list[tuple[Place, Place]]
    lignes: list[list[int | float | str | bool | None]]


def list_noms(classeur: python_calamine.CalamineWorkbook) -> tuple[str, ...]:
    """List the sheets of cells, those shown first: a hidden one is seldom the list that was meant."""
    feuilles = [f for f in classeur.sheets_metadata if f.typ == python_calamine.SheetTypeEnum.WorkSheet]
    return tuple(f.name for f in sorted(feuilles, key=lambda f: f.visible != python_calamine.SheetVisibleEnum.Visible))


def send_feuilles(donnees: bytes, envoie: Connection[bytes, bytes]) -> None:
    """Bound the memory of this process, then read; a workbook that cannot be read sends nothing, and says nothing."""
    muet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(muet, sys.__stderr__.fileno() if sys.__stderr__ else 2)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - unknown on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MEMOIRE, _MEMOIRE))
    classeur = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(donnees))
    envoie.send_bytes(msgspec.msgpack.encode(read_feuilles(classeur)))


def read_feuilles(classeur: python_calamine.CalamineWorkbook) -> list[FeuilleLue]:
    """Read all the sheets. Raises ValueError when they have too many cells together."""
    feuilles, cellules = [], 0
    for nom in list_noms(classeur):
        feuille = classeur.get_sheet_by_name(nom)
        cellules += feuille.height * feuille.width
        if cellules > CELLULES_MAX:
            raise ValueError(cellules)
        lignes = [[_convert(cellule) for cellule in ligne] for ligne in feuille.to_python()]
        feuilles.append(FeuilleLue(nom, feuille.start or (0, 0), list(feuille.merged_cell_ranges or ()), lignes))
    return feuilles


def _convert(cellule: object) -> int | float | str | bool | None:
    if isinstance(cellule, date):
        return f"{cellule:%d/%m/%Y}"
    return cellule if isinstance(cellule, int | float | str | None) else str(cellule)

"""Workbooks: XLSX and ODS opened here, their size once known; XLS and XLSB in a process apart that may die of them."""

from __future__ import annotations

import io
import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import msgspec
import python_calamine

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.classeur_isole import FeuilleLue, Place, list_noms, send_feuilles
from exigible.echanges.dimensions import check_dimensions, is_binaire

_DELAI_S = 60


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet: its first used cell (row and column, from 0), its merged ranges, and its rows from there."""

    nom: str
    depart: Place
    fusions: list[tuple[Place, Place]]
    iter_lignes: Callable[[], Iterator[list[object]]]


@dataclass(frozen=True, slots=True)
class Classeur:
    """A workbook: the names of its sheets of cells, those shown first, and how to open one."""

    noms: tuple[str, ...]
    open_feuille: Callable[[str], Feuille]


def open_classeur(donnees: bytes, nom: str) -> Classeur:
    """Open a workbook. Raises ErreurSaisie: `classeur_trop_gros`, `classeur_abime`."""
    if is_binaire(donnees):
        return _open_isole(donnees, nom)
    check_dimensions(donnees, nom)
    try:
        classeur = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(donnees))
    except (python_calamine.CalamineError, OSError, ValueError) as erreur:
        raise explain_abime(nom) from erreur
    return Classeur(list_noms(classeur), lambda feuille: _make_feuille(classeur.get_sheet_by_name(feuille)))


def explain_abime(nom: str) -> ErreurSaisie:
    """Say that a workbook cannot be opened."""
    return ErreurSaisie(
        "classeur_abime",
        phrase(
            "Le classeur « {nom} » est abîmé ou protégé : ouvrez-le dans votre tableur et enregistrez-le de "
            "nouveau en .xlsx, sans mot de passe.",
            nom=nom,
        ),
    )


def _make_feuille(feuille: python_calamine.CalamineSheet) -> Feuille:
    depart = feuille.start or (0, 0)

    def iter_lignes() -> Iterator[list[object]]:
        lignes: Iterator[list[object]] = (list(ligne) for ligne in feuille.iter_rows())
        return islice(lignes, depart[0], None)

    return Feuille(feuille.name, depart, list(feuille.merged_cell_ranges or ()), iter_lignes)


def _open_isole(donnees: bytes, nom: str) -> Classeur:
    """Open in a process apart, bounded in memory and time: the format lets a few bytes claim billions of cells."""
    contexte = multiprocessing.get_context("spawn")
    recoit, envoie = contexte.Pipe(duplex=False)
    processus = contexte.Process(target=send_feuilles, args=(donnees, envoie), daemon=True)
    processus.start()
    envoie.close()
    try:
        if not recoit.poll(_DELAI_S):
            raise explain_abime(nom)
        feuilles = msgspec.msgpack.decode(recoit.recv_bytes(), type=list[FeuilleLue])
    except (EOFError, OSError, msgspec.MsgspecError) as erreur:
        raise explain_abime(nom) from erreur
    finally:
        processus.kill()
        processus.join()
        recoit.close()
    par_nom = {feuille.nom: feuille for feuille in feuilles}
    return Classeur(tuple(par_nom), lambda feuille: _make_lue(par_nom[feuille]))


def _make_lue(lue: FeuilleLue) -> Feuille:
    return Feuille(lue.nom, lue.depart, lue.fusions, lambda: ([*ligne] for ligne in lue.lignes))

"""Lists as files: CSV (semicolons, comma decimals, for French spreadsheets) and XLSX. Formulas are neutralised."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cellule: TypeAlias = "str | int | Decimal | date | None"
"""What a cell may hold: amounts and days keep their type in a spreadsheet."""

FORMATS = ("csv", "xlsx")
_DEBUTS_DE_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n")
_LARGEUR_MAX = 60
_TEXTE_MAX = 32_767
"""A spreadsheet takes no longer text in a cell; XlsxWriter would leave the whole of it out."""


def write_tableau(extension: str, titres: Sequence[str], lignes: Iterable[Sequence[Cellule]]) -> bytes:
    """Write a list as `csv` or `xlsx`. Raises KeyError for another format."""
    return {"csv": write_csv, "xlsx": write_xlsx}[extension](titres, lignes)


def write_csv(titres: Sequence[str], lignes: Iterable[Sequence[Cellule]]) -> bytes:
    """Write UTF-8 with its mark, `;` between cells, days `21/11/2026`, amounts `1234,56`."""
    tampon = io.StringIO(newline="")
    ecrivain = csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow(titres)
    ecrivain.writerows([_write_texte(cellule) for cellule in ligne] for ligne in lignes)
    return tampon.getvalue().encode("utf-8-sig")


def neutralise(texte: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{texte}" if texte.startswith(_DEBUTS_DE_FORMULE) else texte


def _write_texte(cellule: Cellule) -> str:
    if cellule is None:
        return ""
    if isinstance(cellule, Decimal):
        return f"{cellule:f}".replace(".", ",")
    if isinstance(cellule, date):
        return f"{cellule:%d/%m/%Y}"
    return neutralise(cellule) if isinstance(cellule, str) else str(cellule)


def write_xlsx(titres: Sequence[str], lignes: Iterable[Sequence[Cellule]]) -> bytes:
    """Write one sheet, heading frozen, with a filter; a text is always a text, never a formula nor a link."""
    tampon = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(tampon, options) as classeur:
        feuille = classeur.add_worksheet()
        gras = classeur.add_format({"bold": True, "bottom": 1})
        formats: dict[type, Format] = {
            Decimal: classeur.add_format({"num_format": "#,##0.00"}),
            date: classeur.add_format({"num_format": "dd/mm/yyyy"}),
        }
        largeurs = [len(titre) for titre in titres]
        feuille.write_row(0, 0, titres, gras)
        rang = 0
        for rang, ligne in enumerate(lignes, start=1):
            for colonne, cellule in enumerate(ligne):
                _write_cellule(feuille, rang, colonne, cellule, formats)
                largeurs[colonne] = max(largeurs[colonne], len(_write_texte(cellule)))
        for colonne, largeur in enumerate(largeurs):
            feuille.set_column(colonne, colonne, min(largeur, _LARGEUR_MAX) + 2)
        feuille.freeze_panes(1, 0)
        feuille.autofilter(0, 0, max(rang, 1), len(titres) - 1)
    return tampon.getvalue()


def _write_cellule(
    feuille: Worksheet, rang: int, colonne: int, cellule: Cellule, formats: Mapping[type, Format]
) -> None:
    if cellule is None or cellule == "":
        return
    if isinstance(cellule, date):
        feuille.write_datetime(rang, colonne, cellule, formats[date])
    elif isinstance(cellule, Decimal):
        feuille.write_number(rang, colonne, cellule, formats[Decimal])
    elif isinstance(cellule, int):
        feuille.write_number(rang, colonne, cellule)
    else:
        feuille.write_string(rang, colonne, cellule[:_TEXTE_MAX])

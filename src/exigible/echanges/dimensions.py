"""How big a workbook is once opened: bytes once unzipped, cells between its corners. Too big is refused beforehand.

The spreadsheet library reserves every cell of the rectangle, so that two cells far apart can exhaust memory.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib

from lxml import etree

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.xml_sur import iter_xml, local_name

DECOMPRESSE_MAX = 300_000_000
CELLULES_MAX = 8_000_000
_BLOC = 1 << 20
_REFERENCE = re.compile(rb"[<:](?:c|row)\s[^>]*?\br\s*=\s*[\"']\s*([A-Za-z]*)(\d*)")
_LETTRES_MAX, _CHIFFRES_LIGNE_MAX = 3, 7
# The texts of an XLSX stand apart, numbered; their count is announced, and the library reserves as many at once.
_ANNONCE = re.compile(rb"\buniqueCount\s*=\s*[\"']?\s*(\d+)")
_TEXTES_MAX = 2_000_000
_RESTE = 500
OLE = b"\xd0\xcf\x11\xe0"
_CODE_A = ord("A") - 1
# OpenDocument writes « the same again » instead of references: each row and each cell may say how many times it stands.
_FEUILLE, _LIGNE, _CELLULES = "table", "table-row", ("table-cell", "covered-table-cell")
_VALEURS = ("}value", "}value-type", "}string-value", "}date-value")
_CHIFFRES_MAX = 9


def is_binaire(donnees: bytes) -> bool:
    """Tell whether a workbook is of a format (XLS, XLSB) whose size cannot be known beforehand."""
    return donnees.startswith(OLE) or (b"workbook.bin" in donnees and b"workbook.xml" not in donnees)


def check_dimensions(donnees: bytes, nom: str) -> None:
    """Refuse a workbook (XLSX or ODS) that would unfold out of proportion. Raises ErreurSaisie."""
    try:
        with zipfile.ZipFile(io.BytesIO(donnees)) as archive:
            membres = archive.infolist()
            if sum(membre.file_size for membre in membres) > DECOMPRESSE_MAX:
                raise _too_big(nom)
            cellules = 0
            for membre in membres:
                ods = membre.filename == "content.xml"
                cellules += (_count_cellules_ods if ods else _count_cellules)(archive, membre, nom)
                if cellules > CELLULES_MAX:
                    raise _too_big(nom)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError, RuntimeError, EOFError) as erreur:
        raise ErreurSaisie("classeur_abime", phrase("Le classeur « {nom} » est abîmé ou protégé.", nom=nom)) from erreur


def _too_big(nom: str) -> ErreurSaisie:
    return ErreurSaisie(
        "classeur_trop_gros",
        phrase("Le classeur « {nom} » est démesuré une fois ouvert : découpez-le ou passez-le en CSV.", nom=nom),
    )


def _count_cellules(archive: zipfile.ZipFile, membre: zipfile.ZipInfo, nom: str) -> int:
    """Cells of the rectangle that a sheet spans, from the references written on its cells.

    Any member may be a sheet, wherever it is. Raises ErreurSaisie for a reference that no spreadsheet can write: the
    library would take it for another.
    """
    colonnes: set[bytes] = set()
    ligne_max, textes, reste = 0, 0, b""
    with archive.open(membre) as flux:
        while bloc := flux.read(_BLOC):
            texte = reste + bloc
            textes += bloc.count(b"<si") + bloc.count(b":si")
            annonces = _ANNONCE.findall(texte) if b"uniqueCount" in texte else ()
            sans_balise = len(bloc) == _BLOC and b"<" not in bloc  # no spreadsheet writes a text of a megabyte
            if sans_balise or max((textes, *(int(nombre[:_CHIFFRES_MAX]) for nombre in annonces))) > _TEXTES_MAX:
                raise _too_big(nom)
            for colonne, ligne in _REFERENCE.findall(texte):
                if len(colonne) > _LETTRES_MAX or len(ligne) > _CHIFFRES_LIGNE_MAX:
                    raise _too_big(nom)
                colonnes.add(colonne.upper())
                ligne_max = max(ligne_max, int(ligne or 0))
            reste = texte[-_RESTE:]
    return ligne_max * max((_rank_colonne(colonne) for colonne in colonnes), default=0)


def _rank_colonne(lettres: bytes) -> int:
    rang = 0
    for lettre in lettres:
        rang = rang * 26 + lettre - _CODE_A
    return rang


def _count_cellules_ods(archive: zipfile.ZipFile, membre: zipfile.ZipInfo, nom: str) -> int:
    """Cells of the rectangles that the sheets span, each up to its last row and column that hold a value.

    Below its last value, a sheet is often written down to its millionth row. The document is read whole, for the
    spreadsheet library never ends on one that is cut. Raises ErreurSaisie.
    """
    total = rang = derniere = largeur = position = occupee = 0
    with archive.open(membre) as flux:
        for element in iter_xml(flux, nom, (_FEUILLE, _LIGNE, *_CELLULES)):
            if (balise := local_name(element)) == _FEUILLE:
                total += derniere * largeur
                rang = derniere = largeur = 0
                continue
            if balise != _LIGNE:
                position += _read_fois(element, "number-columns-repeated")
                if any(str(cle).endswith(_VALEURS) for cle in element.attrib):
                    occupee = position
                continue
            rang += _read_fois(element, "number-rows-repeated")
            if occupee:
                derniere, largeur = rang, max(largeur, occupee)
            position = occupee = 0
    return total


def _read_fois(element: etree._Element, attribut: str) -> int:
    texte = next((valeur for cle, valeur in element.items() if str(cle).endswith(f"}}{attribut}")), "1")
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < _CHIFFRES_MAX else CELLULES_MAX

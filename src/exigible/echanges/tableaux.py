"""CSV and spreadsheets: open them, find the header, and hand the rows to the reader of invoices or of parties."""

from __future__ import annotations

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import python_calamine

from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.contenu import Contenu
from exigible.echanges.entetes import LIGNES_ENTETE, Entete, find_entete, find_entete_csv
from exigible.echanges.factures import find_colonnes_absentes, read_factures
from exigible.echanges.reconnaitre import NON_LUS, Format
from exigible.echanges.tiers import read_tiers

TAILLE_CLASSEUR_MAX = 50_000_000
_DECOMPRESSE_MAX = 300_000_000
_CELLULES_MAX = 20_000_000
_BLOC = 1 << 20
_REFERENCE = re.compile(rb'[<:](?:c|row) [^>]*?\br="([A-Z]{0,3})(\d{1,7})"')
_CODE_A = ord("A") - 1

Lignes = Iterable[tuple[int, Sequence[object]]]


def read_csv(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read a CSV list of invoices or parties; a bank statement is recognised, not read."""
    entete = find_entete_csv(contenu.decode_debut())
    if entete is None:
        raise ErreurSaisie("format_inconnu", f"Le fichier « {contenu.nom} » n'a pas de ligne de titres reconnue.")
    if entete.nature == "releve":
        return build_non_lu(Format.CSV_RELEVE, collecte)
    with contenu.open_texte() as flux:
        lignes = _iter_csv(flux, entete, collecte)
        return _read_tableau(contenu, lignes, entete, collecte, "csv")


def _iter_csv(flux: io.TextIOWrapper, entete: Entete, collecte: Collecte) -> Iterator[tuple[int, Sequence[object]]]:
    lecteur = csv.reader(flux, delimiter=entete.separateur)
    numero = 1
    try:
        for rang, cellules in enumerate(lecteur):
            if rang > entete.rang:
                yield numero, cellules
            numero = lecteur.line_num + 1
    except csv.Error:
        collecte.add(
            "csv_illisible",
            f"Ligne {numero} : un guillemet ouvert n'est pas refermé, ou une cellule est démesurée ; "
            "la suite du fichier n'a pas été lue.",
            ligne=numero,
        )


def read_classeur(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read the first sheet of an XLSX that has a header we know. Raises ErreurSaisie on a damaged or huge workbook."""
    donnees = contenu.read(TAILLE_CLASSEUR_MAX)
    _check_dimensions(donnees, contenu.nom)
    try:
        classeur = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(donnees))
        noms = classeur.sheet_names
        for nom in noms:
            feuille = classeur.get_sheet_by_name(nom)
            depart = feuille.start[0] + 1 if feuille.start else 1
            debut = feuille.to_python(nrows=LIGNES_ENTETE)
            entete = find_entete(debut)
            if entete and entete.nature != "releve":
                suite = islice(enumerate(feuille.to_python(), depart), entete.rang + 1, None)
                return _read_tableau(contenu, suite, entete, collecte, "xlsx")
    except (python_calamine.CalamineError, OSError, ValueError) as erreur:
        raise ErreurSaisie(
            "classeur_abime",
            f"Le classeur « {contenu.nom} » est abîmé ou protégé : ouvrez-le dans votre tableur et enregistrez-le de "
            "nouveau en .xlsx, sans mot de passe.",
        ) from erreur
    raise ErreurSaisie(
        "format_inconnu",
        f"Le classeur « {contenu.nom} » n'a pas de titres reconnus dans ses {LIGNES_ENTETE} premières lignes : "
        "il faut au moins un numéro de facture, une date, un montant et un client, ou un nom et une adresse.",
    )


def _read_tableau(contenu: Contenu, lignes: Lignes, entete: Entete, collecte: Collecte, genre: str) -> Lecture:
    resume = {"ligne_de_titres": str(entete.rang + 1)}
    if genre == "csv":
        resume |= {"encodage": contenu.encodage, "separateur": {"\t": "TAB"}.get(entete.separateur, entete.separateur)}
    nom_format = Format(f"{genre}_{entete.nature}")
    if entete.nature == "tiers":
        return Lecture(format=nom_format, tiers=read_tiers(lignes, entete, contenu.nom, collecte), resume=resume)
    if absentes := find_colonnes_absentes(entete):
        collecte.add("colonne_absente", absentes, ligne=entete.rang + 1)
        return Lecture(format=nom_format, resume=resume)
    creances, tiers = read_factures(lignes, entete, contenu.nom, collecte)
    return Lecture(format=nom_format, creances=creances, tiers=tiers, resume=resume)


def _check_dimensions(donnees: bytes, nom: str) -> None:
    """Refuse a workbook that would unfold out of proportion: bytes once unzipped, or cells between its corners.

    The spreadsheet library reserves every cell of the rectangle, so that two cells far apart can exhaust memory.
    """
    trop_gros = ErreurSaisie(
        "classeur_trop_gros", f"Le classeur « {nom} » est démesuré une fois ouvert : découpez-le ou passez-le en CSV."
    )
    try:
        with zipfile.ZipFile(io.BytesIO(donnees)) as archive:
            if sum(membre.file_size for membre in archive.infolist()) > _DECOMPRESSE_MAX:
                raise trop_gros
            for membre in archive.infolist():
                if membre.filename.startswith("xl/worksheets/") and _count_cellules(archive, membre) > _CELLULES_MAX:
                    raise trop_gros
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError, RuntimeError, EOFError) as erreur:
        raise ErreurSaisie("classeur_abime", f"Le classeur « {nom} » est abîmé ou protégé.") from erreur


def _count_cellules(archive: zipfile.ZipFile, membre: zipfile.ZipInfo) -> int:
    """Cells of the rectangle that a sheet spans, from the references written on its cells."""
    colonnes: set[bytes] = set()
    ligne_max, reste = 0, b""
    with archive.open(membre) as flux:
        while bloc := flux.read(_BLOC):
            texte = reste + bloc
            for colonne, ligne in _REFERENCE.findall(texte):
                colonnes.add(colonne)
                ligne_max = max(ligne_max, int(ligne))
            reste = texte[-100:]
    return ligne_max * max((_rank_colonne(colonne) for colonne in colonnes), default=0)


def _rank_colonne(lettres: bytes) -> int:
    rang = 0
    for lettre in lettres:
        rang = rang * 26 + lettre - _CODE_A
    return rang


def build_non_lu(nom_format: Format, collecte: Collecte) -> Lecture:
    """Name a format known and not read yet, with one sentence."""
    collecte.add("format_non_lu", f"Format reconnu ({NON_LUS[nom_format]}), mais pas encore lu : rien n'en a été tiré.")
    return Lecture(format=nom_format)

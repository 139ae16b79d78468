"""CSV and spreadsheets: open them, find the header, and hand the rows to the reader of invoices or of parties."""

from __future__ import annotations

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

import python_calamine
from msgspec.structs import replace

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.colonnes import describe_colonnes
from exigible.echanges.contenu import Contenu
from exigible.echanges.entetes import (
    LIGNES_ENTETE,
    Entete,
    find_entete,
    find_entete_csv,
    guess_entete,
    guess_entete_csv,
)
from exigible.echanges.factures import find_colonnes_absentes, read_factures
from exigible.echanges.reconnaitre import NON_LUS, Format
from exigible.echanges.tiers import read_tiers

TAILLE_CLASSEUR_MAX = 50_000_000
_DECOMPRESSE_MAX = 300_000_000
_CELLULES_MAX = 20_000_000
_BLOC = 1 << 20
_REFERENCE = re.compile(rb'[<:](?:c|row) [^>]*?\br="([A-Z]{0,3})(\d{1,7})"')
_CODE_A = ord("A") - 1
_LIGNES_EXEMPLES = 50
_IL_FAUT = phrase("il faut au moins un numéro de facture, une date, un montant et un client, ou un nom et une adresse")

Colonnes = Mapping[str, str]
Lignes = Iterable[tuple[int, Sequence[object]]]


def read_csv(contenu: Contenu, collecte: Collecte, colonnes: Colonnes | None = None) -> Lecture:
    """Read a CSV list of invoices or parties; a bank statement is recognised, not read.

    `colonnes`: the field of columns by folded title, empty to leave one aside. Titles that are only guessed give
    nothing but their columns, for a person to say what they hold.
    """
    texte = contenu.decode_debut()
    entete = find_entete_csv(texte, colonnes) if colonnes else None
    if colonnes and entete is None:
        _warn_colonnes(collecte)
    entete = entete or find_entete_csv(texte) or guess_entete_csv(texte)
    if entete is None:
        raise ErreurSaisie(
            "format_inconnu",
            phrase("Le fichier « {nom} » n'a pas de ligne de titres reconnue.", nom=contenu.nom),
        )
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
            phrase(
                "Ligne {ligne} : un guillemet ouvert n'est pas refermé, ou une cellule est démesurée ; la suite du "
                "fichier n'a pas été lue.",
                ligne=numero,
            ),
            ligne=numero,
        )


def read_classeur(contenu: Contenu, collecte: Collecte, colonnes: Colonnes | None = None) -> Lecture:
    """Read the first sheet of an XLSX that has a header we know, or one that has those `colonnes`.

    Raises ErreurSaisie on a damaged or huge workbook, or one without anything like titles.
    """
    donnees = contenu.read(TAILLE_CLASSEUR_MAX)
    _check_dimensions(donnees, contenu.nom)
    try:
        classeur = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(donnees))
        feuilles = [classeur.get_sheet_by_name(nom) for nom in classeur.sheet_names]
        trouvee = _find_feuille(feuilles, collecte, colonnes)
        if trouvee is not None:
            feuille, entete = trouvee
            depart = feuille.start[0] + 1 if feuille.start else 1
            suite = islice(enumerate(feuille.to_python(), depart), entete.rang + 1, None)
            return _read_tableau(contenu, suite, entete, collecte, "xlsx")
    except (python_calamine.CalamineError, OSError, ValueError) as erreur:
        raise ErreurSaisie(
            "classeur_abime",
            phrase(
                "Le classeur « {nom} » est abîmé ou protégé : ouvrez-le dans votre tableur et enregistrez-le de "
                "nouveau en .xlsx, sans mot de passe.",
                nom=contenu.nom,
            ),
        ) from erreur
    raise ErreurSaisie(
        "format_inconnu",
        phrase(
            "Le classeur « {nom} » n'a pas de titres reconnus dans ses {nombre} premières lignes : {il_faut}.",
            nom=contenu.nom,
            nombre=LIGNES_ENTETE,
            il_faut=_IL_FAUT,
        ),
    )


def _find_feuille(
    feuilles: Sequence[python_calamine.CalamineSheet], collecte: Collecte, colonnes: Colonnes | None
) -> tuple[python_calamine.CalamineSheet, Entete] | None:
    """Choose a sheet and its header: with the titles that a person named, else that we know, else that look like it."""
    debuts = [(feuille, feuille.to_python(nrows=LIGNES_ENTETE)) for feuille in feuilles]
    if colonnes:
        for feuille, debut in debuts:
            if entete := find_entete(debut, colonnes):
                return feuille, entete
        _warn_colonnes(collecte)
    for feuille, debut in debuts:
        entete = find_entete(debut)
        if entete and entete.nature != "releve":
            return feuille, entete
    return next(((feuille, entete) for feuille, debut in debuts if (entete := guess_entete(debut))), None)


def _warn_colonnes(collecte: Collecte) -> None:
    collecte.warn(
        "colonnes_autres",
        phrase("Ce fichier n'a pas les colonnes indiquées : il est lu d'après ses propres titres."),
    )


def _read_tableau(contenu: Contenu, lignes: Lignes, entete: Entete, collecte: Collecte, genre: str) -> Lecture:
    resume = {"ligne_de_titres": str(entete.rang + 1)}
    if genre == "csv":
        resume |= {"encodage": contenu.encodage, "separateur": {"\t": "TAB"}.get(entete.separateur, entete.separateur)}
    suite = iter(lignes)
    premieres = list(islice(suite, _LIGNES_EXEMPLES))
    lues = chain(premieres, suite)
    listes = {} if entete.nature == "releve" else entete.colonnes
    lecture = Lecture(format=None, resume=resume, colonnes=describe_colonnes(entete.noms, listes, premieres))
    if entete.nature is None:
        message = phrase(
            "Les titres du fichier « {nom} » ne sont pas reconnus : {il_faut}.", nom=contenu.nom, il_faut=_IL_FAUT
        )
        collecte.add("format_inconnu", message)
        return lecture
    if entete.nature == "releve":
        return replace(lecture, format=build_non_lu(Format.CSV_RELEVE, collecte).format)
    lecture = replace(lecture, format=Format(f"{genre}_{entete.nature}"))
    if absentes := find_colonnes_absentes(entete):
        collecte.add("colonne_absente", absentes, ligne=entete.rang + 1)
        return lecture
    if entete.nature == "tiers":
        return replace(lecture, tiers=read_tiers(lues, entete, contenu.nom, collecte))
    creances, tiers = read_factures(lues, entete, contenu.nom, collecte)
    return replace(lecture, creances=creances, tiers=tiers)


def _check_dimensions(donnees: bytes, nom: str) -> None:
    """Refuse a workbook that would unfold out of proportion: bytes once unzipped, or cells between its corners.

    The spreadsheet library reserves every cell of the rectangle, so that two cells far apart can exhaust memory.
    """
    trop_gros = ErreurSaisie(
        "classeur_trop_gros",
        phrase("Le classeur « {nom} » est démesuré une fois ouvert : découpez-le ou passez-le en CSV.", nom=nom),
    )
    try:
        with zipfile.ZipFile(io.BytesIO(donnees)) as archive:
            if sum(membre.file_size for membre in archive.infolist()) > _DECOMPRESSE_MAX:
                raise trop_gros
            for membre in archive.infolist():
                if membre.filename.startswith("xl/worksheets/") and _count_cellules(archive, membre) > _CELLULES_MAX:
                    raise trop_gros
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError, RuntimeError, EOFError) as erreur:
        raise ErreurSaisie("classeur_abime", phrase("Le classeur « {nom} » est abîmé ou protégé.", nom=nom)) from erreur


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
    collecte.add(
        "format_non_lu",
        phrase("Format reconnu ({format}), mais pas encore lu : rien n'en a été tiré.", format=NON_LUS[nom_format]),
    )
    return Lecture(format=nom_format)

"""ZIP archives: their members are read as files of their own, within bounds that a trap cannot pass.

A member is unfolded into a temporary file with a name of ours: the names that the archive gives are only shown.
"""

from __future__ import annotations

import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import ErreurLecture, FichierLu

MEMBRES_MAX = 2_000
TAILLE_TOTALE_MAX = 500_000_000
PROFONDEUR_MAX = 1
_RATIO_MAX = 200
_RATIO_DES = 20_000_000
_BLOC = 1 << 20
_LONGUEUR_NOM = 200
_CHIFFRE, _UTF8 = 0x1, 0x800
_IGNORES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_DOSSIERS_IGNORES = frozenset({"__macosx", ".git"})
_COMMANDES = re.compile(r"[\x00-\x1f\x7f]")
_LECTEUR = re.compile(r"^[A-Za-z]:")
_FAUTES = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(slots=True)
class Budget:
    """What is left of the bounds, for an archive and those inside it: members, and bytes once unfolded."""

    membres: int = MEMBRES_MAX
    octets: int = TAILLE_TOTALE_MAX


class _Demesure(Exception):
    """The archive passes a bound: nothing more of it is read."""


def open_membres(contenu: Contenu, budget: Budget, collecte: Collecte, profondeur: int) -> Iterator[Contenu]:
    """Give each member that is a file, under the name « archive/member »; it lasts until the next one is asked for.

    What cannot be read is said and passed over; an archive inside an archive inside another is refused. The bounds are
    measured on what is unfolded, not on what the archive says.
    """
    if profondeur > PROFONDEUR_MAX:
        message = phrase(
            "L'archive « {nom} » est dans une archive qui est elle-même dans une archive : sortez-la d'abord.",
            nom=contenu.nom,
        )
        collecte.add("archive_imbriquee", message)
        return
    try:
        with contenu.open() as flux, zipfile.ZipFile(flux) as archive, tempfile.TemporaryDirectory() as dossier:
            yield from _iter_membres(archive, contenu.nom, Path(dossier) / "membre", budget, collecte)
    except _Demesure:
        message = phrase(
            "L'archive « {nom} » est démesurée une fois ouverte (plus de {membres} fichiers, de {taille} Mo, ou un "
            "fichier gonflé hors de proportion) : la suite n'est pas lue.",
            nom=contenu.nom,
            membres=MEMBRES_MAX,
            taille=TAILLE_TOTALE_MAX // 1_000_000,
        )
        collecte.add("archive_demesuree", message)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        message = phrase("L'archive « {nom} » est abîmée ou tronquée : demandez-la de nouveau.", nom=contenu.nom)
        collecte.add("archive_abimee", message)


def _iter_membres(
    archive: zipfile.ZipFile, nom_archive: str, chemin: Path, budget: Budget, collecte: Collecte
) -> Iterator[Contenu]:
    for membre in archive.infolist():
        nom = clean_nom(_decode_nom(membre))
        if membre.is_dir() or _is_ignore(nom):
            continue
        budget.membres -= 1
        if budget.membres < 0:
            raise _Demesure
        complet = f"{nom_archive}/{nom}"
        if refus := _find_refus(membre, complet):
            collecte.add(*refus)
            continue
        try:
            with archive.open(membre) as source, chemin.open("wb") as cible:
                _unfold(source, cible, membre.compress_size, budget)
        except _FAUTES:
            message = phrase("Le fichier « {nom} » de l'archive est abîmé : il n'est pas lu.", nom=complet)
            collecte.add("membre_abime", message)
            continue
        yield Contenu(chemin, complet)


def _find_refus(membre: zipfile.ZipInfo, nom: str) -> tuple[str, Phrase] | None:
    if membre.flag_bits & _CHIFFRE:
        return "membre_protege", phrase(
            "Le fichier « {nom} » de l'archive est protégé par un mot de passe : il n'est pas lu.", nom=nom
        )
    if stat.S_ISLNK(membre.external_attr >> 16):
        return "membre_lien", phrase("« {nom} » n'est qu'un lien vers un autre fichier : il n'est pas lu.", nom=nom)
    return None


def _unfold(source: IO[bytes], cible: IO[bytes], comprime: int, budget: Budget) -> None:
    """Copy a member, counting what comes out. Raises _Demesure when it passes what is left, or is out of proportion."""
    lus = 0
    while bloc := source.read(_BLOC):
        lus += len(bloc)
        budget.octets -= len(bloc)
        if budget.octets < 0 or (lus > _RATIO_DES and lus > _RATIO_MAX * max(comprime, 1)):
            raise _Demesure
        cible.write(bloc)


def _decode_nom(membre: zipfile.ZipInfo) -> str:
    """Give the name as its writer meant it: UTF-8 when it is marked or reads so, else that of French DOS (CP850)."""
    if membre.flag_bits & _UTF8:
        return membre.filename
    try:
        brut = membre.filename.encode("cp437")
    except UnicodeEncodeError:
        return membre.filename
    try:
        return brut.decode("utf-8")
    except UnicodeDecodeError:
        return brut.decode("cp850")


def clean_nom(nom: str) -> str:
    """Make a name that only designates: no drive, no root, no way up, no control character."""
    propre = _LECTEUR.sub("", _COMMANDES.sub("", nom).replace("\\", "/"))
    morceaux = [morceau for morceau in propre.split("/") if morceau not in ("", ".", "..")]
    return "/".join(morceaux)[-_LONGUEUR_NOM:] or "sans-nom"


def _is_ignore(nom: str) -> bool:
    *dossiers, dernier = nom.casefold().split("/")
    return dernier in _IGNORES or dernier.startswith("._") or bool(_DOSSIERS_IGNORES.intersection(dossiers))


def merge_membres(archive: FichierLu, membres: tuple[FichierLu, ...]) -> FichierLu:
    """Put an archive and its members in one file, for whoever takes it as a whole: each fault names its member."""
    comptes = tuple(compte for membre in membres for compte in membre.comptes)
    return replace(
        archive,
        creances=tuple(creance for membre in membres for creance in membre.creances),
        a_part=tuple(creance for membre in membres for creance in membre.a_part),
        mouvements=tuple(mouvement for membre in membres for mouvement in membre.mouvements),
        tiers=tuple(tiers for membre in membres for tiers in membre.tiers),
        compte=comptes[0] if comptes else None,
        comptes=comptes,
        statuts=tuple(statut for membre in membres for statut in membre.statuts),
        comptes_rendus=tuple(rendu for membre in membres for rendu in membre.comptes_rendus),
        erreurs=(
            *archive.erreurs,
            *(_name_erreur(erreur, membre.nom) for membre in membres for erreur in membre.erreurs),
        ),
        resume={**archive.resume, "membres": str(len(membres))},
    )


def _name_erreur(erreur: ErreurLecture, nom: str) -> ErreurLecture:
    if nom in erreur.message:
        return erreur
    return replace(erreur, message=phrase("{nom} : {faute}", nom=nom, faute=erreur.message))

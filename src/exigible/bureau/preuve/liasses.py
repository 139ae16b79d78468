"""Bundles made in the background: one piece of work each, whose result is kept with its SHA-256 and its day.

A bundle that stopped is made again from the beginning: it takes seconds, and is whole or is not.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q

from exigible.actes.modele import Modele, get_modele
from exigible.actes.preuve.donnees import Liasse
from exigible.actes.preuve.liasse import LIASSE as FICHIER_PDF
from exigible.bureau import horloge
from exigible.bureau.octets import TAILLE_MAX, compute_sha256, insert_octets, open_octets
from exigible.bureau.preuve.garde import forget_liasses
from exigible.bureau.preuve.models import LiasseFaite
from exigible.bureau.preuve.services import Preparation, make_archive, name_liasse, prepare_liasse
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.travaux.models import EtatTravail, Travail
from exigible.bureau.travaux.services import BAIL, Nature, Tenue, create_travail
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

NATURE = "liasse"
_LONGTEMPS = BAIL * 10
"""Reading the dossier, then binding the pages and keeping the archive: nobody says how far they are."""
_PAS = 50
"""Into how many steps what is told is cut, at most."""
_MO = 1024 * 1024


def ask_liasse(dossier: Dossier, modele: Modele, auteur: str, *, projet: bool = False) -> Travail:
    """Ask for the bundle of a dossier as of today; while one for the same act is under way, that one is given back."""
    with transaction.atomic():
        Dossier.objects.select_for_update(no_key=True).get(pk=dossier.pk)
        forget_liasses(dossier.cabinet)
        for travail in list_en_cours(dossier):
            if travail.parametres["acte"] == modele.nom:
                return travail
        parametres = {
            "dossier": str(dossier.pk),
            "acte": modele.nom,
            "au": horloge.today().isoformat(),
            "auteur": auteur,
            "projet": projet,
        }
        return create_travail(dossier.cabinet, NATURE, parametres, _name_voie(dossier))


def list_en_cours(dossier: Dossier) -> list[Travail]:
    """List the bundles of a dossier that are asked for and not made yet, the oldest first."""
    etats = (EtatTravail.A_FAIRE, EtatTravail.EN_COURS)
    return list(_select_travaux(dossier).filter(etat__in=etats).order_by("pk"))


def find_echec(dossier: Dossier) -> Travail | None:
    """Find the last work asked for, when it was given up."""
    dernier: Travail | None = _select_travaux(dossier).order_by("pk").last()
    return dernier if dernier is not None and dernier.etat == EtatTravail.ECHOUE else None


def list_liasses(dossier: Dossier) -> list[LiasseFaite]:
    """List the bundles made, the newest first, without their bytes."""
    gardee = ExpressionWrapper(Q(contenu__isnull=False), output_field=BooleanField())
    return list(LiasseFaite.objects.filter(dossier=dossier).defer("contenu").annotate(gardee=gardee).order_by("-pk"))


def run_liasse(tenue: Tenue) -> dict[str, Any]:
    """Do the work « liasse »: make the bundle and keep it. Return its key. Raises ErreurExigible."""
    demande = tenue.parametres
    tenue.beat(_LONGTEMPS)
    dossier = Dossier.objects.select_related("creancier", "chaine", "cabinet").get(pk=demande["dossier"])
    preparation = prepare_liasse(dossier, get_modele(demande["acte"]), au=date.fromisoformat(demande["au"]))

    def dire(fait: int, total: int) -> None:
        if fait % max(1, total // _PAS) == 0 or fait == total:
            tenue.note_progres(fait, total)
            tenue.dire(fait, total)
        tenue.check_arret()
        if fait == total:
            tenue.beat(_LONGTEMPS)

    with make_archive(preparation, demande["auteur"], projet=demande["projet"], dire=dire) as (liasse, archive):
        _check_taille(archive)
        with transaction.atomic():
            tenue.beat(_LONGTEMPS)
            faite = _keep(preparation, liasse, archive, demande["auteur"])
    return {"liasse": faite.pk}


def _check_taille(archive: Path) -> None:
    taille = archive.stat().st_size
    if taille > TAILLE_MAX:
        raise ErreurExigible(
            "liasse_trop_grande",
            phrase(
                "Ce dossier de preuve pèse {taille} Mo et le bureau en garde {maximum} au plus : écartez des pièces, "
                "ou faites-le par la commande « exigible liasse ».",
                taille=taille // _MO,
                maximum=TAILLE_MAX // _MO,
            ),
        )


def _keep(preparation: Preparation, liasse: Liasse, archive: Path, auteur: str) -> LiasseFaite:
    """Keep a bundle; the same bytes are kept once, as the last that was made."""
    dossier, sha256 = preparation.dossier, compute_sha256(archive)
    LiasseFaite.objects.filter(dossier=dossier, sha256=sha256).delete()
    return insert_octets(
        LiasseFaite,
        "contenu",
        archive,
        dossier=dossier,
        cabinet_id=dossier.cabinet_id,
        acte=preparation.acte.modele.nom,
        nom=name_liasse(preparation),
        au=preparation.acte.etabli.etat.au,
        approuve_le=preparation.approuve.date_effet if preparation.approuve is not None else None,
        projet=bool(liasse.projet),
        pieces=len(liasse.pieces),
        pages=liasse.pages,
        taille=archive.stat().st_size,
        sha256=sha256,
        empreinte=liasse.empreinte,
        horodatage=liasse.horodatage,
        auteur=auteur,
        faite_le=horloge.now(),
    )


@contextmanager
def open_archive(faite: LiasseFaite) -> Iterator[Path]:
    """Give the ZIP of a bundle on the disk, for the time of the block."""
    with open_octets(faite, "contenu") as chemin:
        yield chemin


def copy_pdf(faite: LiasseFaite, vers: BinaryIO) -> None:
    """Write the one PDF of a bundle."""
    membre = f"{faite.nom}/{FICHIER_PDF}"
    with open_archive(faite) as chemin, zipfile.ZipFile(chemin) as archive, archive.open(membre) as source:
        shutil.copyfileobj(source, vers)


def _name_voie(dossier: Dossier) -> str:
    return f"liasse-{dossier.pk}"


def _select_travaux(dossier: Dossier) -> Any:
    return Travail.objects.filter(cabinet=dossier.cabinet_id, nature=NATURE, voie=_name_voie(dossier))


def give_up_liasse(_parametres: Mapping[str, Any], _erreur: str) -> None:
    """Leave the work as it is: the page of the bundles reads there why it was given up."""


LIASSE = Nature(run_liasse, give_up_liasse)

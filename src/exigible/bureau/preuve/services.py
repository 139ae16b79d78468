"""The court bundle of a dossier: made in a folder, or in a ZIP to download. Nothing enters the journal."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from exigible.actes.demande import Demande
from exigible.actes.modele import Famille, Modele, load_catalogue
from exigible.actes.preuve.archive import write_archive
from exigible.actes.preuve.donnees import Horodater, Liasse, Sujet
from exigible.actes.preuve.donnees import Piece as PieceALire
from exigible.actes.preuve.liasse import write_liasse
from exigible.bureau.actes.services import ActeDuDossier, Choix, Etabli, open_etabli, write_acte
from exigible.bureau.journal.models import Piece
from exigible.bureau.journal.services import read_inscriptions
from exigible.bureau.octets import open_octets
from exigible.bureau.preuve.factures import copy_facture
from exigible.bureau.preuve.horodatage import load_horodater
from exigible.bureau.preuve.journal import read_extrait
from exigible.bureau.preuve.pieces import PieceDePreuve, fix_numeros, list_toutes
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.faits import ActeProduit
from exigible.dossier.journal import Inscription, list_effectives
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

FAMILLES = (Famille.JUDICIAIRE, Famille.EXECUTION, Famille.INSOLVABILITE)
"""The families whose acts go with exhibits."""


@dataclass(frozen=True)
class Preparation:
    """What a bundle would be made of: the act as it would be written, the exhibits in their order, all of them."""

    dossier: Dossier
    acte: ActeDuDossier
    pieces: tuple[PieceDePreuve, ...]
    toutes: tuple[PieceDePreuve, ...]


def list_actes() -> list[Modele]:
    """List the acts that a bundle may be made for."""
    return [modele for modele in load_catalogue().values() if modele.famille in FAMILLES]


def prepare_liasse(
    dossier: Dossier,
    modele: Modele,
    *,
    saisies: dict[str, str] | None = None,
    creances: tuple[str, ...] | None = None,
    au: date | None = None,
) -> Preparation:
    """Read what the bundle of a dossier (loaded with creditor, chain, cabinet) needs; nothing is written.

    The answers are those of the draft, else those of the same act when it was last approved, then `saisies`.
    """
    etabli = open_etabli(dossier, au)
    effectives = list_effectives(read_inscriptions(dossier.chaine), etabli.etat.au)
    connu = etabli.choix.get(modele.nom) or _read_approuve(effectives, modele)
    choix = Choix(
        {**connu.saisies, **(saisies or {})},
        connu.creances if creances is None else creances,
        connu.pieces,
    )
    acte = write_acte(etabli, modele, choix)
    return Preparation(
        dossier,
        acte,
        etabli.pieces,
        list_toutes(dossier, effectives, etabli.etat),
    )


def _read_approuve(effectives: Sequence[Inscription], modele: Modele) -> Choix:
    approuves = [i.fait for i in effectives if isinstance(i.fait, ActeProduit) and i.fait.acte == modele.nom]
    return Choix(dict(approuves[-1].reponses), approuves[-1].creances or None) if approuves else Choix()


def make_liasse(
    preparation: Preparation,
    vers: Path,
    auteur: str,
    *,
    projet: bool = False,
    horodater: Horodater | None = None,
) -> Liasse:
    """Write the bundle in a folder, and keep the numbers of its exhibits.

    `horodater`: default, the authority of the settings. Raises ErreurExigible: what the act or the folder refuses.
    """
    demande = _need_demande(preparation.acte)
    pieces = [_make_piece(preparation.dossier, piece) for piece in preparation.pieces]
    etabli: Etabli = preparation.acte.etabli
    sujet = Sujet(demande, etabli.etat, pieces, read_extrait(preparation.dossier))
    liasse = write_liasse(sujet, vers, horodater=horodater or load_horodater(settings.HORODATAGE), projet=projet)
    fix_numeros(preparation.dossier, preparation.pieces, preparation.toutes, auteur)
    return liasse


@contextmanager
def make_archive(preparation: Preparation, auteur: str, *, projet: bool = False) -> Iterator[tuple[Liasse, Path]]:
    """Make the bundle and its ZIP, which go with the block."""
    with tempfile.TemporaryDirectory(prefix="exigible-liasse-") as travail:
        dossier = Path(travail) / name_liasse(preparation)
        liasse = make_liasse(preparation, dossier, auteur, projet=projet)
        archive = Path(travail) / f"{dossier.name}.zip"
        write_archive(dossier, archive)
        yield liasse, archive


def name_liasse(preparation: Preparation) -> str:
    """Name the folder."""
    au = preparation.acte.etabli.etat.au
    return f"{preparation.dossier.reference}-{preparation.acte.modele.nom}-{au:%Y-%m-%d}"


def _need_demande(acte: ActeDuDossier) -> Demande:
    if acte.demande is None or acte.acte is None:
        raise acte.refus or ErreurSaisie("acte_refuse", phrase("Ce document ne peut pas être écrit."), "acte")
    return acte.demande


def _make_piece(dossier: Dossier, piece: PieceDePreuve) -> PieceALire:
    return PieceALire(piece.intitule, piece.nom, _make_copieur(dossier, piece), piece.jour, piece.fait)


def _make_copieur(dossier: Dossier, piece: PieceDePreuve) -> Callable[[Path], None]:
    def copier(vers: Path) -> None:
        if piece.depot is not None:
            copy_facture(piece.depot, vers)
            return
        ligne = Piece.objects.defer("contenu").get(cabinet=dossier.cabinet_id, sha256=piece.sha256)
        with open_octets(ligne, "contenu") as chemin:
            shutil.copyfile(chemin, vers)

    return copier

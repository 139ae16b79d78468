"""What a person takes from a batch: the file to be printed, the list, the letters in an archive."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from exigible.actes.manifeste import IMPRESSION, MANIFESTE, Compteur, Ligne, write_manifeste
from exigible.actes.reliure import bind_fichiers
from exigible.bureau.actes.lots_models import Lot, PartLot
from exigible.bureau.phrases import translate_phrase
from exigible.droit.argent import ZERO

_EPOQUE = (1980, 1, 1, 0, 0, 0)
"""The day written in the archive: the same batch gives the same bytes."""


def list_lignes(lot: Lot) -> Iterator[Ligne]:
    """List the documents of a batch, numbered, with their first page in the file to be printed."""
    compteur = Compteur(lot.acte, recto_verso=lot.recto_verso)
    for part in _list_parts(lot):
        montant: Decimal | None = part.montant
        raison: str = part.raison
        yield compteur.add(
            part.dossier.reference,
            part.dossier.debiteur_nom,
            montant or ZERO,
            part.pages,
            part.sha256,
            translate_phrase(raison) if raison else "",
        )


def _list_parts(lot: Lot) -> Iterator[PartLot]:
    lignes = lot.parts.select_related("dossier").defer("contenu").order_by("rang")
    return iter(lignes.iterator(chunk_size=500))


def build_manifeste(lot: Lot) -> bytes:
    """Write the list of a batch as CSV."""
    return write_manifeste(list_lignes(lot))


@contextmanager
def open_impression(lot: Lot) -> Iterator[Path]:
    """Give the file to be printed, on the disk for the time of the block."""
    with tempfile.TemporaryDirectory(prefix="exigible-lot-") as racine:
        chemins = []
        for relie in lot.relies.order_by("rang").iterator(chunk_size=20):
            chemins.append(Path(racine) / f"{relie.rang}.pdf")
            chemins[-1].write_bytes(bytes(relie.contenu))
        sortie = Path(racine) / IMPRESSION
        bind_fichiers(chemins, sortie)
        yield sortie


def write_archive(lot: Lot, flux: BinaryIO) -> None:
    """Write the letters of a batch, the file to be printed and the list as a ZIP archive."""
    with zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        _add(archive, MANIFESTE, build_manifeste(lot))
        with open_impression(lot) as impression:
            _add(archive, IMPRESSION, impression.read_bytes())
        lettres = lot.parts.exclude(contenu=None).order_by("rang").values_list("rang", "contenu")
        noms = {ligne.rang: ligne.fichier for ligne in list_lignes(lot)}
        for rang, contenu in lettres.iterator(chunk_size=20):
            _add(archive, noms[rang], bytes(contenu))


def _add(archive: zipfile.ZipFile, nom: str, contenu: bytes) -> None:
    entree = zipfile.ZipInfo(nom, _EPOQUE)
    entree.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entree, contenu)

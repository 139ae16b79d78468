"""The pictures that letters bear: the logo of the creditor, the signature of who signs for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exigible.actes.signature import find_signature
from exigible.bureau.journal.models import Piece
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.etat import EtatDossier


@dataclass(frozen=True, slots=True)
class Images:
    """The pictures of a letter, as bytes: None without one, or once its bytes were erased."""

    logo: bytes | None = None
    signature: bytes | None = None


def load_images(dossier: Dossier, etat: EtatDossier) -> Images:
    """Read the pictures of a creditor's letters, in one query at most."""
    return choose_images(etat, read_images(dossier.cabinet_id, [etat]))


def read_images(cabinet: object, etats: Iterable[EtatDossier]) -> dict[str, bytes]:
    """Read the pictures of the letters of several dossiers of a cabinet, by SHA-256, in one query at most."""
    descriptions = [etat.creancier.description for etat in etats]
    voulues = {sha256 for d in descriptions for sha256 in (d.logo, find_signature(d))} - {""}
    if not voulues:
        return {}
    pieces = Piece.objects.filter(cabinet=cabinet, sha256__in=voulues, contenu__isnull=False)
    return {sha256: bytes(contenu) for sha256, contenu in pieces.values_list("sha256", "contenu") if contenu}


def choose_images(etat: EtatDossier, lues: Mapping[str, bytes]) -> Images:
    """Pick the pictures of a dossier among those read."""
    description = etat.creancier.description
    return Images(lues.get(description.logo), lues.get(find_signature(description)))

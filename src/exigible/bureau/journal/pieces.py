"""Files kept as evidence, by their SHA-256."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import IntegrityError

from exigible.bureau import horloge
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.models import Piece
from exigible.bureau.octets import compute_sha256, insert_octets
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase


def store_piece(cabinet: Cabinet, contenu: bytes, nom: str, type_mime: str) -> Piece:
    """Keep a file; the same bytes given twice are kept once, under the first name."""
    piece, _ = Piece.objects.get_or_create(
        cabinet=cabinet,
        sha256=hashlib.sha256(contenu).hexdigest(),
        defaults={
            "nom": nom[:255],
            "type_mime": type_mime[:100],
            "taille": len(contenu),
            "contenu": contenu,
            "cree_le": horloge.now(),
        },
    )
    return piece


def store_fichier(cabinet: Cabinet, chemin: Path, nom: str, type_mime: str) -> Piece:
    """Keep a file of any length, as `store_piece` does, without holding its bytes in memory.

    Raises ErreurExigible (`piece_effacee`) when the same bytes were kept once, then erased.
    """
    cle = {"cabinet": cabinet, "sha256": compute_sha256(chemin)}
    connue = Piece.objects.filter(**cle).defer("contenu")
    piece = connue.first()
    if piece is None:
        description = {"nom": nom[:255], "type_mime": type_mime[:100], "taille": chemin.stat().st_size}
        try:
            piece = insert_octets(Piece, "contenu", chemin, **cle, **description, cree_le=horloge.now())
        except IntegrityError:  # another writer kept the same bytes meanwhile
            piece = connue.get()
    if Piece.objects.filter(pk=piece.pk, contenu__isnull=True).exists():
        raise ErreurExigible(
            "piece_effacee",
            phrase("Le fichier « {nom} » a déjà été gardé, puis effacé : il ne peut plus être importé.", nom=nom),
        )
    return piece

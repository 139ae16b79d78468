"""Files kept as evidence, by their SHA-256."""

from __future__ import annotations

import hashlib

from exigible.bureau import horloge
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.models import Piece


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

"""A cabinet's journal written as a file (see `exigible.dossier.journal_fichier`), as of one instant."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain, groupby
from typing import Any

from django.db import connection, transaction

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.conversion import COLONNES, make_maillon
from exigible.bureau.journal.models import Chaine, Maillon, Piece, Sceau, Tete
from exigible.dossier.journal_fichier import (
    Ligne,
    LigneChaine,
    LigneEntete,
    LigneFait,
    LignePiece,
    LigneSceau,
    encode_piece,
    make_ligne_fait,
    write_lignes,
)

_LOT = 2000
_Tete = tuple[uuid.UUID, int, date]


def export_journal(cabinet: Cabinet) -> Iterator[bytes]:
    """Write the journal of a cabinet, line by line: seals, chains, facts, files. Users and settings are not facts."""
    with _read_a_un_instant():
        yield from write_lignes(
            chain([_make_entete(cabinet)], _list_sceaux(cabinet), _list_chaines(cabinet), _list_pieces(cabinet))
        )


@contextmanager
def _read_a_un_instant() -> Iterator[None]:
    """Read as of one instant, keeping nobody from writing meanwhile; inside a transaction, that of the caller."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # `atomic` would take the only right to write (transaction_mode IMMEDIATE).
        with connection.cursor() as curseur:
            curseur.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                curseur.execute("ROLLBACK")


def _make_entete(cabinet: Cabinet) -> LigneEntete:
    return LigneEntete(
        cabinet=cabinet.nom,
        cree_le=cabinet.cree_le,
        demonstration=cabinet.demonstration,
    )


def _list_sceaux(cabinet: Cabinet) -> Iterator[LigneSceau]:
    for sceau in Sceau.objects.filter(cabinet=cabinet).order_by("jour").iterator(chunk_size=_LOT):
        yield LigneSceau(
            jour=sceau.jour,
            precedent=sceau.precedent,
            empreinte=sceau.empreinte,
            tetes=Tete.objects.filter(sceau=sceau).count(),
        )


def _list_chaines(cabinet: Cabinet) -> Iterator[Ligne]:
    """List chains by name, each with its facts: three readings in the same order, side by side."""
    chaines = Chaine.objects.filter(cabinet=cabinet).order_by("pk")
    entetes = chaines.values_list("pk", "sorte", "dossier__creancier__chaine", "dossier__reference")
    maillons = Maillon.objects.filter(chaine__cabinet=cabinet).order_by("chaine_id", "rang")
    suites = groupby(maillons.values_list(*COLONNES).iterator(chunk_size=_LOT), key=lambda ligne: ligne[0])
    scellees = Tete.objects.filter(sceau__cabinet=cabinet).order_by("chaine", "rang", "sceau__jour")
    tetes = _Avance(scellees.values_list("chaine", "rang", "sceau__jour").iterator(chunk_size=_LOT))
    suivante = next(suites, None)
    for cle, sorte, creancier, reference in entetes.iterator(chunk_size=_LOT):
        yield LigneChaine(chaine=cle, sorte=sorte, creancier=creancier, reference=reference or "")
        if suivante is not None and suivante[0] == cle:
            yield from _list_faits(suivante[1], tetes)
            suivante = next(suites, None)


def _list_faits(lignes: Iterator[tuple[Any, ...]], tetes: _Avance) -> Iterator[LigneFait]:
    for ligne in lignes:
        yield make_ligne_fait(make_maillon(ligne), tetes.take(ligne[0], ligne[1]))


class _Avance:
    """Sealed heads, read in step with the facts."""

    def __init__(self, tetes: Iterator[_Tete]) -> None:
        self._tetes = tetes
        self._suivante = next(tetes, None)

    def take(self, chaine: uuid.UUID, rang: int) -> tuple[date, ...]:
        """Give the days whose seal holds this fact as a head; heads of facts that are no more are passed over."""
        jours = []
        while self._suivante is not None and self._suivante[:2] <= (chaine, rang):
            if self._suivante[:2] == (chaine, rang):
                jours.append(self._suivante[2])
            self._suivante = next(self._tetes, None)
        return tuple(jours)


def _list_pieces(cabinet: Cabinet) -> Iterator[LignePiece]:
    for piece in Piece.objects.filter(cabinet=cabinet).order_by("sha256").iterator(chunk_size=1):
        yield LignePiece(
            sha256=piece.sha256,
            nom=piece.nom,
            type_mime=piece.type_mime,
            taille=piece.taille,
            cree_le=piece.cree_le,
            contenu=None if piece.contenu is None else encode_piece(bytes(piece.contenu)),
        )

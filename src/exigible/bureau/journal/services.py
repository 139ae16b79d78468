"""What the office does with journals. Nothing else writes facts, and every fact refreshes the projections at once."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.db import DatabaseError, connection, transaction

from exigible.bureau.journal.ecriture import FaitAEcrire, LotEcrit, append_lots
from exigible.bureau.journal.lecture import EntreeFil, list_fil, read_inscriptions
from exigible.bureau.journal.models import Chaine, Maillon
from exigible.bureau.journal.pieces import store_fichier, store_piece
from exigible.bureau.journal.sceaux import seal_jour
from exigible.bureau.journal.verification import verify_journal
from exigible.bureau.tiers.projections import refresh_projections
from exigible.bureau.tiers.revalorisation import revalue_perimes
from exigible.bureau.travaux.verrous import is_occupee, retry_occupee

_journal = logging.getLogger(__name__)

__all__ = [
    "EntreeFil",
    "FaitAEcrire",
    "list_fil",
    "read_inscriptions",
    "record_faits",
    "record_lots",
    "seal_jour",
    "store_fichier",
    "store_piece",
    "verify_journal",
]


def record_faits(chaine: Chaine, faits: Sequence[FaitAEcrire], auteur: str) -> list[Maillon]:
    """Append facts to a journal and refresh what depends on them, or nothing (one transaction).

    `auteur` is who records them, as the journal will say it. Raises ErreurExigible when a fact cannot be read back.
    """
    lots = record_lots([(chaine, faits)], auteur)
    return list(lots[0].maillons)


def record_lots(
    lots: Sequence[tuple[Chaine, Sequence[FaitAEcrire]]], auteur: str, *, sans_retenues: bool = False
) -> list[LotEcrit]:
    """Append facts to several journals at once, each named once, in one transaction and a few queries.

    Tried again, a few times, when another writer is in the way. What the rules of a creditor change in its dossiers is
    valued after; if it cannot be now, they stay marked for the day's work. `sans_retenues`: see `refresh_projections`.
    """
    ecrits = _write_lots(lots, auteur, sans_retenues=sans_retenues)
    try:
        revalue_perimes(ecrits)
    except DatabaseError as erreur:
        if connection.in_atomic_block or not is_occupee(erreur):
            raise
        _journal.warning("dossiers à revaloriser laissés au travail du jour : %s", erreur)
    return ecrits


@retry_occupee
def _write_lots(
    lots: Sequence[tuple[Chaine, Sequence[FaitAEcrire]]], auteur: str, *, sans_retenues: bool
) -> list[LotEcrit]:
    with transaction.atomic():
        ecrits = append_lots(lots, auteur)
        refresh_projections(ecrits, sans_retenues=sans_retenues)
    return ecrits

"""What the office does with journals. Nothing else writes facts, and every fact refreshes the projections at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from exigible.bureau.journal.ecriture import FaitAEcrire, LotEcrit, append_lots
from exigible.bureau.journal.lecture import EntreeFil, list_fil, read_inscriptions
from exigible.bureau.journal.models import Chaine, Maillon
from exigible.bureau.journal.pieces import store_piece
from exigible.bureau.journal.sceaux import seal_jour
from exigible.bureau.journal.verification import verify_journal
from exigible.bureau.tiers.projections import refresh_projections
from exigible.bureau.tiers.revalorisation import revalue_perimes

__all__ = [
    "EntreeFil",
    "FaitAEcrire",
    "list_fil",
    "read_inscriptions",
    "record_faits",
    "record_lots",
    "seal_jour",
    "store_piece",
    "verify_journal",
]


def record_faits(chaine: Chaine, faits: Sequence[FaitAEcrire], auteur: str) -> list[Maillon]:
    """Append facts to a journal and refresh what depends on them, or nothing (one transaction).

    `auteur` is who records them, as the journal will say it. Raises ErreurExigible when a fact cannot be read back.
    """
    lots = record_lots([(chaine, faits)], auteur)
    return list(lots[0].maillons)


def record_lots(lots: Sequence[tuple[Chaine, Sequence[FaitAEcrire]]], auteur: str) -> list[LotEcrit]:
    """Append facts to several journals at once, each named once, in one transaction and a few queries."""
    with transaction.atomic():
        ecrits = append_lots(lots, auteur)
        refresh_projections(ecrits)
    revalue_perimes(ecrits)
    return ecrits

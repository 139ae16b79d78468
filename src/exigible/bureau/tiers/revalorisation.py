"""Value dossiers again for a day: one short transaction each; one that cannot be read is marked and left aside."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

import msgspec
from django.db import connection, transaction
from django.db.models import F, Q

from exigible.bureau import horloge
from exigible.bureau.journal.ecriture import LotEcrit, lock_chaines
from exigible.bureau.journal.lecture import cut_lots
from exigible.bureau.journal.models import Chaine, Sorte
from exigible.bureau.tiers.lecture import REGLES
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.tiers.projections import DifferencesTable, find_differences, project_dossiers, refresh_credits
from exigible.dossier.etat import Stade
from exigible.droit.erreurs import ErreurExigible

_journal = logging.getLogger(__name__)

PANNES = (ErreurExigible, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, msgspec.MsgspecError)
"""What one broken dossier may raise while it is read; a fault of the database is not among them and stops the run."""

LOT = 100
"""How many dossiers are read together."""

_REGLAGES_DISQUE = {
    "sqlite": ("PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL"),
    "postgresql": ("SET synchronous_commit = off", "RESET synchronous_commit"),
}


def revalue(dossiers: Iterable[uuid.UUID], au: date) -> list[uuid.UUID]:
    """Value dossiers (by key) on a day, then the holds of their creditors. Return those that could not be."""
    creanciers: set[uuid.UUID] = set()
    pannes: list[uuid.UUID] = []
    with _write_sans_attendre():
        for cles in cut_lots(list(dossiers), LOT):
            lot = list(Dossier.objects.filter(pk__in=cles).select_related("creancier").order_by("reference"))
            creanciers |= {d.creancier_id for d in lot}
            pannes += _revalue_lot(lot, au)
    with transaction.atomic():
        lock_chaines(list(Creancier.objects.filter(pk__in=creanciers).values_list("chaine", flat=True)))
        refresh_credits(creanciers)
    return pannes


def _revalue_lot(lot: Sequence[Dossier], au: date) -> list[uuid.UUID]:
    """Read and compute together, then write one dossier a transaction; what changed meanwhile is done again alone."""
    chaines = {c for d in lot for c in (d.chaine_id, d.creancier.chaine_id)}
    rangs = dict(Chaine.objects.filter(pk__in=chaines).values_list("pk", "tete_rang"))
    try:
        differences = find_differences(lot, au)
    except PANNES:
        differences = {}
    return [
        d.pk
        for d in lot
        if not (d.pk in differences and _write(d, differences[d.pk], rangs)) and not _revalue_un(d, au)
    ]


def _write(dossier: Dossier, differences: Sequence[DifferencesTable], rangs: Mapping[uuid.UUID, int]) -> bool:
    """Write what was computed, unless its journal or its creditor's went on since (`rangs`: as they were read)."""
    with transaction.atomic():
        if any(chaine.tete_rang != rangs[cle] for cle, chaine in lock_chaines([dossier.chaine_id]).items()):
            return False
        for table in differences:
            table.apply()
    return True


@contextmanager
def _write_sans_attendre() -> Iterator[None]:
    """Do not wait for the disk at each commit: only projections are written, and what a power cut loses is done again.

    The journal is never written so. Inside a transaction nothing changes.
    """
    if connection.in_atomic_block:
        yield
        return
    avant, apres = _REGLAGES_DISQUE[connection.vendor]
    with connection.cursor() as curseur:
        curseur.execute(avant)
    try:
        yield
    finally:
        with connection.cursor() as curseur:
            curseur.execute(apres)


def _revalue_un(dossier: Dossier, au: date) -> bool:
    try:
        with transaction.atomic():
            lock_chaines([dossier.chaine_id])
            project_dossiers([dossier], au)
    except PANNES as erreur:
        _journal.warning("%s laissé de côté : %s", dossier.reference, erreur)
        message = erreur.message if isinstance(erreur, ErreurExigible) else f"{type(erreur).__name__} : {erreur}"
        Dossier.objects.filter(pk=dossier.pk).update(erreur=message)
        return False
    return True


def list_a_revaluer(cabinet_id: int, au: date) -> Sequence[uuid.UUID]:
    """List the dossiers that a day's run values: all but the settled ones, which keep their day until something comes.

    Those already valued for the day are among them: the program may have changed since, and nothing is written if not.
    """
    vivants = ~Q(stade=Stade.SOLDEE.value) | Q(a_revoir_le__lte=au) | Q(arrete_au=None) | ~Q(erreur="")
    lignes = Dossier.objects.filter(vivants, cabinet=cabinet_id).order_by("reference")
    return list(lignes.values_list("pk", flat=True))


def revalue_perimes(lots: Sequence[LotEcrit]) -> None:
    """Value again, after the rules of their creditor changed, the dossiers marked as out of date."""
    chaines = [
        lot.chaine.pk
        for lot in lots
        if lot.chaine.sorte == Sorte.CREANCIER
        and any(isinstance(i.fait, REGLES) or i.corrige is not None for i in lot.inscriptions)
    ]
    if not chaines:
        return
    perimes = Dossier.objects.filter(creancier__chaine__in=chaines, a_revoir_le__lte=F("arrete_au"))
    revalue(list(perimes.order_by("reference").values_list("pk", flat=True)), horloge.today())

"""The agenda of a cabinet as it stood on a day: the journals folded again, some hundreds of dossiers at a time."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from exigible.bureau.comptes.attributions import make_prefetch
from exigible.bureau.journal.lecture import cut_lots
from exigible.bureau.tiers.agenda import describe_rendez_vous
from exigible.bureau.tiers.lecture import Journaux, read_journaux_des_dossiers
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.agenda import RendezVous, list_agenda
from exigible.droit.erreurs import ErreurExigible

PAR_LOT = 250
"""Dossiers whose journals are held in memory at once; each batch costs five queries, whatever it holds."""
_PAS_ENCORE_CONNU = frozenset({"debiteur_absent", "creancier_absent"})


@dataclass(frozen=True, slots=True)
class LignePassee:
    """A deadline that stood on the day asked, its dossier, and the stage of that dossier then."""

    rendez_vous: RendezVous
    dossier: Dossier
    stade: str


@dataclass(frozen=True, slots=True)
class AgendaPasse:
    """What was kept, and the references of the dossiers that could not be read."""

    lignes: list[LignePassee]
    illisibles: list[str]


def read_agenda_passe(
    dossiers: QuerySet[Dossier],
    au: date,
    connu_au: datetime | None = None,
    garder: Callable[[LignePassee], bool] = lambda _ligne: True,
) -> AgendaPasse:
    """Fold each dossier on the day `au` (included), with what was recorded by `connu_au`; keep what `garder` wants.

    A dossier not opened yet by then has no deadline. One that cannot be read is named, and the others go on.
    """
    cles: Sequence[uuid.UUID] = list(dossiers.order_by("pk").values_list("pk", flat=True))
    illisibles: list[str] = []
    lignes: list[LignePassee] = []
    for lot in cut_lots(cles, PAR_LOT):
        lus = list(Dossier.objects.filter(pk__in=lot).select_related("creancier").prefetch_related(make_prefetch()))
        journaux = read_journaux_des_dossiers(lus)
        for dossier in lus:
            try:
                lignes += filter(garder, _list_lignes(journaux, dossier, au, connu_au))
            except ErreurExigible as erreur:
                if erreur.code not in _PAS_ENCORE_CONNU:
                    illisibles.append(dossier.reference)
    return AgendaPasse(lignes, illisibles)


def _list_lignes(journaux: Journaux, dossier: Dossier, au: date, connu_au: datetime | None) -> Iterator[LignePassee]:
    etat = journaux.fold(dossier, au, connu_au, provisoire=True)
    for ligne in list_agenda(etat):
        yield LignePassee(describe_rendez_vous(dossier, etat.debiteur.nom, ligne), dossier, etat.stade.value)

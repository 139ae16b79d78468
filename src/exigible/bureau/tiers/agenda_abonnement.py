"""The agenda as a calendar that others come back to read: same bytes as long as nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.models import Maillon, Sorte
from exigible.bureau.tiers.agenda import PAR_LECTURE, build_evenement, read_rendez_vous
from exigible.bureau.tiers.lecture import TYPES_DES_REGLES
from exigible.bureau.tiers.models import Echeance
from exigible.dossier.agenda_ical import Evenement, write_icalendar

RELIRE = timedelta(hours=6)
"""How often we ask a calendar to come back."""
_ORIGINE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Version:
    """How many facts the rules of a creditor were made of, and when the last was recorded."""

    rang: int = 0
    le: datetime = _ORIGINE


def write_abonnement(lignes: QuerySet[Echeance], cabinet: Cabinet, nom: str) -> bytes:
    """Write deadlines of a cabinet. Those that are no more are not there any more: the calendar drops them.

    The sequence of an event is the number of facts that its dossier and its creditor's rules hold: a journal only
    grows, so it never falls, and what it says changes with a fact only.
    """
    regles = _read_regles(cabinet)
    tete = Maillon.objects.filter(chaine=OuterRef("dossier__chaine"), rang=OuterRef("dossier__chaine__tete_rang"))
    datees = lignes.select_related("dossier__creancier", "dossier__chaine").annotate(
        tete_le=Subquery(tete.values("enregistre_le")[:1])
    )
    return write_icalendar(_list_evenements(datees, regles), _ORIGINE, nom, RELIRE)


def _list_evenements(lignes: QuerySet[Any], regles: dict[Any, _Version]) -> Iterator[Evenement]:
    for ligne in lignes.iterator(chunk_size=PAR_LECTURE):
        version = regles.get(ligne.dossier.creancier_id, _Version())
        yield replace(
            build_evenement(read_rendez_vous(ligne)),
            modifie_le=max(ligne.tete_le or _ORIGINE, version.le),
            sequence=ligne.dossier.chaine.tete_rang + version.rang,
        )


def _read_regles(cabinet: Cabinet) -> dict[Any, _Version]:
    maillons = Maillon.objects.filter(
        chaine__cabinet=cabinet, chaine__sorte=Sorte.CREANCIER, type__in=TYPES_DES_REGLES
    ).values("chaine__creancier")
    return {
        ligne["chaine__creancier"]: _Version(ligne["rang"], ligne["le"])
        for ligne in maillons.annotate(rang=Count("pk"), le=Max("enregistre_le"))
    }

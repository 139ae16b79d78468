"""Open invoices of a cabinet, for the day of the office from the projections, for another from the journals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from exigible.bureau import horloge
from exigible.bureau.journal.lecture import TAILLE_LOT
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.bureau.tiers.services import load_etats
from exigible.dossier.etat import STADES_CLOS
from exigible.echanges.sorties.listes import PosteOuvert, list_ouverts


def read_ouverts(dossiers: QuerySet, au: date | None = None) -> Iterator[PosteOuvert]:
    """Read the open invoices of dossiers on a day, today by default, by debtor then due date.

    For today, accessories are those of the day on which each dossier was last valued, which each line says.
    """
    if au is None or au == horloge.today():
        yield from _read_projections(dossiers)
        return
    choisis = dossiers.select_related("creancier").order_by("debiteur_nom", "reference")
    lot: list[Dossier] = []
    for dossier in choisis.iterator(chunk_size=TAILLE_LOT):
        lot.append(dossier)
        if len(lot) == TAILLE_LOT:
            yield from _fold(lot, au)
            lot = []
    yield from _fold(lot, au)


def _read_projections(dossiers: QuerySet) -> Iterator[PosteOuvert]:
    ouvertes = (
        Creance.objects.filter(dossier__in=dossiers)
        .exclude(stade__in=[stade.value for stade in STADES_CLOS])
        .select_related("dossier")
        .order_by("dossier__debiteur_nom", "dossier__reference", "echeance", "numero")
    )
    for creance in ouvertes.iterator(chunk_size=TAILLE_LOT):
        dossier = creance.dossier
        yield PosteOuvert(
            reference=dossier.reference,
            client=dossier.debiteur_nom,
            code=dossier.debiteur_code,
            siren=dossier.siren,
            numero=creance.numero,
            emission=creance.emission,
            echeance=creance.echeance,
            montant=creance.montant,
            reste=creance.reste,
            interets=creance.interets,
            indemnites=creance.indemnites,
            conteste=creance.conteste,
            etape=creance.stade,
            au=dossier.arrete_au or horloge.today(),
        )


def _fold(lot: list[Dossier], au: date) -> Iterator[PosteOuvert]:
    etats = load_etats(lot, au) if lot else {}
    for dossier in lot:
        if dossier.pk in etats:
            yield from list_ouverts(etats[dossier.pk], dossier.reference)

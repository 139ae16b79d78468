"""How long the files of a batch are kept. What was approved is in each dossier; the rest is made again."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.actes.lots_models import Lot, PartLot, RelieLot, StatutLot
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.tiers.models import Dossier

JOURS_D_UN_LOT = 90
"""Days during which the files of a batch are kept; its list, with their SHA-256, stays."""


@transaction.atomic
def forget_lots(cabinet: Cabinet) -> int:
    """Let go of the files of batches kept long enough, but those at work. Return of how many batches."""
    limite = horloge.now() - timedelta(days=JOURS_D_UN_LOT)
    anciens = Lot.objects.filter(cabinet=cabinet, cree_le__lt=limite, relies__isnull=False)
    cles = list(anciens.exclude(statut=StatutLot.EN_COURS).values_list("pk", flat=True).distinct())
    PartLot.objects.filter(lot__in=cles, contenu__isnull=False).update(contenu=None)
    RelieLot.objects.filter(lot__in=cles).delete()
    Lot.objects.filter(pk__in=cles).exclude(statut=StatutLot.APPROUVE).update(statut=StatutLot.OUBLIE)
    return len(cles)


def forget_parts(dossier: Dossier) -> None:
    """Let go of the letters of a dossier, and of the files to be printed where they are."""
    RelieLot.objects.filter(lot__parts__dossier=dossier).delete()
    PartLot.objects.filter(dossier=dossier).update(contenu=None, raison="")

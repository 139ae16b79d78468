"""How long the archives of bundles are kept. Apart from what makes them, for the day's work does not typeset."""

from __future__ import annotations

from datetime import timedelta

from exigible.bureau import horloge
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.preuve.models import LiasseFaite

JOURS_D_UNE_LIASSE = 90
"""Days during which the archive of a bundle is kept; its SHA-256 and its day stay."""


def forget_liasses(cabinet: Cabinet) -> int:
    """Let go of the archives of a tenant that were kept long enough. Return how many were."""
    limite = horloge.now() - timedelta(days=JOURS_D_UNE_LIASSE)
    anciennes = LiasseFaite.objects.filter(cabinet=cabinet, faite_le__lt=limite, contenu__isnull=False)
    return int(anciennes.update(contenu=None))

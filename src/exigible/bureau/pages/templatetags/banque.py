"""What pages outside the bank show of bank lines."""

from __future__ import annotations

from django import template

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.tiers.models import Dossier

register = template.Library()


MONTRES_MAX = 5


@register.simple_tag
def virements_retenus(dossier: Dossier) -> list[Mouvement]:
    """List the first of the unmatched credits that hold the reminders of a dossier, the oldest first."""
    cles = [credit["cle"] for credit in dossier.credits[:MONTRES_MAX]]
    if not cles:
        return []
    return list(Mouvement.objects.filter(creancier=dossier.creancier_id, cle__in=cles).order_by("date", "pk"))

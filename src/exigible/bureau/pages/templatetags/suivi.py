"""Who follows a dossier, on each of its pages: `{% suivi dossier %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import prefetch_related_objects

from exigible.bureau.comptes.attributions import get_suivi, make_prefetch
from exigible.bureau.pages.suivi import list_suiveurs, write_suivi
from exigible.bureau.tiers.models import Dossier

register = template.Library()


@register.inclusion_tag("pages/attribution/suivi.html", takes_context=True)
def suivi(context: dict[str, Any], dossier: Dossier) -> dict[str, Any]:
    """The name of whoever follows it, and the way to change; nothing when one works alone."""
    plusieurs = list_suiveurs(context["request"]).plusieurs
    if plusieurs and not hasattr(dossier, "suivies"):
        prefetch_related_objects([dossier], make_prefetch())
    return {"dossier": dossier, "plusieurs": plusieurs, "nom": write_suivi(get_suivi(dossier))}

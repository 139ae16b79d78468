"""Who is looking: the tenant of a request, its creditors, the day, and objects of that tenant only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from exigible.bureau import horloge
from exigible.bureau.comptes.models import Appartenance, Cabinet
from exigible.bureau.tiers.models import Creancier, Dossier


def cabinet_courant(request: HttpRequest) -> Cabinet:
    """The tenant of the signed-in person; read once a request. Raises Http404 when the person belongs to none."""
    cabinet = getattr(request, "_cabinet", None)
    if cabinet is None:
        appartenance = (
            Appartenance.objects.filter(utilisateur=request.user.pk).select_related("cabinet").order_by("pk").first()
        )
        if appartenance is None:
            raise Http404("Ce compte n'est rattaché à aucune entreprise.")
        cabinet = appartenance.cabinet
        request._cabinet = cabinet  # noqa: SLF001 -- kept on the request for its life, like Django's own `_messages`
    return cabinet


def auteur_courant(request: HttpRequest) -> str:
    """How the journal names the signed-in person: the e-mail address."""
    return str(request.user.get_username())


def aujourd_hui() -> date:
    """The day of the office (Europe/Paris)."""
    return horloge.today()


def list_creanciers(request: HttpRequest) -> list[Creancier]:
    """The creditors of the tenant, by name; read once a request."""
    creanciers = getattr(request, "_creanciers", None)
    if creanciers is None:
        creanciers = list(Creancier.objects.filter(cabinet=cabinet_courant(request)).order_by("nom", "pk"))
        request._creanciers = creanciers  # noqa: SLF001 -- as above
    return creanciers


def is_taux_provisoire(cabinet: Cabinet) -> bool:
    """Whether some amounts shown rest on the last known rate, carried on beyond what was published."""
    return Dossier.objects.filter(cabinet=cabinet, provisoire=True).exists()


def get_du_cabinet(request: HttpRequest, modele: Any, **criteres: Any) -> Any:
    """The row of `modele` (a model or a queryset) that matches, in the tenant only. Raises Http404 otherwise."""
    return get_object_or_404(modele, cabinet=cabinet_courant(request), **criteres)

"""Who is looking: the tenant of a request, its creditors, the day, and objects of that tenant only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from exigible.bureau import horloge
from exigible.bureau.comptes.models import Appartenance, Cabinet, Utilisateur
from exigible.bureau.tiers.models import Creancier, Dossier

CLE_CABINET = "cabinet"
"""Where the session keeps the tenant that the person chose."""


def cabinet_courant(request: HttpRequest) -> Cabinet:
    """The tenant of the signed-in person: the one chosen in the session while the person still belongs to it.

    Otherwise the first joined. Raises Http404 when the person belongs to none.
    """
    cabinets = list_cabinets(request)
    if not cabinets:
        raise Http404("Ce compte n'est rattaché à aucune entreprise.")
    choisi = request.session.get(CLE_CABINET)
    return next((cabinet for cabinet in cabinets if cabinet.pk == choisi), cabinets[0])


def list_cabinets(request: HttpRequest) -> list[Cabinet]:
    """The tenants that the signed-in person belongs to, first joined first; read once a request.

    Kept as `request.cabinets`, where the menu finds them.
    """
    cabinets: list[Cabinet] | None = getattr(request, "cabinets", None)
    if cabinets is None:
        appartenances = Appartenance.objects.filter(utilisateur=request.user.pk).select_related("cabinet")
        cabinets = [appartenance.cabinet for appartenance in appartenances.order_by("pk")]
        request.cabinets = cabinets
    return cabinets


def choose_cabinet(request: HttpRequest, cle: str) -> Cabinet:
    """Work in another tenant of the person from the next request on. Raises Http404 for a tenant of others."""
    cabinet = next((cabinet for cabinet in list_cabinets(request) if str(cabinet.pk) == cle), None)
    if cabinet is None:
        raise Http404("Ce compte n'est pas rattaché à cette entreprise.")
    request.session[CLE_CABINET] = cabinet.pk
    return cabinet


def utilisateur_courant(request: HttpRequest) -> Utilisateur:
    """The signed-in person."""
    utilisateur: Utilisateur = request.user
    return utilisateur


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
        request._creanciers = creanciers  # noqa: SLF001 -- kept on the request for its life, like Django's own `_messages`
    return creanciers


def is_taux_provisoire(cabinet: Cabinet) -> bool:
    """Whether some amounts shown rest on the last known rate, carried on beyond what was published."""
    return Dossier.objects.filter(cabinet=cabinet, provisoire=True).exists()


def get_du_cabinet(request: HttpRequest, modele: Any, **criteres: Any) -> Any:
    """The row of `modele` (a model or a queryset) that matches, in the tenant only. Raises Http404 otherwise."""
    return get_object_or_404(modele, cabinet=cabinet_courant(request), **criteres)

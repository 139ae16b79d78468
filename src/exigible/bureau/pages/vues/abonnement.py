"""The agenda for calendars that come back to read it: secret addresses, opened and ended by their owner."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exigible.bureau.comptes.abonnements import (
    compute_empreinte,
    end_abonnement,
    find_abonnement,
    list_abonnements,
    mark_lu,
    open_abonnement,
)
from exigible.bureau.comptes.attributions import build_critere
from exigible.bureau.comptes.models import ETENDUES, AbonnementAgenda, Etendue
from exigible.bureau.pages.contexte import cabinet_courant, utilisateur_courant
from exigible.bureau.pages.suivi import list_suiveurs
from exigible.bureau.tiers.agenda import list_echeances
from exigible.bureau.tiers.agenda_abonnement import write_abonnement

LECTURES_MAX, ESSAIS_MAX = 60, 20
"""In an hour: how often an address may be read, and how many that open nothing may be tried from one place."""
HEURE = 3600


@require_safe
def read_calendrier(request: HttpRequest) -> HttpResponse:
    """The deadlines that a secret address (`?cle=`) opens, as iCalendar; 304 when nothing changed. No session."""
    secret = request.GET.get("cle", "")
    abonnement = find_abonnement(secret) if secret else None
    if abonnement is None:
        if _count(f"calendrier-essais-{request.META.get('REMOTE_ADDR', '')}") > ESSAIS_MAX:
            return _refuse()
        raise Http404("Cette adresse n'ouvre rien.")
    if _count(f"calendrier-{compute_empreinte(secret)}") > LECTURES_MAX:
        return _refuse()
    mark_lu(abonnement)
    contenu = _write(abonnement)
    etiquette = f'"{hashlib.sha256(contenu).hexdigest()}"'
    connues = {x.strip().removeprefix("W/") for x in request.headers.get("If-None-Match", "").split(",")}
    reponse = (
        HttpResponseNotModified()
        if etiquette in connues
        else HttpResponse(contenu, content_type="text/calendar; charset=utf-8")
    )
    reponse.headers["ETag"] = etiquette
    reponse.headers["Referrer-Policy"] = "no-referrer"
    reponse.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(reponse, private=True, no_cache=True)
    return reponse


def _write(abonnement: AbonnementAgenda) -> bytes:
    qui = "" if abonnement.etendue == Etendue.CABINET else abonnement.etendue
    lignes = list_echeances().filter(build_critere(qui, abonnement.utilisateur), cabinet=abonnement.cabinet)
    with override(abonnement.langue):
        nom = _("Exigible – %(cabinet)s") % {"cabinet": abonnement.cabinet.nom}
        return write_abonnement(lignes, abonnement.cabinet, nom)


def _count(cle: str) -> int:
    """Count one more within the hour; each process of the server keeps its own count."""
    cache.add(cle, 0, HEURE)
    try:
        return int(cache.incr(cle))
    except ValueError:  # the hour ended between the two
        return 1


def _refuse() -> HttpResponse:
    texte = _("Trop de lectures : revenez dans une heure.")
    return HttpResponse(
        texte, status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": str(HEURE)}
    )


# --- Their owner's page -----------------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def show_calendrier(request: HttpRequest) -> HttpResponse:
    """Show the addresses of the person; a POST opens one, or renews it, and shows it this once."""
    adresse = ""
    if request.method == "POST":
        etendue = next((e for e in _list_etendues(request) if e.value == request.POST.get("etendue")), None)
        if etendue is None:
            raise Http404("Étendue inconnue.")
        langue = get_language() or "fr"
        _abonnement, secret = open_abonnement(utilisateur_courant(request), cabinet_courant(request), etendue, langue)
        adresse = request.build_absolute_uri(f"{reverse('calendrier')}?cle={secret}")
    siens = {a.etendue: a for a in list_abonnements(utilisateur_courant(request), cabinet_courant(request))}
    sortes: list[dict[str, Any]] = [
        {"etendue": etendue, "titre": ETENDUES[etendue], "abonnement": siens.get(etendue.value)}
        for etendue in Etendue
        if etendue in _list_etendues(request) or etendue.value in siens
    ]
    reponse = render(request, "pages/attribution/calendrier.html", {"adresse": adresse, "sortes": sortes})
    patch_cache_control(reponse, private=True, no_store=True)
    return reponse


def _list_etendues(request: HttpRequest) -> list[Etendue]:
    """Alone, everything is one's own: there is one address only."""
    return list(Etendue) if list_suiveurs(request).plusieurs else [Etendue.CABINET]


@login_required
@require_POST
def close_calendrier(request: HttpRequest, pk: int) -> HttpResponse:
    """End an address of the person."""
    if not end_abonnement(utilisateur_courant(request), cabinet_courant(request), pk):
        raise Http404("Cette adresse n'est pas ouverte.")
    messages.success(request, _("Adresse fermée : elle n’ouvre plus rien."))
    return redirect("reglages_calendrier")

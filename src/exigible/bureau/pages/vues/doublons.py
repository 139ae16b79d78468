"""« Peut-être le même client »: pairs of dossiers alike, put together or kept apart by a person; both can be undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from exigible.bureau.imports.doublons import (
    PAIRES_MONTREES,
    find_doublons,
    keep_distincts,
    merge_dossiers,
    reconsider,
    separate,
)
from exigible.bureau.imports.models import MemeClient
from exigible.bureau.pages.contexte import auteur_courant, cabinet_courant, get_du_cabinet, list_creanciers
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.models import Dossier
from exigible.droit.erreurs import ErreurExigible

PAR_PAGE = 20


@login_required
@require_GET
def show_doublons(request: HttpRequest) -> HttpResponse:
    """List the pairs that may be one customer, with the reason, and what a person decided of others."""
    doublons = find_doublons(list(list_creanciers(request)))
    decides = MemeClient.objects.filter(cabinet=cabinet_courant(request), separe_le__isnull=True)
    decides = decides.select_related("garde", "absorbe").order_by("-fait_le", "pk")
    page = {
        "page": Paginator(doublons, PAR_PAGE).get_page(request.GET.get("page")),
        "regroupes": decides.filter(distincts=False)[:PAR_PAGE],
        "distincts": decides.filter(distincts=True)[:PAIRES_MONTREES],
    }
    return render(request, "pages/import/doublons.html", page)


@login_required
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Put a dossier into another (`regrouper`), or note that they are two customers (`distincts`)."""
    garde, absorbe = (_get_dossier(request, request.POST.get(nom, "")) for nom in ("garde", "absorbe"))
    try:
        if "distincts" in request.POST:
            keep_distincts(garde, absorbe, auteur_courant(request))
            messages.info(request, _("C’est noté : ces deux clients ne seront plus rapprochés."))
        else:
            garde, absorbe = _merge(garde, absorbe, auteur_courant(request))
            messages.success(
                request,
                _("%(absorbe)s est regroupé dans %(garde)s : ses prochains fichiers y entreront.")
                % {"absorbe": absorbe.reference, "garde": garde.reference},
            )
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    return redirect("import_doublons")


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Separate two dossiers that were put together."""
    lies = MemeClient.objects.select_related("garde__chaine", "absorbe__chaine").filter(distincts=False)
    meme: Any = get_du_cabinet(request, lies, pk=pk)
    try:
        separate(meme, auteur_courant(request))
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    else:
        messages.success(request, _("Les deux dossiers sont de nouveau séparés."))
    return redirect("import_doublons")


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that two dossiers are of two customers."""
    meme: Any = get_du_cabinet(request, MemeClient.objects.filter(distincts=True, separe_le__isnull=True), pk=pk)
    reconsider(meme, auteur_courant(request))
    messages.info(request, _("C’est noté : ces deux clients seront de nouveau rapprochés s’ils se ressemblent."))
    return redirect("import_doublons")


def _merge(garde: Dossier, absorbe: Dossier, auteur: str) -> tuple[Dossier, Dossier]:
    """Put one into the other, or the other way round when what the second holds cannot move."""
    try:
        merge_dossiers(garde, absorbe, auteur)
    except ErreurExigible as erreur:
        if erreur.code != "dossier_engage":
            raise
        garde, absorbe = absorbe, garde
        merge_dossiers(garde, absorbe, auteur)
    return garde, absorbe


def _get_dossier(request: HttpRequest, pk: str) -> Any:
    return get_du_cabinet(request, Dossier.objects.select_related("chaine", "creancier__chaine"), pk=pk)

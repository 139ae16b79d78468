"""The credits whose payer nothing leaves to doubt: shown with the reasons, accepted together by a person."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from exigible.bureau.banque.acceptation import Certitude, accept_certains, list_certains
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, cabinet_courant
from exigible.bureau.pages.vues.banque_panneau import Suggestion, describe_candidat, load_cibles
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.models import Creancier
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurExigible

MONTRES_MAX = 500
"""So many are shown and accepted at a time, the oldest first: nobody reads more in one page."""


@dataclass(frozen=True, slots=True)
class LigneCertaine:
    """A certain match as the page shows it."""

    certitude: Certitude
    suggestion: Suggestion


@login_required
@require_http_methods(["GET", "POST"])
def show_certains(request: HttpRequest) -> HttpResponse:
    """Show them (`?compte=1`: only how many), or accept those that were ticked."""
    creanciers = list(
        Creancier.objects.filter(cabinet=cabinet_courant(request)).select_related("chaine").order_by("pk")
    )
    if request.method == "POST":
        return _accept(request, creanciers)
    certitudes = [certitude for creancier in creanciers for certitude in list_certains(creancier)]
    if "compte" in request.GET:
        return render(request, "pages/banque/compte_certains.html", {"combien": len(certitudes)})
    montres = certitudes[:MONTRES_MAX]
    dossiers, numeros = load_cibles([c.candidat for c in montres])
    contexte = {
        "lignes": [LigneCertaine(c, describe_candidat(c.candidat, dossiers, numeros)) for c in montres],
        "combien": len(montres),
        "suivants": len(certitudes) - len(montres),
        "total": sum((c.mouvement.montant for c in montres), ZERO),
        "au": aujourd_hui(),
    }
    return render(request, "pages/banque/certains.html", contexte)


def _accept(request: HttpRequest, creanciers: list[Creancier]) -> HttpResponse:
    choisis = set(request.POST.getlist("choix"))
    acceptes = 0
    try:
        for creancier in creanciers:
            nombre, _reste = accept_certains(creancier, choisis, auteur_courant(request))
            acceptes += nombre
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    if acceptes:
        dit = ngettext("%(n)s virement rapproché.", "%(n)s virements rapprochés.", acceptes) % {"n": acceptes}
        messages.success(request, dit)
    if len(choisis) > acceptes:
        messages.warning(
            request, _("Certains virements n’étaient plus certains : ils restent à rapprocher, un par un.")
        )
    return redirect("banque")

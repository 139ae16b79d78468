"""The charges of the bank: shown, then set aside together by a person."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from exigible.bureau.banque.services import discard_frais, list_frais
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, list_creanciers
from exigible.bureau.phrases import translate_phrase
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurExigible

MONTRES_MAX = 500
"""So many are shown and set aside at a time, the oldest first: nobody reads more in one page."""


@login_required
@require_http_methods(["GET", "POST"])
def show_frais(request: HttpRequest) -> HttpResponse:
    """Show the open charges, or set aside those that were ticked."""
    creanciers = list_creanciers(request)
    if request.method == "POST":
        choisis = {int(cle) for cle in request.POST.getlist("choix") if cle.isdecimal()}
        nombre = 0
        try:
            nombre = sum(discard_frais(creancier, choisis, auteur_courant(request)) for creancier in creanciers)
        except ErreurExigible as erreur:
            messages.error(request, translate_phrase(erreur.message))
        if nombre:
            dit = ngettext("%(n)s ligne de frais écartée.", "%(n)s lignes de frais écartées.", nombre) % {"n": nombre}
            messages.success(request, dit)
        return redirect(f"{reverse('banque')}?statut=frais")
    frais = [m for creancier in creanciers for m in list_frais(creancier)]
    montres = frais[:MONTRES_MAX]
    contexte = {
        "lignes": montres,
        "combien": len(montres),
        "suivants": len(frais) - len(montres),
        "total": sum((m.montant for m in montres), ZERO),
        "au": aujourd_hui(),
    }
    return render(request, "pages/banque/frais.html", contexte)

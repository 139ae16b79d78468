"""Retention: for how long settled dossiers are kept, which ones are past it, and their erasure."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from exigible.bureau.comptes.models import Appartenance, Role
from exigible.bureau.journal.effacement import Bilan, get_annees, run_effacement, set_annees
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, cabinet_courant
from exigible.bureau.pages.formulaires.conservation import FormulaireDuree, FormulaireEffacement

MONTRES = 200
"""Dossiers shown in each list; the count says how many there are."""


def _is_administrateur(request: HttpRequest) -> bool:
    appartenances = Appartenance.objects.filter(utilisateur=request.user.pk, cabinet=cabinet_courant(request))
    return appartenances.filter(role=Role.ADMINISTRATEUR).exists()


def _reservee(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep a view for the administrators of the company."""

    @login_required
    @require_POST
    @wraps(vue)
    def protegee(request: HttpRequest) -> HttpResponse:
        if not _is_administrateur(request):
            raise PermissionDenied
        return vue(request)

    return protegee


@login_required
@require_GET
def show_conservation(request: HttpRequest) -> HttpResponse:
    """Show the retention; with `?apercu=1`, what could be erased today and what stays, with why."""
    bilan = _preview(request) if "apercu" in request.GET else None
    return _render(request, bilan)


@_reservee
def set_duree(request: HttpRequest) -> HttpResponse:
    """Choose the retention."""
    form = FormulaireDuree(request.POST)
    if not form.is_valid():
        return _render(request, None, duree=form)
    set_annees(cabinet_courant(request), form.cleaned_data["annees"])
    messages.success(request, _("Durée de conservation enregistrée."))
    return redirect("reglages_conservation")


@_reservee
def erase(request: HttpRequest) -> HttpResponse:
    """Erase what was shown, once confirmed; when something came meanwhile, show again and erase nothing."""
    form = FormulaireEffacement(request.POST)
    bilan = _preview(request)
    if form.is_valid() and form.cleaned_data["empreinte"] != bilan.empreinte:
        form.add_error(None, _("La liste a changé depuis que vous l’avez lue : relisez-la, puis confirmez."))
    if not form.is_valid():
        return _render(request, bilan, effacement=form)
    fait = run_effacement(cabinet_courant(request), aujourd_hui(), auteur_courant(request), appliquer=True)
    dit = _("Effacé : dossiers %(dossiers)s, lignes de banque %(mouvements)s, fichiers %(pieces)s.")
    comptes = {"dossiers": len(fait.effaces), "mouvements": fait.mouvements, "pieces": fait.pieces}
    messages.success(request, dit % comptes)
    return redirect("reglages_conservation")


def _preview(request: HttpRequest) -> Bilan:
    return run_effacement(cabinet_courant(request), aujourd_hui(), auteur_courant(request), appliquer=False)


def _render(request: HttpRequest, bilan: Bilan | None, **formulaires: Any) -> HttpResponse:
    annees = get_annees(cabinet_courant(request))
    effacement = formulaires.get("effacement")
    if bilan is not None:
        # After a refusal, what is confirmed next is what is shown now.
        donnees = {"empreinte": bilan.empreinte}
        effacement = effacement or FormulaireEffacement(initial=donnees)
    contexte = {
        "annees": annees,
        "administrateur": _is_administrateur(request),
        "duree": formulaires.get("duree") or FormulaireDuree(initial={"annees": annees}),
        "bilan": bilan,
        "effaces": bilan.effaces[:MONTRES] if bilan else (),
        "retenus": bilan.retenus[:MONTRES] if bilan else (),
        "effacement": effacement,
        "empreinte": bilan.empreinte if bilan else "",
    }
    return render(request, "pages/reglages/conservation.html", contexte, status=422 if formulaires else 200)

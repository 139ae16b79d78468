"""Screen 6 in its simple form: credits to match, newest first; on the right who it may be, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from exigible.bureau.banque.models import Mouvement, StatutMouvement
from exigible.bureau.banque.services import (
    allocate_mouvement,
    discard_mouvement,
    preview_allocation,
    release_mouvement,
)
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, cabinet_courant, get_du_cabinet
from exigible.bureau.pages.exports import render_export
from exigible.bureau.pages.formulaires.banque import FormulaireAffecter, FormulaireMotifBanque
from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.dossier.credits import find_numeros
from exigible.dossier.texte import normalize
from exigible.droit.erreurs import ErreurExigible

PAR_PAGE = 50
CANDIDATS_MAX = 12
A_RAPPROCHER = str(StatutMouvement.A_RAPPROCHER)
TRIS = {
    "date": "date",
    "montant": "montant",
    "contrepartie": "contrepartie",
}


@dataclass(frozen=True, slots=True)
class Candidat:
    """A debtor from whom a credit may come, with the reason (empty: only found by the search).

    Each open claim goes with whether the credit cites it, or is for what remains of its principal.
    """

    dossier: Dossier
    raison: str
    creances: list[tuple[Creance, bool]]


@login_required
@require_GET
def show_banque(request: HttpRequest) -> HttpResponse:
    """List the bank lines (`?statut=`, `?q=`, `?tri=`)."""
    return _render_liste(request)


@login_required
@require_GET
def export_banque(request: HttpRequest, extension: str) -> HttpResponse:
    """Give the filtered bank lines as a file."""
    titres = [_("Date"), _("Montant"), _("Devise"), _("Libellé"), _("Référence"), _("Contrepartie"), _("Statut")]
    lignes = (
        [m.date, m.montant, m.devise, m.libelle, m.reference, m.contrepartie, get_libelle(m.statut)]
        for m in _filter_mouvements(request).iterator(chunk_size=500)
    )
    return render_export(extension, f"exigible-banque-{aujourd_hui():%Y-%m-%d}", titres, lignes)


@login_required
@require_GET
def show_mouvement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a bank line and who it may come from: alone with htmx, beside the list otherwise."""
    return _render_mouvement(request, _get_mouvement(request, pk))


@login_required
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the credit would pay if it came from this client (`?dossier=…&creances=…`); nothing is recorded."""
    mouvement = _get_mouvement(request, pk)
    form = FormulaireAffecter(request.GET)
    if not form.is_valid():
        return _render_mouvement(request, mouvement, _("Choisissez le client qui a payé."))
    dossier = get_du_cabinet(
        request, Dossier.objects.select_related("creancier", "chaine"), pk=form.cleaned_data["dossier"]
    )
    creances = request.GET.getlist("creances")
    try:
        affectation = preview_allocation(mouvement, dossier, creances)
    except ErreurExigible as erreur:
        return _render_mouvement(request, mouvement, translate_phrase(erreur.message))
    choix = {"affectation": affectation, "dossier": dossier, "creances": creances}
    return _render_mouvement(request, mouvement, choix=choix)


@login_required
@require_POST
def allocate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the credit is a payment of a dossier."""
    mouvement = _get_mouvement(request, pk)
    form = FormulaireAffecter(request.POST)
    if not form.is_valid():
        return _render_mouvement(request, mouvement, _("Choisissez le client qui a payé."))
    dossier = get_du_cabinet(request, Dossier.objects.select_related("chaine"), pk=form.cleaned_data["dossier"])
    creances = request.POST.getlist("creances")
    try:
        allocate_mouvement(mouvement, dossier, creances, auteur_courant(request))
    except ErreurExigible as erreur:
        return _render_mouvement(request, mouvement, translate_phrase(erreur.message))
    return _finish(request, _("Virement affecté à %(nom)s.") % {"nom": dossier.debiteur_nom})


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the line has nothing to do with any debtor."""
    return _decide(request, pk, discard_mouvement, _("Mouvement écarté."))


@login_required
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what was decided of a line."""
    return _decide(request, pk, release_mouvement, _("Le mouvement est de nouveau à rapprocher."))


def _decide(request: HttpRequest, pk: int, decider: Any, message: str) -> HttpResponse:
    mouvement = _get_mouvement(request, pk)
    form = FormulaireMotifBanque(request.POST)
    if not form.is_valid():
        return _render_mouvement(request, mouvement, _("Indiquez un motif : il reste dans le journal."))
    try:
        decider(mouvement, form.cleaned_data["motif"], auteur_courant(request))
    except ErreurExigible as erreur:
        return _render_mouvement(request, mouvement, translate_phrase(erreur.message))
    return _finish(request, message)


def _finish(request: HttpRequest, message: str) -> HttpResponse:
    messages.success(request, message)
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": reverse("banque")})
    return redirect("banque")


def _get_mouvement(request: HttpRequest, pk: int) -> Mouvement:
    return get_du_cabinet(request, Mouvement.objects.select_related("creancier", "dossier"), pk=pk)


def _filter_mouvements(request: HttpRequest) -> QuerySet[Mouvement]:
    mouvements = Mouvement.objects.filter(cabinet=cabinet_courant(request)).select_related("dossier")
    statut = _read_statut(request)
    if statut != "tous":
        mouvements = mouvements.filter(statut=statut)
    if statut == A_RAPPROCHER:
        mouvements = mouvements.filter(montant__gt=0)  # nothing is expected of money that goes out
    texte = request.GET.get("q", "").strip()
    if texte:
        champs = ("libelle", "reference", "contrepartie", "dossier__debiteur_nom")
        critere = Q()
        for champ in champs:
            critere |= Q(**{f"{champ}__icontains": texte})
        mouvements = mouvements.filter(critere)
    return mouvements.order_by(*_read_ordre(request.GET.get("tri", "")))


def _read_statut(request: HttpRequest) -> str:
    statut = request.GET.get("statut", A_RAPPROCHER)
    return statut if statut in StatutMouvement.values or statut == "tous" else A_RAPPROCHER


def _read_ordre(tri: str) -> tuple[str, ...]:
    champ = TRIS.get(tri.removeprefix("-"))
    if champ is None:
        return ("-date", "-pk")
    return (f"-{champ}" if tri.startswith("-") else champ, "-pk")


def _render_liste(request: HttpRequest, **panneau: Any) -> HttpResponse:
    page = Paginator(_filter_mouvements(request), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "page": page,
        "mouvements": list(page),
        "statuts": [*((code, get_libelle(code)) for code in StatutMouvement.values), ("tous", _("Tous"))],
        "statut": _read_statut(request),
        "q": request.GET.get("q", ""),
        "tri": request.GET.get("tri", "-date"),
        "au": aujourd_hui(),
        "banque_vide": not Mouvement.objects.filter(cabinet=cabinet_courant(request)).exists(),
    }
    return render(request, "pages/banque/liste.html", contexte | panneau)


def _render_mouvement(
    request: HttpRequest, mouvement: Mouvement, erreur: str = "", *, choix: dict[str, Any] | None = None
) -> HttpResponse:
    texte = request.GET.get("client", "").strip()
    a_chercher = mouvement.statut == A_RAPPROCHER and choix is None
    contexte = (choix or {}) | {
        "mouvement": mouvement,
        "candidats": _list_candidats(mouvement, texte) if a_chercher else [],
        "client": texte,
        "erreur": erreur,
        "au": aujourd_hui(),
    }
    if getattr(request, "htmx", False):
        return render(request, "pages/banque/mouvement.html", contexte)
    return _render_liste(request, **contexte)


def _list_candidats(mouvement: Mouvement, texte: str) -> list[Candidat]:
    """Those whose reminders this credit holds, with the reason; or those found by name, invoice or SIREN."""
    ouverts = Dossier.objects.filter(creancier=mouvement.creancier).filter(Q(echu__gt=0) | Q(a_echoir__gt=0))
    if texte:
        for mot in normalize(texte).split():
            ouverts = ouverts.filter(recherche__contains=mot)
        raisons = dict.fromkeys(ouverts.order_by("debiteur_nom", "pk").values_list("pk", flat=True)[:CANDIDATS_MAX], "")
    else:
        retenus = ouverts.exclude(credits=[]).order_by("debiteur_nom", "pk").values_list("pk", "credits")
        raisons = {pk: c["raison"] for pk, credits_ in retenus for c in credits_ if c["cle"] == mouvement.cle}
        raisons = dict(list(raisons.items())[:CANDIDATS_MAX])
    creances: dict[Any, list[Creance]] = {pk: [] for pk in raisons}
    for creance in Creance.objects.filter(dossier__in=raisons).exclude(stade="soldee").order_by("echeance", "numero"):
        creances[creance.dossier_id].append(creance)
    dossiers = ouverts.in_bulk(list(raisons))
    return [Candidat(dossiers[pk], raison, _tick(mouvement, creances[pk])) for pk, raison in raisons.items()]


def _tick(mouvement: Mouvement, creances: list[Creance]) -> list[tuple[Creance, bool]]:
    cites = find_numeros(f"{mouvement.libelle} {mouvement.reference}", {c.numero for c in creances})
    return [(c, c.numero in cites or (not cites and c.reste == mouvement.montant)) for c in creances]

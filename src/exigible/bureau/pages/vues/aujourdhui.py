"""Screen 1, « Aujourd'hui »: what is due now, tab by tab, with what is held and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.services import seal_jour
from exigible.bureau.pages.contexte import aujourd_hui, cabinet_courant, is_taux_provisoire, list_creanciers
from exigible.bureau.pages.exports import render_export
from exigible.bureau.pages.formulaires.attributions import FiltreQui
from exigible.bureau.pages.suivi import filter_suivis, list_suiveurs, read_qui
from exigible.bureau.pages.vues.taches import (
    ONGLET_PAR_CODE,
    ONGLETS,
    Onglet,
    build_semaine,
    filter_taches,
    sort_taches,
)
from exigible.bureau.tiers.agenda import build_alerte
from exigible.bureau.tiers.models import Dossier, Echeance
from exigible.bureau.tiers.revalorisation import list_a_revaluer, revalue

PAR_PAGE = 50
DOSSIERS_A_LA_FOIS = 1000
"""Dossiers valued again in one request: some ten seconds."""


@login_required
@require_GET
def show_aujourdhui(request: HttpRequest) -> HttpResponse:
    """Show a tab of today's work (`?onglet=`, `?q=`, `?tri=`, `?page=`)."""
    cabinet, au = cabinet_courant(request), aujourd_hui()
    onglet, lignes = _read_liste(request, cabinet)
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    taches = [onglet.montrer(ligne) for ligne in page]
    suiveurs, qui = list_suiveurs(request), read_qui(request)
    onglets = [(o, filter_suivis(request, o.lister(cabinet, au)).count()) for o in ONGLETS]
    contexte: dict[str, Any] = {
        "onglets": onglets,
        "problemes": next(nombre for o, nombre in onglets if o.code == "problemes"),
        "onglet": onglet,
        "page": page,
        "taches": taches,
        "avec_panneau": any(tache.panneau for tache in taches),
        "q": request.GET.get("q", ""),
        "tri": request.GET.get("tri", ""),
        "au": au,
        "alertes": filter_suivis(request, Echeance.objects.filter(build_alerte(au), cabinet=cabinet)).count(),
        "semaine": _sum_semaine(filter_suivis(request, Echeance.objects.filter(cabinet=cabinet)), au),
        "filtre_qui": FiltreQui(request.GET, choix=suiveurs.list_choix()) if suiveurs.plusieurs else None,
        "qui": qui,
        "en_retard": _list_a_revoir(cabinet).exists(),
        "sommes": _sum_portefeuille(cabinet),
        "taux_provisoire": is_taux_provisoire(cabinet),
        "portefeuille_vide": not Dossier.objects.filter(cabinet=cabinet).exists(),
        "creanciers": list_creanciers(request),
    }
    return render(request, "pages/aujourdhui/liste.html", contexte)


@login_required
@require_GET
def export_aujourdhui(request: HttpRequest, extension: str) -> HttpResponse:
    """Give the tab as a file, with the filter of the address."""
    onglet, lignes = _read_liste(request, cabinet_courant(request))
    titres = [_("Action"), _("Client"), _("Motif"), _("Montant"), _("Depuis le"), _("Avant le")]
    taches = (onglet.montrer(ligne) for ligne in lignes.iterator(chunk_size=500))
    return render_export(
        extension,
        f"exigible-{onglet.code.replace('_', '-')}-{aujourd_hui():%Y-%m-%d}",
        titres,
        ([t.genre, t.nom, t.phrase, t.montant, t.depuis, t.limite] for t in taches),
    )


@login_required
@require_POST
def run_travail(request: HttpRequest) -> HttpResponse:
    """Do the day's work: value every dossier again, a few seconds' worth at once, then seal the journal.

    Doing it again changes nothing; nothing leaves by itself.
    """
    cabinet, au = cabinet_courant(request), aujourd_hui()
    # In several goes when there are many: those of the previous one are done.
    faits = set(Dossier.objects.filter(cabinet=cabinet, arrete_au=au, erreur="").values_list("pk", flat=True))
    a_revoir = [pk for pk in list_a_revaluer(cabinet.pk, au) if pk not in faits]
    pannes = revalue(a_revoir[:DOSSIERS_A_LA_FOIS], au)
    reste = len(a_revoir) - DOSSIERS_A_LA_FOIS
    if reste > 0:
        phrase = ngettext(
            "Il reste %(n)s dossier à mettre à jour : continuez.",
            "Il reste %(n)s dossiers à mettre à jour : continuez.",
            reste,
        )
        messages.info(request, phrase % {"n": reste})
    else:
        seal_jour(cabinet, au)
        messages.success(request, _("Le travail du jour est à jour."))
    if pannes:
        messages.warning(request, _("Des dossiers sont en erreur : voyez l’onglet « Problèmes »."))
    return redirect("aujourdhui")


def _read_liste(request: HttpRequest, cabinet: Cabinet) -> tuple[Onglet, QuerySet]:
    onglet = ONGLET_PAR_CODE.get(request.GET.get("onglet", ONGLETS[0].code))
    if onglet is None:
        raise Http404("Onglet inconnu.")
    du_cabinet = filter_suivis(request, onglet.lister(cabinet, aujourd_hui()))
    lignes = filter_taches(onglet, du_cabinet, request.GET.get("q", ""))
    return onglet, sort_taches(onglet, lignes, request.GET.get("tri", ""))


def _list_a_revoir(cabinet: Cabinet) -> QuerySet:
    """The dossiers valued before today, whose work may have changed since."""
    au = aujourd_hui()
    perimes = Q(arrete_au__isnull=True) | Q(arrete_au__lt=au, a_revoir_le__lte=au)
    return Dossier.objects.filter(cabinet=cabinet).filter(perimes)


def _sum_semaine(echeances: QuerySet, au: date) -> dict[str, int]:
    """How many acts procedures ask for within the week, and how many of them are past their day."""
    return echeances.filter(build_semaine(au)).aggregate(actes=Count("pk"), depasses=Count("pk", filter=Q(le__lt=au)))


def _sum_portefeuille(cabinet: Cabinet) -> dict[str, Any]:
    return Dossier.objects.filter(cabinet=cabinet).aggregate(
        echu=Sum("echu"), a_echoir=Sum("a_echoir"), promis=Sum("promis"), conteste=Sum("conteste")
    )

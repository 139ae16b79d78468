"""The agenda: every deadline of the cabinet, filtered and sorted by the address, and as files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from exigible.bureau.pages.contexte import aujourd_hui, cabinet_courant, list_creanciers
from exigible.bureau.pages.exports import Cellule, render_export
from exigible.bureau.pages.formulaires.agenda import FiltreAgenda, read_tri, sort_echeances
from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.tiers.agenda import build_alerte, list_echeances, read_rendez_vous, read_tous, write_calendrier
from exigible.bureau.tiers.models import Dossier, Echeance
from exigible.dossier.agenda import RendezVous, dump_rendez_vous

PAR_PAGE = 50


@login_required
@require_GET
def show_agenda(request: HttpRequest) -> HttpResponse:
    """Show the deadlines of the cabinet (`?quand=`, `?nature=`, `?tri=`, `?page=`…)."""
    filtre, tri = _read_filtre(request), read_tri(request.GET.get("tri", ""))
    toutes, au = _list_du_cabinet(request), aujourd_hui()
    page = Paginator(sort_echeances(filtre.filter_echeances(toutes), tri), PAR_PAGE).get_page(request.GET.get("page"))
    contexte: dict[str, Any] = {
        "filtre": filtre,
        "filtre_actif": any(request.GET.get(champ) for champ in filtre.fields),
        "tri": tri,
        "page": page,
        "lignes": [_describe(ligne, read_rendez_vous(ligne)) for ligne in page],
        "au": au,
        "alertes": toutes.filter(build_alerte(au)).count(),
        "agenda_vide": not page.paginator.count and not toutes.exists(),
        "portefeuille_vide": not Dossier.objects.filter(cabinet=cabinet_courant(request)).exists(),
        "creanciers": list_creanciers(request),
    }
    return render(request, "pages/agenda/liste.html", contexte)


@login_required
@require_GET
def export_agenda(request: HttpRequest, extension: str) -> HttpResponse:
    """Give the filtered agenda as a file: `ics` for a calendar, `json`, `csv` or `xlsx`."""
    lignes = sort_echeances(
        _read_filtre(request).filter_echeances(_list_du_cabinet(request)), read_tri(request.GET.get("tri", ""))
    )
    rendez_vous, au = read_tous(lignes), aujourd_hui()
    nom = f"exigible-agenda-{au:%Y-%m-%d}"
    if extension == "ics":
        titre = _("Exigible – %(cabinet)s") % {"cabinet": cabinet_courant(request).nom}
        return _download(write_calendrier(rendez_vous, titre), "text/calendar; charset=utf-8", f"{nom}.ics")
    if extension == "json":
        contenu = {"au": au.isoformat(), "echeances": [dump_rendez_vous(r, au) for r in rendez_vous]}
        return _download(json.dumps(contenu, ensure_ascii=False).encode(), "application/json", f"{nom}.json")
    return render_export(extension, nom, _list_titres(), _write_lignes(rendez_vous, au))


def _list_du_cabinet(request: HttpRequest) -> QuerySet[Echeance]:
    return list_echeances().filter(cabinet=cabinet_courant(request))


def _read_filtre(request: HttpRequest) -> FiltreAgenda:
    filtre = FiltreAgenda(request.GET, creanciers=list_creanciers(request), aujourd_hui=aujourd_hui())
    filtre.is_valid()
    return filtre


def _describe(ligne: Echeance, r: RendezVous) -> dict[str, Any]:
    return {
        "r": r,
        "pk": ligne.dossier_id,
        "stade": ligne.dossier.stade,
        "urgence": r.find_urgence(aujourd_hui()).value,
    }


def _download(contenu: bytes, type_mime: str, nom: str) -> HttpResponse:
    return HttpResponse(
        contenu, content_type=type_mime, headers={"Content-Disposition": f'attachment; filename="{nom}"'}
    )


def _list_titres() -> list[str]:
    return [
        _("Le"),
        _("Alerte le"),
        _("Urgence"),
        _("Quoi"),
        _("Sinon"),
        _("Qui agit"),
        _("Portée"),
        _("Client"),
        _("Référence"),
        _("Créancier"),
        _("Procédure ou objet"),
        _("Compté depuis le"),
        _("Fait de départ"),
        _("Calcul"),
        _("Articles"),
        _("À savoir"),
    ]


def _write_lignes(rendez_vous: Iterable[RendezVous], au: date) -> Iterable[list[Cellule]]:
    for r in rendez_vous:
        yield [
            r.le,
            r.alerte_le,
            get_libelle(r.find_urgence(au).value),
            r.quoi,
            r.perte,
            get_libelle(r.acteur),
            get_libelle(r.portee.value),
            r.debiteur,
            r.dossier,
            r.creancier,
            r.objet,
            r.depart,
            r.origine,
            r.explication,
            ", ".join(r.articles),
            " ; ".join(message for _code, message in r.avertissements),
        ]

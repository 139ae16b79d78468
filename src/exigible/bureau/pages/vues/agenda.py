"""The agenda: every deadline of the cabinet, filtered and sorted by the address, and as files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from exigible.bureau.comptes.attributions import MIENS, build_critere
from exigible.bureau.pages.contexte import aujourd_hui, cabinet_courant, list_creanciers, utilisateur_courant
from exigible.bureau.pages.exports import Cellule, render_export
from exigible.bureau.pages.formulaires.agenda import FiltreAgenda, read_tri, sort_echeances, sort_lignes
from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.pages.suivi import list_suiveurs
from exigible.bureau.tiers.agenda import build_alerte, list_echeances, read_rendez_vous, read_tous, write_calendrier
from exigible.bureau.tiers.agenda_passe import LignePassee, read_agenda_passe
from exigible.bureau.tiers.models import Dossier, Echeance
from exigible.dossier.agenda import RendezVous, dump_rendez_vous

PAR_PAGE = 50
DOSSIERS_AU_PASSE_MAX = 2000
"""Dossiers whose journals are folded again in one request: ten seconds on a busy machine (215 a second measured)."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What was asked: rows of today (a query) or of a past day (a list), all that were not read, and why."""

    lignes: QuerySet[Echeance] | list[LignePassee]
    illisibles: Sequence[str] = ()
    trop: int = 0


@login_required
@require_GET
def show_agenda(request: HttpRequest) -> HttpResponse:
    """Show the deadlines of the cabinet (`?quand=`, `?qui=`, `?vu_au=`, `?connu_au=`, `?tri=`, `?page=`…)."""
    filtre, tri = _read_filtre(request), read_tri(request.GET.get("tri", ""))
    toutes, agenda = _list_du_cabinet(request), _read_agenda(request, filtre, tri)
    page = Paginator(agenda.lignes, PAR_PAGE).get_page(request.GET.get("page"))
    suiveurs, alertes = list_suiveurs(request), toutes.filter(build_alerte(filtre.aujourd_hui))
    contexte: dict[str, Any] = {
        "filtre": filtre,
        "filtre_actif": any(request.GET.get(champ) for champ in filtre.fields),
        "tri": tri,
        "page": page,
        "lignes": [_describe(ligne, filtre.jour) for ligne in page],
        "au": filtre.jour,
        "alertes": alertes.count(),
        "alertes_miennes": alertes.filter(build_critere(MIENS, utilisateur_courant(request))).count()
        if suiveurs.plusieurs
        else 0,
        "agenda_vide": not filtre.au_passe and not page.paginator.count and not toutes.exists(),
        "portefeuille_vide": not Dossier.objects.filter(cabinet=cabinet_courant(request)).exists(),
        "creanciers": list_creanciers(request),
        "plusieurs": suiveurs.plusieurs,
        "illisibles": agenda.illisibles,
        "trop": agenda.trop,
        "trop_max": DOSSIERS_AU_PASSE_MAX,
    }
    return render(request, "pages/agenda/liste.html", contexte)


@login_required
@require_GET
def export_agenda(request: HttpRequest, extension: str) -> HttpResponse:
    """Give the filtered agenda as a file: `ics` for a calendar, `json`, `csv` or `xlsx`."""
    filtre = _read_filtre(request)
    agenda = _read_agenda(request, filtre, read_tri(request.GET.get("tri", "")))
    if agenda.trop or agenda.illisibles:
        messages.warning(request, _write_manque(agenda))
        return redirect(f"{reverse('agenda')}?{request.GET.urlencode()}")
    rendez_vous, au = _iterate(agenda), filtre.jour
    nom = f"exigible-agenda-{au:%Y-%m-%d}"
    if filtre.connu_jusqu_a:
        nom += f"-connu-{filtre.connu_jusqu_a:%Y-%m-%d}"
    if extension == "ics":
        titre = _("Exigible – %(cabinet)s") % {"cabinet": cabinet_courant(request).nom}
        return _download(write_calendrier(rendez_vous, titre), "text/calendar; charset=utf-8", f"{nom}.ics")
    if extension == "json":
        connu_au = filtre.connu_jusqu_a.date().isoformat() if filtre.connu_jusqu_a else None
        lignes = [dump_rendez_vous(r, au) for r in rendez_vous]
        contenu = {"au": au.isoformat(), "connu_au": connu_au, "echeances": lignes}
        return _download(json.dumps(contenu, ensure_ascii=False).encode(), "application/json", f"{nom}.json")
    return render_export(extension, nom, _list_titres(), _write_lignes(rendez_vous, au))


def _read_agenda(request: HttpRequest, filtre: FiltreAgenda, tri: str) -> Agenda:
    """The deadlines asked for. A past day folds the journals again: too many dossiers, and nothing is computed."""
    utilisateur = utilisateur_courant(request)
    if not filtre.au_passe:
        return Agenda(sort_echeances(filtre.filter_echeances(_list_du_cabinet(request), utilisateur), tri))
    dossiers = filtre.filter_dossiers(Dossier.objects.filter(cabinet=cabinet_courant(request)), utilisateur)
    nombre = dossiers.count()
    if nombre > DOSSIERS_AU_PASSE_MAX:
        return Agenda([], trop=nombre)
    passe = read_agenda_passe(dossiers, filtre.jour, filtre.connu_jusqu_a, filtre.keep)
    return Agenda(sort_lignes(passe.lignes, tri), passe.illisibles)


def _write_manque(agenda: Agenda) -> str:
    if agenda.trop:
        return _("Rien n’a été écrit : ce jour passé demande de relire trop de dossiers à la fois.")
    return _("Rien n’a été écrit : des dossiers ne se lisent pas, et le fichier aurait l’air complet.")


def _iterate(agenda: Agenda) -> Iterable[RendezVous]:
    if isinstance(agenda.lignes, list):
        return (ligne.rendez_vous for ligne in agenda.lignes)
    return read_tous(agenda.lignes)


def _list_du_cabinet(request: HttpRequest) -> QuerySet[Echeance]:
    return list_echeances().filter(cabinet=cabinet_courant(request))


def _read_filtre(request: HttpRequest) -> FiltreAgenda:
    filtre = FiltreAgenda(
        request.GET,
        creanciers=list_creanciers(request),
        aujourd_hui=aujourd_hui(),
        qui=list_suiveurs(request).list_choix(),
    )
    filtre.is_valid()
    return filtre


def _describe(ligne: Echeance | LignePassee, au: date) -> dict[str, Any]:
    if isinstance(ligne, Echeance):
        r, stade = read_rendez_vous(ligne), ligne.dossier.stade
    else:
        r, stade = ligne.rendez_vous, ligne.stade
    suivi = " · ".join(qui for qui in (r.gestionnaire, r.equipe) if qui)
    return {"r": r, "pk": ligne.dossier.pk, "stade": stade, "urgence": r.find_urgence(au).value, "suivi": suivi}


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
        _("Suivi par"),
        _("Équipe"),
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
            r.gestionnaire,
            r.equipe,
            r.objet,
            r.depart,
            r.origine,
            r.explication,
            ", ".join(r.articles),
            " ; ".join(message for _code, message in r.avertissements),
        ]

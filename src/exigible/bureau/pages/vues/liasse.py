"""The court bundle of a dossier: which act, which exhibits in which order, those made and those under way."""

from __future__ import annotations

import tempfile
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from exigible.actes.modele import Modele, load_catalogue
from exigible.bureau.pages.contexte import auteur_courant
from exigible.bureau.pages.formulaires.liasse import FormulairePieces
from exigible.bureau.pages.vues.avancement import describe_travail
from exigible.bureau.pages.vues.documents import FAMILLES
from exigible.bureau.pages.vues.dossier import describe_entete
from exigible.bureau.pages.vues.ouverture import DossierOuvert, get_dossier, open_dossier, vue_de_dossier
from exigible.bureau.phrases import load_phrase, translate_phrase
from exigible.bureau.preuve.garde import JOURS_D_UNE_LIASSE
from exigible.bureau.preuve.liasses import (
    ask_liasse,
    copy_pdf,
    find_echec,
    list_en_cours,
    list_liasses,
    open_archive,
)
from exigible.bureau.preuve.models import LiasseFaite
from exigible.bureau.preuve.pieces import save_bordereau
from exigible.bureau.preuve.services import (
    Preparation,
    check_faisable,
    list_actes,
    order_comme_l_acte,
    prepare_liasse,
)
from exigible.bureau.tiers.models import Dossier
from exigible.droit.erreurs import ErreurExigible

_PAR_DEFAUT = "requete_injonction_de_payer"


@vue_de_dossier
@require_http_methods(["GET", "POST"])
def show_liasse(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Choose, then make: a POST keeps the exhibits as they were ordered, and asks for the bundle if told to."""
    ouvert = open_dossier(request, pk)
    modele = _find_acte(request)
    preparation = prepare_liasse(ouvert.dossier, modele)
    if "comme_l_acte" in request.POST:
        rangees = [(piece.sha256, piece.intitule) for piece in order_comme_l_acte(preparation)]
        save_bordereau(ouvert.dossier, rangees, preparation.toutes, auteur_courant(request))
        return _go(pk, modele)
    form = FormulairePieces(
        request.POST if request.method == "POST" else None, retenues=preparation.pieces, toutes=preparation.toutes
    )
    if request.method == "POST" and form.is_valid():
        save_bordereau(ouvert.dossier, form.choisies, preparation.toutes, auteur_courant(request))
        if "faire" not in request.POST:
            messages.success(request, _("Ordre et intitulés enregistrés."))
            return _go(pk, modele)
        preparation = prepare_liasse(ouvert.dossier, modele)
        try:
            check_faisable(preparation, projet="projet" in request.POST)
        except ErreurExigible as erreur:
            form.add_error(None, translate_phrase(erreur.message))
        else:
            ask_liasse(ouvert.dossier, modele, auteur_courant(request), projet="projet" in request.POST)
            return _go(pk, modele)
    return _render(request, ouvert, preparation, form)


def _go(pk: UUID, modele: Modele) -> HttpResponse:
    return redirect(f"{reverse('dossier_liasse', args=[pk])}?acte={modele.nom}")


def _find_acte(request: HttpRequest) -> Modele:
    """The act that was chosen, else the petition that most dossiers begin with."""
    demande = request.POST.get("acte") or request.GET.get("acte") or _PAR_DEFAUT
    actes = {modele.nom: modele for modele in list_actes()}
    return actes.get(demande) or actes[_PAR_DEFAUT]


def _render(
    request: HttpRequest, ouvert: DossierOuvert, preparation: Preparation, form: FormulairePieces
) -> HttpResponse:
    du_dossier = preparation.acte
    actes = list_actes()
    titres = {nom: modele.titre for nom, modele in load_catalogue().items()}
    page: dict[str, Any] = describe_entete(ouvert, "documents") | {
        "modele": du_dossier.modele,
        "familles": [
            (nom, siens) for famille, nom in FAMILLES.items() if (siens := [m for m in actes if m.famille is famille])
        ],
        "acte": du_dossier.acte,
        "approuve": preparation.approuve,
        "suit_l_acte": preparation.suit_l_acte,
        "joints": preparation.joints,
        "refus": translate_phrase(du_dossier.refus.message) if du_dossier.refus is not None else "",
        "form": form,
        "rangees": list(form.iter_rangees()),
        "horodatage": settings.HORODATAGE.url,
        "liasses": [(faite, titres.get(faite.acte, faite.acte)) for faite in list_liasses(ouvert.dossier)],
        "jours_gardes": JOURS_D_UNE_LIASSE,
        "echec": _read_echec(ouvert.dossier),
        **_describe_travaux(ouvert.dossier),
    }
    statut = 422 if request.method == "POST" else 200
    return render(request, "pages/liasse/liasse.html", page, status=statut)


def _describe_travaux(dossier: Dossier) -> dict[str, Any]:
    titres = {nom: modele.titre for nom, modele in load_catalogue().items()}
    return {
        "dossier": dossier,
        "travaux": [
            (titres.get(travail.parametres["acte"], ""), describe_travail(travail))
            for travail in list_en_cours(dossier)
        ],
    }


def _read_echec(dossier: Dossier) -> str:
    travail = find_echec(dossier)
    return translate_phrase(load_phrase(travail.erreur)) if travail is not None else ""


@login_required
@require_GET
def show_avancement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the bundles of a dossier are; once none is under way, the whole page again."""
    page = _describe_travaux(get_dossier(request, pk))
    reponse = render(request, "pages/liasse/avancement.html", page)
    if not page["travaux"]:
        reponse["HX-Refresh"] = "true"
    return reponse


@login_required
@require_GET
def download_zip(request: HttpRequest, pk: UUID, liasse: int) -> FileResponse:
    """Give a bundle as it was made."""
    faite = _get_liasse(request, pk, liasse)
    with open_archive(faite) as chemin:
        # Opened while the file is there; its bytes last as long as the answer that reads them.
        return FileResponse(chemin.open("rb"), as_attachment=True, filename=f"{faite.nom}.zip")


@login_required
@require_GET
def download_pdf(request: HttpRequest, pk: UUID, liasse: int) -> FileResponse:
    """Give the one PDF of a bundle."""
    faite = _get_liasse(request, pk, liasse)
    flux = tempfile.TemporaryFile(prefix="exigible-liasse-")  # noqa: SIM115 - the response closes it
    copy_pdf(faite, flux)
    flux.seek(0)
    return FileResponse(flux, as_attachment=True, filename=f"{faite.nom}.pdf")


def _get_liasse(request: HttpRequest, pk: UUID, liasse: int) -> LiasseFaite:
    """A bundle of a dossier of the tenant. Raises Http404, once its bytes are gone too."""
    for faite in list_liasses(get_dossier(request, pk)):
        if faite.pk == liasse and faite.gardee:
            return faite
    raise Http404(_("Ce dossier de preuve n’est plus gardé : son empreinte et son jour le sont."))

"""The court bundle of a dossier: which act, which exhibits in which order, then the ZIP or the PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exigible.actes.modele import Modele
from exigible.actes.preuve.liasse import LIASSE
from exigible.bureau.pages.contexte import auteur_courant
from exigible.bureau.pages.formulaires.liasse import FormulairePieces
from exigible.bureau.pages.vues.documents import FAMILLES
from exigible.bureau.pages.vues.dossier import describe_entete
from exigible.bureau.pages.vues.ouverture import DossierOuvert, open_dossier, vue_de_dossier
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.preuve.pieces import save_bordereau
from exigible.bureau.preuve.services import Preparation, list_actes, make_archive, name_liasse, prepare_liasse
from exigible.droit.erreurs import ErreurExigible

_PAR_DEFAUT = "requete_injonction_de_payer"


@vue_de_dossier
@require_http_methods(["GET", "POST"])
def show_liasse(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Choose, then make: a POST keeps the exhibits as they were ordered, and gives the file that was asked."""
    ouvert = open_dossier(request, pk)
    modele = _find_acte(request)
    preparation = prepare_liasse(ouvert.dossier, modele)
    form = FormulairePieces(
        request.POST if request.method == "POST" else None, retenues=preparation.pieces, toutes=preparation.toutes
    )
    if request.method == "POST" and form.is_valid():
        save_bordereau(ouvert.dossier, form.choisies, preparation.toutes, auteur_courant(request))
        if "faire" not in request.POST:
            messages.success(request, _("Ordre et intitulés enregistrés."))
            return redirect(f"{reverse('dossier_liasse', args=[pk])}?acte={modele.nom}")
        try:
            return _send(request, prepare_liasse(ouvert.dossier, modele))
        except ErreurExigible as erreur:
            form.add_error(None, translate_phrase(erreur.message))
    return _render(request, ouvert, preparation, form)


def _find_acte(request: HttpRequest) -> Modele:
    """The act that was chosen, else the petition that most dossiers begin with."""
    demande = request.POST.get("acte") or request.GET.get("acte") or _PAR_DEFAUT
    actes = {modele.nom: modele for modele in list_actes()}
    return actes.get(demande) or actes[_PAR_DEFAUT]


def _send(request: HttpRequest, preparation: Preparation) -> HttpResponseBase:
    """Give the ZIP, or the PDF alone; the file goes once it is sent."""
    projet = "projet" in request.POST
    with make_archive(preparation, auteur_courant(request), projet=projet) as (liasse, archive):
        en_pdf = request.POST["faire"] == "pdf"
        chemin = liasse.dossier / LIASSE if en_pdf else archive
        nom = f"{name_liasse(preparation)}{chemin.suffix}"
        # Opened while the folder is there; the bytes last as long as the answer that reads them.
        return FileResponse(chemin.open("rb"), as_attachment=True, filename=nom)


def _render(
    request: HttpRequest, ouvert: DossierOuvert, preparation: Preparation, form: FormulairePieces
) -> HttpResponse:
    du_dossier = preparation.acte
    actes = list_actes()
    page: dict[str, Any] = describe_entete(ouvert, "documents") | {
        "modele": du_dossier.modele,
        "familles": [
            (nom, siens) for famille, nom in FAMILLES.items() if (siens := [m for m in actes if m.famille is famille])
        ],
        "acte": du_dossier.acte,
        "refus": translate_phrase(du_dossier.refus.message) if du_dossier.refus is not None else "",
        "form": form,
        "rangees": list(form.iter_rangees()),
        "horodatage": settings.HORODATAGE.url,
    }
    statut = 422 if request.method == "POST" else 200
    return render(request, "pages/liasse/liasse.html", page, status=statut)

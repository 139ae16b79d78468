"""What a person records by hand in a dossier, corrects, or cancels."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits, store_piece
from exigible.bureau.pages.contexte import auteur_courant
from exigible.bureau.pages.formulaires.base import Contexte, FormulaireFait
from exigible.bureau.pages.formulaires.champs import CasesField
from exigible.bureau.pages.formulaires.choix import AvecPiece
from exigible.bureau.pages.formulaires.lignes import AJOUTER, RETIRER, FormulaireALignes
from exigible.bureau.pages.formulaires.registre import SORTE_PAR_TYPE, SORTES
from exigible.bureau.pages.formulaires.suivi import FormulaireAnnulation, FormulairePiece
from exigible.bureau.pages.vues.fil import list_entrees
from exigible.bureau.pages.vues.ouverture import DossierOuvert, get_dossier, open_dossier, vue_de_dossier
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.faits import Fait
from exigible.dossier.journal import Inscription, get_type
from exigible.droit.erreurs import ErreurExigible


@vue_de_dossier
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: UUID, sorte: str) -> HttpResponse:
    """Record a fact of the kind named in the address."""
    if sorte not in SORTES:
        raise Http404(_("On n’enregistre rien de ce nom."))
    return _handle(request, open_dossier(request, pk), SORTES[sorte], None)


@vue_de_dossier
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: UUID, rang: int) -> HttpResponse:
    """Correct an entry: a new fact that replaces it from the beginning; the former one stays in the journal."""
    ouvert = open_dossier(request, pk)
    inscription = _find(ouvert.inscriptions, rang)
    sorte = SORTE_PAR_TYPE.get(get_type(inscription.fait)) if isinstance(inscription.fait, Fait) else None
    if sorte is None or inscription.rang not in {i.rang for i in ouvert.effectives}:
        raise Http404(_("Cette inscription ne se corrige pas, ou ne vaut plus."))
    return _handle(request, ouvert, SORTES[sorte], inscription)


def _handle(
    request: HttpRequest, ouvert: DossierOuvert, classe: type[FormulaireFait], corrigee: Inscription | None
) -> HttpResponse:
    contexte = Contexte(ouvert.etat, ouvert.effectives, ouvert.aujourd_hui, corrigee)
    if request.method == "POST":
        form = classe(request.POST, request.FILES, contexte=contexte)
        if isinstance(form, FormulaireALignes) and {AJOUTER, RETIRER} & request.POST.keys():
            return _render(request, ouvert, form.change_lignes(request.POST))
        if form.is_valid() and _save(request, ouvert, form):
            messages.success(request, _("Correction enregistrée.") if corrigee else _("C’est enregistré."))
            return redirect(_read_retour(request) or reverse("dossier", args=[ouvert.dossier.pk]))
    else:
        form = classe(contexte=contexte, initial=_read_depart(request, classe))
    return _render(request, ouvert, form)


def _render(request: HttpRequest, ouvert: DossierOuvert, form: FormulaireFait) -> HttpResponse:
    page = {
        "form": form,
        "dossier": ouvert.dossier,
        "etat": ouvert.etat,
        "corrigee": form.contexte.corrigee,
        "retour": _read_retour(request),
        "avec_fichier": "fichier" in form.fields,
    }
    return render(request, "pages/saisie/saisie.html", page, status=422 if form.is_bound else 200)


def _save(request: HttpRequest, ouvert: DossierOuvert, form: FormulaireFait) -> bool:
    """Write the fact; a refusal of the core is said on the form."""
    corrige = form.contexte.corrigee.rang if form.contexte.corrigee else None
    try:
        if isinstance(form, FormulairePiece | AvecPiece) and form.cleaned_data.get("fichier"):
            fichier = form.cleaned_data["fichier"]
            type_mime = fichier.content_type or "application/octet-stream"
            form.sha256 = store_piece(ouvert.dossier.cabinet, fichier.read(), fichier.name, type_mime).sha256
        (fait, jour), *suites = form.list_ecritures()
        faits = [FaitAEcrire(fait, jour, corrige), *(FaitAEcrire(suite, le) for suite, le in suites)]
        record_faits(ouvert.dossier.chaine, faits, auteur_courant(request))
    except ErreurExigible as erreur:
        form.add_error(erreur.champ if erreur.champ in form.fields else None, translate_phrase(erreur.message))
        return False
    return True


def _read_depart(request: HttpRequest, classe: type[FormulaireFait]) -> dict[str, Any]:
    """Fields may be filled by the address (`?creances=…&etape=…`): links prepare a form, people check it."""
    connus = classe.base_fields
    return {
        nom: request.GET.getlist(nom) if isinstance(connus[nom], CasesField) else request.GET[nom]
        for nom in request.GET
        if nom in connus
    }


def _read_retour(request: HttpRequest) -> str:
    """The page to go back to, ours only."""
    retour = request.POST.get("retour", "") or request.GET.get("retour", "")
    return retour if url_has_allowed_host_and_scheme(retour, allowed_hosts=None) else ""


@vue_de_dossier
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: UUID, rang: int) -> HttpResponse:
    """Cancel an entry that was a mistake, with its reason. Works on a dossier that cannot be folded: it mends it."""
    dossier = get_dossier(request, pk)
    inscriptions = read_inscriptions(dossier.chaine)
    inscription = _find(inscriptions, rang)
    entree = next(e for e in list_entrees(inscriptions, {}) if e.rang == rang)
    if not entree.annulable:
        raise Http404(_("Cette inscription ne s’annule pas, ou ne vaut plus."))
    form = FormulaireAnnulation(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fait = FaitAEcrire(form.build_fait(), inscription.date_effet, rang)
        try:
            record_faits(dossier.chaine, [fait], auteur_courant(request))
        except ErreurExigible as erreur:
            form.add_error(None, translate_phrase(erreur.message))
        else:
            messages.success(request, _("Inscription annulée : elle reste lisible dans le fil, barrée."))
            return redirect("dossier", pk=dossier.pk)
    page = {"form": form, "dossier": dossier, "entree": entree}
    return render(request, "pages/saisie/annulation.html", page, status=422 if form.errors else 200)


def _find(inscriptions: Any, rang: int) -> Inscription:
    for inscription in inscriptions:
        if inscription.rang == rang:
            return inscription
    raise Http404(_("Cette inscription n’existe pas."))

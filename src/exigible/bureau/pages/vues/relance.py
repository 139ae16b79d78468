"""Reminders and calls: the ready message or script, then what the person did with it."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exigible.actes.relance.message import Message, write_relance, write_script_appel
from exigible.bureau.envois.services import send_relance
from exigible.bureau.pages.contexte import auteur_courant
from exigible.bureau.pages.formulaires.base import Contexte
from exigible.bureau.pages.formulaires.courriers import FormulaireRelance
from exigible.bureau.pages.formulaires.suivi import FormulaireAppel
from exigible.bureau.pages.templatetags.exigible import montant
from exigible.bureau.pages.vues.ouverture import DossierOuvert, open_dossier, vue_de_dossier
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.valeurs import load_credits
from exigible.dossier.etat import STADES_CLOS, EtatCreance, Stade
from exigible.dossier.faits import Canal, Etape
from exigible.dossier.travail import compute_travail
from exigible.droit.erreurs import ErreurExigible

ETAPES = {Etape.COURTOISIE, Etape.APPEL, Etape.RELANCE}


@vue_de_dossier
@require_http_methods(["GET", "POST"])
def show_relance(request: HttpRequest, pk: UUID, etape: str) -> HttpResponse:
    """Show the message of a step, ready to be copied and changed; record it once the person has sent it."""
    if etape not in {e.value for e in ETAPES}:
        raise Http404(_("Cette étape n’existe pas."))
    ouvert = open_dossier(request, pk)
    choisie = Etape(etape)
    creances = _read_creances(request, ouvert, choisie)
    if not creances:
        messages.warning(request, _("Aucune facture de ce dossier ne s’y prête aujourd’hui."))
        return redirect("dossier", pk=pk)
    if choisie is Etape.APPEL:
        return _show_appel(request, ouvert, creances)
    return _handle_message(request, ouvert, choisie, creances)


def _show_appel(request: HttpRequest, ouvert: DossierOuvert, creances: tuple[str, ...]) -> HttpResponse:
    try:
        script = write_script_appel(ouvert.etat, creances)
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
        return redirect("dossier", pk=ouvert.dossier.pk)
    contexte = Contexte(ouvert.etat, ouvert.effectives, ouvert.aujourd_hui)
    page = {
        "dossier": ouvert.dossier,
        "etat": ouvert.etat,
        "debiteur": ouvert.etat.debiteur,
        "script": script,
        "form": FormulaireAppel(contexte=contexte, initial={"creances": creances}),
    }
    return render(request, "pages/courrier/appel.html", page)


def _handle_message(
    request: HttpRequest, ouvert: DossierOuvert, etape: Etape, creances: tuple[str, ...]
) -> HttpResponse:
    try:
        message = write_relance(ouvert.etat, etape, creances, reference=ouvert.dossier.reference)
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
        return redirect("dossier", pk=ouvert.dossier.pk)
    courriel = ouvert.etat.debiteur.courriel
    depart = {
        "creances": creances,
        "canal": Canal.COURRIEL.value if courriel else Canal.LETTRE.value,
        "texte": message.texte,
    }
    form = FormulaireRelance(request.POST or None, creances=list_choix(ouvert, etape), initial=depart)
    if request.method == "POST" and form.is_valid() and _send(request, ouvert, etape, form):
        messages.success(request, _("Message noté comme envoyé."))
        return redirect("dossier", pk=ouvert.dossier.pk)
    page = {
        "dossier": ouvert.dossier,
        "etat": ouvert.etat,
        "etape": etape.value,
        "message": message,
        "form": form,
        "courriel": courriel,
        "mailto": write_mailto(courriel, message),
    }
    return render(request, "pages/courrier/relance.html", page, status=422 if form.errors else 200)


def _send(request: HttpRequest, ouvert: DossierOuvert, etape: Etape, form: FormulaireRelance) -> bool:
    valeurs = form.cleaned_data
    try:
        send_relance(
            ouvert.dossier,
            etape,
            tuple(valeurs["creances"]),
            Canal(valeurs["canal"]),
            valeurs["texte"],
            auteur_courant(request),
        )
    except ErreurExigible as erreur:
        form.add_error(erreur.champ if erreur.champ in form.fields else None, translate_phrase(erreur.message))
        return False
    return True


def _read_creances(request: HttpRequest, ouvert: DossierOuvert, etape: Etape) -> tuple[str, ...]:
    """The claims of the address that suit the step; else those of the day's work; else all that suit it."""
    possibles = [c.cle for c in list_possibles(ouvert, etape)]
    demandees = [cle for cle in request.GET.getlist("creances") if cle in possibles]
    if demandees:
        return tuple(demandees)
    travail = compute_travail(ouvert.etat, load_credits(ouvert.dossier))
    for action in travail.actions:
        if action.etape is etape:
            return action.creances
    libres = {c.cle for c in ouvert.etat.creances if not c.suspensions}
    return tuple(cle for cle in possibles if cle in libres)


def list_possibles(ouvert: DossierOuvert, etape: Etape) -> list[EtatCreance]:
    """The claims that a step may speak of: to come for the courtesy note, due for the others."""
    if etape is Etape.COURTOISIE:
        return [c for c in ouvert.etat.creances if c.stade is Stade.A_ECHOIR]
    exclus = STADES_CLOS | {Stade.SANS_ECHEANCE, Stade.A_ECHOIR}
    return [c for c in ouvert.etat.creances if c.stade not in exclus]


def list_choix(ouvert: DossierOuvert, etape: Etape) -> list[tuple[str, str]]:
    """The same, to choose from."""
    return [(c.cle, f"{c.creance.numero} — {montant(c.total)}") for c in list_possibles(ouvert, etape)]


def write_mailto(courriel: str, message: Message) -> str:
    """An address that opens the person's own mail program with the message ready."""
    if not courriel:
        return ""
    return f"mailto:{quote(courriel, safe='@')}?subject={quote(message.objet)}&body={quote(message.texte)}"

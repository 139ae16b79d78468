"""The panel of an action of the day: the message ready to leave or the call to make; put off; pass over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from exigible.actes.relance.message import Message, write_relance, write_script_appel
from exigible.bureau.envois.models import Courrier
from exigible.bureau.envois.services import record_appel, send_relance
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, get_du_cabinet
from exigible.bureau.pages.formulaires.actions import (
    FormulaireAppelDuJour,
    FormulaireIgnorerAction,
    FormulaireMessageDuJour,
    FormulaireReporter,
)
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.models import Action
from exigible.bureau.tiers.services import load_etat
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import ActionIgnoree, ActionReportee, Canal, Etape, Fait, IssueAppel
from exigible.dossier.travail import Geste
from exigible.droit.erreurs import ErreurExigible


@login_required
@require_GET
def show_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is ready for an action: alone with htmx, as a page otherwise."""
    return _render_panneau(request, _get_action(request, pk))


@login_required
@require_POST
def execute_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the message was sent or the call made by the person."""
    action = _get_action(request, pk)
    form = _make_form(action, request)
    if form is None:
        return redirect(_link_courrier(action))
    if not form.is_valid():
        return _render_panneau(request, action, form=form)
    valeurs, auteur = form.cleaned_data, auteur_courant(request)
    etape, creances = Etape(action.etape), tuple(action.creances)
    try:
        if etape is Etape.APPEL:
            record_appel(
                action.dossier,
                creances,
                IssueAppel(valeurs["issue"]),
                valeurs["interlocuteur"],
                valeurs["compte_rendu"],
                auteur,
            )
        else:
            send_relance(action.dossier, etape, creances, Canal(valeurs["canal"]), valeurs["texte"], auteur)
    except ErreurExigible as erreur:
        form.add_error(None, translate_phrase(erreur.message))
        return _render_panneau(request, action, form=form)
    dit = _("Appel enregistré : %(nom)s.") if etape is Etape.APPEL else _("Message enregistré comme envoyé : %(nom)s.")
    return _finish(request, dit % {"nom": action.dossier.debiteur_nom})


@login_required
@require_POST
def postpone_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the action off to a later day."""
    action = _get_action(request, pk)
    form = FormulaireReporter(request.POST, aujourd_hui=aujourd_hui(), auto_id="reporter_%s")
    if not form.is_valid():
        return _render_panneau(request, action, reporter=form)
    fait = ActionReportee(etape=Etape(action.etape), creances=tuple(action.creances), **form.cleaned_data)
    return _record(request, action, fait, _("Action reportée : %(nom)s."))


@login_required
@require_POST
def ignore_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass over the action; the reason stays in the journal."""
    action = _get_action(request, pk)
    form = FormulaireIgnorerAction(request.POST, auto_id="ignorer_%s")
    if not form.is_valid():
        return _render_panneau(request, action, ignorer=form)
    fait = ActionIgnoree(etape=Etape(action.etape), creances=tuple(action.creances), **form.cleaned_data)
    return _record(request, action, fait, _("Action ignorée : %(nom)s."))


def _record(request: HttpRequest, action: Action, fait: Fait, dit: str) -> HttpResponse:
    record_faits(action.dossier.chaine, [FaitAEcrire(fait, aujourd_hui())], auteur_courant(request))
    return _finish(request, dit % {"nom": action.dossier.debiteur_nom})


def _finish(request: HttpRequest, message: str) -> HttpResponse:
    """Back to the list: a full navigation, so that counts and rows are right."""
    messages.success(request, message)
    adresse = reverse("aujourdhui")
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": adresse})
    return redirect(adresse)


def _get_action(request: HttpRequest, pk: int) -> Action:
    du_scenario = Action.objects.filter(retenue=False).exclude(geste=Geste.PLAN_EN_RETARD.value)
    actions = du_scenario.select_related("dossier__chaine", "dossier__creancier")
    return get_du_cabinet(request, actions, pk=pk)


def _make_form(action: Action, request: HttpRequest | None = None, texte: str = "") -> forms.Form | None:
    """The form that reports the step; None for a formal notice, which has its own pages."""
    donnees = request.POST if request is not None else None
    if action.etape == Etape.MISE_EN_DEMEURE:
        return None
    if action.etape == Etape.APPEL:
        return FormulaireAppelDuJour(donnees)
    canal = Canal.COURRIEL if action.dossier.courriel else Canal.LETTRE
    return FormulaireMessageDuJour(donnees, initial={"texte": texte, "canal": canal.value})


def _link_courrier(action: Action) -> str:
    """The letter to post when one was approved, its preview otherwise."""
    if action.courrier:
        courrier = Courrier.objects.filter(dossier=action.dossier_id, cle=action.courrier).first()
        if courrier is not None:
            return reverse("courrier", args=[courrier.pk])
    return reverse("courrier_apercu", args=[action.dossier_id])


def _render_panneau(request: HttpRequest, action: Action, **formulaires: forms.Form) -> HttpResponse:
    etat = load_etat(action.dossier, aujourd_hui())
    cles = set(action.creances)
    message, script, erreur = _write_message(action, etat)
    texte = message.texte if message is not None else ""
    contexte: dict[str, Any] = {
        "action": action,
        "dossier": action.dossier,
        "creances": [c for c in etat.creances if c.cle in cles],
        "au": etat.au,
        "etat": etat,
        "message": message,
        "script": script,
        "erreur": erreur,
        "form": formulaires.get("form") or _make_form(action, texte=texte),
        "reporter": formulaires.get("reporter") or FormulaireReporter(aujourd_hui=aujourd_hui(), auto_id="reporter_%s"),
        "ignorer": formulaires.get("ignorer") or FormulaireIgnorerAction(auto_id="ignorer_%s"),
        "lien_courrier": _link_courrier(action),
    }
    gabarit = "panneau" if getattr(request, "htmx", False) else "action"
    return render(request, f"pages/aujourdhui/{gabarit}.html", contexte)


def _write_message(action: Action, etat: EtatDossier) -> tuple[Message | None, Message | None, str]:
    """The message or the call script, or the sentence of the rule that forbids it."""
    etape, creances = Etape(action.etape), tuple(action.creances)
    if etape is Etape.MISE_EN_DEMEURE:
        return None, None, ""
    try:
        if etape is Etape.APPEL:
            return None, write_script_appel(etat, creances), ""
        return write_relance(etat, etape, creances, reference=action.dossier.reference), None, ""
    except ErreurExigible as erreur:
        return None, None, translate_phrase(erreur.message)

"""New creditors, new debtors, by hand."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exigible.bureau.pages.contexte import auteur_courant, cabinet_courant, list_creanciers
from exigible.bureau.pages.formulaires.parties import FormulaireNouveauCreancier, FormulaireNouveauDossier
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.services import create_creancier, create_dossier
from exigible.droit.erreurs import ErreurExigible


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new creditor; its letterhead, accounts and terms of sale are then asked by the settings page."""
    noms = frozenset(c.nom.casefold() for c in list_creanciers(request))
    form = FormulaireNouveauCreancier(request.POST or None, noms_connus=noms)
    if request.method == "POST" and form.is_valid():
        try:
            creancier = create_creancier(cabinet_courant(request), form.build_creancier(), auteur_courant(request))
        except ErreurExigible as erreur:
            form.add_error(None, translate_phrase(erreur.message))
        else:
            messages.success(request, _("Créancier créé. Indiquez maintenant son compte bancaire et ses conditions."))
            return redirect("reglages_creancier", pk=creancier.pk)
    page = {"form": form, "titre": _("Nouveau créancier")}
    return render(request, "pages/saisie/partie.html", page, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def create_debiteur(request: HttpRequest) -> HttpResponse:
    """A new debtor of a creditor: it opens their dossier."""
    creanciers = {str(c.pk): c for c in list_creanciers(request)}
    if not creanciers:
        messages.info(request, _("Créez d’abord le créancier à qui l’argent est dû."))
        return redirect("creancier_nouveau")
    form = FormulaireNouveauDossier(request.POST or None, creanciers=[(cle, c.nom) for cle, c in creanciers.items()])
    if request.method == "POST" and form.is_valid():
        creancier = creanciers[form.cleaned_data["creancier"]]
        try:
            dossier = create_dossier(creancier, form.build_debiteur(), auteur_courant(request))
        except ErreurExigible as erreur:
            form.add_error(None, translate_phrase(erreur.message))
        else:
            messages.success(request, _("Dossier ouvert. Ajoutez sa première facture."))
            return redirect("saisir", pk=dossier.pk, sorte="facture")
    page = {"form": form, "titre": _("Nouveau débiteur")}
    return render(request, "pages/saisie/partie.html", page, status=422 if form.errors else 200)

"""Settings of a creditor: letterhead, accounts, terms of sale, what is claimed. Each change is a fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exigible.actes.signature import find_signature
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits, store_piece
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, get_du_cabinet, list_creanciers
from exigible.bureau.pages.formulaires.reglages import (
    FormulaireCompte,
    FormulaireConditions,
    FormulaireCreancier,
    FormulaireLogo,
    FormulaireRegleReclamation,
    FormulaireSignature,
)
from exigible.bureau.tiers.models import Creancier
from exigible.bureau.tiers.services import load_etat_creancier
from exigible.dossier.faits import Fait
from exigible.dossier.faits_creancier import CompteBancaireAjoute, CompteBancaireRetire
from exigible.dossier.journal import list_effectives


@login_required
@require_GET
def show_reglages(request: HttpRequest) -> HttpResponse:
    """Go to the creditor when there is one; list them otherwise."""
    creanciers = list_creanciers(request)
    if len(creanciers) == 1:
        return redirect("reglages_creancier", pk=creanciers[0].pk)
    return render(request, "pages/reglages/liste.html", {"creanciers": creanciers})


@login_required
@require_http_methods(["GET", "POST"])
def show_creancier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the settings; a POST changes the letterhead."""
    creancier = _get_creancier(request, pk)
    if request.method == "GET":
        return _render(request, creancier)
    form = FormulaireCreancier(request.POST)
    if not form.is_valid():
        return _render(request, creancier, entete=form)
    ancien = load_etat_creancier(creancier).description
    return _record(request, creancier, [form.build_fait(ancien)], _("Entreprise enregistrée."))


@login_required
@require_POST
def set_logo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the image of the letterhead."""
    creancier = _get_creancier(request, pk)
    form = FormulaireLogo(request.POST, request.FILES)
    if not form.is_valid():
        return _render(request, creancier, logo=form)
    fichier = form.cleaned_data["logo"]
    piece = store_piece(creancier.cabinet, fichier.read(), fichier.name, form.type_mime)
    ancien = load_etat_creancier(creancier).description
    fait = msgspec.structs.replace(ancien, logo=piece.sha256)
    return _record(request, creancier, [fait], _("Logo enregistré : vos prochaines lettres le portent."))


@login_required
@require_POST
def remove_logo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Print letters without an image from now on."""
    creancier = _get_creancier(request, pk)
    fait = msgspec.structs.replace(load_etat_creancier(creancier).description, logo="")
    return _record(request, creancier, [fait], _("Logo retiré des prochaines lettres."))


@login_required
@require_POST
def set_signature(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the picture of a signature, and whose it is."""
    creancier = _get_creancier(request, pk)
    form = FormulaireSignature(request.POST, request.FILES)
    if not form.is_valid():
        return _render(request, creancier, signature=form)
    fichier = form.cleaned_data["signature"]
    piece = store_piece(creancier.cabinet, fichier.read(), fichier.name, form.type_mime)
    ancien = load_etat_creancier(creancier).description
    fait = msgspec.structs.replace(ancien, signature=piece.sha256, signature_de=form.cleaned_data["signature_de"])
    return _record(request, creancier, [fait], _("Signature enregistrée : vos prochaines lettres la portent."))


@login_required
@require_POST
def remove_signature(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave the place to sign by hand from now on."""
    creancier = _get_creancier(request, pk)
    fait = msgspec.structs.replace(load_etat_creancier(creancier).description, signature="", signature_de="")
    return _record(request, creancier, [fait], _("Signature retirée des prochaines lettres."))


@login_required
@require_POST
def add_compte(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add an account."""
    creancier = _get_creancier(request, pk)
    form = FormulaireCompte(request.POST)
    if not form.is_valid():
        return _render(request, creancier, compte=form)
    compte = form.build_fait()
    autres = _list_principaux(creancier, sauf=compte.iban) if compte.principal else []
    return _record(request, creancier, [*autres, compte], _("Compte enregistré."))


@login_required
@require_POST
def remove_compte(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop giving an account to debtors."""
    creancier = _get_creancier(request, pk)
    iban = request.POST.get("iban", "")
    if iban not in {connu for connu, _bic in load_etat_creancier(creancier).ibans}:
        messages.error(request, _("Ce compte n’est pas parmi ceux de l’entreprise."))
        return redirect("reglages_creancier", pk=creancier.pk)
    return _record(request, creancier, [CompteBancaireRetire(iban=iban)], _("Compte retiré des prochaines lettres."))


@login_required
@require_POST
def set_conditions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set the terms of sale."""
    creancier = _get_creancier(request, pk)
    form = FormulaireConditions(request.POST)
    if not form.is_valid():
        return _render(request, creancier, conditions=form)
    jour = form.cleaned_data["jour"]
    return _record(request, creancier, [form.build_fait()], _("Conditions de vente enregistrées."), jour)


@login_required
@require_POST
def set_reclamation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set what is claimed by default."""
    creancier = _get_creancier(request, pk)
    form = FormulaireRegleReclamation(request.POST)
    if not form.is_valid():
        return _render(request, creancier, reclamation=form)
    return _record(request, creancier, [form.build_fait()], _("Règle enregistrée : les dossiers sont recalculés."))


def _list_principaux(creancier: Creancier, sauf: str) -> list[CompteBancaireAjoute]:
    """The accounts that were the main one until now, said again as ordinary ones: only one is on the letters."""
    connus = {iban for iban, _bic in load_etat_creancier(creancier).ibans if iban != sauf}
    faits = [i.fait for i in list_effectives(read_inscriptions(creancier.chaine), date.max)]
    derniers = {f.iban: f for f in faits if isinstance(f, CompteBancaireAjoute) and f.iban in connus}
    return [msgspec.structs.replace(f, principal=False) for f in derniers.values() if f.principal]


def _get_creancier(request: HttpRequest, pk: UUID) -> Creancier:
    return get_du_cabinet(request, Creancier.objects.select_related("chaine", "cabinet"), pk=pk)


def _record(
    request: HttpRequest, creancier: Creancier, faits: Sequence[Fait], message: str, jour: date | None = None
) -> HttpResponse:
    a_ecrire = [FaitAEcrire(fait, jour or aujourd_hui()) for fait in faits]
    record_faits(creancier.chaine, a_ecrire, auteur_courant(request))
    messages.success(request, message)
    return redirect("reglages_creancier", pk=creancier.pk)


def _render(request: HttpRequest, creancier: Creancier, **formulaires: forms.Form) -> HttpResponse:
    etat = load_etat_creancier(creancier)
    depart = FormulaireConditions.show(etat.conditions, aujourd_hui())
    reclamation = {"penalites": etat.penalites.value, "indemnite": etat.indemnite.value}
    contexte: dict[str, Any] = {
        "creancier": creancier,
        "creanciers": list_creanciers(request),
        "etat": etat,
        "entete": formulaires.get("entete") or FormulaireCreancier(initial=FormulaireCreancier.show(etat.description)),
        "logo": formulaires.get("logo") or FormulaireLogo(),
        "signature": formulaires.get("signature")
        or FormulaireSignature(initial={"signature_de": etat.description.signataire}),
        "signature_imprimee": bool(find_signature(etat.description)),
        "compte": formulaires.get("compte")
        or FormulaireCompte(initial={"titulaire": etat.description.nom, "principal": not etat.ibans}),
        "conditions": formulaires.get("conditions") or FormulaireConditions(initial=depart),
        "reclamation": formulaires.get("reclamation") or FormulaireRegleReclamation(initial=reclamation),
    }
    return render(request, "pages/reglages/creancier.html", contexte, status=422 if formulaires else 200)

"""Direct debits: what falls due, what the file would hold, the file itself, kept as it was made."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, get_du_cabinet, list_creanciers
from exigible.bureau.pages.exports import render_fichier
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.sorties.prelevements import (
    TYPE_MIME,
    LignePrelevement,
    build_creancier,
    list_fichiers,
    list_lignes,
    make_fichier,
    mark_transmis,
    order_lignes,
    read_fichier,
    record_encaissement,
)
from exigible.bureau.sorties.virements import list_virements, make_virements
from exigible.bureau.tiers.models import Creancier
from exigible.bureau.tiers.services import load_etat_creancier
from exigible.dossier.faits import SchemaSepa
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurExigible


@login_required
@require_GET
def show_prelevements(request: HttpRequest) -> HttpResponse:
    """List the instalments that fall due; with `?cle=…`, what a file of these would hold."""
    creancier = choose_creancier(request)
    if creancier is None:
        return render(request, "pages/prelevements/liste.html", {"au": aujourd_hui(), "sans_creancier": True})
    lignes = list_lignes(creancier)
    cles = set(request.GET.getlist("cle"))
    choisies = [ligne for ligne in lignes if ligne.a_ordonner and ligne.cle in cles]
    contexte = {
        "creancier": creancier,
        "creanciers": list_creanciers(request),
        "lignes": lignes,
        "pretes": sum(ligne.a_ordonner for ligne in lignes),
        "manque": _find_manque(creancier),
        "lots": _group(request, choisies),
        "rien_choisi": "verifier" in request.GET and not choisies,
        "virements": list_virements(creancier),
        "fichiers": list_fichiers(creancier),
        "au": aujourd_hui(),
    }
    return render(request, "pages/prelevements/liste.html", contexte)


@login_required
@require_POST
def make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the file of the instalments chosen, all of one scheme."""
    creancier = _get_creancier(request, pk)
    try:
        schema = SchemaSepa(request.POST.get("schema", ""))
    except ValueError as erreur:
        raise Http404("Ce schéma n'existe pas.") from erreur
    try:
        fichier = make_fichier(creancier, request.POST.getlist("cle"), schema, auteur_courant(request))
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    else:
        messages.success(
            request, _("Fichier %(nom)s prêt : téléchargez-le et remettez-le à la banque.") % {"nom": fichier.nom}
        )
    return _return(creancier)


@login_required
@require_POST
def make_remboursements(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the file of the refunds to transfer."""

    def make_file(creancier: Creancier) -> str:
        fichier = make_virements(creancier, auteur_courant(request))
        return _("Fichier %(nom)s prêt : téléchargez-le et remettez-le à la banque.") % {"nom": fichier.nom}

    return _decide(request, pk, make_file)


@login_required
@require_GET
def download(request: HttpRequest, pk: UUID, cle: str) -> HttpResponse:
    """Give a file as it was made."""
    try:
        fichier, contenu = read_fichier(_get_creancier(request, pk), cle)
    except ErreurExigible as erreur:
        raise Http404(erreur.message) from erreur
    return render_fichier(contenu, fichier.nom, TYPE_MIME)


@login_required
@require_POST
def send(request: HttpRequest, pk: UUID, cle: str) -> HttpResponse:
    """Say that a file was given to the bank."""

    def mark(creancier: Creancier) -> str:
        mark_transmis(creancier, cle, auteur_courant(request))
        return _("Fichier marqué comme remis à la banque.")

    return _decide(request, pk, mark)


@login_required
@require_POST
def collect(request: HttpRequest, pk: UUID, cle: str) -> HttpResponse:
    """Record as paid the debits of a file whose day has come."""

    def record(creancier: Creancier) -> str:
        nombre = record_encaissement(creancier, cle, auteur_courant(request))
        if not nombre:
            return _("Aucun prélèvement de ce fichier n’est à encaisser aujourd’hui.")
        return _("Prélèvements encaissés : %(nombre)s.") % {"nombre": nombre}

    return _decide(request, pk, record)


def choose_creancier(request: HttpRequest) -> Creancier | None:
    """The creditor that the address names, else the first; None when there is none yet."""
    creanciers = list_creanciers(request)
    voulu = request.GET.get("creancier", "")
    return next((c for c in creanciers if str(c.pk) == voulu), creanciers[0] if creanciers else None)


def _decide(request: HttpRequest, pk: UUID, decider: Callable[[Creancier], str]) -> HttpResponse:
    creancier = _get_creancier(request, pk)
    try:
        messages.success(request, decider(creancier))
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    return _return(creancier)


def _return(creancier: Creancier) -> HttpResponse:
    return redirect(f"{reverse('prelevements')}?creancier={creancier.pk}#fichiers")


def _get_creancier(request: HttpRequest, pk: UUID) -> Creancier:
    creancier: Creancier = get_du_cabinet(request, Creancier.objects.select_related("chaine", "cabinet"), pk=pk)
    return creancier


def _find_manque(creancier: Creancier) -> str:
    """What the creditor must still say before anything is debited."""
    try:
        build_creancier(load_etat_creancier(creancier))
    except ErreurExigible as erreur:
        return translate_phrase(erreur.message)
    return ""


def _group(request: HttpRequest, choisies: list[LignePrelevement]) -> list[dict[str, Any]]:
    """One file a scheme: its lines as they would leave, their sum; a choice that cannot leave is said."""
    lots: list[dict[str, Any]] = []
    try:
        lignes = order_lignes(choisies)
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
        return lots
    for schema in SchemaSepa:
        siennes = [ligne for ligne in lignes if ligne.ordre and ligne.ordre.schema is schema]
        if siennes:
            total: Decimal = sum((ligne.echeance.montant for ligne in siennes), ZERO)
            lots.append({"schema": schema.value, "nom": schema.value.upper(), "lignes": siennes, "total": total})
    return lots

"""Remittances to creditors: the agreement, what is held for each and by when, the transfer, the statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exigible.actes.reversement.rendu import render_releve_reversement
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, get_du_cabinet, list_creanciers
from exigible.bureau.pages.exports import render_export, render_fichier
from exigible.bureau.pages.formulaires.reversements import (
    FormulaireConvention,
    FormulaireReversement,
    FormulaireReversementAnnule,
)
from exigible.bureau.pages.vues.prelevements import choose_creancier
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.sorties.prelevements import TYPE_MIME
from exigible.bureau.sorties.reversements import (
    cancel_reversement,
    find_convention_du,
    find_reversement,
    list_mandants,
    load_compte,
    make_reversement,
    read_fichier_reversement,
    record_reversement,
)
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.tiers.services import load_etat_creancier
from exigible.dossier.faits_reversement import ConventionTerminee, ReversementFait
from exigible.droit.erreurs import ErreurExigible
from exigible.echanges.sorties.reversements import (
    TITRES_A_REVERSER,
    TITRES_RELEVE,
    sum_parts,
    write_a_reverser,
    write_releve,
)


@login_required
@require_GET
def show_reversements(request: HttpRequest) -> HttpResponse:
    """What is held for a creditor, and what was handed over."""
    creancier = choose_creancier(request)
    if creancier is None:
        return render(request, "pages/reversements/liste.html", {"au": aujourd_hui()})
    creanciers = list_creanciers(request)
    if len(creanciers) > 1 and "creancier" not in request.GET:
        return render(request, "pages/reversements/mandants.html", _describe_mandants(creanciers))
    form = FormulaireReversement(initial={"jour": aujourd_hui()}, aujourd_hui=aujourd_hui())
    return _render(request, creancier, form)


def _describe_mandants(creanciers: Sequence[Creancier]) -> dict[str, Any]:
    """What is held for each creditor under an agreement, those who wait most first; the others are only named."""
    mandants = list_mandants(creanciers)
    lignes, illisibles = [], []
    for mandant in mandants:
        try:
            lignes.append(load_compte(mandant))
        except ErreurExigible as erreur:
            illisibles.append((mandant, translate_phrase(erreur.message)))
    lignes.sort(key=lambda c: (-len(c.retards), -c.total, c.creancier.nom))
    autres = [c for c in creanciers if c not in mandants]
    return {"comptes": lignes, "illisibles": illisibles, "autres": autres, "au": aujourd_hui()}


def _render(request: HttpRequest, creancier: Creancier, form: FormulaireReversement) -> HttpResponse:
    contexte: dict[str, Any] = {
        "creancier": creancier,
        "creanciers": list_creanciers(request),
        "form": form,
        "au": aujourd_hui(),
        "cochees": request.POST.getlist("cle") if form.is_bound else None,
    }
    try:
        compte = load_compte(creancier)
    except ErreurExigible as erreur:
        contexte["illisible"] = translate_phrase(erreur.message)
    else:
        contexte |= {
            "compte": compte,
            "lignes": [(x, x.is_en_retard(compte.au)) for x in compte.lignes],
            "inconnus": [(e, UUID(e.dossier)) for e in compte.inconnus],
        }
    return render(request, "pages/reversements/liste.html", contexte, status=422 if form.is_bound else 200)


@login_required
@require_POST
def make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the transfer of the lines ticked, or write that it was done otherwise (`autrement`)."""
    creancier = _get_creancier(request, pk)
    cles, auteur = request.POST.getlist("cle"), auteur_courant(request)
    if "autrement" not in request.POST:

        def order() -> str:
            fait = make_reversement(creancier, cles, auteur)
            return _("Fichier %(nom)s prêt : téléchargez-le et remettez-le à la banque.") % {"nom": fait.nom}

        return _decide(request, creancier, order)
    form = FormulaireReversement(request.POST, aujourd_hui=aujourd_hui())
    if not form.is_valid():
        return _render(request, creancier, form)
    jour, reference = form.cleaned_data["jour"], form.cleaned_data["reference"]

    def record() -> str:
        fait = record_reversement(creancier, cles, jour, reference, auteur)
        return _("Reversement %(reference)s enregistré.") % {"reference": fait.reference}

    return _decide(request, creancier, record)


@login_required
@require_http_methods(["GET", "POST"])
def show_reversement(request: HttpRequest, pk: UUID, cle: str) -> HttpResponse:
    """The statement of one remittance; a POST says that it did not go through."""
    creancier = _get_creancier(request, pk)
    jour, fait = _find(creancier, cle)
    form = FormulaireReversementAnnule(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def cancel() -> str:
            cancel_reversement(creancier, cle, form.cleaned_data["motif"], auteur_courant(request))
            return _("Reversement annulé : ce qu’il contenait est de nouveau à reverser.")

        return _decide(request, creancier, cancel)
    noms = _name_dossiers(fait)
    encaisse, commission, tva = sum_parts(fait)
    contexte = {
        "creancier": creancier,
        "fait": fait,
        "fait_le": jour,
        "parts": [(part, noms.get(part.dossier, "")) for part in fait.parts],
        "totaux": {"encaisse": encaisse, "commission": commission, "tva": tva},
        "form": form,
    }
    return render(request, "pages/reversements/releve.html", contexte, status=422 if form.errors else 200)


@login_required
@require_GET
def download(request: HttpRequest, pk: UUID, cle: str) -> HttpResponse:
    """Give the file of a transfer as it was made."""
    try:
        fait, contenu = read_fichier_reversement(_get_creancier(request, pk), cle)
    except ErreurExigible as erreur:
        raise Http404(erreur.message) from erreur
    return render_fichier(contenu, fait.nom, TYPE_MIME)


@login_required
@require_GET
def export_releve(request: HttpRequest, pk: UUID, cle: str, extension: str) -> HttpResponse:
    """Give the statement of a remittance as a file, for the creditor."""
    _jour, fait = _find(_get_creancier(request, pk), cle)
    noms = _name_dossiers(fait)
    return render_export(
        extension, _name_releve(fait), [translate_phrase(t) for t in TITRES_RELEVE], write_releve(fait, noms)
    )


@login_required
@require_GET
def download_pdf(request: HttpRequest, pk: UUID, cle: str) -> HttpResponse:
    """Give the statement of a remittance as a page to send to the creditor."""
    creancier = _get_creancier(request, pk)
    jour, fait = _find(creancier, cle)
    convention = find_convention_du(creancier, jour)
    if convention is None:
        raise Http404
    decrit = load_etat_creancier(creancier).description
    try:
        contenu = render_releve_reversement(fait, decrit, convention, _name_dossiers(fait))
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
        return redirect("reversement", pk=pk, cle=cle)
    return render_fichier(contenu, f"{_name_releve(fait)}.pdf", "application/pdf")


@login_required
@require_GET
def export_a_reverser(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """Give what is to be handed over to a creditor as a file."""
    try:
        compte = load_compte(_get_creancier(request, pk))
    except ErreurExigible as erreur:
        raise Http404(erreur.message) from erreur
    nom = f"a-reverser-{compte.au:%Y-%m-%d}"
    return render_export(
        extension, nom, [translate_phrase(t) for t in TITRES_A_REVERSER], [write_a_reverser(x) for x in compte.lignes]
    )


@login_required
@require_http_methods(["GET", "POST"])
def set_convention(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record the agreement under which the office collects for a creditor; or that it ended (`terminer`)."""
    creancier = _get_creancier(request, pk)
    convention = load_etat_creancier(creancier).convention
    depart = FormulaireConvention.show(convention, aujourd_hui())
    if request.method == "POST" and "terminer" in request.POST and convention is not None:
        fait = FaitAEcrire(ConventionTerminee(), aujourd_hui())
        record_faits(creancier.chaine, [fait], auteur_courant(request))
        messages.success(request, _("Convention terminée : ce qui sera reçu désormais n’est plus à reverser."))
        return _return(creancier)
    form = FormulaireConvention(request.POST or None, initial=depart)
    if request.method == "POST" and form.is_valid():
        fait = FaitAEcrire(form.build_fait(), form.cleaned_data["jour"])
        record_faits(creancier.chaine, [fait], auteur_courant(request))
        messages.success(request, _("Convention enregistrée."))
        return _return(creancier)
    contexte = {"creancier": creancier, "form": form, "convention": convention}
    return render(request, "pages/reversements/convention.html", contexte, status=422 if form.errors else 200)


def _find(creancier: Creancier, cle: str) -> tuple[Any, ReversementFait]:
    try:
        return find_reversement(creancier, cle)
    except ErreurExigible as erreur:
        raise Http404(erreur.message) from erreur


def _name_releve(fait: ReversementFait) -> str:
    """Name the file: what a person typed as a reference is no name of file."""
    return f"releve-reversement-{fait.jour:%Y-%m-%d}-{fait.cle[:6]}"


def _name_dossiers(fait: ReversementFait) -> dict[str, str]:
    dossiers = Dossier.objects.filter(pk__in={part.dossier for part in fait.parts})
    return {str(pk): nom for pk, nom in dossiers.values_list("pk", "debiteur_nom")}


def _decide(request: HttpRequest, creancier: Creancier, decider: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, decider())
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    return _return(creancier)


def _return(creancier: Creancier) -> HttpResponse:
    return redirect(f"{reverse('reversements')}?creancier={creancier.pk}")


def _get_creancier(request: HttpRequest, pk: UUID) -> Creancier:
    creancier: Creancier = get_du_cabinet(request, Creancier.objects.select_related("chaine", "cabinet"), pk=pk)
    return creancier

"""Files out: open invoices, ageing, entries for the accountant, the journal of a dossier."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from exigible.bureau.pages.contexte import (
    aujourd_hui,
    auteur_courant,
    cabinet_courant,
    get_du_cabinet,
    list_creanciers,
)
from exigible.bureau.pages.exports import render_export, render_fichier
from exigible.bureau.pages.formulaires.ecritures import FormulaireEcritures
from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.pages.vues.fil import list_entrees
from exigible.bureau.pages.vues.ouverture import open_dossier, open_dossier_au, vue_de_dossier
from exigible.bureau.pages.vues.prelevements import choose_creancier
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.sorties.ecritures import (
    TYPE_MIME,
    list_exports,
    load_comptes,
    make_export,
    preview_export,
    read_export,
)
from exigible.bureau.sorties.listes import read_ouverts
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.droit.erreurs import ErreurExigible
from exigible.echanges.sorties.ecritures import COLONNES, PlanDeComptes, list_cellules
from exigible.echanges.sorties.listes import (
    TITRES_BALANCE,
    TITRES_OUVERTES,
    build_balance,
    write_balance,
    write_decompte,
    write_ouvert,
)


@login_required
@require_GET
def show_exporter(request: HttpRequest) -> HttpResponse:
    """What can be exported; with a period, the entries that it holds and that were not exported yet."""
    return _render(request, choose_creancier(request))


def _render(request: HttpRequest, creancier: Creancier | None) -> HttpResponse:
    comptes = load_comptes(creancier) if creancier else PlanDeComptes()
    form = FormulaireEcritures(
        request.GET if "du" in request.GET else None, initial=FormulaireEcritures.show(aujourd_hui(), comptes)
    )
    contexte: dict[str, Any] = {
        "creancier": creancier,
        "creanciers": list_creanciers(request),
        "form": form,
        "exports": list_exports(creancier) if creancier else [],
        "au": aujourd_hui(),
    }
    if creancier and form.is_bound and form.is_valid():
        try:
            contexte["apercu"] = preview_export(creancier, form.periode, form.cleaned_data["comptes"])
        except ErreurExigible as erreur:
            form.add_error(None, translate_phrase(erreur.message))
    return render(request, "pages/exporter/exporter.html", contexte)


@login_required
@require_GET
def export_ouvertes(request: HttpRequest, extension: str) -> HttpResponse:
    """Give the open invoices as a file."""
    lignes = (write_ouvert(p, get_libelle(p.etape)) for p in read_ouverts(_list_dossiers(request)))
    nom = f"exigible-factures-ouvertes-{aujourd_hui():%Y-%m-%d}"
    return render_export(extension, nom, [translate_phrase(t) for t in TITRES_OUVERTES], lignes)


@login_required
@require_GET
def export_balance(request: HttpRequest, extension: str) -> HttpResponse:
    """Give the ageing of each debtor as a file."""
    balance = build_balance(read_ouverts(_list_dossiers(request)), aujourd_hui())
    nom = f"exigible-balance-agee-{aujourd_hui():%Y-%m-%d}"
    return render_export(extension, nom, [translate_phrase(t) for t in TITRES_BALANCE], map(write_balance, balance))


@login_required
@require_POST
def make_ecritures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the file of the entries of a period, once."""
    creancier = _get_creancier(request, pk)
    form = FormulaireEcritures(request.POST)
    if not form.is_valid():
        messages.error(request, _("Cette période ou ces comptes ne sont pas lisibles : rien n’a été écrit."))
    else:
        try:
            fait = make_export(creancier, form.periode, form.cleaned_data["comptes"], auteur_courant(request))
            messages.success(request, _("Écritures prêtes : %(nom)s.") % {"nom": fait.export.nom})
        except ErreurExigible as erreur:
            messages.error(request, translate_phrase(erreur.message))
    return redirect(f"{reverse('exporter')}?creancier={creancier.pk}#exports")


@login_required
@require_GET
def export_apercu(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """Give as a spreadsheet the entries that a period would hold; nothing is recorded as exported."""
    form = FormulaireEcritures(request.GET)
    if not form.is_valid():
        raise Http404("Cette période ou ces comptes ne sont pas lisibles.")
    try:
        export = preview_export(_get_creancier(request, pk), form.periode, form.cleaned_data["comptes"])
    except ErreurExigible as erreur:
        raise Http404(erreur.message) from erreur
    nom = f"exigible-ecritures-{form.periode[0]:%Y%m%d}-{form.periode[1]:%Y%m%d}"
    return render_export(extension, nom, COLONNES, list_cellules(export))


@login_required
@require_GET
def download_ecritures(request: HttpRequest, pk: UUID, cle: str) -> HttpResponse:
    """Give a file of entries as it was made."""
    try:
        export, contenu = read_export(_get_creancier(request, pk), cle)
    except ErreurExigible as erreur:
        raise Http404(erreur.message) from erreur
    return render_fichier(contenu, export.nom, TYPE_MIME)


@vue_de_dossier
@require_GET
def export_journal(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """Give the journal of a dossier as a file, newest first, as its timeline says it."""
    ouvert = open_dossier(request, pk)
    titres = [_("Rang"), _("Date"), _("Fait"), _("Détails"), _("Pièce"), _("Par"), _("Enregistré le"), _("Corrige")]
    titres.append(_("Remplacé par"))
    lignes = (
        [
            *(e.rang, e.jour, str(e.titre), " ; ".join(filter(None, map(str, e.details))), e.piece, e.auteur),
            *(f"{e.enregistre_le:%d/%m/%Y %H:%M} UTC" if e.enregistre_le else "", e.corrige, e.par),
        ]
        for e in list_entrees(ouvert.inscriptions, ouvert.numeros)
    )
    return render_export(extension, f"{ouvert.dossier.reference}-journal-{aujourd_hui():%Y-%m-%d}", titres, lignes)


@vue_de_dossier
@require_GET
def export_decompte(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the statement of the day asked as a CSV: interest line by line, payments, what remains of each invoice."""
    ouvert, form = open_dossier_au(request, pk, provisoire=False)
    if form.errors:
        raise Http404("Ce jour n'est pas lisible.")
    titres = [_("Genre"), _("Facture"), _("Du"), _("Au"), _("Jours"), _("Base"), _("Taux"), _("Principal")]
    titres += [_("Intérêts"), _("Indemnités"), _("Frais"), _("Article")]
    lignes = write_decompte(ouvert.etat.decompte, ouvert.numeros)
    nom = f"{ouvert.dossier.reference}-decompte-{ouvert.etat.au:%Y-%m-%d}"
    traduites = ([translate_phrase(c) if isinstance(c, str) else c for c in ligne] for ligne in lignes)
    return render_export("csv", nom, titres, traduites)


def _get_creancier(request: HttpRequest, pk: UUID) -> Creancier:
    creancier: Creancier = get_du_cabinet(request, Creancier.objects.select_related("chaine", "cabinet"), pk=pk)
    return creancier


def _list_dossiers(request: HttpRequest) -> QuerySet[Dossier]:
    dossiers = Dossier.objects.filter(Q(echu__gt=0) | Q(a_echoir__gt=0), cabinet=cabinet_courant(request))
    voulu = request.GET.get("creancier", "")
    return dossiers.filter(creancier__in=[c for c in list_creanciers(request) if str(c.pk) == voulu or not voulu])

"""Files in: drop, read the preview, answer its questions, apply; the receipt stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exigible.bureau.imports.annulation import compute_annulation
from exigible.bureau.imports.models import ANNULABLES, REPRENABLES, Importation, StatutImportation
from exigible.bureau.imports.services import abandon_import, open_depot, prepare_import, undo_import
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, cabinet_courant, get_du_cabinet, list_creanciers
from exigible.bureau.pages.exports import render_export
from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme
from exigible.bureau.pages.formulaires.imports import (
    FormulaireAnnulationImport,
    FormulaireColonnes,
    FormulaireImport,
    FormulaireQuestions,
    list_colonnes,
)
from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.pages.vues.apercu import Apercu, get_format, get_issue, get_objet
from exigible.bureau.pages.vues.avancement import list_laisses, read_avancement, start_or_apply
from exigible.bureau.phrases import translate_phrase
from exigible.droit.erreurs import ErreurExigible
from exigible.echanges.releves_formats import LECTEURS_RELEVES

PAR_PAGE = 20
LIGNES_PAR_PAGE = 50
DEPENDANCES_MONTREES = 20
RELEVES = {*LECTEURS_RELEVES, "xlsx_releve"}
TRIS = {"date": "cree_le", "nom": "nom"}
TRI_PAR_DEFAUT = "-date"

EFFETS: dict[str, Callable[[int], str]] = {
    "creance": lambda n: ngettext("%(n)s facture", "%(n)s factures", n) % {"n": n},
    "correction": lambda n: ngettext("%(n)s facture corrigée", "%(n)s factures corrigées", n) % {"n": n},
    "avoir": lambda n: ngettext("%(n)s avoir", "%(n)s avoirs", n) % {"n": n},
    "paiement": lambda n: ngettext("%(n)s paiement", "%(n)s paiements", n) % {"n": n},
    "envoi": lambda n: ngettext("%(n)s envoi déjà fait", "%(n)s envois déjà faits", n) % {"n": n},
    "statut": lambda n: ngettext("%(n)s statut de facture", "%(n)s statuts de factures", n) % {"n": n},
    "rejet": lambda n: ngettext("%(n)s refus de prélèvement", "%(n)s refus de prélèvements", n) % {"n": n},
    "debiteur": lambda n: ngettext("%(n)s client mis à jour", "%(n)s clients mis à jour", n) % {"n": n},
    "mouvement": lambda n: ngettext("%(n)s mouvement bancaire", "%(n)s mouvements bancaires", n) % {"n": n},
    "rapprochement": lambda n: ngettext("%(n)s virement rapproché", "%(n)s virements rapprochés", n) % {"n": n},
}
"""What an import brought and its undoing takes back, in words."""


@login_required
@require_http_methods(["GET", "POST"])
def show_importer(request: HttpRequest) -> HttpResponse:
    """Drop files; each one gives a preview and nothing else."""
    creanciers = {str(c.pk): c for c in list_creanciers(request)}
    choix = [(cle, c.nom) for cle, c in creanciers.items()]
    form = FormulaireImport(request.POST or None, request.FILES or None, creanciers=choix)
    if request.method == "POST" and form.is_valid():
        faites = _prepare(request, form, creanciers[form.cleaned_data["creancier"]])
        if len(faites) == 1:
            return redirect("import_apercu", pk=faites[0].pk)
        if faites:
            messages.info(
                request,
                ngettext("%(n)s aperçu à vérifier.", "%(n)s aperçus à vérifier ci-dessous.", len(faites))
                % {"n": len(faites)},
            )
            return redirect("importer")
    feuille = Paginator(_filter_importations(request), PAR_PAGE).get_page(request.GET.get("page"))
    page = {
        "form": form,
        "sans_creancier": not creanciers,
        "page": feuille,
        "importations": [(i, get_format(i.format), read_avancement(i)) for i in feuille],
        "imports_vides": not Importation.objects.filter(cabinet=cabinet_courant(request)).exists(),
        "q": request.GET.get("q", ""),
        "statut": request.GET.get("statut", ""),
        "statuts": [(code, name_statut(code)) for code in StatutImportation.values],
        "tri": _read_tri(request),
    }
    return render(request, "pages/import/importer.html", page, status=422 if form.errors else 200)


@login_required
@require_GET
def export_importations(request: HttpRequest, extension: str) -> HttpResponse:
    """Give the files already read, as filtered and sorted on the screen, as a file."""
    titres = [_("Fichier"), _("Format"), _("Créancier"), _("État"), _("Lu le"), _("Par")]
    lignes = (
        [
            i.nom,
            str(get_format(i.format)),
            i.creancier.nom,
            name_statut(i.statut),
            timezone.localtime(i.cree_le).date(),
            i.auteur,
        ]
        for i in _filter_importations(request).iterator(chunk_size=500)
    )
    return render_export(extension, f"exigible-imports-{aujourd_hui():%Y-%m-%d}", titres, lignes)


def name_statut(code: str) -> str:
    """The words for where an import stands: a preview waits for somebody."""
    return _("À vérifier") if code == StatutImportation.APERCU else get_libelle(code)


def _filter_importations(request: HttpRequest) -> QuerySet[Importation]:
    """The imports of the tenant that the address asks for (`?q=`, `?statut=`, `?tri=`); anything unknown is ignored."""
    importations = Importation.objects.filter(cabinet=cabinet_courant(request))
    if request.GET.get("statut") in StatutImportation.values:
        importations = importations.filter(statut=request.GET["statut"])
    texte = request.GET.get("q", "").strip()
    if texte:
        importations = importations.filter(
            Q(nom__icontains=texte) | Q(creancier__nom__icontains=texte) | Q(auteur__icontains=texte)
        )
    tri = _read_tri(request)
    colonne = TRIS[tri.removeprefix("-")]
    ordre = f"-{colonne}" if tri.startswith("-") else colonne
    return importations.select_related("creancier", "travail").defer("apercu").order_by(ordre, "-cree_le", "pk")


def _read_tri(request: HttpRequest) -> str:
    tri: str = request.GET.get("tri", TRI_PAR_DEFAUT)
    return tri if tri.removeprefix("-") in TRIS else TRI_PAR_DEFAUT


def _prepare(request: HttpRequest, form: FormulaireImport, creancier: Any) -> list[Importation]:
    """Read each file; one that cannot be read is said, with its name, and does not stop the others."""
    faites = []
    for fichier in form.cleaned_data["fichiers"]:
        try:
            chemin = Path(fichier.temporary_file_path())
            faites.append(prepare_import(creancier, fichier.name, chemin, auteur_courant(request)))
        except ErreurExigible as erreur:
            form.add_error("fichiers", f"{fichier.name} : {translate_phrase(erreur.message)}")
    return faites


def get_importation(request: HttpRequest, pk: UUID) -> Importation:
    """The import, in the tenant only. Raises Http404 otherwise."""
    importation: Importation = get_du_cabinet(
        request, Importation.objects.select_related("creancier__chaine", "travail"), pk=pk
    )
    return importation


@login_required
@require_http_methods(["GET", "POST"])
def show_apercu(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would create, change, leave alone, refuse, and its questions; once applied, its receipt."""
    importation = get_importation(request, pk)
    form = _make_questions(importation, request.POST or None)
    if request.method == "POST" and form.is_valid():
        valeurs = form.cleaned_data
        choisies = importation.apercu.get("origine_colonnes") == "choisies"
        nouvelle = _reread(
            request,
            importation,
            form,
            conditions=valeurs["conditions"],
            deja_envoye=valeurs["deja_envoye"],
            deja_envoye_le=valeurs["deja_envoye_le"],
            colonnes=importation.colonnes if choisies else None,
        )
        if nouvelle is not None:
            return redirect("import_apercu", pk=nouvelle.pk)
    return _render_apercu(request, importation, form, _make_colonnes(importation))


@login_required
@require_http_methods(["GET", "POST"])
def choose_colonnes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read the file again with the meaning that a person gives to its columns; it is remembered for the next one."""
    importation = get_importation(request, pk)
    if request.method == "GET":
        return redirect(f"{reverse('import_apercu', args=[pk])}?{request.GET.urlencode()}")
    form = _make_colonnes(importation, request.POST)
    if form.is_valid():
        nouvelle = _reread(
            request,
            importation,
            form,
            conditions=importation.conditions,
            deja_envoye=importation.deja_envoye,
            deja_envoye_le=importation.deja_envoye_le,
            colonnes=form.read_colonnes(),
        )
        if nouvelle is not None:
            return redirect("import_apercu", pk=nouvelle.pk)
    return _render_apercu(request, importation, _make_questions(importation), form)


def _make_questions(importation: Importation, donnees: Any = None) -> FormulaireQuestions:
    depart = {
        "conditions": importation.conditions or importation.creancier.conditions,
        "deja_envoye": importation.deja_envoye,
        "deja_envoye_le": importation.deja_envoye_le,
    }
    return FormulaireQuestions(donnees, aujourd_hui=aujourd_hui(), initial=depart)


def _make_colonnes(importation: Importation, donnees: Any = None) -> FormulaireColonnes:
    colonnes, releve = list_colonnes(importation.apercu), importation.format in RELEVES
    return FormulaireColonnes(donnees, colonnes=colonnes, releve=releve)


def _render_apercu(
    request: HttpRequest, importation: Importation, form: FormulaireQuestions, colonnes: FormulaireColonnes
) -> HttpResponse:
    apercu = Apercu(importation.apercu)
    issue = request.GET.get("issue", "")
    q = request.GET.get("q", "").strip()
    tri = request.GET.get("tri", "")
    lignes = apercu.list_lignes(issue, q, tri)
    page = {
        "importation": importation,
        "form": form,
        "colonnes": colonnes,
        "a_preciser": importation.format not in RELEVES,
        "origine_colonnes": importation.apercu.get("origine_colonnes", ""),
        "comprises": sum(1 for c in colonnes.colonnes if c.champ),
        "apercu": apercu,
        "nom_format": get_format(importation.format),
        "issue": issue,
        "q": q,
        "tri": tri,
        "page": Paginator(lignes, LIGNES_PAR_PAGE).get_page(request.GET.get("page")),
        "en_apercu": importation.statut == StatutImportation.APERCU,
        "annulable": importation.statut in ANNULABLES,
        "reprenable": importation.statut in REPRENABLES,
        "avancement": read_avancement(importation),
        "laisses": list_laisses(importation),
    }
    return render(request, "pages/import/apercu.html", page, status=422 if form.errors or colonnes.errors else 200)


@login_required
@require_GET
def export_apercu(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """The lines of the preview, as filtered, in a file: to mend the refused ones."""
    importation = get_importation(request, pk)
    filtre = request.GET.get("issue", ""), request.GET.get("q", "").strip(), request.GET.get("tri", "")
    lignes = Apercu(importation.apercu).list_lignes(*filtre)
    titres = [
        _("Ligne"),
        _("Effet"),
        _("Objet"),
        _("Libellé"),
        _("Tiers"),
        _("Montant"),
        _("Date"),
        _("Échéance"),
        _("Raison"),
    ]
    return render_export(
        extension,
        f"import-{importation.cree_le:%Y-%m-%d}",
        titres,
        [
            (
                x.ligne,
                str(get_issue(x.issue)),
                str(get_objet(x.objet)),
                x.libelle,
                x.debiteur,
                x.montant,
                x.jour,
                x.echeance,
                translate_phrase(x.raison),
            )
            for x in lignes
        ],
    )


def _reread(
    request: HttpRequest, importation: Importation, form: FormulaireMisEnForme, **reponses: Any
) -> Importation | None:
    """Read the file again with the answers given; the former preview is left. A refusal is said on the form."""
    try:
        with open_depot(importation) as chemin, transaction.atomic():
            abandon_import(importation)
            nouvelle: Importation = prepare_import(
                importation.creancier,
                importation.nom,
                chemin,
                auteur_courant(request),
                **{nom: valeur or None for nom, valeur in reponses.items()},
            )
    except ErreurExigible as erreur:
        form.add_error(erreur.champ if erreur.champ in form.fields else None, translate_phrase(erreur.message))
        return None
    return nouvelle


@login_required
@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter what the preview showed: a small file at once, a large one in the background, dossier by dossier."""
    importation = get_importation(request, pk)
    try:
        importation = start_or_apply(importation, auteur_courant(request))
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    else:
        if importation.statut == StatutImportation.APPLIQUE:
            messages.success(request, _("Fichier importé : le reçu ci-dessous reste dans le journal."))
    return redirect("import_apercu", pk=pk)


@login_required
@require_POST
def abandon(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave a preview: nothing was written."""
    importation = get_importation(request, pk)
    try:
        abandon_import(importation)
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    else:
        messages.info(request, _("Aperçu abandonné : rien n’a été importé."))
    return redirect("importer")


@login_required
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo an applied import: what goes and what stays, then its reason; what depends on it forbids it."""
    importation = get_importation(request, pk)
    if importation.statut not in ANNULABLES | {StatutImportation.EN_COURS}:
        return redirect("import_apercu", pk=pk)
    form = FormulaireAnnulationImport(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undo_import(importation, form.cleaned_data["motif"], auteur_courant(request))
        except ErreurExigible as erreur:
            form.add_error(erreur.champ if erreur.champ in form.fields else None, translate_phrase(erreur.message))
        else:
            messages.success(request, _("Import annulé : ce qu’il avait apporté ne compte plus."))
            return redirect("import_apercu", pk=pk)
    annulation = compute_annulation(importation)
    page = {
        "importation": importation,
        "form": form,
        "annulation": annulation,
        "effets": [phrase(annulation.comptes[code]) for code, phrase in EFFETS.items() if annulation.comptes[code]],
        "dependances": annulation.dependances[:DEPENDANCES_MONTREES],
        "autres": max(len(annulation.dependances) - DEPENDANCES_MONTREES, 0),
    }
    return render(request, "pages/import/annuler.html", page, status=422 if form.errors else 200)

"""The formal notice: read in the page, approved as it is, posted, then what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exigible.actes.acte import ActeRendu
from exigible.actes.mentions import Mention
from exigible.actes.mise_en_demeure.rendu import prepare_mise_en_demeure
from exigible.actes.sommes import find_part_du_debiteur
from exigible.bureau.envois.models import Courrier
from exigible.bureau.envois.services import (
    approve_courrier,
    cancel_courrier,
    post_courrier,
    preview_courrier,
    record_sort,
)
from exigible.bureau.envois.suites import A_L_ENVOI
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, get_du_cabinet
from exigible.bureau.pages.formulaires.courriers import (
    FormulaireApprobation,
    FormulaireMotif,
    FormulaireOptionsCourrier,
    FormulairePoste,
    FormulaireSort,
)
from exigible.bureau.pages.templatetags.exigible import montant
from exigible.bureau.pages.vues.fil import name_creances
from exigible.bureau.pages.vues.ouverture import DossierOuvert, open_dossier, vue_de_dossier
from exigible.bureau.pages.vues.pieces import send_fichier
from exigible.bureau.pages.vues.produits import LienEtape, list_liens
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.lecture import load_etat
from exigible.bureau.tiers.valeurs import load_credits
from exigible.dossier.courriers import MISES_EN_DEMEURE
from exigible.dossier.etat import STADES_CLOS, EtatDossier, SortCourrier, Stade
from exigible.dossier.faits import Etape, ModeEnvoi
from exigible.dossier.travail import compute_travail
from exigible.droit.erreurs import ErreurExigible

ACTE = "mise_en_demeure"
HORS_DEMEURE = STADES_CLOS | {Stade.A_ECHOIR, Stade.SANS_ECHEANCE}
EN_ROUTE = {SortCourrier.POSTE.value, SortCourrier.PRESENTE.value}


@dataclass(frozen=True)
class Options:
    """What the letter claims and how it is meant to leave, as the address of the page says it."""

    creances: tuple[str, ...]
    delai_jours: int | None
    canal: ModeEnvoi

    @property
    def requete(self) -> str:
        """The same, for an address."""
        champs: list[tuple[str, str]] = [("creances", cle) for cle in self.creances]
        if self.delai_jours is not None:
            champs.append(("delai_jours", str(self.delai_jours)))
        return urlencode([*champs, ("canal", self.canal.value)])


@vue_de_dossier
@require_http_methods(["GET", "POST"])
def show_apercu(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the letter that would leave, what it lacks, and approve it. The letter's options are in the address."""
    ouvert = open_dossier(request, pk, provisoire=False)
    form, options = _read_options(request, ouvert)
    acte, refus = _preview(ouvert, options)
    approbation = FormulaireApprobation(request.POST or None, initial={"sha256": acte.sha256 if acte else ""})
    if request.method == "POST" and acte is not None and approbation.is_valid():
        courrier = _approve(request, ouvert, options, acte, approbation)
        if courrier is not None:
            messages.success(
                request, _("Mise en demeure approuvée. Imprimez-la, postez-la, puis indiquez le jour d’envoi.")
            )
            return redirect("courrier", pk=courrier.pk)
    page = {
        "dossier": ouvert.dossier,
        "etat": ouvert.etat,
        "form": form,
        "options": options,
        "acte": acte,
        "credits": load_credits(ouvert.dossier),
        "refus": refus,
        "approbation": approbation,
        "mentions": list_mentions_vues(ouvert, options, acte),
        "majeurs": [m for m in acte.manquements if m.severite == "majeur"] if acte else [],
        "factures": name_creances(acte.creances if acte else options.creances, ouvert.numeros),
    }
    return render(request, "pages/courrier/apercu.html", page, status=422 if request.method == "POST" else 200)


@vue_de_dossier
@require_GET
@xframe_options_sameorigin
def show_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The bytes of the letter that would leave; the same options give the same bytes all day long."""
    ouvert = open_dossier(request, pk, provisoire=False)
    _form, options = _read_options(request, ouvert)
    acte, refus = _preview(ouvert, options)
    if acte is None:
        raise Http404(refus)
    return send_fichier(acte.pdf, "application/pdf", f"apercu-{ouvert.dossier.reference}.pdf")


def _read_options(request: HttpRequest, ouvert: DossierOuvert) -> tuple[FormulaireOptionsCourrier, Options]:
    """The options of the address; what it does not say, or says badly, follows the day's advice."""
    choix = list_choix(ouvert.etat)
    conseil = advise_creances(ouvert)
    depart = {"creances": conseil, "canal": ModeEnvoi.LRAR.value}
    lie = "creances" in request.GET
    form = FormulaireOptionsCourrier(request.GET if lie else None, creances=choix, initial=depart)
    if not lie or not form.is_valid():
        return form, Options(conseil, None, ModeEnvoi.LRAR)
    valeurs = form.cleaned_data
    canal = ModeEnvoi(valeurs["canal"] or ModeEnvoi.LRAR.value)
    return form, Options(tuple(valeurs["creances"]), valeurs["delai_jours"], canal)


def list_choix(etat: EtatDossier) -> list[tuple[str, str]]:
    """The claims that are due, to choose from, with what the debtor owes on each: his share when the debt divides."""
    part = find_part_du_debiteur(etat) or etat.decompte
    dus = {solde.cle: solde.total for solde in part.soldes}
    return [
        (c.cle, f"{c.creance.numero} — {montant(dus.get(c.cle, c.total))}")
        for c in etat.creances
        if c.stade not in HORS_DEMEURE
    ]


def advise_creances(ouvert: DossierOuvert) -> tuple[str, ...]:
    """The claims that the day's work puts on notice; else every claim due that nothing suspends."""
    travail = compute_travail(ouvert.etat, load_credits(ouvert.dossier))
    for action in travail.actions:
        if action.etape is Etape.MISE_EN_DEMEURE and not action.courrier:
            return action.creances
    return tuple(c.cle for c in ouvert.etat.creances if c.stade not in HORS_DEMEURE and not c.suspensions)


def _preview(ouvert: DossierOuvert, options: Options) -> tuple[ActeRendu | None, str]:
    """The letter, or why it is refused."""
    if not options.creances:
        return None, _("Aucune facture échue ne peut être mise en demeure : choisissez-en au moins une.")
    try:
        acte = preview_courrier(
            ouvert.dossier, ACTE, options.creances, canal=options.canal, delai_jours=options.delai_jours
        )
    except ErreurExigible as erreur:
        return None, translate_phrase(erreur.message)
    return acte, ""


def list_mentions_vues(ouvert: DossierOuvert, options: Options, acte: ActeRendu | None) -> list[tuple[Mention, bool]]:
    """The mentions this letter must carry, each with whether its text has it."""
    if acte is None:
        return []
    prepare = prepare_mise_en_demeure(ouvert.etat, acte.creances, canal=options.canal, delai_jours=options.delai_jours)
    return [(mention, mention not in prepare.absentes) for mention in prepare.mentions]


def _approve(
    request: HttpRequest, ouvert: DossierOuvert, options: Options, acte: ActeRendu, form: FormulaireApprobation
) -> Courrier | None:
    majeurs = [m for m in acte.manquements if m.severite == "majeur"]
    motif = form.cleaned_data["motif"]
    if majeurs and not motif:
        form.add_error("motif", _("Écrivez pourquoi vous envoyez cette lettre malgré ces points."))
        return None
    try:
        courrier: Courrier = approve_courrier(
            ouvert.dossier,
            ACTE,
            options.creances,
            auteur_courant(request),
            sha256_vu=form.cleaned_data["sha256"],
            canal=options.canal,
            delai_jours=options.delai_jours,
            derogations=tuple(f"{m.regle} : {motif}" for m in majeurs),
        )
    except ErreurExigible as erreur:
        form.add_error(None, translate_phrase(erreur.message))
        return None
    return courrier


def get_courrier(request: HttpRequest, pk: int) -> Courrier:
    """The letter, in the tenant only. Raises Http404 otherwise."""
    lettres = Courrier.objects.select_related("dossier__creancier", "dossier__chaine", "piece").defer("piece__contenu")
    courrier: Courrier = get_du_cabinet(request, lettres, pk=pk)
    return courrier


@login_required
@require_GET
def show_courrier(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter: its exact bytes, where it stands, what may be said of it."""
    return _show(request, get_courrier(request, pk))


def _show(request: HttpRequest, courrier: Courrier, faux: dict[str, Any] | None = None) -> HttpResponse:
    jour = aujourd_hui()
    page = {
        "courrier": courrier,
        "dossier": courrier.dossier,
        "poste": FormulairePoste(
            aujourd_hui=jour, initial={"jour": jour, "mode": courrier.mode or ModeEnvoi.LRAR.value}
        ),
        "sort": FormulaireSort(aujourd_hui=jour, poste_le=courrier.poste_le, initial={"jour": jour}),
        "annulation": FormulaireMotif(),
        "factures": name_creances(courrier.creances, _list_numeros(courrier)),
        "en_route": courrier.statut in EN_ROUTE,
        "a_noter": _list_a_noter(courrier),
    } | (faux or {})
    return render(request, "pages/courrier/courrier.html", page, status=422 if faux else 200)


def _list_a_noter(courrier: Courrier) -> tuple[LienEtape, ...]:
    """The steps of a procedure that the letter makes, once it was presented."""
    if courrier.presente_le is None:
        return ()
    return list_liens(courrier.dossier_id, courrier.acte, courrier.presente_le, load_etat(courrier.dossier))


def _list_numeros(courrier: Courrier) -> dict[str, str]:
    return dict(courrier.dossier.creances.values_list("cle", "numero"))


@login_required
@require_POST
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the letter left: day, mode, number."""
    courrier = get_courrier(request, pk)
    form = FormulairePoste(request.POST, aujourd_hui=aujourd_hui())
    if form.is_valid():
        valeurs = form.cleaned_data
        try:
            post_courrier(
                courrier, valeurs["jour"], ModeEnvoi(valeurs["mode"]), valeurs["numero"], auteur_courant(request)
            )
        except ErreurExigible as erreur:
            form.add_error(erreur.champ if erreur.champ in form.fields else None, translate_phrase(erreur.message))
        else:
            messages.success(request, _describe_envoi(courrier.acte))
            return redirect("courrier", pk=courrier.pk)
    return _show(request, courrier, {"poste": form})


def _describe_envoi(acte: str) -> str:
    """What the posting of a letter did."""
    if acte in MISES_EN_DEMEURE:
        return _("Envoi enregistré : le débiteur est mis en demeure à compter de la première présentation.")
    if acte in A_L_ENVOI:
        return _("Envoi enregistré, avec ce qu’il change dans le dossier : voyez son fil.")
    return _("Envoi enregistré.")


@login_required
@require_POST
def record_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of the letter: presented, received, refused, unclaimed, returned."""
    courrier = get_courrier(request, pk)
    form = FormulaireSort(request.POST, aujourd_hui=aujourd_hui(), poste_le=courrier.poste_le)
    if form.is_valid():
        valeurs = form.cleaned_data
        try:
            record_sort(
                courrier,
                SortCourrier(valeurs["sort"]),
                valeurs["jour"],
                valeurs["presente_le"],
                auteur_courant(request),
                motif=valeurs["motif"],
            )
        except ErreurExigible as erreur:
            form.add_error(erreur.champ if erreur.champ in form.fields else None, translate_phrase(erreur.message))
        else:
            messages.success(request, _("C’est enregistré dans le journal."))
            return redirect("courrier", pk=courrier.pk)
    return _show(request, courrier, {"sort": form})


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an approved letter will not leave."""
    courrier = get_courrier(request, pk)
    form = FormulaireMotif(request.POST)
    if form.is_valid():
        try:
            cancel_courrier(courrier, form.cleaned_data["motif"], auteur_courant(request))
        except ErreurExigible as erreur:
            form.add_error(None, translate_phrase(erreur.message))
        else:
            messages.success(request, _("Courrier annulé : il ne partira pas."))
            return redirect("dossier", pk=courrier.dossier_id)
    return _show(request, courrier, {"annulation": form})

"""The procedures of a dossier: where each stands and how it came there, on any day; what one may record in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from exigible.actes.modele import Modele
from exigible.bureau import horloge
from exigible.bureau.actes.etapes import Papiers, find_papiers, list_papiers
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits
from exigible.bureau.pages.contexte import auteur_courant
from exigible.bureau.pages.formulaires.base import Contexte, FormulaireFait
from exigible.bureau.pages.formulaires.procedures import (
    DITES_AUTREMENT,
    SEPARATEUR,
    FormulaireEtape,
    FormulaireOuverture,
    name_procedure,
)
from exigible.bureau.pages.libelles_procedures import name_juridiction
from exigible.bureau.pages.vues.dossier import describe_entete, name_creances
from exigible.bureau.pages.vues.ouverture import DossierOuvert, open_dossier, open_dossier_au, vue_de_dossier
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.agenda import describe_rendez_vous
from exigible.dossier.agenda import LigneAgenda, list_agenda
from exigible.dossier.echeances import NatureEcheance
from exigible.dossier.etapes import (
    Changements,
    list_entrees,
    list_etapes,
    list_impossibles,
    list_rattrapages,
    simulate_fait,
)
from exigible.dossier.etat import STADES_CLOS, EtatDossier
from exigible.dossier.procedures.amiable import find_etat_amiable
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.graphe import ProcedureGraphe, TransitionGraphe, load_graphe
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import Phrase

_FORMULAIRES_A_PART = {"PC": "procedure-collective", "SUREND": "surendettement"}


@dataclass(frozen=True)
class ProcedureMontree:
    """A procedure as the page shows it: what it led to, what is named in it, its deadlines, what to write next.

    `visees`: the claims that these papers are about, empty when they are all those of the dossier.
    """

    etat: EtatProcedure
    issue: str
    creances: str
    contre: str
    juridiction: str
    ouverte_aux_etapes: bool
    lignes: tuple[dict[str, Any], ...]
    papiers: tuple[Papiers, ...]
    visees: tuple[str, ...]


@dataclass(frozen=True)
class EntreeProposee:
    """A first act that one may record: where, what it is, and the documents that make it."""

    adresse: str
    etape: TransitionGraphe
    papiers: tuple[Modele, ...]


@vue_de_dossier
@require_GET
def show_procedures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show every procedure of a dossier and its whole agenda, on the day asked (`?au=`, `?connu_au=`)."""
    ouvert, form = open_dossier_au(request, pk)
    lignes = list_agenda(ouvert.etat)
    contexte = {
        **describe_entete(ouvert, "procedures"),
        "form_date": form,
        "amiables": list_amiables(ouvert.etat),
        "procedures": [_show_procedure(p, ouvert, lignes) for p in ouvert.etat.procedures],
        "autres": [describe_ligne(x, ouvert) for x in lignes if x.echeance.nature is not NatureEcheance.PROCEDURE],
    }
    return render(request, "pages/procedure/procedures.html", contexte)


def list_amiables(etat: EtatDossier) -> list[tuple[str, Phrase]]:
    """Give the amicable state of each claim that has one."""
    etats = ((c.creance.numero, find_etat_amiable(c, etat.au)) for c in etat.creances)
    return [(numero, amiable.nom) for numero, amiable in etats if amiable is not None]


def _show_procedure(etat: EtatProcedure, ouvert: DossierOuvert, lignes: Sequence[LigneAgenda]) -> ProcedureMontree:
    noms = {p.cle: p.nom for p in ouvert.etat.personnes}
    situation = etat.situation
    tribunal = name_juridiction(situation.juridiction) if situation.juridiction else ""
    siennes = [x for x in lignes if x.echeance.nature is NatureEcheance.PROCEDURE and x.echeance.sujet == etat.cle]
    return ProcedureMontree(
        etat=etat,
        issue=translate_phrase(load_graphe().get_etat(etat.issue).nom) if etat.issue else "",
        creances=name_creances(etat.creances, ouvert.numeros),
        contre=", ".join(noms.get(cle, cle) for cle in etat.contre),
        ouverte_aux_etapes=etat.abandonnee_le is None
        and bool(list_etapes(etat, ouvert.etat.au) or list_rattrapages(etat, ouvert.etat.au)),
        juridiction=" ".join(x for x in (tribunal, situation.ouverture.lieu) if x),
        lignes=tuple(describe_ligne(x, ouvert) for x in siennes),
        papiers=tuple(list_papiers(etat, ouvert.etat)),
        visees=tuple(c.cle for c in ouvert.etat.creances if c.cle in etat.creances and c.stade not in STADES_CLOS),
    )


def describe_ligne(ligne: LigneAgenda, ouvert: DossierOuvert) -> dict[str, Any]:
    """A deadline as the pages of a dossier show it: the same words as in the agenda."""
    r = describe_rendez_vous(ouvert.dossier, ouvert.etat.debiteur.nom, ligne)
    return {"r": r, "urgence": r.find_urgence(ouvert.etat.au).value}


@vue_de_dossier
@require_http_methods(["GET", "POST"])
def open_procedure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose a procedure by its first act (`?entree=`), then say when, where and for what; previewed, then saved."""
    ouvert = open_dossier(request, pk)
    if request.method == "GET" and not request.GET.get("entree"):
        page = {**describe_entete(ouvert, "procedures"), "choix": _list_choix(ouvert)}
        return render(request, "pages/procedure/choisir.html", page)
    donnees = request.POST if request.method == "POST" else None
    form = FormulaireOuverture(donnees, contexte=_make_contexte(ouvert), initial=_read_depart(request, "entree"))
    code = str(form["entree"].value() or "").partition(SEPARATEUR)[0]
    return _handle(request, ouvert, form, {"procedure": load_graphe().procedures.get(code)})


@vue_de_dossier
@require_http_methods(["GET", "POST"])
def add_etape(request: HttpRequest, pk: UUID, cle: str) -> HttpResponse:
    """Record a step of a procedure: those that its state takes; the others are listed as impossible now."""
    ouvert = open_dossier(request, pk)
    procedure = next((p for p in ouvert.etat.procedures if p.cle == cle), None)
    if procedure is None or procedure.abandonnee_le is not None:
        raise Http404(_("Ce dossier n’a pas de procédure de ce nom."))
    donnees = request.POST if request.method == "POST" else None
    initial = _read_depart(request, "etape")
    form = FormulaireEtape(donnees, contexte=_make_contexte(ouvert), initial=initial, procedure=cle)
    jour = ouvert.aujourd_hui
    page = {
        "etat_procedure": procedure,
        "nom_procedure": name_procedure(procedure),
        "aucune": not (list_etapes(procedure, jour) or list_rattrapages(procedure, jour)),
        "impossibles": list_impossibles(procedure, jour),
    }
    return _handle(request, ouvert, form, page)


def _make_contexte(ouvert: DossierOuvert) -> Contexte:
    return Contexte(ouvert.etat, ouvert.effectives, ouvert.aujourd_hui)


def _read_depart(request: HttpRequest, champ: str) -> dict[str, str]:
    return {champ: request.GET[champ]} if champ in request.GET else {}


def _list_choix(ouvert: DossierOuvert) -> list[tuple[ProcedureGraphe, list[EntreeProposee]]]:
    return [(p, [_propose(ouvert, p, etape) for etape in entrees]) for p, entrees in list_entrees() if entrees]


def _propose(ouvert: DossierOuvert, procedure: ProcedureGraphe, etape: TransitionGraphe) -> EntreeProposee:
    papiers = find_papiers(procedure.code, etape.evenement, ouvert.etat)
    return EntreeProposee(link_ouverture(ouvert.dossier.pk, procedure.code, etape.evenement), etape, papiers)


def link_ouverture(pk: UUID, code: str, evenement: str) -> str:
    """The page that records the first act of a procedure, already chosen."""
    if (code, evenement) in DITES_AUTREMENT:
        return reverse("saisir", args=[pk, _FORMULAIRES_A_PART[code]])
    return f"{reverse('dossier_procedure_ouvrir', args=[pk])}?{urlencode({'entree': code + SEPARATEUR + evenement})}"


def link_etape(pk: UUID, cle: str, evenement: str) -> str:
    """The page that records a step of a procedure, already chosen."""
    choix = urlencode({"etape": cle + SEPARATEUR + evenement})
    return f"{reverse('dossier_procedure_etape', args=[pk, cle])}?{choix}"


def _handle(request: HttpRequest, ouvert: DossierOuvert, form: FormulaireFait, page: Mapping[str, Any]) -> HttpResponse:
    """Preview what the fact would change, then, once asked, write it."""
    changements = None
    if request.method == "POST" and form.is_valid():
        changements = _preview(ouvert, form)
        if changements is not None and "enregistrer" in request.POST and _save(request, ouvert, form):
            messages.success(request, _("C’est enregistré."))
            return redirect("dossier_procedures", pk=ouvert.dossier.pk)
    contexte = {
        **describe_entete(ouvert, "procedures"),
        **page,
        "form": form,
        "changements": changements,
        "lignes_nouvelles": _describe(changements.nouvelles if changements else (), ouvert),
        "lignes_deplacees": _describe_deplacees(changements, ouvert),
        "lignes_levees": _describe(changements.levees if changements else (), ouvert),
    }
    return render(request, "pages/procedure/saisie.html", contexte, status=422 if form.errors else 200)


def _preview(ouvert: DossierOuvert, form: FormulaireFait) -> Changements | None:
    """What the fact would change; a refusal of the core is said on the form."""
    du_creancier = read_inscriptions(ouvert.dossier.creancier.chaine)
    try:
        essai = (form.build_fait(), form.date_effet, None)
        return simulate_fait(ouvert.inscriptions, du_creancier, essai, ouvert.aujourd_hui, horloge.now())
    except ErreurExigible as erreur:
        _say(form, erreur)
        return None


def _save(request: HttpRequest, ouvert: DossierOuvert, form: FormulaireFait) -> bool:
    try:
        record_faits(ouvert.dossier.chaine, [FaitAEcrire(form.build_fait(), form.date_effet)], auteur_courant(request))
    except ErreurExigible as erreur:
        _say(form, erreur)
        return False
    return True


def _say(form: FormulaireFait, erreur: ErreurExigible) -> None:
    form.add_error(erreur.champ if erreur.champ in form.fields else None, translate_phrase(erreur.message))


def _describe(lignes: Sequence[LigneAgenda], ouvert: DossierOuvert) -> list[dict[str, Any]]:
    return [describe_ligne(ligne, ouvert) for ligne in lignes]


def _describe_deplacees(changements: Changements | None, ouvert: DossierOuvert) -> list[tuple[dict[str, Any], date]]:
    if changements is None:
        return []
    return [(describe_ligne(ligne, ouvert), ancien) for ligne, ancien in changements.deplacees]

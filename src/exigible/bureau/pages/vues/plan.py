"""The payment plans of a dossier: those that run, instalment by instalment, and one to try before it is signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits
from exigible.bureau.pages.contexte import auteur_courant
from exigible.bureau.pages.formulaires.base import Contexte
from exigible.bureau.pages.formulaires.plans import FormulaireSimulation
from exigible.bureau.pages.vues.dossier import describe_entete, name_creances
from exigible.bureau.pages.vues.ouverture import DossierOuvert, open_dossier, vue_de_dossier
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.echeances import Echeance, NatureEcheance
from exigible.dossier.plans.etat import EtatPlan
from exigible.dossier.plans.simulation import RuptureSimulee, SimulationDePlan, simulate_plan, simulate_rupture
from exigible.droit.erreurs import ErreurExigible


@dataclass(frozen=True)
class PlanMontre:
    """A plan that runs: its state, its invoices, what is expected next, what would be due at once if it broke."""

    etat: EtatPlan
    factures: str
    echeances: tuple[Echeance, ...]
    rupture: RuptureSimulee

    @property
    def decheance_ouverte(self) -> bool:
        """Whether forfeiture may be pronounced on the day of the page."""
        possible = self.etat.decheance_possible_des
        return possible is not None and possible <= self.rupture.etat.au

    @property
    def total(self) -> Decimal:
        """The sum of the instalments."""
        return sum((e.montant for e in self.etat.plan.echeances), Decimal(0))


@vue_de_dossier
@require_http_methods(["GET", "POST"])
def show_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the plans and the form; with values in the address, the plan simulated; posted, it is recorded."""
    ouvert = open_dossier(request, pk)
    donnees = request.POST if request.method == "POST" else request.GET if "premiere" in request.GET else None
    contexte = Contexte(ouvert.etat, ouvert.effectives, ouvert.aujourd_hui)
    form = FormulaireSimulation(donnees, contexte=contexte, initial={"nombre": 3, "delai_decheance_jours": 30})
    simulation = _simulate(request, pk, form) if form.is_bound and form.is_valid() else None
    if request.method == "POST" and simulation is not None and _record(request, ouvert, form, simulation):
        messages.success(request, _("Plan enregistré."))
        return redirect("dossier_plan", pk=pk)
    page = {
        **describe_entete(ouvert, "plan"),
        "form": form,
        "simulation": simulation,
        "factures": name_creances(simulation.creances, ouvert.numeros) if simulation else "",
        "envoi": list(_repeat(donnees)) if simulation else [],
        "plans": list(_list_plans(ouvert)),
    }
    return render(request, "pages/dossier/plan.html", page, status=422 if form.errors else 200)


def _simulate(request: HttpRequest, pk: UUID, form: FormulaireSimulation) -> SimulationDePlan | None:
    """Compute the plan from the dossier as of the day of the agreement; a refusal of the core is said on the form."""
    jour: date = form.cleaned_data["jour"]
    try:
        return simulate_plan(open_dossier(request, pk, jour).etat, form.build_demande(), provisoire=True)
    except ErreurExigible as erreur:
        _say(form, erreur)
        return None


def _record(request: HttpRequest, ouvert: DossierOuvert, form: FormulaireSimulation, plan: SimulationDePlan) -> bool:
    try:
        record_faits(
            ouvert.dossier.chaine, [FaitAEcrire(form.build_plan(plan), form.date_effet)], auteur_courant(request)
        )
    except ErreurExigible as erreur:
        _say(form, erreur)
        return False
    return True


def _say(form: FormulaireSimulation, erreur: ErreurExigible) -> None:
    form.add_error(erreur.champ if erreur.champ in form.fields else None, translate_phrase(erreur.message))


def _repeat(donnees: Any) -> Iterator[tuple[str, str]]:
    """Yield what was typed, to be posted as it is."""
    for nom, valeurs in donnees.lists():
        if nom != "csrfmiddlewaretoken":
            yield from ((nom, valeur) for valeur in valeurs)


def _list_plans(ouvert: DossierOuvert) -> Iterator[PlanMontre]:
    du_creancier = read_inscriptions(ouvert.dossier.creancier.chaine) if ouvert.etat.plans else []
    for etat in ouvert.etat.plans:
        cle = etat.plan.cle
        yield PlanMontre(
            etat,
            name_creances(etat.plan.creances, ouvert.numeros),
            tuple(e for e in ouvert.etat.echeances if e.nature is NatureEcheance.PLAN and e.sujet == cle),
            simulate_rupture(ouvert.inscriptions, du_creancier, cle, ouvert.etat.au, provisoire=True),
        )

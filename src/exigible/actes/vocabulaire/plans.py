"""A payment plan of the dossier, for the acts that agree on it, give notice of its delay, or end it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from exigible.actes.demande import Demande
from exigible.actes.document import Tableau
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import compute_sommes_du_debiteur, find_part_du_debiteur
from exigible.actes.vocabulaire.blocs import describe_blocs
from exigible.actes.vocabulaire.sommes import describe_sommes
from exigible.dossier.etat import STADES_CLOS, EtatDossier
from exigible.dossier.faits import EcheancePlan
from exigible.dossier.plans.etat import EtatPlan, StatutEcheance
from exigible.dossier.plans.suivi import choose_interets
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.creance import Creance
from exigible.droit.decompte import compute_decompte
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.pauses import MotifPause
from exigible.droit.phrase import phrase, wrap_texte
from exigible.droit.plan import InteretsDuPlan
from exigible.droit.regle import RegleInterets


def find_plan(demande: Demande) -> EtatPlan | None:
    """Return the plan answered under `plan`."""
    return next((p for p in demande.etat.plans if p.plan.cle == demande.reponses.get("plan")), None)


def build_echeancier(echeances: Sequence[EcheancePlan]) -> Tableau:
    """Print the instalments, one a line, and their sum."""
    lignes = tuple(
        (str(rang), format_jour(e.jour), format_montant(e.montant)) for rang, e in enumerate(echeances, start=1)
    )
    total = sum((e.montant for e in echeances), ZERO)
    return Tableau("Échéancier", ("Échéance n°", "Au plus tard le", "Montant"), "ggd", lignes, _total(3, total))


def build_suivi(plan: EtatPlan) -> Tableau:
    """Print the instalments that should have been paid by now: what was, what was not."""
    dues = [e for e in plan.echeances if e.statut is not StatutEcheance.A_VENIR]
    lignes = tuple(
        (format_jour(e.jour), format_montant(e.montant), format_montant(e.paye), format_montant(e.reste)) for e in dues
    )
    titres = ("Échéance du", "Convenu", "Payé", "Reste dû")
    return Tableau("Échéances du plan à ce jour", titres, "gddd", lignes, _total(4, sum((e.reste for e in dues), ZERO)))


def _total(colonnes: int, montant: Decimal) -> tuple[str, ...]:
    return ("Total", *("",) * (colonnes - 2), format_montant(montant))


def focus_plan(demande: Demande, plan: EtatPlan, etat: EtatDossier | None = None) -> tuple[Demande, Vocabulaire]:
    """Return the demand about the claims of a plan alone, and its words; `etat`: another state of the same dossier."""
    etat = etat or demande.etat
    ouvertes = [c.cle for c in etat.creances if c.stade not in STADES_CLOS and c.principal_restant + c.total > ZERO]
    soldes = {solde.cle for solde in etat.decompte.soldes if solde.total > ZERO}
    cles = [cle for cle in plan.plan.creances or (*ouvertes, *sorted(soldes - set(ouvertes))) if cle in soldes]
    vise = replace(demande, etat=etat, sommes=compute_sommes_du_debiteur(etat, cles))
    return vise, describe_sommes(vise).add(describe_blocs(vise))


def break_plan(demande: Demande, plan: EtatPlan) -> EtatDossier:
    """Return the dossier as its statement would be once the plan is broken: what it held back runs again.

    Raises ErreurExigible (`acte_refuse`) when the debt divides between joint debtors: a share is not computed here.
    """
    etat = demande.etat
    if find_part_du_debiteur(etat) is not None:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » : la dette se divise entre plusieurs débiteurs ; enregistrez la rupture du plan, puis "
                "envoyez une mise en demeure de payer.",
                titre=wrap_texte(demande.modele.titre),
            ),
        )
    visees = plan.plan.creances
    creances = tuple(_resume(c) if not visees or c.cle in visees else c for c in etat.base.creances)
    etat = replace(etat, base=replace(etat.base, creances=creances))
    if choose_interets(plan.plan, etat.debiteur.qualite) is not InteretsDuPlan.ABANDONNES_SI_RESPECT:
        return etat
    decompte = compute_decompte(creances, etat.base.versements, etat.au, arreter_au_dernier_connu=True)
    return replace(etat, decompte=decompte)


def _resume(creance: Creance) -> Creance:
    """Take out the pause of the plan: its interest was given up only while it was kept."""

    def run(regle: RegleInterets) -> RegleInterets:
        return replace(regle, pauses=tuple(p for p in regle.pauses if p.motif is not MotifPause.PLAN))

    regle = None if creance.regle is None else run(creance.regle)
    return replace(creance, regle=regle, suites=tuple(run(suite) for suite in creance.suites))

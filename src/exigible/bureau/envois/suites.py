"""What posting a letter does beyond leaving: the plan put on notice, the plan ended, the surety told.

One table. The formal notice is not in it: the fold reads it from the posting itself (`dossier/courriers.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from exigible.bureau.tiers.lecture import load_etat
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.etat import EtatCourrier, EtatDossier
from exigible.dossier.faits import CautionInformee, CourrierApprouve, Fait, PlanMisEnDemeure, PlanRompu
from exigible.dossier.obligation.obliges import CAUTIONS
from exigible.dossier.plans.etat import EtatPlan
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase


@dataclass(frozen=True)
class Suite:
    """What the posting of an act records. `question`: its question whose answer says on what, or on whom."""

    question: str
    build: Callable[[EtatDossier, CourrierApprouve, str], Fait]


def build_suites(dossier: Dossier, acte: str, cle: str, jour: date) -> tuple[Fait, ...]:
    """Give what the posting of a letter, on `jour`, records with it; nothing for most letters.

    Raises ErreurExigible (`plan_clos`, `decheance_impossible`, `caution_inconnue`): it can no longer have its effect.
    """
    suite = A_L_ENVOI.get(acte)
    if suite is None:
        return ()
    etat = load_etat(dossier, jour)
    courrier: EtatCourrier | None = next((c for c in etat.courriers if c.cle == cle), None)
    if courrier is None or courrier.approbation is None:
        return ()
    sujet = dict(courrier.approbation.reponses).get(suite.question, "")
    return (suite.build(etat, courrier.approbation, sujet),)


def _mettre_en_demeure(etat: EtatDossier, lettre: CourrierApprouve, sujet: str) -> Fait:
    plan = _find_plan(etat, sujet)
    return PlanMisEnDemeure(
        plan=plan.plan.cle, delai_jours=lettre.delai_jours, piece=lettre.piece, courrier=lettre.courrier
    )


def _rompre(etat: EtatDossier, lettre: CourrierApprouve, sujet: str) -> Fait:
    plan = _find_plan(etat, sujet)
    des = plan.decheance_possible_des
    if des is None or des > etat.au:
        raise ErreurExigible(
            "decheance_impossible",
            phrase(
                "Le {jour}, la déchéance du terme du plan du {plan} ne peut pas être prononcée : ce qui était en "
                "retard a été payé, ou le délai de la mise en demeure court encore. Vérifiez le jour d'envoi, ou "
                "annulez cette lettre.",
                jour=etat.au,
                plan=plan.convenu_le,
            ),
        )
    return PlanRompu(plan=plan.plan.cle, piece=lettre.piece)


def _find_plan(etat: EtatDossier, cle: str) -> EtatPlan:
    """The plan that the letter names; the only one, for a letter approved before its answers were kept."""
    nommes = [p for p in etat.plans if p.plan.cle == cle or not cle]
    if len(nommes) != 1:
        raise ErreurExigible(
            "plan_clos",
            phrase(
                "Le plan dont parle cette lettre n'est plus en cours le {jour}. Annulez cette lettre, puis écrivez "
                "celle qui convient.",
                jour=etat.au,
            ),
        )
    return nommes[0]


def _informer(etat: EtatDossier, lettre: CourrierApprouve, sujet: str) -> Fait:
    cautions = [p.cle for p in etat.personnes if p.role in CAUTIONS and (p.cle == sujet or not sujet)]
    if len(cautions) != 1:
        raise ErreurExigible(
            "caution_inconnue",
            phrase(
                "La caution que cette lettre informe n'est pas dans ce dossier le {jour}. Annulez-la.", jour=etat.au
            ),
        )
    return CautionInformee(personne=cautions[0], piece=lettre.piece)


A_L_ENVOI: Mapping[str, Suite] = {
    "plan_mise_en_demeure": Suite("plan", _mettre_en_demeure),
    "decheance_du_terme": Suite("plan", _rompre),
    "information_caution_annuelle": Suite("personne", _informer),
    "information_caution_incident": Suite("personne", _informer),
}
"""The letters whose posting is a step that the journal knows by a fact of its own."""

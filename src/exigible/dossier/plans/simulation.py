"""Before signing a plan, or ending one: what each instalment pays, what is given up, what would be due at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.etat import EtatCreance, EtatDossier, Stade
from exigible.dossier.faits import EcheancePlan, PlanConvenu, PlanRompu
from exigible.dossier.journal import Inscription
from exigible.dossier.plans.retards import PAIEMENT_INTERDIT
from exigible.dossier.plans.suivi import ENTRE_PROFESSIONNELS, list_dues
from exigible.dossier.plier import fold_dossier
from exigible.droit.argent import ZERO
from exigible.droit.creance import Parts, Poste
from exigible.droit.decompte import Versement, compute_decompte
from exigible.droit.echeancier import (
    ECHEANCES_MAX,
    AccordDePlan,
    Echeancier,
    InteretsDuPlan,
    compute_echeancier,
    compute_mensualites,
    sum_du,
)
from exigible.droit.erreurs import Avertissement, ErreurExigible, ErreurSaisie
from exigible.droit.partage import list_mensualites, list_poids
from exigible.droit.phrase import phrase
from exigible.droit.plan import end_plans

_CAPITALISATION_ECARTEE = Avertissement(
    "capitalisation_ecartee",
    phrase(
        "La capitalisation n'est pas opposée à un débiteur qui n'est pas un professionnel (Cass. 1re civ. 09/02/2012, "
        "11-14.605) : les intérêts sont maintenus sans être capitalisés."
    ),
)


@dataclass(frozen=True, slots=True)
class DemandeDePlan:
    """What is asked: monthly instalments from `premiere`, either `nombre` of them or `mensualite` euros each.

    `progression`: what each instalment adds to the one before, per cent of the first. `creances`: all when empty.
    `ordre`: the order agreed inside a claim, the law's when empty.
    """

    premiere: date
    interets: InteretsDuPlan
    nombre: int | None = None
    mensualite: Decimal | None = None
    progression: Decimal = ZERO
    creances: tuple[str, ...] = ()
    ordre: tuple[Poste, ...] = ()


@dataclass(frozen=True, slots=True)
class SimulationDePlan:
    """A plan before it is signed, agreed on the day of the state. Amounts in euros.

    `creances`: the claims it covers. `parts`: what the instalments pay in all. `sans_plan`: what would be owed on them
    on the last day if nothing were agreed nor paid. `abandon`: the interest that the plan gives up while it is kept.
    """

    creances: tuple[str, ...]
    echeancier: Echeancier
    parts: Parts
    sans_plan: Decimal
    abandon: Decimal
    avertissements: tuple[Avertissement, ...]

    @property
    def echeances(self) -> tuple[EcheancePlan, ...]:
        """The instalments as the agreement says them."""
        return tuple(EcheancePlan(e.jour, e.montant) for e in self.echeancier.echeances)


def simulate_plan(etat: EtatDossier, demande: DemandeDePlan, *, provisoire: bool = False) -> SimulationDePlan:
    """Compute the plan agreed on the day of `etat`, from what is claimed then; it replaces those that hold.

    Raises ErreurSaisie (`nombre_ou_mensualite`, `trop_d_echeances`, `mensualite_insuffisante`,
    `progression_hors_limites`, `echeances_desordonnees`, `creance_inconnue`, `rien_a_etaler`), ErreurExigible when no
    plan may be proposed (`plan_interdit`, `plan_sur_dette_prescrite`), and ErreurBareme: interest that runs beyond the
    known rates asks for `provisoire`.
    """
    visees = _list_visees(etat, demande)
    _check_permis(etat, visees)
    tout = set(visees) == set(list_dues(etat.decompte))
    ecartee = demande.interets is InteretsDuPlan.CAPITALISES and etat.debiteur.qualite not in ENTRE_PROFESSIONNELS
    interets = InteretsDuPlan.MAINTENUS if ecartee else demande.interets
    accord = AccordDePlan(etat.au, interets, demande.ordre, () if tout else visees)
    echeancier = _compute(etat, demande, accord, provisoire=provisoire)
    parts = Parts()
    for echeance in echeancier.echeances:
        parts += Parts(echeance.frais, echeance.indemnites, echeance.interets, echeance.principal)
    return SimulationDePlan(
        creances=visees,
        echeancier=echeancier,
        parts=parts,
        sans_plan=_project(etat, accord, echeancier, (), provisoire=provisoire),
        abandon=_project(etat, accord, echeancier, echeancier.versements, provisoire=provisoire),
        avertissements=((_CAPITALISATION_ECARTEE,) if ecartee else ()) + echeancier.avertissements,
    )


def _list_visees(etat: EtatDossier, demande: DemandeDePlan) -> tuple[str, ...]:
    """Return the claims of the plan on which something is owed, in the order asked."""
    dues = list_dues(etat.decompte)
    connues = {*dues, *(c.cle for c in etat.creances)}
    inconnues = [cle for cle in demande.creances if cle not in connues]
    if inconnues:
        raise ErreurSaisie(
            "creance_inconnue",
            phrase("La facture « {cle} » n'est pas dans ce dossier.", cle=inconnues[0]),
            "creances",
            cle=inconnues[0],
        )
    visees = tuple(dict.fromkeys(cle for cle in demande.creances or dues if cle in dues))
    if not visees:
        raise ErreurSaisie("rien_a_etaler", phrase("Rien n'est dû sur ces factures : il n'y a rien à étaler."))
    return visees


def _check_permis(etat: EtatDossier, visees: tuple[str, ...]) -> None:
    """Refuse a plan that the law forbids to pay, or that would make a consumer pay what is time-barred."""
    for creance in etat.creances:
        if creance.cle in visees or creance.stade is Stade.JUGEE:
            _check_paiement(creance)
        if creance.cle in visees and etat.debiteur.qualite not in ENTRE_PROFESSIONNELS:
            _check_prescription(creance, etat.au)


def _check_paiement(creance: EtatCreance) -> None:
    for suspension in creance.suspensions:
        if suspension.motif in PAIEMENT_INTERDIT:
            raise ErreurExigible(
                "plan_interdit",
                phrase(
                    "Aucun plan ne peut être proposé : {raison} ({article}).",
                    raison=suspension.phrase,
                    article=PAIEMENT_INTERDIT[suspension.motif],
                ),
            )


def _check_prescription(creance: EtatCreance, au: date) -> None:
    prescription = creance.prescription
    if prescription is not None and prescription.acquise_au(au):
        raise ErreurExigible(
            "plan_sur_dette_prescrite",
            phrase(
                "La facture {numero} est prescrite depuis le {jour} : aucun plan ne se propose à un consommateur "
                "sur une dette prescrite.",
                numero=creance.creance.numero,
                jour=prescription.terme,
            ),
        )


def _compute(etat: EtatDossier, demande: DemandeDePlan, accord: AccordDePlan, *, provisoire: bool) -> Echeancier:
    creances = [end_plans(c, etat.au) if accord.covers(c.cle) else c for c in etat.base.creances]
    versements = etat.base.versements
    if demande.mensualite is not None and demande.nombre is None and demande.progression == 0:
        return compute_mensualites(
            creances,
            accord,
            demande.premiere,
            demande.mensualite,
            versements=versements,
            provisoire=provisoire,
        )
    if demande.nombre is None or demande.mensualite is not None or not 1 <= demande.nombre <= ECHEANCES_MAX:
        raise ErreurSaisie(
            "nombre_ou_mensualite",
            phrase(
                "Indiquez le nombre d'échéances, de 1 à {maximum}, avec leur progression s'il y en a une ; ou bien le "
                "montant de chaque mensualité.",
                maximum=ECHEANCES_MAX,
            ),
            "nombre",
        )
    return compute_echeancier(
        creances,
        accord,
        list_mensualites(demande.premiere, demande.nombre),
        poids=list_poids(demande.nombre, demande.progression),
        versements=versements,
        provisoire=provisoire,
    )


def _project(
    etat: EtatDossier, accord: AccordDePlan, plan: Echeancier, payes: Sequence[Versement], *, provisoire: bool
) -> Decimal:
    """What would be owed on the last day of the plan, had nothing been agreed, after these payments."""
    decompte = compute_decompte(
        etat.base.creances,
        (*etat.base.versements, *payes),
        plan.terme.au,
        provisoire=provisoire,
        arreter_au_dernier_connu=not provisoire,
    )
    return sum_du(decompte, accord)


@dataclass(frozen=True, slots=True)
class RuptureSimulee:
    """What would be due at once on the claims of a plan if it broke that day (euros), and what comes back with it."""

    etat: EtatDossier
    du: Decimal
    repris: Decimal


def simulate_rupture(
    inscriptions: Sequence[Inscription],
    inscriptions_creancier: Sequence[Inscription],
    cle: str,
    au: date,
    *,
    provisoire: bool = False,
) -> RuptureSimulee:
    """Fold the dossier as if the plan `cle` broke on `au`: the statement says what is due, to the cent.

    Raises ErreurSaisie (`plan_inconnu`) when no plan of that key holds on that day.
    """
    avant = fold_dossier(inscriptions, inscriptions_creancier, au, provisoire=provisoire)
    plan = next((p.plan for p in avant.plans if p.plan.cle == cle), None)
    if plan is None:
        raise ErreurSaisie("plan_inconnu", phrase("Aucun plan en cours ne porte la clé « {cle} ».", cle=cle), "plan")
    rang = max((i.rang for i in inscriptions), default=0) + 1
    rupture = Inscription(rang=rang, date_effet=au, fait=PlanRompu(plan=cle))
    apres = fold_dossier([*inscriptions, rupture], inscriptions_creancier, au, provisoire=provisoire)
    du = _sum_creances(apres, plan)
    return RuptureSimulee(apres, du, du - _sum_creances(avant, plan))


def _sum_creances(etat: EtatDossier, plan: PlanConvenu) -> Decimal:
    return sum((c.total for c in etat.creances if not plan.creances or c.cle in plan.creances), ZERO)

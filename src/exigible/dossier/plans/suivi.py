"""Payment plans and promises: what they do to the statement, whether they are kept. Pure functions of the facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from exigible.dossier.courriers import list_courriers
from exigible.dossier.etat import EtatCreance
from exigible.dossier.faits import (
    CourrierPoste,
    PaiementRecu,
    PaiementRejete,
    PartieAuPlan,
    PlanConvenu,
    PlanMisEnDemeure,
    PlanRompu,
    PromesseRecue,
)
from exigible.dossier.plans.etat import EtatEcheance, EtatMiseEnDemeurePlan, EtatPlan, EtatPromesse, StatutEcheance
from exigible.dossier.suspensions import Faits
from exigible.droit.argent import ZERO
from exigible.droit.creance import ORDRE_LEGAL, Creance, Poste
from exigible.droit.decompte import Decompte
from exigible.droit.jours import ANNEE_MAX, ANNEE_MIN
from exigible.droit.plan import AccordDePlan, InteretsDuPlan, apply_plan, compute_decheance
from exigible.droit.regimes import QualitePartie

_JOURS_MAX = 366  # a grace or a delay beyond a year is a slip of the keyboard: the fold goes on with a year
_DERNIER_JOUR = date(ANNEE_MAX, 1, 1)  # so is a day beyond the last year that the law counts in
ENTRE_PROFESSIONNELS = frozenset({QualitePartie.PROFESSIONNEL, QualitePartie.PERSONNE_PUBLIQUE})
"""Debtors whom the rules that protect consumers do not concern."""


@dataclass(frozen=True, slots=True)
class PlanDate:
    """A plan with its days: `fin`, its last one, included, when it broke (`rompu`) or was replaced by another."""

    convenu_le: date
    plan: PlanConvenu
    fin: date | None
    rompu: bool


def list_plans(faits: Faits) -> tuple[PlanDate, ...]:
    """Return every plan, in the order they were agreed, those that are over included."""
    if not faits.dated(PlanConvenu):  # asked for each claim and each payment
        return ()
    rompus = {f.plan: jour for jour, f in faits.dated(PlanRompu)}
    remplaces = {f.remplace: jour for jour, f in faits.dated(PlanConvenu) if f.remplace and f.remplace != f.cle}
    return tuple(
        PlanDate(jour, plan, rompus.get(plan.cle) or remplaces.get(plan.cle), plan.cle in rompus)
        for jour, plan in faits.dated(PlanConvenu)
    )


# --- The statement ----------------------------------------------------------------------------------------------------


def apply_plans(faits: Faits, creance: Creance, qualite: QualitePartie) -> Creance:
    """Return a claim as the plans that cover it change its interest and the order in which it is paid."""
    for date_ in list_plans(faits):
        creance = apply_plan(creance, make_accord(date_, qualite), fin=date_.fin, rompu=date_.rompu)
    return creance


def make_accord(date_: PlanDate, qualite: QualitePartie) -> AccordDePlan:
    """Return what the law makes of the clauses of a plan; `check_plans` says what was set aside, and why."""
    plan = date_.plan
    ordre = plan.imputation if is_ordre_convenu(plan) else ()
    return AccordDePlan(date_.convenu_le, choose_interets(plan, qualite), ordre, plan.creances)


def choose_interets(plan: PlanConvenu, qualite: QualitePartie) -> InteretsDuPlan:
    """Return what becomes of interest: what the agreement says, else the careful reading.

    Nothing said: between businesses, nothing stops interest; to anybody else it is given up while the plan is kept,
    which is our choice and not the law. Interest on interest asks for a signed agreement, and never for a consumer
    (Cass. 1re civ. 09/02/2012, 11-14.605).
    """
    if plan.interets is InteretsDuPlan.CAPITALISES and not may_capitalise(plan, qualite):
        return InteretsDuPlan.MAINTENUS
    if plan.interets is not None:
        return plan.interets
    return InteretsDuPlan.MAINTENUS if qualite in ENTRE_PROFESSIONNELS else InteretsDuPlan.ABANDONNES_SI_RESPECT


def may_capitalise(plan: PlanConvenu, qualite: QualitePartie) -> bool:
    """Whether the plan may make interest bear interest (C. civ. 1343-2)."""
    return plan.signe_par_debiteur and qualite in ENTRE_PROFESSIONNELS


def is_ordre_convenu(plan: PlanConvenu) -> bool:
    """Whether the order agreed inside a claim holds: it names each part once, and the creditor agreed (1343-1)."""
    complet = len(plan.imputation) == len(ORDRE_LEGAL) and set(plan.imputation) == set(Poste)
    return complet and PartieAuPlan.CREANCIER in plan.imputation_par


def is_choix_convenu(plan: PlanConvenu) -> bool:
    """Whether the claims of the plan are paid in its order: the debtor chose it, the creditor agreed (1342-10)."""
    return plan.creances_dans_l_ordre and set(plan.imputation_par) == set(PartieAuPlan)


def choose_creances(faits: Faits, jour: date, paiement: PaiementRecu) -> tuple[str, ...]:
    """Return the claims that a payment of `jour` goes to: those it names, else those that a plan agreed it would."""
    if paiement.creances:
        return paiement.creances
    choisies = (
        d.plan.creances
        for d in list_plans(faits)
        if d.convenu_le <= jour and (d.fin is None or jour <= d.fin) and is_choix_convenu(d.plan)
    )
    return next(choisies, ())


def list_reconnaissances(faits: Faits, creance: str) -> list[date]:
    """Return the days on which the debtor signed a plan that names the claim: he acknowledged it (C. civ. 2240)."""
    return [jour for jour, p in faits.dated(PlanConvenu) if p.signe_par_debiteur and creance in p.creances]


def list_dues(decompte: Decompte) -> tuple[str, ...]:
    """Return the claims on which something is owed: invoices, or what a decision put in their place, and costs."""
    return tuple(solde.cle for solde in decompte.soldes if solde.total > 0)


# --- Kept or not ------------------------------------------------------------------------------------------------------


def fold_plans(faits: Faits, au: date, qualite: QualitePartie) -> tuple[EtatPlan, ...]:
    """Return the plans that still hold on the day `au`, with what became of each instalment."""
    return tuple(_fold_plan(faits, d, au, qualite) for d in list_plans(faits) if d.fin is None)


def _fold_plan(faits: Faits, date_: PlanDate, au: date, qualite: QualitePartie) -> EtatPlan:
    plan, depuis = date_.plan, date_.convenu_le
    paye = sum_paiements(faits, depuis, plan.creances)
    echeances = tuple(_fold_echeances(plan, paye, au))
    return EtatPlan(
        plan=plan,
        convenu_le=depuis,
        du_a_ce_jour=sum((e.montant for e in plan.echeances if e.jour < au), ZERO),
        paye=paye,
        echeances=echeances,
        mise_en_demeure=_find_mise_en_demeure(faits, date_, au, qualite),
    )


def _fold_echeances(plan: PlanConvenu, paye: Decimal, au: date) -> Iterator[EtatEcheance]:
    """Give what was paid to the oldest instalments first."""
    for echeance in sorted(plan.echeances, key=lambda e: e.jour):
        part = min(paye, echeance.montant)
        paye -= part
        jour = min(echeance.jour, _DERNIER_JOUR)
        limite = jour + timedelta(days=_bound(plan.tolerance_jours))
        if part == echeance.montant:
            statut = StatutEcheance.PAYEE
        elif au <= jour:
            statut = StatutEcheance.A_VENIR
        else:
            statut = StatutEcheance.TOLEREE if au <= limite else StatutEcheance.EN_RETARD
        yield EtatEcheance(jour, limite, echeance.montant, part, statut)


def _find_mise_en_demeure(
    faits: Faits, date_: PlanDate, au: date, qualite: QualitePartie
) -> EtatMiseEnDemeurePlan | None:
    """Return the last notice, unless what it asked for was paid before its time was over: the plan then goes on."""
    notices = list_notices(faits, date_.plan.cle)
    if not notices:
        return None
    envoyee_le, notice = notices[-1]
    recue_le = notice.recue_le or _find_presentation(faits, notice.courrier)
    decheance = None
    if recue_le is not None and ANNEE_MIN < recue_le.year < ANNEE_MAX:
        convenu = date_.plan.delai_decheance_jours
        decheance = compute_decheance(
            recue_le,
            max(_bound(notice.delai_jours), 1),
            qualite,
            convenu=None if convenu is None else max(_bound(convenu), 1),
        )
    du = sum((e.montant for e in date_.plan.echeances if e.jour < envoyee_le), ZERO)
    fin = au if decheance is None else min(au, decheance.fin)
    if sum_paiements(faits, date_.convenu_le, date_.plan.creances, fin) >= du:
        return None
    return EtatMiseEnDemeurePlan(envoyee_le, recue_le, decheance)


def list_notices(faits: Faits, plan: str) -> list[tuple[date, PlanMisEnDemeure]]:
    """Return the notices to pay a plan that left, with their day; that of a letter falls with its posting."""
    notices = [(jour, n) for jour, n in faits.dated(PlanMisEnDemeure) if n.plan == plan]
    if not any(n.courrier for _, n in notices):
        return notices
    postes = {c.courrier for c in faits.list(CourrierPoste)}
    return [(jour, n) for jour, n in notices if not n.courrier or n.courrier in postes]


def _find_presentation(faits: Faits, courrier: str) -> date | None:
    """Return the first presentation of a letter; None when it is not known, or when it came back undelivered."""
    return next((c.presente_le for c in list_courriers(faits) if c.cle == courrier), None) if courrier else None


def _bound(jours: int) -> int:
    return min(max(jours, 0), _JOURS_MAX)


def list_paiements(faits: Faits) -> list[tuple[date, PaiementRecu]]:
    """Return the payments that did not come back, with their day."""
    rejetes = {f.paiement for f in faits.list(PaiementRejete)}
    return [(jour, p) for jour, p in faits.dated(PaiementRecu) if p.cle not in rejetes]


def sum_paiements(faits: Faits, depuis: date, creances: tuple[str, ...], jusqu_au: date = date.max) -> Decimal:
    """Sum the payments of these days (both included) that named one of these claims, or none."""
    return sum(
        (
            p.montant
            for jour, p in list_paiements(faits)
            if depuis <= jour <= jusqu_au and (not p.creances or not creances or set(p.creances) & set(creances))
        ),
        ZERO,
    )


def fold_promesses(faits: Faits, creances: Sequence[EtatCreance]) -> tuple[EtatPromesse, ...]:
    """Return the promises, kept or not."""
    return tuple(
        EtatPromesse(promesse, jour, tenue=_is_tenue(faits, jour, promesse, creances))
        for jour, promesse in faits.dated(PromesseRecue)
    )


def _is_tenue(faits: Faits, jour: date, promesse: PromesseRecue, creances: Sequence[EtatCreance]) -> bool:
    """Whether the sum promised, or all of it, came by the day promised."""
    if promesse.montant is not None:
        return sum_paiements(faits, jour, promesse.creances, promesse.jusqu_au) >= promesse.montant
    visees = [c for c in creances if not promesse.creances or c.cle in promesse.creances]
    cles = {c.cle for c in visees}
    tardif = any(j > promesse.jusqu_au and cles & set(p.creances) for j, p in list_paiements(faits))
    return bool(visees) and all(c.principal_restant == 0 for c in visees) and not tardif

"""What must be said of the payment plans of a dossier: a clause left out, set aside, or a term lost without notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exigible.dossier.plans.suivi import (
    PlanDate,
    is_choix_convenu,
    is_ordre_convenu,
    list_notices,
    list_plans,
    may_capitalise,
)
from exigible.dossier.suspensions import Faits
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.plan import InteretsDuPlan
from exigible.droit.regimes import QualitePartie


def check_plans(faits: Faits, qualite: QualitePartie) -> tuple[Avertissement, ...]:
    """Warn about each plan, those that are over included: the statement rests on them."""
    return tuple(
        Avertissement(code, message, {"plan": date_.plan.cle})
        for date_ in list_plans(faits)
        for code, message in (*_check_clauses(date_, qualite), *_check_rupture(faits, date_))
    )


def _check_clauses(date_: PlanDate, qualite: QualitePartie) -> Iterator[tuple[str, Phrase]]:
    plan, jour = date_.plan, date_.convenu_le
    if plan.interets is None:
        yield (
            "interets_du_plan_non_dits",
            phrase(
                "Le plan du {jour} ne dit pas ce que deviennent les intérêts : entre professionnels ils courent, ce "
                "qui est à vérifier ; envers tout autre débiteur, ils ne sont pas comptés tant que le plan tient.",
                jour=jour,
            ),
        )
    if plan.interets is InteretsDuPlan.CAPITALISES and not may_capitalise(plan, qualite):
        yield (
            "capitalisation_ecartee",
            phrase(
                "Les intérêts ne sont pas capitalisés par le plan du {jour} : il faut un accord signé du débiteur, et "
                "un débiteur qui n'est pas un consommateur (C. civ. 1343-2 ; Cass. 1re civ. 09/02/2012, 11-14.605).",
                jour=jour,
            ),
        )
    if plan.imputation and not is_ordre_convenu(plan):
        yield (
            "imputation_sans_accord",
            phrase(
                "L'ordre d'imputation du plan du {jour} n'est pas appliqué : il doit nommer une fois les frais, les "
                "indemnités, les intérêts et le principal, et le créancier doit l'accepter (C. civ. 1343-1).",
                jour=jour,
            ),
        )
    if plan.creances_dans_l_ordre and not is_choix_convenu(plan):
        yield (
            "choix_sans_accord",
            phrase(
                "L'ordre des factures du plan du {jour} n'est pas appliqué : il faut le choix du débiteur et l'accord "
                "du créancier (C. civ. 1342-10).",
                jour=jour,
            ),
        )
    if not plan.signe_par_debiteur:
        yield (
            "plan_non_signe",
            phrase(
                "Le plan du {jour} n'est pas indiqué comme signé par le débiteur : il n'est pas compté comme une "
                "reconnaissance de dette, et n'interrompt pas la prescription (C. civ. 2240).",
                jour=jour,
            ),
        )


def _check_rupture(faits: Faits, date_: PlanDate) -> Sequence[tuple[str, Phrase]]:
    """A term is lost only after a notice that gave a time to pay, unless the clause clearly says otherwise."""
    if not date_.rompu or date_.fin is None:
        return ()
    if any(jour <= date_.fin for jour, _ in list_notices(faits, date_.plan.cle)):
        return ()
    return (
        (
            "plan_rompu_sans_mise_en_demeure",
            phrase(
                "Le plan du {jour} a été rompu le {fin} sans mise en demeure enregistrée : sauf clause expresse et non "
                "équivoque, la déchéance du terme suppose une mise en demeure qui laisse un délai (Cass. 1re civ. "
                "22/06/2017, 16-18.418).",
                jour=date_.convenu_le,
                fin=date_.fin,
            ),
        ),
    )

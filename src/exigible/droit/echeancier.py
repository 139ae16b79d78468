"""A payment plan: what is owed on the day it is agreed, in instalments to the cent, the last one takes the rest.

Interest is that of the statement (`compute_decompte`), on the principal that each instalment leaves. No fee is added:
collection costs stay with the creditor (CPCE L111-8 al. 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import count, pairwise

from exigible.droit.argent import ZERO
from exigible.droit.creance import Creance
from exigible.droit.decompte import Decompte, compute_decompte
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.partage import split_montant
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.versements import Versement


class InteretsDuPlan(StrEnum):
    """What the agreement says of the interest that runs while it is kept: it must say it."""

    ABANDONNES_SI_RESPECT = "abandonnes_si_respect"
    MAINTENUS = "maintenus"
    GELES = "geles"


@dataclass(frozen=True, slots=True)
class EcheanceDuPlan:
    """An instalment due on `jour`, included: `montant` = `principal` + `accessoires` (euros)."""

    jour: date
    montant: Decimal
    principal: Decimal
    accessoires: Decimal


@dataclass(frozen=True, slots=True)
class Echeancier:
    """The plan: `total` is the sum of the instalments. `accord`: the statement on the day of the agreement.

    `terme`: the statement on the last day, every instalment being paid on its day; nothing is owed any more.
    """

    echeances: tuple[EcheanceDuPlan, ...]
    total: Decimal
    accord: Decompte
    terme: Decompte
    explication: Phrase
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


def compute_echeancier(
    creances: Sequence[Creance],
    accord: date,
    jours: Sequence[date],
    interets: InteretsDuPlan,
    *,
    versements: Sequence[Versement] = (),
    provisoire: bool = False,
) -> Echeancier:
    """Spread what is owed at the end of `accord` over `jours`, in order, the first one on `accord` or after it.

    Interest maintained: each instalment is an equal part of the principal and everything that accrued until its day,
    which the law pays first (C. civ. 1343-1); else equal instalments. `versements` after `accord` are not seen.
    Raises ErreurSaisie (`echeances_desordonnees`, `trop_d_echeances`) and the errors of `compute_decompte`: interest
    maintained beyond the known rates asks for `provisoire`.
    """
    if not jours or any(avant >= apres for avant, apres in pairwise(jours)) or jours[0] < accord:
        raise ErreurSaisie(
            "echeances_desordonnees",
            phrase("Les échéances d'un plan se donnent dans l'ordre des jours, à partir de celui de l'accord."),
            "jours",
        )
    recus = [versement for versement in versements if versement.date <= accord]
    depart = compute_decompte(creances, recus, accord, provisoire=provisoire)
    if interets is InteretsDuPlan.MAINTENUS:
        plan = _plan_maintenus(
            creances, recus, jours, split_montant(depart.principal, len(jours)), provisoire=provisoire
        )
    else:
        creances = [_stop(creance, accord) for creance in creances]
        parts = split_montant(depart.total_du, len(jours))
        plan = list(map(_build_versement, count(1), jours, parts))
    terme = compute_decompte(creances, [*recus, *plan], jours[-1], provisoire=provisoire)
    return Echeancier(
        echeances=tuple(_build_echeance(versement, terme) for versement in plan),
        total=sum((versement.montant for versement in plan), ZERO),
        accord=depart,
        terme=terme,
        explication=_explain(interets, accord),
        articles=tuple(dict.fromkeys((*terme.articles, "C. civ. 2240", "CPCE L111-8 al. 2"))),
        avertissements=(*terme.avertissements, _warn_prescription(accord)),
    )


def _plan_maintenus(
    creances: Sequence[Creance],
    recus: Sequence[Versement],
    jours: Sequence[date],
    parts: Sequence[Decimal],
    *,
    provisoire: bool,
) -> list[Versement]:
    """After each instalment, what is left to pay is the principal that the next ones share."""
    plan: list[Versement] = []
    for rang, jour in enumerate(jours, 1):
        etat = compute_decompte(creances, [*recus, *plan], jour, provisoire=provisoire)
        plan.append(_build_versement(rang, jour, etat.total_du - sum(parts[rang:], ZERO)))
    return plan


def _build_versement(rang: int, jour: date, montant: Decimal) -> Versement:
    return Versement(f"echeance-{rang}", jour, montant)


def _stop(creance: Creance, accord: date) -> Creance:
    """The claim as it stands on the day of the agreement: nothing accrues after it."""
    regles = [replace(r, arret=min(r.arret or accord, accord)) for r in creance.regles]
    premiere = regles.pop(0) if creance.regle is not None else None
    indemnite = creance.indemnite if creance.echeance < accord else ZERO
    return replace(creance, regle=premiere, suites=tuple(regles), indemnite=indemnite)


def _build_echeance(versement: Versement, terme: Decompte) -> EcheanceDuPlan:
    parts = (imputation.principal for imputation in terme.imputations if imputation.versement == versement.cle)
    principal = sum(parts, ZERO)
    return EcheanceDuPlan(versement.date, versement.montant, principal, versement.montant - principal)


def _explain(interets: InteretsDuPlan, accord: date) -> Phrase:
    if interets is InteretsDuPlan.MAINTENUS:
        return phrase(
            "Les intérêts courent encore sur le principal restant : chaque échéance paie d'abord ceux qui ont couru "
            "jusqu'à elle (C. civ. 1343-1)."
        )
    if interets is InteretsDuPlan.GELES:
        return phrase("Aucun intérêt ne court après le {accord} tant que le plan n'est pas rompu.", accord=accord)
    return phrase(
        "Les intérêts postérieurs au {accord} sont abandonnés si chaque échéance est payée à sa date ; sinon, ils "
        "sont repris depuis ce jour.",
        accord=accord,
    )


def _warn_prescription(accord: date) -> Avertissement:
    return Avertissement(
        "depart_prescription_a_verifier",
        phrase(
            "Signé avant le terme, le plan fait repartir la prescription au {accord} (C. civ. 2240). Qu'elle coure "
            "ensuite, pour chaque échéance, depuis le jour de celle-ci est à vérifier : comptez depuis la signature.",
            accord=accord,
        ),
        {"accord": accord.isoformat()},
    )

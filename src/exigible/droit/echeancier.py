"""A payment plan: what is owed on the day it is agreed, in instalments to the cent, the last one takes the rest.

Interest is that of the statement (`compute_decompte`), under the clauses of the plan (`plan.py`). No fee is added:
collection costs stay with the creditor (CPCE L111-8 al. 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from exigible.droit.argent import ZERO
from exigible.droit.creance import Creance, Parts
from exigible.droit.decompte import Decompte, compute_decompte
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.partage import list_mensualites, split_montant, split_selon
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.plan import AccordDePlan, InteretsDuPlan, apply_plan, explain_interets
from exigible.droit.versements import Versement

__all__ = [
    "ECHEANCES_MAX",
    "AccordDePlan",
    "EcheanceDuPlan",
    "Echeancier",
    "InteretsDuPlan",
    "compute_echeancier",
    "compute_mensualites",
    "sum_du",
]

ECHEANCES_MAX = 60
"""No plan is computed beyond five years of months."""


@dataclass(frozen=True, slots=True)
class EcheanceDuPlan:
    """An instalment due on `jour`, included: `montant` is the sum of the four parts (euros)."""

    jour: date
    montant: Decimal
    principal: Decimal
    interets: Decimal
    indemnites: Decimal
    frais: Decimal

    @property
    def accessoires(self) -> Decimal:
        """All but the principal."""
        return self.montant - self.principal


@dataclass(frozen=True, slots=True)
class Echeancier:
    """The plan: `total` is the sum of the instalments. `accord`: the statement on the day of the agreement.

    `terme`: the statement on the last day, every instalment being paid on its day; nothing is owed any more on the
    claims of the plan. `versements`: the payments of which it is made.
    """

    echeances: tuple[EcheanceDuPlan, ...]
    total: Decimal
    accord: Decompte
    terme: Decompte
    versements: tuple[Versement, ...]
    explication: Phrase
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


def sum_du(decompte: Decompte, accord: AccordDePlan) -> Decimal:
    """What is owed on the claims of the plan (euros)."""
    return sum((solde.total for solde in decompte.soldes if accord.covers(solde.cle)), ZERO)


def compute_echeancier(
    creances: Sequence[Creance],
    accord: AccordDePlan,
    jours: Sequence[date],
    *,
    poids: Sequence[Decimal] = (),
    versements: Sequence[Versement] = (),
    provisoire: bool = False,
) -> Echeancier:
    """Spread what is owed at the end of the day of the agreement over `jours`, in order, none before that day.

    While interest runs, each instalment is a part of the principal and everything that accrued until its day, which the
    law pays first (C. civ. 1343-1); else a part of the whole. Parts are equal, or follow `poids` (one a day, above
    zero). `versements` after the agreement are not seen. Raises ErreurSaisie (`echeances_desordonnees`,
    `trop_d_echeances`) and the errors of `compute_decompte`: interest that runs beyond the known rates asks for
    `provisoire`.
    """
    _check_jours(accord, jours)
    plan = _Plan.open(creances, accord, versements, provisoire=provisoire)
    courent = accord.interets.courent
    base = plan.principal if courent and plan.principal else sum_du(plan.depart, accord)
    parts = split_selon(base, poids) if poids else split_montant(base, len(jours))
    for rang, jour in enumerate(jours, 1):
        plan.pay(jour, plan.compute_du(jour) - sum(parts[rang:], ZERO) if courent else parts[rang - 1])
    return plan.build()


def compute_mensualites(
    creances: Sequence[Creance],
    accord: AccordDePlan,
    premiere: date,
    mensualite: Decimal,
    *,
    versements: Sequence[Versement] = (),
    provisoire: bool = False,
) -> Echeancier:
    """Pay `mensualite` (euros) each month from `premiere` until nothing is owed; the last one takes the rest.

    Same arguments and errors as `compute_echeancier`; raises ErreurSaisie (`mensualite_insuffisante`) when the debt
    would outlive sixty instalments.
    """
    _check_jours(accord, [premiere])
    plan = _Plan.open(creances, accord, versements, provisoire=provisoire)
    reste = sum_du(plan.depart, accord)
    if mensualite <= 0 or mensualite * ECHEANCES_MAX < reste:
        raise _refuse_mensualite(mensualite)
    for jour in list_mensualites(premiere, ECHEANCES_MAX):
        du = plan.compute_du(jour) if accord.interets.courent else reste
        (montant,) = split_montant(min(mensualite, du), 1)  # refuses to spread nothing
        plan.pay(jour, montant)
        reste = du - montant
        if reste == 0:
            return plan.build()
    raise _refuse_mensualite(mensualite)


@dataclass(slots=True)
class _Plan:
    """A plan while its instalments are found one after the other. `creances`: as the plan makes them."""

    creances: Sequence[Creance]
    accord: AccordDePlan
    recus: Sequence[Versement]
    depart: Decompte
    provisoire: bool
    echeances: list[Versement] = field(default_factory=list)

    @classmethod
    def open(
        cls, creances: Sequence[Creance], accord: AccordDePlan, versements: Sequence[Versement], *, provisoire: bool
    ) -> _Plan:
        """Start from what is owed at the end of the day of the agreement."""
        recus = [versement for versement in versements if versement.date <= accord.jour]
        depart = compute_decompte(creances, recus, accord.jour, provisoire=provisoire)
        return cls([apply_plan(creance, accord) for creance in creances], accord, recus, depart, provisoire)

    @property
    def principal(self) -> Decimal:
        """The principal still owed on the day of the agreement."""
        return sum((s.principal_restant for s in self.depart.soldes if self.accord.covers(s.cle)), ZERO)

    def compute_du(self, jour: date) -> Decimal:
        """What is owed on the claims of the plan at the end of `jour`, the instalments so far being paid."""
        return sum_du(self._state(jour), self.accord)

    def pay(self, jour: date, montant: Decimal) -> None:
        """Add an instalment; it goes to the claims of the plan when they are named, else where the law sends it."""
        cle, visees = f"echeance-{len(self.echeances) + 1}", self.accord.creances
        self.echeances.append(Versement(cle, jour, montant, visees, accord_creancier=bool(visees)))

    def build(self) -> Echeancier:
        """Return the plan with what each instalment pays."""
        terme, jour = self._state(self.echeances[-1].date), self.accord.jour
        return Echeancier(
            echeances=tuple(_build_echeance(versement, terme) for versement in self.echeances),
            total=sum((versement.montant for versement in self.echeances), ZERO),
            accord=self.depart,
            terme=terme,
            versements=tuple(self.echeances),
            explication=explain_interets(self.accord.interets, jour),
            articles=tuple(dict.fromkeys((*terme.articles, "C. civ. 2240", "CPCE L111-8 al. 2"))),
            avertissements=(*terme.avertissements, _warn_prescription(jour)),
        )

    def _state(self, jour: date) -> Decompte:
        return compute_decompte(self.creances, [*self.recus, *self.echeances], jour, provisoire=self.provisoire)


def _check_jours(accord: AccordDePlan, jours: Sequence[date]) -> None:
    if not jours or jours[0] < accord.jour or any(avant >= apres for avant, apres in pairwise(jours)):
        raise ErreurSaisie(
            "echeances_desordonnees",
            phrase("Les échéances d'un plan se donnent dans l'ordre des jours, à partir de celui de l'accord."),
            "jours",
        )


def _build_echeance(versement: Versement, terme: Decompte) -> EcheanceDuPlan:
    parts = Parts()
    for imputation in terme.imputations:
        if imputation.versement == versement.cle:
            parts += Parts(imputation.frais, imputation.indemnites, imputation.interets, imputation.principal)
    return EcheanceDuPlan(
        versement.date, versement.montant, parts.principal, parts.interets, parts.indemnites, parts.frais
    )


def _refuse_mensualite(mensualite: Decimal) -> ErreurSaisie:
    return ErreurSaisie(
        "mensualite_insuffisante",
        phrase(
            "Des mensualités de {montant} n'éteignent pas la dette en {nombre} échéances : augmentez-les.",
            montant=mensualite,
            nombre=ECHEANCES_MAX,
        ),
        "mensualite",
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

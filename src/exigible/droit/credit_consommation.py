"""What a consumer who does not repay a credit owes beside the interest of L312-39 (C. conso. D312-16, D312-17)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from exigible.droit.argent import ZERO, round_cent
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

_POUR_CENT = 100


class Defaillance(StrEnum):
    """What the lender does when the borrower stops paying."""

    DECHEANCE_DU_TERME = "decheance_du_terme"
    ECHEANCES_IMPAYEES = "echeances_impayees"
    ECHEANCES_REPORTEES = "echeances_reportees"


_MAXIMUMS = {
    Defaillance.DECHEANCE_DU_TERME: (8, "C. conso. D312-16"),
    Defaillance.ECHEANCES_IMPAYEES: (8, "C. conso. D312-17"),
    Defaillance.ECHEANCES_REPORTEES: (4, "C. conso. D312-17"),
}


@dataclass(frozen=True, slots=True)
class IndemniteCredit:
    """The most that the lender may ask (euros): `taux` per cent of `base`. The judge may lower it (C. civ. 1231-5)."""

    base: Decimal
    taux: int
    montant: Decimal
    article: str


def compute_indemnite_credit(defaillance: Defaillance, base: Decimal) -> IndemniteCredit:
    """Compute the indemnity on `base` (euros).

    `base`: the capital left on the day of the default when the whole is called in, else the instalments unpaid or put
    off. Raises ErreurSaisie (`montant_negatif`).
    """
    if not base.is_finite() or base < ZERO:
        raise ErreurSaisie(
            "montant_negatif", phrase("Le montant sur lequel porte l'indemnité ne peut pas être négatif."), "base"
        )
    taux, article = _MAXIMUMS[defaillance]
    return IndemniteCredit(base, taux, round_cent(base * taux / _POUR_CENT), article)

"""What a consumer who does not repay a credit owes beside the interest of L312-39 (C. conso. D312-16, D312-17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.droit.argent import ZERO, round_cent
from exigible.droit.bareme import ValeurAjoutee, load_bareme
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.phrase import phrase

_POUR_CENT = 100


class Defaillance(StrEnum):
    """What the lender does when the borrower stops paying."""

    DECHEANCE_DU_TERME = "decheance_du_terme"
    ECHEANCES_IMPAYEES = "echeances_impayees"
    ECHEANCES_REPORTEES = "echeances_reportees"


_SERIES = {
    Defaillance.DECHEANCE_DU_TERME: "indemnite_defaillance_credit",
    Defaillance.ECHEANCES_IMPAYEES: "indemnite_echeances_impayees_credit",
    Defaillance.ECHEANCES_REPORTEES: "indemnite_echeances_reportees_credit",
}


@dataclass(frozen=True, slots=True)
class IndemniteCredit:
    """The most that the lender may ask (euros): `taux` per cent of `base`. The judge may lower it (C. civ. 1231-5)."""

    base: Decimal
    taux: Decimal
    montant: Decimal
    article: str
    avertissements: tuple[Avertissement, ...] = ()


def compute_indemnite_credit(
    defaillance: Defaillance, base: Decimal, jour: date, ajouts: tuple[ValeurAjoutee, ...] = ()
) -> IndemniteCredit:
    """Compute the indemnity on `base` (euros) for a default of `jour`.

    `base`: the capital left on that day when the whole is called in, else the instalments unpaid or put off. Raises
    ErreurSaisie (`montant_negatif`), and ErreurBareme (`date_hors_bareme`) before 1 July 2016.
    """
    if not base.is_finite() or base < ZERO:
        raise ErreurSaisie(
            "montant_negatif", phrase("Le montant sur lequel porte l'indemnité ne peut pas être négatif."), "base"
        )
    penalites = load_bareme("penalites", ajouts)
    taux = penalites.get_valeur(jour, _SERIES[defaillance])
    montant = round_cent(base * taux.valeur / _POUR_CENT)
    return IndemniteCredit(base, taux.valeur, montant, taux.article, penalites.list_avertissements(taux))

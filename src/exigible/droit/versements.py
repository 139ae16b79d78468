"""What comes in and what goes back: payments, set-offs, rejected payments, refunds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import msgspec

from exigible.droit.argent import CENTIME
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.phrase import phrase


class ModeImputation(StrEnum):
    """`interets`: accessories before principal (C. civ. 1343-1). `principal`: principal first (credit note, court)."""

    INTERETS = "interets"
    PRINCIPAL = "principal"


class Compensation(StrEnum):
    """A set-off must be invoked (C. civ. 1347): one that is only alleged pays nothing."""

    ALLEGUEE = "alleguee"
    ADMISE = "admise"
    JUGEE = "jugee"


class Versement(msgspec.Struct, frozen=True):
    """Money (euros, above zero) received on `date`; `creances`: the claims that the debtor chose, in order.

    A choice that does not fully extinguish the chosen claim binds the creditor only if he agrees (`accord_creancier`;
    Cass. 1re civ. 27/11/2019, 18-21.570); without it the order of the law applies. `compensation`: not money but a
    debt of the creditor set off, `date` being the day on which its conditions were met (C. civ. 1347, 1347-4).
    `rejete_le`: the day from which the payment is known to have failed; it then never counted.
    Raises ErreurSaisie (`versement_nul`, `montant_trop_precis`, `dates_inversees`).
    """

    cle: str
    date: dt.date
    montant: Decimal
    creances: tuple[str, ...] = ()
    imputation: ModeImputation = ModeImputation.INTERETS
    accord_creancier: bool = False
    compensation: Compensation | None = None
    rejete_le: dt.date | None = None

    def __post_init__(self) -> None:
        _check_montant(self.montant, self.cle)
        if self.rejete_le is not None and self.rejete_le < self.date:
            raise ErreurSaisie(
                "dates_inversees",
                phrase(
                    "Le versement du {jour} ne peut pas avoir été rejeté avant, le {rejet}.",
                    jour=self.date,
                    rejet=self.rejete_le,
                ),
                "rejete_le",
                cle=self.cle,
            )

    def find_ecart(self, au: dt.date) -> VersementEcarte | None:
        """Say why, as of `au`, this payment does not count; None when it does."""
        if self.rejete_le is not None and self.rejete_le <= au:
            return VersementEcarte(self, MotifEcart.REJETE)
        if self.compensation is Compensation.ALLEGUEE:
            return VersementEcarte(self, MotifEcart.COMPENSATION_ALLEGUEE)
        return None


@dataclass(frozen=True, slots=True)
class Remboursement:
    """Money (euros, above zero) given back to the debtor on `date`: it comes off what was overpaid.

    Raises ErreurSaisie (`versement_nul`, `montant_trop_precis`).
    """

    cle: str
    date: dt.date
    montant: Decimal

    def __post_init__(self) -> None:
        _check_montant(self.montant, self.cle)


class MotifEcart(StrEnum):
    """Why a payment does not count."""

    REJETE = "versement_rejete"
    COMPENSATION_ALLEGUEE = "compensation_alleguee"


@dataclass(frozen=True, slots=True)
class VersementEcarte:
    """A payment shown and not counted."""

    versement: Versement
    motif: MotifEcart

    def build_avertissement(self) -> Avertissement:
        """Say it."""
        versement = self.versement
        if self.motif is MotifEcart.REJETE:
            message = phrase(
                "Le versement de {montant} du {jour} a été rejeté le {rejet} : il ne compte pas, et les intérêts "
                "courent comme s'il n'avait jamais été fait.",
                montant=versement.montant,
                jour=versement.date,
                rejet=versement.rejete_le or versement.date,
            )
        else:
            message = phrase(
                "La compensation de {montant} au {jour} est alléguée, ni admise ni jugée : elle n'est pas déduite "
                "(C. civ. 1347, 1347-1).",
                montant=versement.montant,
                jour=versement.date,
            )
        return Avertissement(self.motif.value, message, {"versement": versement.cle, "montant": str(versement.montant)})


def _check_montant(montant: Decimal, cle: str) -> None:
    if not montant.is_finite() or montant <= 0:
        raise ErreurSaisie("versement_nul", phrase("Un versement doit être supérieur à zéro."), "montant", cle=cle)
    if montant != montant.quantize(CENTIME):
        raise ErreurSaisie(
            "montant_trop_precis", phrase("Un versement s'indique au centime, sans plus."), "montant", cle=cle
        )

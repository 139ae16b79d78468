"""What a collector gives back to the creditor, and by when (CPCE R124-3 and R124-6).

Its fee is always borne by the creditor (R124-3 3°): it never appears on the debtor's statement (CPCE L111-8 al. 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.droit.argent import ZERO, round_cent
from exigible.droit.delais import compute_delai
from exigible.droit.durees import Duree
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.phrase import phrase

_CENT = Decimal(100)
UN_MOIS = Duree(mois=1)


@dataclass(frozen=True, slots=True)
class Convention:
    """What the written agreement says (CPCE R124-3): fee and VAT per cent, time to remit (one month if it is silent).

    `retenue`: the agreement lets the collector keep its fee out of what it hands over.
    Raises ErreurSaisie (`taux_hors_limites`) for a rate outside 0 to 100.
    """

    commission: Decimal
    tva: Decimal
    retenue: bool = False
    delai: Duree = UN_MOIS

    def __post_init__(self) -> None:
        for champ, taux in (("commission", self.commission), ("tva", self.tva)):
            if not taux.is_finite() or not 0 <= taux <= _CENT:
                raise ErreurSaisie(
                    "taux_hors_limites", phrase("Un taux de commission ou de TVA va de 0 à 100 %."), champ
                )


@dataclass(frozen=True, slots=True)
class Reversement:
    """Money handed over to the creditor by the end of `au_plus_tard` (euros).

    `facture` = `commission` (VAT excluded) + `tva`; it is already deducted from `montant` when `retenue` allows it,
    else the creditor pays it apart.
    """

    encaisse: Decimal
    commission: Decimal
    tva: Decimal
    facture: Decimal
    montant: Decimal
    au_plus_tard: date
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


def compute_reversement(
    encaisse: Decimal, recu_le: date, convention: Convention, *, assiette: Decimal | None = None
) -> Reversement:
    """Compute what is handed over of `encaisse` (euros), really received on `recu_le` (a cheque: the day of credit).

    `assiette`: the part of it on which the agreement counts the fee (the principal alone…), all of it when None. The
    month ends on the same day of the next month, or its last day, and is not moved to a working day. Raises
    ErreurSaisie (`montant_hors_limites`, `commission_excessive`).
    """
    base = encaisse if assiette is None else assiette
    if encaisse <= ZERO or not ZERO <= base <= encaisse:
        raise ErreurSaisie(
            "montant_hors_limites",
            phrase("La somme encaissée doit être supérieure à zéro, et la commission porter au plus sur elle."),
            "encaisse",
        )
    commission = round_cent(base * convention.commission / _CENT)
    tva = round_cent(commission * convention.tva / _CENT)
    facture = commission + tva
    if convention.retenue and facture > encaisse:
        raise ErreurSaisie(
            "commission_excessive",
            phrase(
                "La commission, {facture} TVA comprise, dépasse la somme encaissée : elle ne peut pas y être retenue.",
                facture=facture,
            ),
            "commission",
        )
    delai = compute_delai(recu_le, convention.delai, reporter=False)
    alerte = Avertissement(
        "tva_a_verifier",
        phrase(
            "Le taux de TVA de la commission, {taux:taux}, est à vérifier : aucun texte n'a été lu.",
            taux=convention.tva,
        ),
        {"taux": str(convention.tva)},
    )
    return Reversement(
        encaisse=encaisse,
        commission=commission,
        tva=tva,
        facture=facture,
        montant=encaisse - facture if convention.retenue else encaisse,
        au_plus_tard=delai.echeance,
        articles=("CPCE R124-3", "CPCE R124-6 al. 2"),
        avertissements=(alerte, *delai.avertissements),
    )

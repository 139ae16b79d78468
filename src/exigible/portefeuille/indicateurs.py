"""The indicators of a portfolio: days of sales outstanding, days late, share collected. Management, not law.

Amounts in euros, VAT included on both sides (what is owed bears it, so must the sales). Results are exact: whoever
shows them rounds them. Each raises ErreurSaisie on a sum or a period that makes the ratio meaningless.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase


@dataclass(frozen=True, slots=True)
class VentesDuMois:
    """Sales of one month (VAT included) and its number of days."""

    montant: Decimal
    jours: int


def compute_dso(encours: Decimal, chiffre_affaires: Decimal, jours: int) -> Decimal:
    """Days of sales outstanding: what is owed, over the sales of the period, times its days."""
    _refuse_nul(chiffre_affaires, "chiffre_affaires")
    _refuse_negatif(encours, "encours")
    return encours / chiffre_affaires * jours


def compute_dso_par_epuisement(encours: Decimal, mois: Sequence[VentesDuMois]) -> Decimal | None:
    """Count back: what is owed is taken off the sales of each month, latest first, until none is left.

    Whole months count their days, the last one its share. None when the months given do not exhaust it.
    """
    _refuse_negatif(encours, "encours")
    reste, compte = encours, ZERO
    for ventes in mois:
        if reste <= ventes.montant:
            return compte + (reste / ventes.montant * ventes.jours if reste else ZERO)
        reste -= max(ventes.montant, ZERO)
        compte += ventes.jours
    return compte if reste == 0 else None


def compute_retard_moyen(delai_reel: Decimal, delai_convenu: Decimal) -> Decimal:
    """Average days delinquent: what customers take, less what they were given; negative when they pay early."""
    return delai_reel - delai_convenu


def compute_efficacite(
    encours_debut: Decimal, ventes: Decimal, mois: int, encours_fin: Decimal, non_echu_fin: Decimal
) -> Decimal:
    """Collection effectiveness (per cent): what was collected, over what could be.

    `ventes` are those of the whole period of `mois` months; the formula takes their monthly average.
    """
    _refuse_nul(Decimal(mois), "mois")
    a_encaisser = encours_debut + ventes / mois
    _refuse_nul(a_encaisser - non_echu_fin, "non_echu_fin")
    return (a_encaisser - encours_fin) / (a_encaisser - non_echu_fin) * 100


def _refuse_nul(valeur: Decimal, champ: str) -> None:
    if valeur <= 0:
        raise _impossible(champ)


def _refuse_negatif(valeur: Decimal, champ: str) -> None:
    if valeur < 0:
        raise _impossible(champ)


def _impossible(champ: str) -> ErreurSaisie:
    dit = phrase(
        "Cet indicateur ne se calcule pas : l'encours ne peut pas être négatif, ni son diviseur nul ou négatif."
    )
    return ErreurSaisie("indicateur_impossible", dit, champ)

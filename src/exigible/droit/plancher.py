"""The floor of an agreed commercial rate: three times the legal rate (C. com. L441-10 II).

A rate under its floor is applied as agreed; the reader is warned, with the amount at the default rate beside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from exigible.droit.argent import format_montant, format_taux
from exigible.droit.bareme import load_bareme
from exigible.droit.erreurs import Avertissement
from exigible.droit.interets import Regime, RegleInterets, compute_taux
from exigible.droit.jours import UN_JOUR, compute_fin_semestre, format_jour


@dataclass(frozen=True, slots=True)
class AlertePlancher:
    """The first day on which the agreed rate lies under its floor."""

    jour: date
    taux: Decimal
    plancher: Decimal

    def build_avertissement(self, libelle: str, au: date, convenu: Decimal, suppletif: Decimal) -> Avertissement:
        """Say it, with the interest accrued at the end of `au`, as agreed and at ECB + 10 (euros)."""
        return Avertissement(
            "taux_sous_plancher",
            f"{libelle} : le taux convenu ({format_taux(self.taux)}) est inférieur à trois fois le taux légal au "
            f"{format_jour(self.jour)} ({format_taux(self.plancher)}, C. com. L441-10 II). Il est appliqué comme "
            f"convenu : {format_montant(convenu)} au {format_jour(au)}, contre {format_montant(suppletif)} au taux "
            "prévu à défaut de clause (BCE + 10 points).",
            {
                "jour": self.jour.isoformat(),
                "taux": str(self.taux),
                "plancher": str(self.plancher),
                "au": au.isoformat(),
                "montant_convenu": str(convenu),
                "montant_suppletif": str(suppletif),
            },
        )


def check_plancher(regle: RegleInterets, au: date) -> AlertePlancher | None:
    """Look for the first semester, up to `au`, where an agreed commercial rate lies under three times the legal rate.

    Semesters whose legal rate is not known yet are not judged, nor is interest that began before the floor existed.
    """
    legal, penalites = load_bareme("interet_legal"), load_bareme("penalites")
    if regle.regime is not Regime.COMMERCIAL or not regle.est_convenu:
        return None
    if regle.premier_jour < penalites.get_historique("multiple_plancher")[0].debut:
        return None
    fin = min(jour for jour in (au, legal.connu_jusqu_au, regle.arret) if jour is not None)
    jour = regle.premier_jour
    while jour <= fin:
        taux = compute_taux(regle, jour).taux
        multiple = penalites.get_valeur(jour, "multiple_plancher").valeur
        plancher = multiple * legal.get_valeur(jour, "autres_cas").valeur
        if taux < plancher:
            return AlertePlancher(jour, taux, plancher)
        jour = compute_fin_semestre(jour) + UN_JOUR
    return None


def drop_taux_sous_plancher(regle: RegleInterets) -> RegleInterets:
    """Return the rule as if the contract were silent: ECB + 10."""
    return replace(regle, taux=None, multiple_legal=None)

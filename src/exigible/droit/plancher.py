"""The floor of an agreed commercial rate: three times the legal rate (C. com. L441-10 II).

A rate under its floor is applied as agreed; the reader is warned, with the amount at the default rate beside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from exigible.droit.bareme import ValeurAjoutee, load_bareme
from exigible.droit.erreurs import Avertissement
from exigible.droit.interets import Regime, RegleInterets, compute_taux
from exigible.droit.jours import UN_JOUR, compute_fin_semestre
from exigible.droit.pauses import skip_pauses
from exigible.droit.phrase import phrase

_MEMOIRE = 4096  # days: the same ones come back from claim to claim


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
            phrase(
                "{libelle} : le taux convenu ({taux:taux}) est inférieur à trois fois le taux légal au {jour} "
                "({plancher:taux}, C. com. L441-10 II). Il est appliqué comme convenu : {convenu} au {au}, contre "
                "{suppletif} au taux prévu à défaut de clause (BCE + 10 points).",
                libelle=libelle,
                taux=self.taux,
                jour=self.jour,
                plancher=self.plancher,
                convenu=convenu,
                au=au,
                suppletif=suppletif,
            ),
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
    if regle.regime is not Regime.COMMERCIAL or not regle.est_convenu:
        return None
    legal, penalites = load_bareme("interet_legal", regle.ajouts), load_bareme("penalites", regle.ajouts)
    if regle.premier_jour < penalites.get_historique("multiple_plancher")[0].debut:
        return None
    fin = min(jour for jour in (au, legal.find_dernier_jour("autres_cas"), regle.arret) if jour is not None)
    for debut, dernier in skip_pauses(regle.pauses, regle.premier_jour, fin):
        jour = debut
        while jour <= dernier:
            taux = compute_taux(regle, jour).taux if regle.taux is None else regle.taux
            plancher = _compute_plancher(jour, regle.ajouts)
            if taux < plancher:
                return AlertePlancher(jour, taux, plancher)
            jour = compute_fin_semestre(jour) + UN_JOUR
    return None


@lru_cache(maxsize=_MEMOIRE)
def _compute_plancher(jour: date, ajouts: tuple[ValeurAjoutee, ...]) -> Decimal:
    multiple = load_bareme("penalites", ajouts).get_valeur(jour, "multiple_plancher").valeur
    return multiple * load_bareme("interet_legal", ajouts).get_valeur(jour, "autres_cas").valeur


def drop_taux_sous_plancher(regle: RegleInterets) -> RegleInterets:
    """Return the rule as if the contract were silent: ECB + 10."""
    return replace(regle, taux=None, multiple_legal=None)

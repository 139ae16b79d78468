"""The calculators, in the order of their menu."""

from __future__ import annotations

from exigible.bureau.pages.calculs.competence import CalculCompetence
from exigible.bureau.pages.calculs.delai import CalculDelai
from exigible.bureau.pages.calculs.echeance import CalculEcheance
from exigible.bureau.pages.calculs.emoluments import CalculEmoluments
from exigible.bureau.pages.calculs.formulaire import Calculatrice
from exigible.bureau.pages.calculs.interets import CalculInterets
from exigible.bureau.pages.calculs.prescription import CalculPrescription
from exigible.bureau.pages.calculs.saisies import CalculSaisissable, CalculSbi
from exigible.bureau.pages.calculs.taux import CalculTaux

CALCULATRICES: dict[str, type[Calculatrice]] = {
    calculatrice.nom: calculatrice
    for calculatrice in (
        CalculInterets,
        CalculTaux,
        CalculEcheance,
        CalculDelai,
        CalculPrescription,
        CalculCompetence,
        CalculSaisissable,
        CalculSbi,
        CalculEmoluments,
    )
}

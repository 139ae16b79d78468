"""Payments that call for a word: made while none is allowed, or on a debt that limitation had extinguished."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from exigible.droit.erreurs import Avertissement
from exigible.droit.imputation import Imputation
from exigible.droit.phrase import phrase


@dataclass(frozen=True, slots=True)
class SituationCreance:
    """What bears on the payments of a claim.

    `simplifiee_du`, `simplifiee_au`: the officer's procedure for small claims, from the letter to the day its outcome
    is recorded, both included (CPCE L125-1; `simplifiee_au` None: not over). `prescrite_le`: first day on which
    limitation is acquired.
    """

    simplifiee_du: date | None = None
    simplifiee_au: date | None = None
    prescrite_le: date | None = None


def check_paiements(
    imputations: Iterable[Imputation], situations: Mapping[str, SituationCreance]
) -> tuple[Avertissement, ...]:
    """Warn about each payment that the situation of its claim makes irregular or without effect on the rest.

    The payment counts all the same: it was made, and cannot be claimed back on that ground.
    """
    avertissements: list[Avertissement] = []
    for imputation in imputations:
        situation = situations.get(imputation.creance, SituationCreance())
        if _is_pendant(situation, imputation.date):
            avertissements.append(
                _warn(
                    imputation,
                    "paiement_pendant_procedure_simplifiee",
                    phrase(
                        "Le paiement de {montant} du {jour} est arrivé pendant la procédure simplifiée : aucun "
                        "paiement ne doit avoir lieu avant que le commissaire de justice en ait constaté l'issue (CPCE "
                        "L125-1, R125-7). Signalez-le-lui.",
                        montant=imputation.montant,
                        jour=imputation.date,
                    ),
                )
            )
        if situation.prescrite_le is not None and imputation.date >= situation.prescrite_le:
            avertissements.append(
                _warn(
                    imputation,
                    "paiement_apres_prescription",
                    phrase(
                        "Le paiement de {montant} du {jour} est postérieur à la prescription : il est gardé (C. civ. "
                        "2249), mais il ne fait pas renaître ce qui reste dû.",
                        montant=imputation.montant,
                        jour=imputation.date,
                    ),
                )
            )
    return tuple(avertissements)


def _is_pendant(situation: SituationCreance, jour: date) -> bool:
    if situation.simplifiee_du is None or jour < situation.simplifiee_du:
        return False
    return situation.simplifiee_au is None or jour <= situation.simplifiee_au


def _warn(imputation: Imputation, code: str, message: str) -> Avertissement:
    parametres = {"versement": imputation.versement, "creance": imputation.creance}
    return Avertissement(code, message, parametres)

"""Payment terms, first slice: from an invoice date and a term of sale to a due date.

« 45 jours fin de mois » has two readings, and the contract must say which: add the days, then go to the end of the
month (`fin_de_mois_apres`), or go to the end of the month, then add the days (`fin_de_mois_avant`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import UN_JOUR, add_mois, compute_fin_mois

__all__ = [
    "ConditionsPaiement",
    "MethodeEcheance",
    "add_mois",
    "compute_echeance",
    "format_conditions",
    "parse_conditions",
]

JOURS_MAX = 366
_JOUR_DU_MOIS_MAX = 31

_COMPTANT = re.compile(r"(paiement )?(au )?comptant|(a|des) reception( de (la )?facture)?|immediat")
_JOURS = re.compile(
    r"(a )?(?P<jours>\d{1,3}) ?(jours?|j)( nets?)?"
    r"( (a compter )?(de la )?date (de |d')?(la )?(facture|facturation|emission))?( de la facture)?"
)
_APRES = re.compile(r"(a )?(?P<jours>\d{1,3}) ?(jours?|j) (fin de mois|fdm)( le (?P<le>\d{1,2}))?")
_AVANT = re.compile(r"(fin de mois|fdm)( (\+ ?)?(?P<jours>\d{1,3}) ?(jours?|j))?( le (?P<le>\d{1,2}))?")


class MethodeEcheance(StrEnum):
    """How the end of the month comes in."""

    JOURS = "jours"
    FIN_DE_MOIS_APRES = "fin_de_mois_apres"
    FIN_DE_MOIS_AVANT = "fin_de_mois_avant"


@dataclass(frozen=True, slots=True)
class ConditionsPaiement:
    """A term of sale: `jours` from the start, with or without the end of the month, on a day of the next month or not.

    Raises ErreurSaisie (`conditions_invalides`) outside 0 to 366 days, 1 to 31 for the day of the month.
    """

    jours: int
    methode: MethodeEcheance = MethodeEcheance.JOURS
    jour_du_mois: int | None = None

    def __post_init__(self) -> None:
        jour_valide = self.jour_du_mois is None or (
            1 <= self.jour_du_mois <= _JOUR_DU_MOIS_MAX and self.methode is not MethodeEcheance.JOURS
        )
        if not 0 <= self.jours <= JOURS_MAX or not jour_valide:
            raise ErreurSaisie(
                "conditions_invalides",
                f"Une condition de paiement va de 0 à {JOURS_MAX} jours, et le jour du mois de 1 à 31, après une fin "
                "de mois seulement.",
                "conditions",
            )


def parse_conditions(texte: str, champ: str | None = None) -> ConditionsPaiement:
    """Read a term of sale: `30 jours`, `60 jours date de facture`, `45 jours fin de mois`, `fin de mois 45 jours`,
    `30 jours fin de mois le 10`, `comptant`, `à réception`. Raises ErreurSaisie (`conditions_illisibles`).
    """  # noqa: D205 — the list of readings is the summary
    brut = " ".join(texte.split())
    net = _fold(brut)
    if _COMPTANT.fullmatch(net):
        return ConditionsPaiement(0)
    for motif, methode in (
        (_JOURS, MethodeEcheance.JOURS),
        (_APRES, MethodeEcheance.FIN_DE_MOIS_APRES),
        (_AVANT, MethodeEcheance.FIN_DE_MOIS_AVANT),
    ):
        trouve = motif.fullmatch(net)
        if trouve:
            le = trouve.groupdict().get("le")
            return ConditionsPaiement(int(trouve["jours"] or 0), methode, int(le) if le else None)
    raise ErreurSaisie(
        "conditions_illisibles",
        f"La condition de paiement « {brut[:60]} » n'est pas comprise : écrivez par exemple « 30 jours », « 45 jours "
        "fin de mois », « fin de mois 45 jours », « 30 jours fin de mois le 10 » ou « comptant ».",
        champ,
        valeur=brut[:60],
    )


def format_conditions(conditions: ConditionsPaiement) -> str:
    """Write a term of sale so that `parse_conditions` reads it back equal."""
    jours = f"{conditions.jours} jour{'s' if conditions.jours > 1 else ''}"
    le = f" le {conditions.jour_du_mois}" if conditions.jour_du_mois else ""
    if conditions.methode is MethodeEcheance.FIN_DE_MOIS_APRES:
        return f"{jours} fin de mois{le}"
    if conditions.methode is MethodeEcheance.FIN_DE_MOIS_AVANT:
        return f"fin de mois {jours}{le}" if conditions.jours else f"fin de mois{le}"
    return jours if conditions.jours else "comptant"


def compute_echeance(depart: date, conditions: ConditionsPaiement) -> date:
    """Due date of an invoice issued on `depart`.

    `le N` then moves to the next day N of a month (its last day when it has no such day): after the end of the month
    reached, or, when days follow the end of the month, on or after the day reached.
    """
    ecart = timedelta(days=conditions.jours)
    if conditions.methode is MethodeEcheance.JOURS:
        return depart + ecart
    if conditions.methode is MethodeEcheance.FIN_DE_MOIS_APRES:
        echeance = compute_fin_mois(depart + ecart)
    else:
        echeance = compute_fin_mois(depart) + ecart
    if conditions.jour_du_mois is None:
        return echeance
    apres_jours = conditions.methode is MethodeEcheance.FIN_DE_MOIS_AVANT and conditions.jours > 0
    return _find_jour_du_mois(echeance if apres_jours else echeance + UN_JOUR, conditions.jour_du_mois)


def _find_jour_du_mois(seuil: date, jour: int) -> date:
    """First day `jour` of a month on or after `seuil`."""
    fin = compute_fin_mois(seuil)
    trouve = fin.replace(day=min(jour, fin.day))
    if trouve >= seuil:
        return trouve
    suivant = compute_fin_mois(fin + UN_JOUR)
    return suivant.replace(day=min(jour, suivant.day))


def _fold(texte: str) -> str:
    """Lower case, no accents, straight apostrophes."""
    decompose = unicodedata.normalize("NFD", texte.casefold().replace("\u2019", "'"))
    return "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))

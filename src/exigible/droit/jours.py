"""Calendar days: read, write, semesters, months. A day is a `date`; legal days are those of Europe/Paris."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from exigible.droit.ecriture import format_jour
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

__all__ = [
    "ANNEE_MAX",
    "ANNEE_MIN",
    "JUILLET",
    "UN_JOUR",
    "add_mois",
    "compute_debut_semestre",
    "compute_fin_mois",
    "compute_fin_semestre",
    "format_jour",
    "parse_jour",
]

UN_JOUR = timedelta(days=1)
JUILLET = 7
ANNEE_MIN, ANNEE_MAX = 1900, 2199
_JOURS_DE_TOUT_MOIS = 28

_ISO = re.compile(r"(?P<annee>\d{4})-(?P<mois>\d{2})-(?P<jour>\d{2})", re.ASCII)
_FRANCAIS = re.compile(r"(?P<jour>\d{1,2})[/.-](?P<mois>\d{1,2})[/.-](?P<annee>\d{4})", re.ASCII)


def parse_jour(texte: str, champ: str | None = None) -> date:
    """Read a day between 1900 and 2199: `2026-11-21` or `21/11/2026`.

    Raises ErreurSaisie (`date_illisible`, `date_inexistante`, `date_hors_limites`).
    """
    brut = texte.strip()
    trouve = _ISO.fullmatch(brut) or _FRANCAIS.fullmatch(brut)
    if trouve is None:
        raise ErreurSaisie(
            "date_illisible",
            phrase("La date « {brut} » n'est pas lisible : écrivez 2026-11-21 ou 21/11/2026.", brut=brut[:40]),
            champ,
            valeur=brut[:40],
        )
    if not ANNEE_MIN <= int(trouve["annee"]) <= ANNEE_MAX:
        raise ErreurSaisie(
            "date_hors_limites",
            phrase(
                "La date « {brut} » est hors limites : l'année doit être comprise entre {minimum} et {maximum}.",
                brut=brut,
                minimum=ANNEE_MIN,
                maximum=ANNEE_MAX,
            ),
            champ,
            valeur=brut,
        )
    try:
        return date(int(trouve["annee"]), int(trouve["mois"]), int(trouve["jour"]))
    except ValueError:
        raise ErreurSaisie(
            "date_inexistante",
            phrase(
                "La date « {brut} » n'existe pas dans le calendrier : corrigez le jour, le mois ou l'année.", brut=brut
            ),
            champ,
            valeur=brut,
        ) from None


def add_mois(jour: date, mois: int) -> date:
    """Move by `mois` months (negative: back), same day of the month, or its last day when it has no such day."""
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, indice = divmod(rang, 12)
    if jour.day <= _JOURS_DE_TOUT_MOIS:
        return date(annee, indice + 1, jour.day)
    return date(annee, indice + 1, min(jour.day, calendar.monthrange(annee, indice + 1)[1]))


def compute_fin_mois(jour: date) -> date:
    """Last day of the month of `jour`."""
    return jour.replace(day=calendar.monthrange(jour.year, jour.month)[1])


def compute_debut_semestre(jour: date) -> date:
    """1 January or 1 July at or before `jour`."""
    return date(jour.year, JUILLET if jour.month >= JUILLET else 1, 1)


def compute_fin_semestre(jour: date) -> date:
    """30 June or 31 December at or after `jour`."""
    return date(jour.year, 12, 31) if jour.month >= JUILLET else date(jour.year, 6, 30)

"""Durations of the law: years, months, days. Read in ISO 8601 (`P1M8D`) or in French (`1 mois et 8 jours`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.nombres import replace_nombres
from exigible.droit.phrase import Phrase, phrase

MOIS_PAR_AN = 12
_JOURS_PAR_SEMAINE = 7
_MOIS_MAX = 1200
_JOURS_MAX = 36525
_LONGUEUR_MAX = 40

_ISO = re.compile(
    r"P(?=\d)((?P<annees>\d{1,5})Y)?((?P<mois>\d{1,5})M)?((?P<semaines>\d{1,5})W)?((?P<jours>\d{1,5})D)?", re.ASCII
)
_FRANCAIS = re.compile(
    r"(?=\d)((?P<annees>\d{1,5}) ?(ans?|ann[ée]es?))?(,? ?(et )?(?P<mois>\d{1,5}) ?mois)?"
    r"(,? ?(et )?(?P<semaines>\d{1,5}) ?semaines?)?(,? ?(et )?(?P<jours>\d{1,5}) ?(jours?|j))?",
    re.ASCII,
)
_UN = re.compile(r"\bune? ")
_HEURES = re.compile(r"P[\dYMWD]*T[\d.,HMS]+|.*\d ?h(eures?)?\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Duree:
    """A duration; weeks are days.

    Raises ErreurSaisie (`duree_invalide`) when empty, negative, or over a hundred years.
    """

    annees: int = 0
    mois: int = 0
    jours: int = 0

    def __post_init__(self) -> None:
        positives = self.annees >= 0 and self.mois >= 0 and self.jours >= 0
        if not positives or not (self.total_mois or self.jours):
            raise ErreurSaisie(
                "duree_invalide", phrase("La durée doit être d'au moins un jour : écrivez par exemple P15D.")
            )
        if self.total_mois > _MOIS_MAX or self.jours > _JOURS_MAX:
            raise ErreurSaisie("duree_invalide", phrase("La durée dépasse cent ans : vérifiez-la."))

    @property
    def total_mois(self) -> int:
        """Years and months, in months."""
        return self.annees * MOIS_PAR_AN + self.mois

    def add(self, mois: int) -> Duree:
        """Make it longer by `mois` months, to be counted at one go (Cass. 2e civ. 25/03/2021, 19-20.636)."""
        return Duree(self.annees, self.mois + mois, self.jours)


def parse_duree(texte: str, champ: str | None = None) -> Duree:
    """Read `P1M`, `P1M8D`, `P5Y`, `P2W`, `1 mois`, `1 mois et 8 jours`, `quinze jours`, `2 ans`.

    Raises ErreurSaisie (`duree_illisible`, `duree_en_heures`, `duree_invalide`).
    """
    brut = " ".join(texte.split())[:_LONGUEUR_MAX]
    trouve = _ISO.fullmatch(brut.upper()) or _FRANCAIS.fullmatch(_UN.sub("1 ", replace_nombres(brut.lower())))
    if trouve is None and _HEURES.fullmatch(brut):
        raise ErreurSaisie(
            "duree_en_heures",
            phrase(
                "La durée « {brut} » compte des heures : les délais se comptent ici en jours, en mois et en années.",
                brut=brut,
            ),
            champ,
            valeur=brut,
        )
    if trouve is None:
        raise ErreurSaisie(
            "duree_illisible",
            phrase(
                "La durée « {brut} » n'est pas lisible : écrivez P15D (15 jours), P1M (1 mois), "
                "P1M8D (1 mois et 8 jours) ou P5Y (5 ans).",
                brut=brut,
            ),
            champ,
            valeur=brut,
        )
    annees, mois, semaines, jours = (int(trouve[nom] or 0) for nom in ("annees", "mois", "semaines", "jours"))
    try:
        return Duree(annees, mois, semaines * _JOURS_PAR_SEMAINE + jours)
    except ErreurSaisie as erreur:
        erreur.champ = champ
        raise


def format_duree(duree: Duree) -> Phrase:
    """Write a duration for people: `1 mois et 8 jours`; `parse_duree` reads it back."""
    parties = (
        (duree.annees, phrase("1\u00a0an"), phrase("{nombre}\u00a0ans", nombre=duree.annees)),
        (duree.mois, phrase("1\u00a0mois"), phrase("{nombre}\u00a0mois", nombre=duree.mois)),
        (duree.jours, phrase("1\u00a0jour"), phrase("{nombre}\u00a0jours", nombre=duree.jours)),
    )
    ecrites = tuple(une if nombre == 1 else plusieurs for nombre, une, plusieurs in parties if nombre)
    return phrase("{duree}", duree=ecrites)

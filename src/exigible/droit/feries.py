"""Legal holidays, as dated data (C. trav. L3133-1, L3134-13, L3422-2), and the days on which no time limit ends.

Easter is computed (Gregorian calendar); everything else is in `feries.toml`, with the first day of each feast.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources

from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase, wrap_texte

_SAMEDI, _DIMANCHE = 5, 6


class Zone(StrEnum):
    """Where the time limit runs: the local days differ."""

    METROPOLE = "metropole"
    ALSACE_MOSELLE = "alsace-moselle"
    GUADELOUPE = "guadeloupe"
    GUYANE = "guyane"
    MARTINIQUE = "martinique"
    MAYOTTE = "mayotte"
    REUNION = "reunion"
    SAINT_BARTHELEMY = "saint-barthelemy"
    SAINT_MARTIN = "saint-martin"


@dataclass(frozen=True, slots=True)
class Ferie:
    """One feast: fixed (`mois`, `jour`) or `paques` days after Easter Sunday; in force from `debut` to `fin`, included.

    `zones` empty: everywhere. `local`: proper to a zone, without a ruling on its effect on CPC 642.
    """

    nom: Phrase
    debut: date
    fin: date | None
    texte: str
    article: str
    source: tuple[str, ...]
    mois: int = 0
    jour: int = 0
    paques: int = 0
    zones: frozenset[Zone] = frozenset()
    local: bool = False
    condition: Phrase = SANS_TEXTE
    note: Phrase = SANS_TEXTE
    a_verifier: bool = False

    def get_jour(self, annee: int) -> date:
        """Its day in a year, in force or not."""
        if self.mois:
            return date(annee, self.mois, self.jour)
        return compute_paques(annee) + timedelta(days=self.paques)

    def is_en_vigueur(self, jour: date, zone: Zone) -> bool:
        """Whether it is a holiday of that zone, on that day of its own."""
        return self.debut <= jour and (self.fin is None or jour <= self.fin) and (not self.zones or zone in self.zones)


def compute_paques(annee: int) -> date:
    """Easter Sunday of a year of the Gregorian calendar (1583 and after), by the anonymous algorithm of 1876."""
    siecle, rang = divmod(annee, 100)
    cycle = annee % 19
    bissextiles, reste_siecle = divmod(siecle, 4)
    proemptose = (siecle - (siecle + 8) // 25 + 1) // 3
    epacte = (19 * cycle + siecle - bissextiles - proemptose + 15) % 30
    quarts, reste = divmod(rang, 4)
    lettre = (32 + 2 * reste_siecle + 2 * quarts - epacte - reste) % 7
    ecart = (cycle + 11 * epacte + 22 * lettre) // 451
    mois, jour = divmod(epacte + lettre - 7 * ecart + 114, 31)
    return date(annee, mois, jour + 1)


@cache
def load_feries() -> tuple[Ferie, ...]:
    """Read the feasts of `feries.toml`, once."""
    texte = resources.files("exigible.droit").joinpath("feries.toml").read_text(encoding="utf-8")
    donnees = tomllib.loads(texte)
    sources: dict[str, str] = donnees["sources"]
    return tuple(
        Ferie(
            nom=wrap_texte(entree["nom"]),
            debut=entree["debut"],
            fin=entree.get("fin"),
            texte=entree["texte"],
            article=entree["article"],
            source=tuple(sources[cle] for cle in entree["source"]),
            mois=entree.get("mois", 0),
            jour=entree.get("jour", 0),
            paques=entree.get("paques", 0),
            zones=frozenset(Zone(zone) for zone in entree.get("zones", ())),
            local=entree.get("local", False),
            condition=wrap_texte(entree.get("condition", "")),
            note=wrap_texte(entree.get("note", "")),
            a_verifier=entree.get("a_verifier", False),
        )
        for entree in donnees["ferie"]
    )


@cache
def list_feries(annee: int, zone: Zone = Zone.METROPOLE) -> dict[date, Ferie]:
    """Holidays of a year in a zone, in order.

    Two feasts on one day (1 May 2008 was Ascension too): the first in the order of the law.
    """
    jours = ((ferie.get_jour(annee), ferie) for ferie in reversed(load_feries()))
    trouves = {jour: ferie for jour, ferie in jours if ferie.is_en_vigueur(jour, zone)}
    return dict(sorted(trouves.items()))


def find_ferie(jour: date, zone: Zone = Zone.METROPOLE) -> Ferie | None:
    """Return the feast of a day, or None."""
    return list_feries(jour.year, zone).get(jour)


def find_motif(jour: date, zone: Zone = Zone.METROPOLE) -> Phrase | None:
    """Say why no time limit ends on that day (CPC 642): « samedi », « dimanche », the feast; None on a working day.

    A day off that is not in the law (« chômé » by a decision or by usage) is not known here.
    """
    if jour.weekday() == _SAMEDI:
        return phrase("samedi")
    if jour.weekday() == _DIMANCHE:
        return phrase("dimanche")
    ferie = find_ferie(jour, zone)
    return ferie.nom if ferie else None

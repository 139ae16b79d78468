"""The deadlines of a dossier: what, until when, how it was counted, what is lost, and when to be warned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from exigible.dossier.procedures.graphe import Acteur
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import Phrase

JOURS_D_ALERTE = 15
"""Our own habit, not the law: how long before a deadline of ours a person is warned."""


class NatureEcheance(StrEnum):
    """What a deadline is about."""

    PROCEDURE = "procedure"
    PLAN = "plan"
    PROMESSE = "promesse"
    PRESCRIPTION = "prescription"


class Portee(StrEnum):
    """Whose time it is: ours, lost if nothing is done; the other's, that we wait for; or the day from which to act."""

    A_FAIRE = "a_faire"
    ADVERSE = "adverse"
    OUVERTURE = "ouverture"


_PORTEES = {portee: rang for rang, portee in enumerate(Portee)}


class Echeance(msgspec.Struct, frozen=True):
    """One deadline. `le`: the last day, included; for an `OUVERTURE`, the first day on which one may act.

    `sujet`: the key of the procedure, plan, promise or claim. `alerte_le`: from when to warn. `explication`: how it was
    counted. `perte`: what is lost if it is missed, empty when nothing is. `evenements`: the steps that are
    taken in this time, or that save from its end.
    """

    nature: NatureEcheance
    portee: Portee
    sujet: str
    le: date
    quoi: Phrase
    alerte_le: date
    depart: date
    perte: Phrase
    explication: Phrase
    articles: tuple[str, ...]
    acteur: Acteur
    ouvre_le: date | None = None
    avertissements: tuple[Avertissement, ...] = ()
    evenements: tuple[str, ...] = ()


def find_alerte(depart: date, le: date, acteur: Acteur) -> date:
    """Return the day from which to warn: half of the time when an officer must act, else two weeks before."""
    moitie = depart + (le - depart) / 2 if le > depart else le
    if acteur is Acteur.COMMISSAIRE:
        return moitie
    return max(le - timedelta(days=JOURS_D_ALERTE), min(moitie, le))


def sort_echeances(echeances: Iterable[Echeance]) -> tuple[Echeance, ...]:
    """Put deadlines in order: the nearest first, ours before the other's."""
    return tuple(sorted(echeances, key=lambda e: (e.le, _PORTEES[e.portee], e.sujet)))

"""The only place where the clock is read. The law never reads it: it is given days."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from exigible.droit.erreurs import ErreurSaisie

PARIS = ZoneInfo("Europe/Paris")
VARIABLE = "EXIGIBLE_AUJOURD_HUI"
_MIDI = time(12)

_fixe: list[datetime] = []


def now() -> datetime:
    """Give the instant, in UTC. With `EXIGIBLE_AUJOURD_HUI`, the present time of day carried to that day (Paris)."""
    if _fixe:
        return _fixe[-1]
    reel = datetime.now(UTC)
    jour = _read_jour_impose()
    if jour is None:
        return reel
    return datetime.combine(jour, reel.astimezone(PARIS).time(), PARIS).astimezone(UTC)


def today() -> date:
    """Give the legal day: Europe/Paris."""
    return now().astimezone(PARIS).date()


@contextmanager
def fix_horloge(instant: date | datetime) -> Iterator[None]:
    """Stop the clock, for the whole process: a day means noon in Paris. For tests and for the demonstration."""
    if not isinstance(instant, datetime):
        instant = datetime.combine(instant, _MIDI, PARIS)
    _fixe.append(instant.astimezone(UTC))
    try:
        yield
    finally:
        _fixe.pop()


def _read_jour_impose() -> date | None:
    texte = os.environ.get(VARIABLE, "")
    if not texte:
        return None
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise ErreurSaisie(
            "date_illisible", f"{VARIABLE} vaut « {texte} » : écrivez une date comme 2027-01-15.", VARIABLE
        ) from None

"""The only clock of the commands of the law: they need no setting, and take their day from their options."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def get_aujourd_hui() -> date:
    """Say which day it is in France."""
    return datetime.now(ZoneInfo("Europe/Paris")).date()

"""Banking days of the euro: those on which TARGET is open, the only ones on which a SEPA debit or transfer settles.

Closed: Saturdays, Sundays, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December (decision of the Governing
Council of the ECB of 14/12/2000, applied since 2002).
"""

from __future__ import annotations

from datetime import date, timedelta

from exigible.droit.feries import compute_paques
from exigible.droit.jours import UN_JOUR

_SAMEDI = 5
_FIXES = frozenset({(1, 1), (5, 1), (12, 25), (12, 26)})


def is_jour_bancaire(jour: date) -> bool:
    """Whether TARGET is open on the day."""
    if jour.weekday() >= _SAMEDI or (jour.month, jour.day) in _FIXES:
        return False
    paques = compute_paques(jour.year)
    return jour not in {paques - timedelta(days=2), paques + UN_JOUR}


def find_jour_bancaire(jour: date) -> date:
    """The day itself when TARGET is open, else the next on which it is."""
    while not is_jour_bancaire(jour):
        jour += UN_JOUR
    return jour


def add_jours_bancaires(jour: date, nombre: int) -> date:
    """The `nombre`-th banking day after `jour`."""
    for _ in range(nombre):
        jour = find_jour_bancaire(jour + UN_JOUR)
    return jour

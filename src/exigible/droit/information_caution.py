"""When a surety who is a natural person was not told what it must be told: the days forfeited (C. civ. 2302, 2303).

Each year, before 31 March, the professional creditor says what remains due; and, once a payment is a month late,
he says it. Not said, interest and penalties are forfeited from the information before to the next one, or from the
unpaid day to the information. In force since 1 January 2022, for older sureties too (ord. 2021-1192, art. 37 III): the
earlier texts are not computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from exigible.droit.caution import DefautInformation
from exigible.droit.jours import UN_JOUR, add_mois

_PREMIERE_ANNEE = 2022
_DERNIER_JOUR = (3, 30)


def compute_defauts(
    engagee_le: date, informations: Sequence[date], incident: date | None, au: date
) -> tuple[DefautInformation, ...]:
    """Return the days forfeited by `au`, in order, none twice.

    `engagee_le`: the day of the surety; `informations`: each day on which it was told; `incident`: the first due date
    left unpaid for a month, if any. The day of the information is forfeited too: the careful reading.
    """
    dites = sorted(jour for jour in informations if jour <= au)
    defauts = [*_list_annuels(engagee_le, dites, au)]
    if incident is not None and (tardif := _find_incident(incident, dites, au)):
        defauts.append(tardif)
    return tuple(_merge(sorted(defauts, key=lambda d: d.du)))


def _list_annuels(engagee_le: date, dites: Sequence[date], au: date) -> Iterator[DefautInformation]:
    for annee in range(max(engagee_le.year + 1, _PREMIERE_ANNEE), au.year + 1):
        limite = date(annee, *_DERNIER_JOUR)
        if limite >= au or any(date(annee, 1, 1) <= jour <= limite for jour in dites):
            continue
        precedente = max((jour for jour in dites if jour <= limite), default=engagee_le)
        suivante = min((jour for jour in dites if jour > limite), default=None)
        yield DefautInformation(precedente + UN_JOUR, suivante)


def _find_incident(incident: date, dites: Sequence[date], au: date) -> DefautInformation | None:
    limite = add_mois(incident, 1)
    if limite >= au or any(incident < jour <= limite for jour in dites):
        return None
    return DefautInformation(incident + UN_JOUR, min((jour for jour in dites if jour > limite), default=None))


def _merge(defauts: Sequence[DefautInformation]) -> Iterator[DefautInformation]:
    """Join the periods that meet."""
    courant: DefautInformation | None = None
    for defaut in defauts:
        if courant is None:
            courant = defaut
        elif courant.au is None or defaut.du <= courant.au + UN_JOUR:
            fin = None if courant.au is None or defaut.au is None else max(courant.au, defaut.au)
            courant = DefautInformation(courant.du, fin)
        else:
            yield courant
            courant = defaut
    if courant is not None:
        yield courant

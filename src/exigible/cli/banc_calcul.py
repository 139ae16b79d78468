"""The measure of the case engine: dossiers read and folded on every core, the advice apart, one very long dossier.

Each process makes its own dossiers, a batch at a time. Only what follows is timed: the facts read from their JSON, then
the fold (state, statement, deadlines). The times of the processor hardly depend on what else the machine does; the
seconds of the clock do.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from multiprocessing import get_context
from typing import Any

from exigible.cli.banc_dossiers import AU, FAITS, list_creancier, list_dossier
from exigible.dossier.conseil.avis import advise
from exigible.dossier.conseil.examen import examine_dossier
from exigible.dossier.etat import EtatDossier
from exigible.dossier.journal import Inscription, Maillon, list_effectives, read_inscription
from exigible.dossier.plier import fold_dossier, prepare_creancier
from exigible.dossier.suspensions import Faits

_LOT = 200
_DOSSIERS_PAR_CREANCIER = 100
_UN_CONSEIL_SUR = 20
_FAITS_DU_LONG = 5_000
_ESSAIS = 3


@dataclass(slots=True)
class Temps:
    """What a share took, in nanoseconds: of the processor, but for `horloge`, which counts reading and folding."""

    lecture: int = 0
    pli: int = 0
    conseil: int = 0
    horloge: int = 0
    conseils: int = 0


def measure_calcul(dossiers: int, processus: int | None = None) -> dict[str, Any]:
    """Measure on so many dossiers, by so many processes (every core this program may use when not said)."""
    nombre = processus or os.cpu_count() or 1
    bornes = [dossiers * rang // nombre for rang in range(nombre + 1)]
    with ProcessPoolExecutor(nombre, mp_context=get_context("spawn")) as executeur:
        parts = list(executeur.map(measure_part, bornes[:-1], bornes[1:]))
    horloge = max(part.horloge for part in parts)
    conseils = sum(part.conseils for part in parts)
    return {
        "dossiers": dossiers,
        "faits_par_dossier": FAITS,
        "processus": nombre,
        "secondes": _write(horloge, 9, 2),
        "dossiers_par_seconde": dossiers * 10**9 // max(horloge, 1),
        "lecture_ms_par_dossier": _write(sum(part.lecture for part in parts) // dossiers),
        "calcul_ms_par_dossier": _write(sum(part.pli for part in parts) // dossiers),
        "conseil_ms_par_dossier": _write(sum(part.conseil for part in parts) // max(conseils, 1)),
        "conseils": conseils,
        "faits_du_long_dossier": _FAITS_DU_LONG,
        "long_dossier_ms": _write(_measure_long(), chiffres=1),
    }


def measure_part(debut: int, fin: int) -> Temps:
    """Read and fold the dossiers of these ranks, the last excluded, and advise on one in twenty."""
    gc.collect()
    gc.freeze()  # what was loaded stays for good: the collector need not walk through it again and again
    temps = Temps()
    for lot in range(debut, fin, _LOT):
        ranges = [(rang, list_dossier(rang)) for rang in range(lot, min(lot + _LOT, fin))]
        rangs = [rang // _DOSSIERS_PAR_CREANCIER for rang, _ in ranges]
        journaux = {rang: _read_creancier(rang) for rang in rangs}
        depart, horloge = time.process_time_ns(), time.perf_counter_ns()
        lus = [_read(maillons) for _, maillons in ranges]
        lecture = time.process_time_ns()
        creanciers = {rang: prepare_creancier(journal, AU) for rang, journal in journaux.items()}
        for inscriptions, creancier in zip(lus, rangs, strict=True):
            fold_dossier(inscriptions, creanciers[creancier], AU)
        temps.pli += time.process_time_ns() - lecture
        temps.lecture += lecture - depart
        temps.horloge += time.perf_counter_ns() - horloge
        for (rang, _), inscriptions, creancier in zip(ranges, lus, rangs, strict=True):
            if rang % _UN_CONSEIL_SUR == rang // _UN_CONSEIL_SUR % _UN_CONSEIL_SUR:  # of every sort in turn
                etat = fold_dossier(inscriptions, creanciers[creancier], AU)
                temps.conseil += _measure_conseil(inscriptions, etat, AU)
                temps.conseils += 1
    return temps


def _measure_conseil(inscriptions: Sequence[Inscription], etat: EtatDossier, au: date) -> int:
    depart = time.process_time_ns()
    advise(examine_dossier(etat, Faits(list_effectives(inscriptions, au))))
    return time.process_time_ns() - depart


def _measure_long() -> int:
    """Fold one dossier of thousands of facts: the longest of two, whether what is owed is claimed or announced."""
    inscriptions = _read(list_dossier(0, _FAITS_DU_LONG))
    creanciers = (_read_creancier(0), _read_creancier(1))
    return max(_find_meilleur(partial(fold_dossier, inscriptions, creancier, AU)) for creancier in creanciers)


def _find_meilleur(faire: Callable[[], object]) -> int:
    temps = []
    for _ in range(_ESSAIS):
        depart = time.process_time_ns()
        faire()
        temps.append(time.process_time_ns() - depart)
    return min(temps)


@lru_cache(maxsize=16)
def _read_creancier(rang: int) -> list[Inscription]:
    return _read(list_creancier(rang))


def _read(maillons: Sequence[Maillon]) -> list[Inscription]:
    return [read_inscription(maillon) for maillon in maillons]


def _write(nanosecondes: int, puissance: int = 6, chiffres: int = 3) -> str:
    return f"{Decimal(nanosecondes).scaleb(-puissance):.{chiffres}f}"

"""The measure of a ledger in the office: from the file dropped to the aged balance, and the memory it took."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from exigible.cli.banc_fec import write_fec

T = TypeVar("T")
_KIO_PAR_MIO = 1024


def measure_fec_au_bureau(dossier: Path, lignes: int, au: date) -> dict[str, Any]:
    """Measure, in a base already open: preview, writing, ageing. Seconds of the clock and of the processor, as text.

    `memoire_mio` is the peak of the whole process until then, in whole MiB.
    """
    from exigible.bureau.comptes.services import create_cabinet
    from exigible.bureau.horloge import fix_horloge
    from exigible.bureau.imports.lecture import keep_lecture
    from exigible.bureau.imports.services import apply_import, prepare_import
    from exigible.bureau.pages.vues.portefeuille import sum_tranches
    from exigible.bureau.tiers.models import Creance, Dossier
    from exigible.bureau.tiers.services import create_creancier
    from exigible.dossier.faits_creancier import CreancierDecrit

    fichier = dossier / "000000000FEC20261231.txt"
    ecrites = write_fec(fichier, lignes)
    cabinet = create_cabinet("Banc du grand livre")
    creancier = create_creancier(cabinet, CreancierDecrit(nom="Atelier Exemple"), "banc", date(2025, 1, 31))
    dossiers = Dossier.objects.filter(cabinet=cabinet)
    temps: dict[str, str] = {}
    debut, processeur = time.perf_counter_ns(), time.process_time_ns()
    with fix_horloge(au), keep_lecture():
        importation = _time(temps, "apercu", lambda: prepare_import(creancier, fichier.name, fichier, "banc"))
        _time(temps, "application", lambda: apply_import(importation, "banc"))
        tranches = _time(temps, "balance", lambda: sum_tranches(dossiers, au))
    total, total_processeur = time.perf_counter_ns() - debut, time.process_time_ns() - processeur
    if not sum(tranches):
        raise RuntimeError("le banc attendait une balance âgée")
    return {
        "lignes": ecrites,
        "dossiers": dossiers.count(),
        "creances": Creance.objects.filter(cabinet=cabinet).count(),
        **temps,
        "total_secondes": _write_secondes(total),
        "total_processeur_secondes": _write_secondes(total_processeur),
        "memoire_mio": _read_memoire(),
    }


def _time(temps: dict[str, str], nom: str, faire: Callable[[], T]) -> T:
    debut = time.perf_counter_ns()
    resultat = faire()
    temps[f"{nom}_secondes"] = _write_secondes(time.perf_counter_ns() - debut)
    return resultat


def _write_secondes(nanosecondes: int) -> str:
    return f"{Decimal(nanosecondes).scaleb(-9):.2f}"


def _read_memoire() -> int:
    pic = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KiB, but bytes on macOS
    return pic // (_KIO_PAR_MIO**2 if sys.platform == "darwin" else _KIO_PAR_MIO)

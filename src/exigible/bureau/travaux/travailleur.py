"""The worker: a process beside the web server that takes what is due. Nothing is lost with it, nor with its alarm."""

from __future__ import annotations

import logging
import signal
import threading
from typing import IO

from django.db import DatabaseError, close_old_connections

from exigible.bureau.travaux.services import Arret, release_morts, sweep

_journal = logging.getLogger(__name__)

INTERVALLE = 1.0
"""Seconds between two looks at what is due: one indexed query each."""


def run_travailleur(arret: threading.Event) -> None:
    """Take what is due until asked to stop; a database that does not answer is asked again later."""
    release_morts()
    while not arret.is_set():
        try:
            sweep(arret.is_set)
        except Arret:
            return
        except DatabaseError:
            _journal.warning("la base ne répond pas : nouvel essai dans un instant", exc_info=True)
        close_old_connections()
        arret.wait(INTERVALLE)


def stop_on_signal(arret: threading.Event) -> None:
    """Stop between two transactions when the system asks (Ctrl+C, end of the service)."""
    for un in (signal.SIGINT, signal.SIGTERM):
        signal.signal(un, lambda *_: arret.set())


def stop_on_eof(entree: IO[bytes], arret: threading.Event) -> None:
    """Stop when whoever started us is no more, even killed: our standard input, which it held open, ends."""

    def wait_fin() -> None:
        while entree.read(1):
            pass
        arret.set()

    threading.Thread(target=wait_fin, daemon=True, name="fin-du-serveur").start()

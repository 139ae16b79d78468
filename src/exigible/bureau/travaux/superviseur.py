"""A worker kept going beside the web server, in a process of its own: what it computes slows no page."""

from __future__ import annotations

import subprocess
import sys
import threading

_RELANCE_SECONDES = 2.0


def start_superviseur() -> None:
    """Keep a worker going, started again when it dies; it ends with this process, which holds its standard input."""
    threading.Thread(target=_supervise, daemon=True, name="travaux").start()


def _supervise() -> None:
    commande = [sys.executable, "-m", "exigible", "travaux", "--avec-le-serveur"]
    attente = threading.Event()
    while True:
        with subprocess.Popen(commande, stdin=subprocess.PIPE) as enfant:  # noqa: S603 - this very program
            enfant.wait()
        attente.wait(_RELANCE_SECONDES)

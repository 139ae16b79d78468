"""The web server, inside this process: gunicorn, one worker, a few threads."""

from __future__ import annotations

import errno
import socket
from typing import Any

from django.db import connections
from gunicorn.app.base import BaseApplication

from exigible.droit.erreurs import ErreurSaisie

ESSAIS = 50
FILS = 4


class _Serveur(BaseApplication):
    """Gunicorn with its settings given here, not on a command line."""

    def __init__(self, reglages: dict[str, Any]) -> None:
        self._reglages = reglages
        super().__init__()

    def load_config(self) -> None:
        """Take the settings."""
        for nom, valeur in self._reglages.items():
            self.cfg.set(nom, valeur)

    def load(self) -> Any:
        """Give the application."""
        from exigible.bureau.wsgi import application  # noqa: PLC0415 - Django is set up by now

        return application


def serve_bureau(hote: str, port: int) -> None:
    """Serve until interrupted."""
    reglages = {
        "bind": f"[{hote}]:{port}" if ":" in hote else f"{hote}:{port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": FILS,
        "timeout": 600,  # a large file is read within a request
        "graceful_timeout": 5,
        "loglevel": "warning",
        "proc_name": "exigible",
    }
    connections.close_all()  # gunicorn forks: a connection must never be shared between processes
    _Serveur(reglages).run()


def find_port(hote: str, premier: int) -> int:
    """Find the first free port from `premier` on. Raises ErreurSaisie when none is, or the address is not ours."""
    for port in range(premier, premier + ESSAIS):
        try:
            with socket.create_server((hote, port), family=socket.AF_INET6 if ":" in hote else socket.AF_INET):
                return port
        except OSError as erreur:
            if erreur.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise ErreurSaisie(
                    "hote_invalide", f"L'adresse « {hote} » n'est pas celle de cette machine.", "--hote"
                ) from None
    raise ErreurSaisie("port_occupe", f"Aucun port libre entre {premier} et {premier + ESSAIS}.", "--port")

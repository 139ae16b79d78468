"""The web server, inside this process: gunicorn, one worker, a few threads; beside it, what does the work to do."""

from __future__ import annotations

import errno
import socket
from typing import Any

from django.db import connections
from gunicorn.app.base import BaseApplication

from exigible.bureau.travaux.superviseur import start_superviseur
from exigible.droit.erreurs import ErreurSaisie

ESSAIS = 50
PORT_MAX = 65535
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


def serve_bureau(ecoute: socket.socket) -> None:
    """Serve until interrupted, on a port already open (gunicorn would complain of a taken one in English)."""
    reglages = {
        "bind": f"fd://{ecoute.detach()}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": FILS,
        "timeout": 600,  # a large file is read within a request
        "graceful_timeout": 5,
        "loglevel": "warning",
        "proc_name": "exigible",
        "post_worker_init": lambda _travailleur: start_superviseur(),
    }
    connections.close_all()  # gunicorn forks: a connection must never be shared between processes
    _Serveur(reglages).run()


def open_port(hote: str, port: int) -> socket.socket:
    """Listen on a port. Raises ErreurSaisie (`port_occupe`, `port_reserve`, `hote_invalide`)."""
    try:
        return socket.create_server(
            (hote, port),
            family=socket.AF_INET6 if ":" in hote else socket.AF_INET,
            dualstack_ipv6=hote == "::" and socket.has_dualstack_ipv6(),
        )
    except OSError as erreur:
        if erreur.errno == errno.EADDRINUSE:
            raise ErreurSaisie(
                "port_occupe",
                f"Le port {port} est déjà pris, par un autre programme ou par un bureau déjà ouvert : fermez celui-ci, "
                f"ou choisissez un autre port (--port {port % PORT_MAX + 1}).",
                "--port",
            ) from None
        if erreur.errno == errno.EACCES:
            raise ErreurSaisie(
                "port_reserve",
                f"Le port {port} est réservé par cette machine : choisissez-en un autre (--port 8000).",
                "--port",
            ) from None
        raise ErreurSaisie(
            "hote_invalide", f"L'adresse « {hote} » n'est pas celle de cette machine.", "--hote"
        ) from None


def open_premier_port(hote: str, premier: int) -> socket.socket:
    """Listen on the first free port from `premier` on. Raises ErreurSaisie when none is, or the address is not ours."""
    for port in range(premier, min(premier + ESSAIS, PORT_MAX + 1)):
        try:
            return open_port(hote, port)
        except ErreurSaisie as erreur:
            if erreur.code == "hote_invalide":
                raise
    raise ErreurSaisie("port_occupe", f"Aucun port libre entre {premier} et {premier + ESSAIS - 1}.", "--port")

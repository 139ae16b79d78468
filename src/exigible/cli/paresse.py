"""Groups of commands that import only the command that is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

from exigible.cli.sortie import Groupe


class GroupeParesseux(Groupe):
    """A group that knows its commands by name (name → module:attribute, help line) and imports the one called."""

    def __init__(self, *args: Any, commandes: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 — click's signature
        super().__init__(*args, **kwargs)
        self._commandes = commandes

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's signature
        """List the commands whose module is installed."""
        return [nom for nom, (cible, _) in self._commandes.items() if _is_presente(cible)]

    def list_aides(self, ctx: click.Context) -> list[tuple[str, str]]:
        """List the commands with one line each, importing none of them."""
        return [(nom, self._commandes[nom][1]) for nom in self.list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 — click's signature
        """Import the command, or None when there is no such command here."""
        cible, _ = self._commandes.get(cmd_name, ("", ""))
        if not cible or not _is_presente(cible):
            return None
        module, _, attribut = cible.partition(":")
        trouvee = getattr(import_module(module), attribut)
        if not isinstance(trouvee, click.Command):
            raise TypeError(f"{cible} n'est pas une commande")
        return trouvee


def _is_presente(cible: str) -> bool:
    return find_spec(cible.partition(":")[0]) is not None

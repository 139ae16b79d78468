"""The command line. Each command lives in its own module and is imported only when called."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import click

from exigible.cli.sortie import Groupe

# name → (module:attribute, help line); the order is that of the help.
COMMANDES: dict[str, tuple[str, str]] = {
    "demo": ("exigible.cli.bureau:demo", "Charger un portefeuille de démonstration et ouvrir le bureau."),
    "serve": ("exigible.cli.bureau:serve", "Ouvrir le bureau dans le navigateur."),
    "importer": ("exigible.cli.bureau:importer", "Importer des fichiers : comptabilité, factures, relevés."),
    "journee": ("exigible.cli.bureau:journee", "Faire le travail du jour, ou dire ce qui partirait."),
    "calcul": ("exigible.cli.calcul:calcul", "Calculer : intérêts, taux… sans base ni configuration."),
    "decompte": ("exigible.cli.decompte:decompte", "Établir le décompte d'un dossier décrit dans un fichier."),
    "lire": ("exigible.cli.lire:lire", "Reconnaître et lire des fichiers, sans rien enregistrer."),
    "schema": ("exigible.cli.schema:schema", "Publier les schémas JSON des fichiers du programme."),
    "journal": ("exigible.cli.journal:journal", "Exporter le journal d'un dossier."),
    "verifier": ("exigible.cli.bureau:verifier", "Vérifier la chaîne du journal et les projections."),
    "reconstruire": ("exigible.cli.bureau:reconstruire", "Reconstruire les projections depuis le journal."),
    "migrer": ("exigible.cli.bureau:migrer", "Mettre la base à jour."),
    "gerer": ("exigible.cli.bureau:gerer", "Lancer une commande d'administration de la base."),
    "banc": ("exigible.cli.bureau:banc", "Mesurer les performances, en JSON."),
}


class GroupeParesseux(Groupe):
    """A group that knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's signature
        """List the commands whose module is installed."""
        return [nom for nom, (cible, _) in COMMANDES.items() if _is_presente(cible)]

    def list_aides(self, ctx: click.Context) -> list[tuple[str, str]]:
        """List the commands with one line each, importing none of them."""
        return [(nom, COMMANDES[nom][1]) for nom in self.list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 — click's signature
        """Import the command, or None when there is no such command here."""
        cible, _ = COMMANDES.get(cmd_name, ("", ""))
        if not cible or not _is_presente(cible):
            return None
        module, _, attribut = cible.partition(":")
        trouvee = getattr(import_module(module), attribut)
        if not isinstance(trouvee, click.Command):
            raise TypeError(f"{cible} n'est pas une commande")
        return trouvee


def _is_presente(cible: str) -> bool:
    return find_spec(cible.partition(":")[0]) is not None


@click.group(name="exigible", cls=GroupeParesseux, no_args_is_help=True)
@click.version_option(package_name="exigible", prog_name="exigible", message="%(prog)s %(version)s", help="La version.")
def main() -> None:
    """De la facture impayée à l'argent encaissé : le recouvrement français, au centime, article par article."""

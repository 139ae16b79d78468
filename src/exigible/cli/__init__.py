"""The command line. Each command lives in its own module and is imported only when called."""

from __future__ import annotations

import gc

import click

from exigible.cli.paresse import GroupeParesseux

# name → (module:attribute, help line); the order is that of the help.
COMMANDES: dict[str, tuple[str, str]] = {
    "demo": ("exigible.cli.bureau:demo", "Charger un portefeuille de démonstration et ouvrir le bureau."),
    "serve": ("exigible.cli.bureau:serve", "Ouvrir le bureau dans le navigateur."),
    "importer": ("exigible.cli.importer:importer", "Importer des fichiers : comptabilité, factures, relevés."),
    "journee": ("exigible.cli.bureau:journee", "Faire le travail du jour, ou dire ce qui partirait."),
    "agenda": ("exigible.cli.agenda:agenda", "Lister les échéances, ou les écrire dans un calendrier."),
    "calcul": ("exigible.cli.calcul:calcul", "Calculer : intérêts, délais, prescription… sans base ni configuration."),
    "baremes": ("exigible.cli.baremes:baremes", "Barèmes du droit : versions, sources, ce qui expire, ajouts."),
    "decompte": ("exigible.cli.decompte:decompte", "Établir le décompte d'un dossier décrit dans un fichier."),
    "acte": ("exigible.cli.acte:acte", "Écrire un document : relance, mise en demeure, requête, déclaration…"),
    "liasse": ("exigible.cli.liasse:liasse", "Réunir un dossier de preuve : requête, pièces, décompte, journal."),
    "lot": ("exigible.cli.lot:lot", "Écrire le même document pour plusieurs dossiers, à imprimer d'un coup."),
    "plan": ("exigible.cli.plan:plan", "Simuler un plan de paiement avant de le signer."),
    "procedure": ("exigible.cli.procedure:procedure", "Montrer ou dessiner les procédures : étapes, délais, articles."),
    "lire": ("exigible.cli.lire:lire", "Reconnaître et lire des fichiers, sans rien enregistrer."),
    "schema": ("exigible.cli.schema:schema", "Publier les schémas JSON des fichiers du programme."),
    "exporter": ("exigible.cli.exporter:exporter", "Écrire listes, écritures, prélèvements et virements."),
    "journal": ("exigible.cli.journal:journal", "Exporter, importer, sceller ou effacer le journal."),
    "verifier": ("exigible.cli.verifier:verifier", "Vérifier le journal, ses sceaux, les projections."),
    "reconstruire": ("exigible.cli.bureau:reconstruire", "Reconstruire les projections depuis le journal."),
    "travaux": ("exigible.cli.travaux:travaux", "Faire les travaux en attente (imports) ; « serve » s'en charge seul."),
    "migrer": ("exigible.cli.bureau:migrer", "Mettre la base à jour."),
    "gerer": ("exigible.cli.bureau:gerer", "Lancer une commande d'administration de la base."),
    "completion": ("exigible.cli.completion:completion", "Compléter les commandes dans bash, zsh ou fish."),
    "banc": ("exigible.cli.bureau:banc", "Mesurer les performances, en JSON."),
}


_OBJETS_ENTRE_DEUX_RAMASSAGES = 20_000


@click.group(name="exigible", cls=GroupeParesseux, commandes=COMMANDES, no_args_is_help=True)
@click.version_option(package_name="exigible", prog_name="exigible", message="%(prog)s %(version)s", help="La version.")
def main() -> None:
    """De la facture impayée à l'argent encaissé : le recouvrement français, au centime, article par article."""
    # Files are read into objects by the hundred thousand, which stay: looking for garbage every 700 of them, as Python
    # does, costs a tenth of the time and finds nothing.
    gc.set_threshold(_OBJETS_ENTRE_DEUX_RAMASSAGES, 25, 25)

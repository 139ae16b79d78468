"""`exigible travaux`: the worker. `serve` starts one beside it; others may run, on this machine or elsewhere."""

from __future__ import annotations

import sys
import threading

import click

from exigible.cli.base import migrate, start_django
from exigible.cli.sortie import Option, commande, emit


@commande(
    "travaux",
    aide="Faire les travaux en attente (imports), jusqu'à Ctrl+C ; « exigible serve » s'en charge déjà.",
    exemple="exigible travaux --une-fois",
)
@click.option("--une-fois", is_flag=True, cls=Option, help="Faire ce qui attend, puis s'arrêter.")
@click.option("--avec-le-serveur", is_flag=True, hidden=True, help="Lancé par le serveur : finir avec lui.")
def travaux(*, une_fois: bool, avec_le_serveur: bool, en_json: bool) -> None:
    """Take work as long as there is some to take."""
    start_django()
    from exigible.bureau.travaux.services import release_morts, sweep
    from exigible.bureau.travaux.travailleur import run_travailleur, stop_on_eof, stop_on_signal

    if une_fois:
        migrate()
        release_morts()
        faits = sweep()
        texte = "Aucun travail en attente." if not faits else f"Travaux faits ou tentés : {faits}."
        emit({"travaux": faits, "articles": [], "avertissements": []}, texte, en_json=en_json)
        return
    arret = threading.Event()
    stop_on_signal(arret)
    if avec_le_serveur:
        stop_on_eof(sys.stdin.buffer, arret)
    else:
        migrate()
        click.echo("Le travailleur attend les travaux (Ctrl+C pour arrêter).", err=True)
    run_travailleur(arret)

"""Commands of the office. Django and what needs it are imported by the command that runs, never before."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

import click

from exigible.cli.base import migrate, start_django
from exigible.cli.sortie import JOUR, Commande, Option, commande, emit, write_aide
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.jours import format_jour

HOTE, PORT = "127.0.0.1", 8000


@commande(
    "demo",
    aide="Charger un portefeuille de démonstration, faire le travail du jour et ouvrir le bureau.",
    exemple="exigible demo --port 8080",
)
@click.option("--preparer", is_flag=True, cls=Option, help="Tout charger, puis s'arrêter sans ouvrir le bureau.")
@click.option("--port", type=click.IntRange(1, 65535), cls=Option, help="Port (8000, ou le premier libre ensuite).")
def demo(*, preparer: bool, port: int | None, en_json: bool) -> None:
    """Load the demonstration once, bring it to today, and serve it."""
    from exigible.bureau.demonstration import IDENTIFIANT, MOT_DE_PASSE

    if preparer:
        _prepare_demo(en_json=en_json)
        emit(
            {"identifiant": IDENTIFIANT, "articles": [], "avertissements": []},
            "La démonstration est prête.",
            en_json=en_json,
        )
        return
    from exigible.bureau.serveur import open_port, open_premier_port, serve_bureau

    ecoute = open_port(HOTE, port) if port else open_premier_port(HOTE, PORT)
    # In a process of its own: the typesetting engine keeps threads, which do not survive the server's fork.
    commande_demo = [sys.executable, "-m", "exigible", "demo", "--preparer"]
    sortie = sys.stderr if en_json else None
    if subprocess.run(commande_demo, stdout=sortie, check=False).returncode:  # noqa: S603 - this very program
        raise ErreurExigible("demonstration_non_chargee", "La démonstration n'a pas pu être chargée (voir ci-dessus).")
    start_django(demonstration=True)
    _say(f"\nLe bureau est ouvert : http://{HOTE}:{ecoute.getsockname()[1]}\n", en_json=en_json)
    _say(f"  Identifiant   {IDENTIFIANT}\n  Mot de passe  {MOT_DE_PASSE}\n", en_json=en_json)
    _say("Entreprise et clients fictifs. Ctrl+C pour arrêter.", en_json=en_json)
    serve_bureau(ecoute)


def _prepare_demo(*, en_json: bool) -> None:
    start_django(demonstration=True)
    from exigible.bureau import horloge
    from exigible.bureau.demonstration.charger import load_demonstration

    _say("Préparation de la base…", en_json=en_json)
    migrate()
    load_demonstration(horloge.today(), lambda phrase: _say(phrase, en_json=en_json))


@commande("serve", aide="Ouvrir le bureau sur vos données.", exemple="exigible serve --port 8080")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, cls=Option, help="Port (8000 par défaut).")
@click.option("--hote", default=HOTE, cls=Option, help="Adresse d'écoute (cette machine seule par défaut).")
def serve(*, port: int, hote: str, en_json: bool) -> None:
    """Migrate, then serve."""
    start_django()
    from exigible.bureau.serveur import open_port, serve_bureau

    ecoute = open_port(hote, port)
    migrate()
    _say(f"Le bureau est ouvert : http://{hote}:{port} (Ctrl+C pour arrêter)", en_json=en_json)
    if hote not in {"127.0.0.1", "localhost", "::1"} and not os.environ.get("EXIGIBLE_HOTES"):
        _say("Depuis une autre machine : donnez le nom de celle-ci par EXIGIBLE_HOTES.", en_json=en_json)
    serve_bureau(ecoute)


@commande("migrer", aide="Mettre la base à jour.", exemple="exigible migrer")
def migrer(*, en_json: bool) -> None:
    """Bring the database up to date."""
    start_django()
    migrate()
    emit({"articles": [], "avertissements": []}, "La base est à jour.", en_json=en_json)


@click.command(
    "gerer",
    cls=Commande,
    help=write_aide(
        "Lancer une commande d'administration de Django.", "exigible gerer changepassword personne@exemple.example"
    ),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def gerer(arguments: Sequence[str]) -> None:
    """Hand the arguments to Django's own administration."""
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["exigible gerer", *arguments])


@commande(
    "journee",
    aide="Faire le travail du jour ; à blanc : dire ce qui partirait, à qui et pourquoi.",
    exemple="exigible journee --a-blanc",
)
@click.option("--date", "jour", type=JOUR, cls=Option, help="Jour (aujourd'hui par défaut).")
@click.option("--a-blanc", is_flag=True, cls=Option, help="Ne rien changer.")
def journee(*, jour: date | None, a_blanc: bool, en_json: bool) -> None:
    """Value every dossier, then tell what there is to do and what is held."""
    start_django()
    from exigible.bureau import horloge
    from exigible.bureau.comptes.models import Cabinet
    from exigible.bureau.journee import compute_journee, run_journee
    from exigible.cli.bureau_recits import describe_journee, format_journee

    migrate()
    if not a_blanc and jour is not None and jour > horloge.today():
        message = f"Le {format_jour(jour)} est dans l'avenir : ajoutez --a-blanc pour voir ce qui partirait."
        raise ErreurSaisie("date_future", message, "--date")
    au = jour or horloge.today()
    journees = [(c, (compute_journee if a_blanc else run_journee)(c, au)) for c in Cabinet.objects.order_by("pk")]
    resultat = {
        "au": au,
        "a_blanc": a_blanc,
        "cabinets": [describe_journee(cabinet.nom, j) for cabinet, j in journees],
        "articles": [],
        "avertissements": [],
    }
    texte = (
        "\n\n".join(format_journee(cabinet.nom, j) for cabinet, j in journees) or "Aucun cabinet : la base est vide."
    )
    emit(resultat, texte, en_json=en_json)


@commande("reconstruire", aide="Reconstruire les projections depuis le journal.", exemple="exigible reconstruire")
@click.pass_context
def reconstruire(ctx: click.Context, *, en_json: bool) -> None:
    """Write every projection again; status 1 when a dossier could not be read."""
    start_django()
    migrate()
    from exigible.bureau.tiers.verification import rebuild_projections

    pannes = rebuild_projections()
    texte = f"Laissés de côté : {', '.join(pannes)}." if pannes else "Les projections sont reconstruites."
    emit({"laisses_de_cote": pannes, "articles": [], "avertissements": []}, texte, en_json=en_json)
    if pannes:
        ctx.exit(1)


@commande(
    "banc",
    aide="Mesurer les performances de cette machine, en JSON ; rien n'est gardé.",
    exemple="exigible banc --dossiers 100",
)
@click.option("--dossiers", type=click.IntRange(1), default=300, cls=Option, help="Dossiers (300 par défaut).")
@click.option("--lignes-fec", type=click.IntRange(2), default=200_000, cls=Option, help="Lignes du FEC (200 000).")
@click.option(
    "--lignes-au-bureau",
    type=click.IntRange(2),
    default=20_000,
    cls=Option,
    help="Lignes du FEC importé, du dépôt à la balance âgée (20 000).",
)
@click.option("--faits", type=click.IntRange(1), default=40_000, cls=Option, help="Faits du journal (40 000).")
@click.option("--calcules", type=click.IntRange(1), default=2_000, cls=Option, help="Dossiers calculés (2 000).")
@click.option(
    "--lettres",
    type=click.IntRange(0),
    default=0,
    cls=Option,
    help="Lettres reliées en un fichier (aucune par défaut).",
)
def banc(
    *,
    dossiers: int,
    lignes_fec: int,
    lignes_au_bureau: int,
    faits: int,
    calcules: int,
    lettres: int,
    en_json: bool,  # noqa: ARG001 - always JSON
) -> None:
    """Measure on data made for it, in a temporary folder."""
    from exigible.cli.bureau_banc import run_banc

    mesures = run_banc(dossiers, lignes_fec, lignes_au_bureau, faits, calcules, lettres)
    emit({**mesures, "articles": [], "avertissements": []}, "", en_json=True)


def _say(texte: str, *, en_json: bool) -> None:
    click.echo(texte, err=en_json)

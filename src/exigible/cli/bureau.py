"""Commands of the office. Django and what needs it are imported by the command that runs, never before."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exigible.cli.base import migrate, start_django
from exigible.cli.sortie import JOUR, Commande, Option, commande, emit, write_aide
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.jours import format_jour

if TYPE_CHECKING:
    from exigible.bureau.tiers.models import Creancier

AUTEUR = "ligne de commande"
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
    "importer",
    aide="Importer des fichiers : comptabilité (FEC), factures, listes de clients, relevés de banque.",
    exemple="exigible importer export.txt releve.xml --a-blanc",
)
@click.argument("fichiers", nargs=-1, required=True, metavar="FICHIER…", type=click.Path(path_type=Path))
@click.option("--creancier", "nom", cls=Option, help="Nom du créancier, s'il y en a plusieurs.")
@click.option("--conditions", cls=Option, help="Conditions de vente des factures sans échéance (« 30 jours »).")
@click.option("--a-blanc", is_flag=True, cls=Option, help="Dire ce qui serait importé, sans rien enregistrer.")
def importer(
    fichiers: Sequence[Path], *, nom: str | None, conditions: str | None, a_blanc: bool, en_json: bool
) -> None:
    """Preview each file, then apply it."""
    start_django()
    migrate()
    creancier = _find_creancier(nom)
    faits = [_import_un(creancier, fichier, conditions, a_blanc=a_blanc) for fichier in fichiers]
    texte = "\n\n".join(_format_import(fait, a_blanc=a_blanc) for fait in faits)
    emit({"fichiers": faits, "articles": [], "avertissements": []}, texte, en_json=en_json)


def _import_un(creancier: Creancier, fichier: Path, conditions: str | None, *, a_blanc: bool) -> dict[str, Any]:
    from django.db import transaction

    from exigible.bureau.imports.services import apply_import, prepare_import

    try:
        contenu = fichier.read_bytes()
    except OSError:
        message = f"Le fichier « {fichier} » ne peut pas être ouvert : vérifiez son nom et vos droits."
        raise ErreurSaisie("fichier_inaccessible", message, "FICHIER") from None
    with transaction.atomic():
        importation = prepare_import(creancier, fichier.name, contenu, AUTEUR, conditions=conditions)
        erreur = ""
        if a_blanc:
            transaction.set_rollback(True)
        else:
            try:
                importation = apply_import(importation, AUTEUR)
            except ErreurExigible as refus:
                erreur = refus.message
    return {"nom": fichier.name, "erreur": erreur, "resume": importation.resume, **importation.apercu}


def _format_import(fait: dict[str, Any], *, a_blanc: bool) -> str:
    comptes = fait["comptes"]
    verbe = "serait importé" if a_blanc else "importé"
    etats = {"cree": "créés", "modifie": "modifiés", "inchange": "inchangés", "refuse": "refusés"}
    if comptes.get("disparu"):
        etats["disparu"] = "absents de ce fichier, à vérifier"
    lignes = [
        f"{fait['nom']} ({fait['format'] or 'format inconnu'}) : {fait['erreur'] or verbe}",
        "  " + ", ".join(f"{dit} {comptes[issue]}" for issue, dit in etats.items()),
    ]
    for ligne in fait["lignes"]:
        if ligne["issue"] == "refuse":
            ou = f"ligne {ligne['ligne']} : " if ligne["ligne"] else ""
            lignes.append(f"  refusé – {ou}{ligne['raison']}")
    lignes += [f"  à dire – {question['phrase']}" for question in fait["questions"]]
    lignes += [f"  remarque – {remarque}" for remarque in fait["remarques"]]
    return "\n".join(lignes)


def _find_creancier(nom: str | None) -> Creancier:
    from exigible.bureau.tiers.models import Creancier

    trouves = list(Creancier.objects.filter(nom__iexact=nom) if nom else Creancier.objects.all()[:2])
    if not trouves:
        message = "Aucun créancier : ouvrez le bureau (exigible serve) et décrivez d'abord votre entreprise."
        raise ErreurSaisie("creancier_absent", message, "--creancier")
    if len(trouves) > 1:
        raise ErreurSaisie("creancier_ambigu", "Il y a plusieurs créanciers : dites lequel.", "--creancier")
    creancier: Creancier = trouves[0]
    return creancier


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
@click.option("--faits", type=click.IntRange(1), default=40_000, cls=Option, help="Faits du journal (40 000).")
@click.option("--calcules", type=click.IntRange(1), default=2_000, cls=Option, help="Dossiers calculés (2 000).")
def banc(*, dossiers: int, lignes_fec: int, faits: int, calcules: int, en_json: bool) -> None:  # noqa: ARG001 - always JSON
    """Measure on data made for it, in a temporary folder."""
    from exigible.cli.bureau_banc import run_banc

    emit({**run_banc(dossiers, lignes_fec, faits, calcules), "articles": [], "avertissements": []}, "", en_json=True)


def _say(texte: str, *, en_json: bool) -> None:
    click.echo(texte, err=en_json)

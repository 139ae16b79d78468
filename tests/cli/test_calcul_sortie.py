"""What every command shares: the failures that no `calcul` option can cause."""

import errno
import json

import click
import pytest
from click.testing import CliRunner

from exigible.cli.sortie import Groupe, commande, emit, format_tableau
from exigible.droit.erreurs import ErreurSaisie


@click.group(cls=Groupe, name="essai")
def essai():
    """Group fictitious commands."""


@commande("echouer", aide="Échouer de la manière demandée.")
@click.argument("cause")
def echouer(*, cause, en_json):
    causes = {
        "abandon": click.Abort(),
        "tube": BrokenPipeError(errno.EPIPE, "tube fermé"),
        "fichier": click.FileError("absent.txt"),
        "choix": click.BadParameter("trop long"),
        "saisie": ErreurSaisie("code", "Deux\nlignes.", "cause"),
        "panne": ZeroDivisionError("division"),
    }
    if cause == "valeur":
        emit({"valeur": object()}, "", en_json=en_json)
    raise causes[cause]


essai.add_command(echouer)


def run(cause, *options):
    return CliRunner().invoke(essai, ["echouer", cause, *options])


@pytest.mark.parametrize(
    ("cause", "statut", "code"),
    [
        ("fichier", 2, "fichier_illisible"),
        ("choix", 2, "valeur_invalide"),
        ("saisie", 2, "code"),
        ("panne", 1, "erreur_interne"),
        ("valeur", 1, "erreur_interne"),
    ],
)
def test_chaque_echec_a_son_statut_et_son_objet(cause, statut, code):
    resultat = run(cause, "--json")
    assert (resultat.exit_code, resultat.stdout) == (statut, "")
    erreur = json.loads(resultat.stderr)["erreur"]
    assert erreur["code"] == code
    assert "\n" not in erreur["message"]


def test_l_argument_fautif_est_nomme():
    assert json.loads(run("saisie", "--json").stderr)["erreur"]["champ"] == "cause"
    assert run("saisie").stderr == "Erreur (cause) : Deux lignes.\n"


def test_une_panne_dit_ou_sans_trace():
    resultat = run("panne")
    assert "ZeroDivisionError" in resultat.stderr
    assert "echouer" in resultat.stderr
    assert "Traceback" not in resultat.stderr


def test_une_interruption_se_dit():
    resultat = run("abandon")
    assert (resultat.exit_code, resultat.stderr) == (130, "Interrompu.\n")


def test_un_tube_ferme_ne_dit_rien():
    resultat = run("tube")
    assert (resultat.exit_code, resultat.stderr) == (1, "")


def test_un_argument_manquant():
    resultat = CliRunner().invoke(essai, ["echouer", "--json"])
    assert json.loads(resultat.stderr)["erreur"] == {
        "code": "parametre_manquant",
        "message": "L'argument CAUSE est obligatoire.",
        "champ": "CAUSE",
    }


def test_tableau():
    assert format_tableau(("A", "Bé"), [("x", "1"), ("long", "22")], a_droite=(1,)).splitlines() == [
        "A     Bé",
        "────  ──",
        "x      1",
        "long  22",
    ]

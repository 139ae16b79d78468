"""The commands that the guide shows: those of the law are played, the others exist with their options."""

import json
import re
import shlex
from contextlib import suppress
from pathlib import Path

import click
import pytest

from exigible.cli import main
from exigible.cli.calcul import COMMANDES

GUIDE = Path(__file__).parents[2] / "docs" / "guide"


def list_appels():
    """Every call of the guide, with its page."""
    for page in sorted(GUIDE.glob("*.md")):
        for bloc in re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            for ligne in bloc.replace("\\\n", " ").splitlines():
                if ligne.startswith("exigible "):
                    yield page.name, shlex.split(ligne.partition(" > ")[0], comments=True)[1:]


APPELS = list(list_appels())


def find_commande(arguments):
    commande, reste = main, list(arguments)
    contexte = click.Context(main)
    while isinstance(commande, click.Group) and reste and (suivante := commande.get_command(contexte, reste[0])):
        commande, reste = suivante, reste[1:]
    return commande, reste


@pytest.mark.parametrize(("page", "arguments"), APPELS, ids=[" ".join(a) for _, a in APPELS])
def test_chaque_commande_du_guide_existe(page, arguments):
    commande, reste = find_commande(arguments)
    options = {option for p in commande.params for option in p.opts} | {"--help", "--json"}
    assert {mot for mot in reste if mot.startswith("--")} <= options, page


@pytest.mark.parametrize("arguments", [a for _, a in APPELS if a[0] == "calcul"], ids=" ".join)
def test_chaque_calcul_du_guide_repond(arguments, capsys):
    with suppress(SystemExit):
        main.main([*arguments, "--json"])
    sorti = capsys.readouterr()
    assert sorti.err == ""
    assert "avertissements" in json.loads(sorti.out)


def test_chaque_calcul_est_dans_le_guide():
    montres = {arguments[1] for _, arguments in APPELS if arguments[0] == "calcul"}
    assert set(COMMANDES) - {"conformite"} <= montres


def test_l_exemple_refait_a_la_main_est_celui_du_programme(capsys):
    with suppress(SystemExit):
        main.main(["calcul", "interets", *next(a for p, a in APPELS if p == "calculatrices.md")[2:], "--json"])
    resultat = json.loads(capsys.readouterr().out)
    page = (GUIDE / "calculatrices.md").read_text("utf-8")
    for montant in (*(ligne["montant"] for ligne in resultat["lignes"]), resultat["total_du"]):
        entier, _, cents = montant.partition(".")
        assert f"{int(entier):,}".replace(",", " ") + f",{cents} €" in page

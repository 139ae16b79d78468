"""Every command explains itself in French, with a call to try."""

import re

import click
import pytest

from exigible.cli import main

ANGLAIS = re.compile(r"\b(the|this|show|exit|default|required|usage|options? for|command to)\b", re.IGNORECASE)
MAX_COLONNES = 80


def list_commandes(groupe, chemin=("exigible",)):
    """Every command below a group that is no group, with the words that call it."""
    contexte = click.Context(groupe, info_name=chemin[-1])
    for nom in groupe.list_commands(contexte):
        commande = groupe.get_command(contexte, nom)
        if isinstance(commande, click.Group):
            yield from list_commandes(commande, (*chemin, nom))
        else:
            yield (*chemin, nom), commande


def list_groupes(groupe, chemin=("exigible",)):
    yield chemin, groupe
    contexte = click.Context(groupe, info_name=chemin[-1])
    for nom in groupe.list_commands(contexte):
        commande = groupe.get_command(contexte, nom)
        if isinstance(commande, click.Group):
            yield from list_groupes(commande, (*chemin, nom))


COMMANDES = list(list_commandes(main))
NOMS = [" ".join(chemin) for chemin, _ in COMMANDES]


def get_aide(chemin, commande):
    return commande.get_help(click.Context(commande, info_name=" ".join(chemin), max_content_width=MAX_COLONNES))


@pytest.mark.parametrize(("chemin", "commande"), COMMANDES, ids=NOMS)
def test_chaque_commande_montre_un_exemple_qui_est_un_appel_d_elle_meme(chemin, commande):
    aide = get_aide(chemin, commande)
    exemple = re.search(r"^  Exemples? :\n((?:    .+\n?)+)", aide, re.MULTILINE)
    assert exemple, aide
    assert " ".join(chemin) in exemple[1]


@pytest.mark.parametrize(("chemin", "commande"), [*COMMANDES, *list_groupes(main)])
def test_l_aide_est_en_francais(chemin, commande):
    aide = get_aide(chemin, commande)
    assert aide.startswith(f"Utilisation : {' '.join(chemin)}")
    assert ANGLAIS.findall(aide) == []
    assert commande.get_short_help_str(100)


@pytest.mark.parametrize(("chemin", "commande"), COMMANDES, ids=NOMS)
def test_chaque_option_est_expliquee(chemin, commande):
    sans_aide = [p.opts[0] for p in commande.params if isinstance(p, click.Option) and not p.help]
    assert sans_aide == []

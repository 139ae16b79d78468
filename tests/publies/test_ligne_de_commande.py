"""The cases published by others, played once more the way an outside program plays them: `exigible calcul … --json`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from exigible.cli import main

DONNEES = Path(__file__).parent / "donnees"
OPTIONS = {
    "droit": "article",
    "insaisissables": "sommes-insaisissables",
    "jour": "date",
}


def list_cas(theme, *genres):
    cas = json.loads((DONNEES / f"{theme}.json").read_text(encoding="utf-8"))["cas"]
    choisis = [exemple for exemple in cas if exemple.get("genre") in genres or not genres]
    return pytest.mark.parametrize("cas", choisis, ids=[exemple["id"] for exemple in choisis])


def play(commande, entree, sauf=()):
    """Call the command with one option for each datum; a true datum is a flag."""
    arguments = ["calcul", commande, "--json"]
    for cle, valeur in entree.items():
        if cle not in sauf and valeur is not False:
            option = f"--{OPTIONS.get(cle, cle).replace('_', '-')}"
            arguments += [option] if valeur is True else [option, valeur]
    resultat = CliRunner().invoke(main, arguments)
    assert (resultat.exit_code, resultat.stderr) == (0, "")
    return json.loads(resultat.stdout)


@list_cas("delais", "calcul", "regle")
def test_delai(cas):
    assert play("delai", cas["entree"])["echeance"] == cas["attendu"]["echeance"]


@list_cas("echeances")
def test_echeance(cas):
    resultat = play("echeance", cas["entree"], sauf=("jours", "methode"))
    assert resultat["echeance"] == cas["attendu"]["echeance"]


@list_cas("saisie_remunerations", "bareme", "tranches")
def test_saisissable(cas):
    attendu = cas["attendu"]
    assert play("saisissable", cas["entree"])["saisissable"] == attendu.get("total", attendu.get("saisissable"))


@list_cas("solde_bancaire")
def test_sbi(cas):
    resultat = play("sbi", cas["entree"])
    assert {cle: resultat[cle] for cle in cas["attendu"]} == cas["attendu"]


@list_cas("droits_proportionnels", "droit", "plafond", "acte")
def test_emoluments(cas):
    assert play("emoluments", cas["entree"])["total_ht"] == cas["attendu"]["total_ht"]

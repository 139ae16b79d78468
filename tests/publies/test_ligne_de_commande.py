"""The cases published by others, played once more the way an outside program plays them: `exigible calcul … --json`."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from exigible.cli import main

DONNEES = Path(__file__).parent / "donnees"
SANS_COMMANDE = {"IM-02"}  # an agreed lump sum of 250 € is not an option of the contract
OPTIONS = {
    "droit": "article",
    "insaisissables": "sommes-insaisissables",
    "jour": "date",
}


def list_cas(theme, *genres):
    cas = json.loads((DONNEES / f"{theme}.json").read_text(encoding="utf-8"))["cas"]
    choisis = [exemple for exemple in cas if exemple.get("genre") in genres or not genres]
    choisis = [exemple for exemple in choisis if exemple["id"] not in SANS_COMMANDE]
    return pytest.mark.parametrize("cas", choisis, ids=[exemple["id"] for exemple in choisis])


def play(commande, entree, sauf=()):
    """Call the command with one option for each datum; a true datum is a flag, a list repeats its option."""
    arguments = ["calcul", commande, "--json"]
    for cle, valeur in entree.items():
        if cle not in sauf and valeur is not False:
            option = f"--{OPTIONS.get(cle, cle).replace('_', '-')}"
            for repetee in valeur if isinstance(valeur, list) else [valeur]:
                arguments += [option] if repetee is True else [option, repetee]
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


REGLE = ("regime", "creancier", "taux", "multiple_legal", "diviseur", "executoire", "capitalisation")


def play_interets(cas, au, **autres):
    """The options of a rule of interest, as the contract names them."""
    regle = cas["entree"]["regle"]
    entree = {cle: valeur for cle, valeur in regle.items() if cle in REGLE}
    return play(
        "interets", {"principal": cas["entree"]["principal"], "du": regle["depart"], "au": au, **entree, **autres}
    )


@list_cas("interets", "interets")
def test_interets(cas):
    resultat = play_interets(cas, cas["entree"]["au"])
    assert [ligne["montant"] for ligne in resultat["lignes"]] == cas["attendu"]["montants"]
    assert resultat["interets"] == cas["attendu"]["total"]


@list_cas("interets", "imputation")
def test_imputation(cas):
    entree = cas["entree"]
    paiements = [f"{entree['jour']}:{montant}" for montant in entree["paiements"]]
    resultat = play_interets(cas, entree["jour"], frais=entree["frais"], paiement=paiements)
    assert resultat["principal_restant"] == cas["attendu"]["principal"]
    for imputation, attendu in zip(resultat["imputations"], cas["attendu"]["imputations"], strict=True):
        assert {nom: imputation[nom] for nom in attendu} == attendu


@list_cas("interets", "taux_commercial", "taux_public")
def test_taux(cas):
    regime = cas["genre"].removeprefix("taux_")
    for jour, attendu in cas["attendu"].items():
        assert play("taux", {"regime": regime, "date": jour})["taux"] == attendu


@list_cas("interets", "taux_legal")
def test_taux_legal(cas):
    for jour, attendus in cas["attendu"].items():
        for creancier, attendu in zip(("particulier", "professionnel"), attendus, strict=True):
            assert play("taux", {"regime": "legal", "date": jour, "creancier": creancier})["taux"] == attendu


@list_cas("interets", "taux_majore")
def test_taux_majore(cas):
    jour = cas["entree"]["jour"]
    veille = (date.fromisoformat(jour) - timedelta(days=1)).isoformat()
    for creancier, attendu in cas["attendu"].items():
        entree = {"principal": "1000", "du": veille, "au": jour, "regime": "legal", "executoire": "2000-01-01"}
        resultat = play("interets", {**entree, "creancier": creancier})
        assert [ligne["taux"] for ligne in resultat["lignes"]] == [attendu]


@list_cas("interets", "debut_majoration")
def test_debut_majoration(cas):
    executoire = cas["entree"]["executoire"]
    au = f"{int(executoire[:4]) + 1}-01-01"
    entree = {"principal": "1000", "du": executoire, "au": au, "regime": "legal", "executoire": executoire}
    majorees = [ligne for ligne in play("interets", entree)["lignes"] if ligne["article"] == "CMF L313-3"]
    assert majorees[0]["du"] == cas["attendu"]["debut"]


@list_cas("interets", "plancher")
def test_plancher(cas):
    jour, plancher = cas["entree"]["jour"], cas["attendu"]["plancher"]
    entree = {"principal": "1000", "du": jour, "au": jour[:8] + "28", "regime": "commercial"}
    dessous = play("interets", {**entree, "taux": str(Decimal(plancher) - Decimal("0.01"))})
    assert "taux_sous_plancher" in [avertissement["code"] for avertissement in dessous["avertissements"]]
    au_plancher = play("interets", {**entree, "taux": plancher})
    assert "taux_sous_plancher" not in [avertissement["code"] for avertissement in au_plancher["avertissements"]]

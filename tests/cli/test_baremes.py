"""`exigible baremes`, and the values that a user adds."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from appels import Appel
from click.testing import CliRunner

from exigible.cli import main
from exigible.droit.bareme import list_baremes

LEGAL = ["--bareme", "interet_legal", "--serie", "autres_cas", "--debut", "2027-01-01", "--valeur", "3,12"]
REFI = ["--bareme", "bce_refi", "--serie", "taux", "--debut", "01/01/2027", "--valeur", "2.65"]


APPEL = Appel("baremes")
run, run_json, run_erreur = APPEL.run, APPEL.read_json, APPEL.read_erreur


@pytest.fixture
def fichier(tmp_path):
    chemin = tmp_path / "valeurs.toml"
    for valeur in (LEGAL, REFI):
        ajout = run("ajouter", *valeur, "--source", "publication « fictive »", "--fichier", str(chemin))
        assert ajout.exit_code == 0, ajout.output
    return str(chemin)


def test_les_tables_et_leur_validite():
    resultat = run_json()
    tables = {table["nom"]: table for table in resultat["baremes"]}
    assert list(tables) == list(list_baremes())
    legal = tables["interet_legal"]
    assert (legal["type"], legal["connu_jusqu_au"], legal["attendue_le"]) == ("periodique", "2026-12-31", "2027-01-01")
    assert legal["a_verifier"] >= 1
    assert (tables["penalites"]["type"], tables["penalites"]["verifie_le"]) == ("permanent", "2026-11-21")
    texte = run().stdout
    assert "interet_legal" in texte
    assert "31/12/2026" in texte


@pytest.mark.parametrize("appel", [["interet_legal"], ["--bareme", "interet_legal"]])
def test_une_table_entiere(appel):
    resultat = run_json(*appel)
    derniere = resultat["valeurs"]["autres_cas"][-1]
    assert (derniere["debut"], derniere["fin"], derniere["valeurs"]) == ("2026-07-01", "2026-12-31", ["2.75"])
    assert derniere["a_verifier"] is True
    assert derniere["source"]
    assert "valeur_a_verifier" in [a["code"] for a in resultat["avertissements"]]
    texte = run(*appel).stdout
    assert "2,75" in texte
    assert "[1] " in texte
    assert "à vérifier" in texte


@pytest.mark.parametrize("nom", list_baremes())
def test_chaque_table_se_montre(nom):
    assert run(nom).exit_code == 0
    assert run_json(nom)["nom"] == nom


def test_rien_ne_manque_a_sa_date():
    resultat = run_json("--echeances", "--date", "2026-12-31")
    assert resultat["manquantes"] == []
    a_venir = {(ligne["bareme"], ligne["le"]) for ligne in resultat["a_venir"]}
    assert {("interet_legal", "2027-01-01"), ("bce_refi", "2027-01-01")} <= a_venir
    assert {"bareme": "penalites", "le": "2027-01-01"} in resultat["relectures"]
    assert "Aucune valeur ne manque au 31/12/2026." in run("--echeances", "--date", "31/12/2026").stdout


def test_une_valeur_qui_aurait_du_paraitre_sort_en_statut_1():
    resultat = run_json("--echeances", "--date", "2027-01-01", statut=1)
    manquantes = {ligne["bareme"]: ligne for ligne in resultat["manquantes"]}
    assert manquantes["interet_legal"]["series"] == ["particulier", "autres_cas"]
    assert "premier semestre 2027" in manquantes["interet_legal"]["quoi"]
    texte = run("--echeances", "--date", "2027-01-01")
    assert texte.exit_code == 1
    assert "Il manque depuis le 01/01/2027 : bce_refi (taux)" in texte.stdout


def test_sans_date_la_question_est_celle_du_jour(monkeypatch):
    monkeypatch.setattr("exigible.cli.baremes.get_aujourd_hui", lambda: date(2027, 7, 15))
    resultat = run_json("--echeances", statut=1)
    assert resultat["date"] == "2027-07-15"
    assert {"bce_refi", "interet_legal"} <= {ligne["bareme"] for ligne in resultat["manquantes"]}


def test_la_valeur_saisie_ne_manque_plus(fichier):
    resultat = run_json("--echeances", "--date", "2027-01-15", "--valeurs", fichier, statut=1)
    manquantes = {ligne["bareme"]: ligne["series"] for ligne in resultat["manquantes"]}
    assert manquantes["interet_legal"] == ["particulier"]
    assert "bce_refi" not in manquantes
    suivante = next(ligne for ligne in resultat["a_venir"] if ligne["bareme"] == "bce_refi")
    assert (suivante["le"], suivante["quoi"]) == ("2027-07-01", "la valeur applicable au 01/07/2027")


def test_ajouter_ecrit_un_fichier_lisible(fichier, tmp_path):
    premiere, seconde = tomllib.loads(Path(fichier).read_text(encoding="utf-8"))["valeur"]
    assert (premiere["bareme"], premiere["debut"], premiere["valeurs"]) == (
        "interet_legal",
        date(2027, 1, 1),
        ["3.12"],
    )
    assert seconde["bareme"] == "bce_refi"
    valeur = run_json("ajouter", *REFI, "--source", "lu", "--auteur", "Jeanne Exemple", "--fichier", fichier)["valeur"]
    assert (valeur["debut"], valeur["fin"], valeur["valeurs"]) == ("2027-01-01", "2027-06-30", ["2.65"])
    assert valeur["source"].startswith("valeur saisie par l'utilisateur le ")


def test_les_calculs_emploient_le_fichier_et_le_disent(fichier):
    appel = ["calcul", "taux", "--regime", "commercial", "--date", "2027-03-01", "--valeurs", fichier, "--json"]
    resultat = json.loads(CliRunner().invoke(main, appel).stdout)
    assert (resultat["taux"], resultat["fin"]) == ("12.65", "2027-06-30")
    assert "valeur saisie par l'utilisateur" in resultat["source"]
    assert [a["code"] for a in resultat["avertissements"]] == ["valeur_saisie"]
    appel = ["calcul", "interets", "--principal", "10000", "--du", "2026-12-31", "--au", "2027-01-31"]
    sortie = CliRunner().invoke(main, [*appel, "--regime", "legal", "--valeurs", fichier, "--json"])
    interets = json.loads(sortie.stdout)
    assert interets["interets"] == "26.50"
    assert [a["code"] for a in interets["avertissements"]] == ["valeur_saisie"]


def test_l_indemnite_ajoutee_est_dite(tmp_path):
    chemin = str(tmp_path / "valeurs.toml")
    serie = ["--bareme", "penalites", "--serie", "indemnite_forfaitaire", "--debut", "2026-02-01", "--valeur", "50"]
    assert run("ajouter", *serie, "--source", "décret fictif", "--fichier", chemin).exit_code == 0
    appel = ["calcul", "interets", "--principal", "100", "--du", "2026-02-28", "--au", "2026-03-31"]
    sortie = CliRunner().invoke(main, [*appel, "--regime", "commercial", "--valeurs", chemin, "--json"])
    interets = json.loads(sortie.stdout)
    assert interets["indemnites"] == "50.00"
    assert "valeur_saisie" in [a["code"] for a in interets["avertissements"]]


@pytest.mark.parametrize(
    ("arguments", "code", "champ"),
    [
        (["--bareme", "inconnu"], "bareme_inconnu", "--bareme"),
        (["inconnu"], "commande_inconnue", None),
        (["--valeurs", "absent.toml"], "fichier_illisible", "--valeurs"),
        (["ajouter", *LEGAL, "--source", " ", "--fichier", "x.toml"], "source_absente", "--source"),
        (["ajouter", *LEGAL[:-1], "trois", "--source", "lu", "--fichier", "x.toml"], "nombre_illisible", "--valeur"),
        (
            ["ajouter", *LEGAL[:-3], "2027-02-01", *LEGAL[-2:], "--source", "lu", "--fichier", "x"],
            "debut_de_periode",
            "--debut",
        ),
        (["ajouter", *LEGAL, "--source", "lu", "--fichier", "/absent/x.toml"], "fichier_non_ecrit", "--fichier"),
    ],
)
def test_les_fautes_se_disent(arguments, code, champ, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    erreur = run_erreur(*arguments)
    assert (erreur["code"], erreur["champ"]) == (code, champ)
    assert list(tmp_path.iterdir()) == []


def test_un_fichier_fautif_n_est_pas_complete(tmp_path):
    chemin = tmp_path / "valeurs.toml"
    chemin.write_text("[[valeur]]\nbareme = 'bce_refi'\n")
    erreur = run_erreur("ajouter", *REFI, "--source", "lu", "--fichier", str(chemin))
    assert erreur["code"] == "valeurs_illisibles"
    assert chemin.read_text() == "[[valeur]]\nbareme = 'bce_refi'\n"


def test_l_aide_nomme_les_tables_et_la_commande():
    texte = run("--help").stdout
    assert "interet_legal" in texte
    assert "ajouter" in texte
    assert "Utilisation" in run("ajouter", "--help").stdout

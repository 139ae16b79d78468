"""`exigible calcul`, as scripts call it: options, keys, errors, statuses."""

import json
import subprocess
import sys

import pytest
from appels import Appel

from exigible.cli import COMMANDES

BASE = ["calcul", "interets", "--principal", "10000", "--du", "2025-09-30", "--au", "2026-02-15"]
COMMERCIAL = [*BASE, "--regime", "commercial"]


APPEL = Appel()
run, run_json, run_erreur = APPEL.run, APPEL.read_json, APPEL.read_erreur


def test_interets_suit_le_contrat():
    resultat = run_json(*COMMERCIAL)
    assert list(resultat)[:5] == ["interets", "indemnites", "frais", "principal_restant", "total_du"]
    assert [resultat[cle] for cle in list(resultat)[:5]] == ["459.37", "40.00", "0.00", "10000.00", "10499.37"]
    ligne = resultat["lignes"][0]
    assert list(ligne) == ["du", "au", "jours", "base", "taux", "diviseur", "montant", "article", "source"]
    assert (ligne["du"], ligne["au"], ligne["jours"]) == ("2025-10-01", "2025-12-31", 92)
    assert (ligne["base"], ligne["taux"], ligne["diviseur"]) == ("10000.00", "12.15", 365)
    assert ligne["montant"] == "306.25"
    assert ligne["article"] == "C. com. L441-10 II"
    assert "C. com. L441-10 II" in resultat["articles"]
    assert resultat["avertissements"] == []


def test_paiements_imputes():
    resultat = run_json(*BASE[:-1], "2026-04-30", "--regime", "commercial", "--paiement", "2026-02-15:3 000,00")
    assert resultat["imputations"] == [
        {
            "date": "2026-02-15",
            "montant": "3000.00",
            "frais": "0.00",
            "indemnites": "40.00",
            "interets": "459.37",
            "principal": "2500.63",
        }
    ]
    assert (resultat["principal_restant"], resultat["interets"]) == ("7499.37", "184.73")


@pytest.mark.parametrize(
    ("options", "cle", "valeur"),
    [
        (["--regime", "commercial", "--factures", "3"], "indemnites", "120.00"),
        (["--regime", "commercial", "--factures", "0"], "total_du", "10459.37"),
        (["--regime", "public"], "indemnites", "40.00"),
        (["--regime", "legal"], "indemnites", "0.00"),
        (["--regime", "commercial", "--frais", "1\u202f234,50"], "frais", "1234.50"),
        (["--regime", "commercial", "--multiple-legal", "3"], "interets", "307.76"),
        (
            ["--regime", "commercial", "--imputation", "principal", "--paiement", "2026-02-15:3000"],
            "interets",
            "459.37",
        ),
        (["--regime", "convenu", "--taux", "5,00", "--diviseur", "365"], "interets", "189.04"),
        (["--regime", "commercial", "--paiement", "2026-02-15:11000"], "trop_percu", "500.63"),
    ],
)
def test_options_d_interets(options, cle, valeur):
    assert run_json(*BASE, *options)[cle] == valeur


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--regime", "commercial", "--taux", "6"], "taux_sous_plancher"),
        (["--regime", "commercial", "--diviseur", "360"], "diviseur_360"),
        (["--regime", "legal", "--factures", "1"], "indemnite_hors_champ"),
        (["--regime", "commercial", "--executoire", "2025-10-01"], "majoration_sans_effet"),
        (["--regime", "commercial", "--paiement", "2026-03-01:5"], "paiement_apres_arrete"),
        (["--regime", "commercial", "--paiement", "2026-02-15:11000"], "trop_percu"),
        (["--regime", "convenu", "--taux", "5", "--capitalisation", "2020-01-01"], "capitalisation_reportee"),
    ],
)
def test_avertissements(options, code):
    avertissements = run_json(*BASE, *options)["avertissements"]
    assert code in [avertissement["code"] for avertissement in avertissements]
    assert all(set(avertissement) == {"code", "message"} for avertissement in avertissements)


def test_un_jugement_majore_de_cinq_points():
    options = ["--principal", "8000", "--du", "2026-01-05", "--au", "2026-06-30", "--regime", "legal"]
    resultat = run_json("calcul", "interets", *options, "--executoire", "2026-01-20")
    assert resultat["interets"] == "212.84"
    assert "CMF L313-3" in resultat["articles"]


def test_l_indemnite_n_existe_pas_avant_2013():
    options = ["--principal", "100", "--du", "2012-06-30", "--au", "2012-12-31", "--regime", "commercial"]
    resultat = run_json("calcul", "interets", *options)
    assert resultat["indemnites"] == "0.00"
    assert "indemnite_anterieure" in [avertissement["code"] for avertissement in resultat["avertissements"]]


def test_provisoire():
    arguments = [*BASE[:-1], "2027-03-31", "--regime", "commercial"]
    assert run_erreur(*arguments)["code"] == "date_hors_bareme"
    resultat = run_json(*arguments, "--provisoire")
    assert "taux_provisoire" in [avertissement["code"] for avertissement in resultat["avertissements"]]


@pytest.mark.parametrize(
    ("arguments", "code", "champ"),
    [
        ([*BASE[:-1], "2027-03-31", "--regime", "commercial"], "date_hors_bareme", "--au"),
        (
            ["calcul", "interets", "--principal", "1", "--du", "1970-01-01", "--au", "1971-01-01", "--regime", "legal"],
            "date_hors_bareme",
            "--du",
        ),
        ([*BASE[:-1], "31/02/2026", "--regime", "commercial"], "date_inexistante", "--au"),
        ([*BASE[:-1], "2025-01-01", "--regime", "commercial"], "dates_inversees", "--au"),
        ([*BASE, "--regime", "commercial", "--principal", "1.234,56"], "montant_illisible", "--principal"),
        ([*BASE, "--regime", "commercial", "--principal", "-5"], "montant_negatif", "--principal"),
        ([*BASE, "--regime", "civil"], "valeur_invalide", "--regime"),
        ([*BASE, "--regime", "convenu"], "taux_absent", "--taux"),
        ([*BASE, "--regime", "legal", "--taux", "5"], "taux_inutile", "--taux"),
        ([*BASE, "--regime", "commercial", "--taux", "-5"], "taux_illisible", "--taux"),
        ([*BASE, "--regime", "commercial", "--paiement", "3000"], "versement_illisible", "--paiement"),
        ([*BASE, "--regime", "commercial", "--paiement", "2026-01-01:0"], "versement_nul", "--paiement"),
        ([*BASE, "--regime", "commercial", "--factures", "-1"], "valeur_invalide", "--factures"),
        (BASE, "parametre_manquant", "--regime"),
        ([*COMMERCIAL, "--inconnue"], "option_inconnue", "--inconnue"),
        ([*COMMERCIAL, "en_trop"], "argument_inattendu", None),
        ([*BASE, "--json", "--regime"], "option_mal_employee", "--regime"),
        (["calcul", "inconnue"], "commande_inconnue", None),
        (["inconnue"], "commande_inconnue", None),
    ],
)
def test_une_mauvaise_saisie_dit_quoi_et_ou(arguments, code, champ):
    if arguments[-1] == "--regime":
        resultat = run(*arguments)
        erreur = json.loads(resultat.stderr)["erreur"]
        assert (resultat.exit_code, resultat.stdout) == (2, "")
    else:
        erreur = run_erreur(*arguments)
    assert erreur["code"] == code
    assert erreur["champ"] == champ


def test_sans_json_une_ligne_en_francais():
    resultat = run(*BASE, "--regime", "civil")
    assert resultat.exit_code == 2
    assert resultat.stdout == ""
    assert resultat.stderr.startswith("Erreur (--regime) : ")
    assert resultat.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "attendu"),
    [
        (["--regime", "commercial", "--date", "2025-12-31"], ("12.15", "2025-07-01", "2025-12-31")),
        (["--regime", "commercial", "--date", "2026-12-31"], ("12.40", "2026-07-01", "2026-12-31")),
        (["--regime", "public", "--date", "2025-02-01"], ("11.15", "2025-01-01", "2025-06-30")),
        (["--regime", "legal", "--date", "2026-03-15"], ("2.62", "2026-01-01", "2026-06-30")),
        (
            ["--regime", "legal", "--creancier", "particulier", "--date", "2026-03-15"],
            ("6.67", "2026-01-01", "2026-06-30"),
        ),
        (["--regime", "legal", "--date", "2006-03-15"], ("2.11", "2006-01-01", "2006-12-31")),
    ],
)
def test_taux(options, attendu):
    resultat = run_json("calcul", "taux", *options)
    assert (resultat["taux"], resultat["debut"], resultat["fin"]) == attendu
    assert set(resultat) == {"taux", "debut", "fin", "source", "articles", "avertissements"}
    assert resultat["source"]
    assert resultat["articles"]


def test_taux_a_verifier_et_hors_bareme():
    resultat = run_json("calcul", "taux", "--regime", "legal", "--date", "2026-08-01")
    assert [avertissement["code"] for avertissement in resultat["avertissements"]] == ["valeur_a_verifier"]
    erreur = run_erreur("calcul", "taux", "--regime", "legal", "--date", "2027-01-01")
    assert (erreur["code"], erreur["champ"]) == ("date_hors_bareme", "--date")


def test_tableau_lisible():
    sortie = run(*COMMERCIAL, "--paiement", "2026-01-31:100").stdout
    assert "306,25\u00a0€" in sortie
    assert "Total dû au 15/02/2026" in sortie
    assert "Articles : C. com. L441-10 II" in sortie
    assert "12,15\u00a0% par an" in run("calcul", "taux", "--regime", "commercial", "--date", "2025-12-31").stdout


def test_l_aide_est_en_francais():
    for arguments in ([], ["--help"], ["calcul"], ["calcul", "interets", "--help"]):
        resultat = run(*arguments)
        assert resultat.exit_code == 0
        assert "Utilisation : exigible" in resultat.stdout
        assert "Usage" not in resultat.stdout
        assert "Show this message" not in resultat.stdout
        assert "required" not in resultat.stdout


def test_un_module_absent_ne_casse_pas_le_reste(monkeypatch):
    monkeypatch.setitem(COMMANDES, "fantome", ("exigible.cli.fantome:fantome", "Absent."))
    assert "fantome" not in run("--help").stdout
    assert run_erreur("fantome")["code"] == "commande_inconnue"


def test_une_panne_donne_une_ligne_et_le_statut_1(monkeypatch):
    monkeypatch.setitem(COMMANDES, "panne", ("exigible.cli.sortie:MONTANT", "Pas une commande."))
    resultat = run("panne", "--json")
    assert resultat.exit_code == 1
    assert resultat.stdout == ""
    assert json.loads(resultat.stderr)["erreur"]["code"] == "erreur_interne"


def test_le_vrai_programme_sans_django():
    programme = "import sys, exigible.cli.calcul; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", programme], check=False).returncode == 0
    resultat = subprocess.run(
        [sys.executable, "-m", "exigible", *COMMERCIAL, "--json"], capture_output=True, text=True, check=False
    )
    assert resultat.returncode == 0
    assert json.loads(resultat.stdout)["total_du"] == "10499.37"
    assert resultat.stderr == ""
    rate = subprocess.run([sys.executable, "-m", "exigible", *BASE], capture_output=True, text=True, check=False)
    assert (rate.returncode, rate.stdout) == (2, "")
    assert "--regime" in rate.stderr

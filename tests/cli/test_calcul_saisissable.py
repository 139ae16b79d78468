"""`exigible calcul saisissable` and `sbi`, as scripts call them."""

import pytest
from appels import Appel

BASE = ["calcul", "saisissable", "--net", "1800", "--date", "2026-11-30"]
COMPTE = ["calcul", "sbi", "--solde", "800", "--date", "2026-05-05"]


APPEL = Appel()
run, run_json, run_erreur = APPEL.run, APPEL.read_json, APPEL.read_erreur


def test_saisissable_suit_le_contrat():
    resultat = run_json(*BASE, "--personnes-a-charge", "1")
    assert list(resultat)[:3] == ["saisissable", "laisse", "tranches"]
    assert (resultat["saisissable"], resultat["laisse"]) == ("293.68", "1506.32")
    assert resultat["tranches"][0] == {"de": "0.00", "a": "518.33", "fraction": "1/20", "montant": "25.92"}
    assert (resultat["bareme"], resultat["minimum"], resultat["pension"]) == ("293.68", "651.69", "0.00")
    assert "C. trav. R3252-2" in resultat["articles"]
    assert resultat["avertissements"] == []
    assert len(resultat["sources"]) == 2


@pytest.mark.parametrize(
    ("options", "saisissable", "laisse"),
    [
        ([], "338.38", "1461.62"),
        (["--net", "1 800,00"], "338.38", "1461.62"),
        (["--date", "30/11/2026"], "338.38", "1461.62"),
        (["--alimentaire"], "1148.31", "651.69"),
        (["--pension", "1000"], "148.31", "651.69"),
        (["--date", "2027-02-01", "--provisoire"], "338.38", "1461.62"),
    ],
)
def test_options(options, saisissable, laisse):
    resultat = run_json(*BASE, *options)
    assert (resultat["saisissable"], resultat["laisse"]) == (saisissable, laisse)


def test_derniere_tranche_et_minimum():
    resultat = run_json("calcul", "saisissable", "--net", "3000", "--date", "2025-06-15")
    assert (resultat["saisissable"], resultat["tranches"][-1]["a"], resultat["tranches"][-1]["fraction"]) == (
        "1434.17",
        None,
        "1",
    )
    petit = run_json("calcul", "saisissable", "--net", "370", "--date", "2025-06-15")
    assert (petit["saisissable"], petit["bareme"]) == ("0.00", "18.50")
    assert [a["code"] for a in petit["avertissements"]] == ["minimum_laisse"]


@pytest.mark.parametrize(
    ("options", "code", "champ"),
    [
        (["--date", "2027-01-01"], "date_hors_bareme", "--date"),
        (["--date", "2009-12-31"], "date_hors_bareme", "--date"),
        (["--net", "-1"], "montant_negatif", "--net"),
        (["--net", "abc"], "montant_illisible", "--net"),
        (["--personnes-a-charge", "-1"], "valeur_invalide", "--personnes-a-charge"),
        (["--pension", "-1"], "montant_negatif", "--pension"),
        (["--alimentaire", "--pension", "100"], "options_incompatibles", "--pension"),
    ],
)
def test_erreurs(options, code, champ):
    erreur = run_erreur(*BASE, *options)
    assert (erreur["code"], erreur["champ"]) == (code, champ)


def test_texte_pour_les_gens():
    resultat = run(*BASE, "--pension", "100")
    assert resultat.exit_code == 0
    for attendu in ("Minimum toujours laissé", "651,69", "Pension payée directement", "2/3", "Source : décret"):
        assert attendu in resultat.stdout
    assert "tout" in run("calcul", "saisissable", "--net", "3000", "--date", "2026-05-05").stdout
    assert "De " not in run("calcul", "saisissable", "--net", "0", "--date", "2026-05-05").stdout


def test_sbi():
    resultat = run_json(*COMPTE)
    assert (resultat["laisse"], resultat["saisissable"], resultat["sbi"]) == ("651.69", "148.31", "651.69")
    assert (resultat["debut"], resultat["fin"]) == ("2026-04-01", "2027-03-31")
    assert resultat["articles"] == ["CPCE L162-2", "CPCE R162-2"]


@pytest.mark.parametrize(
    ("options", "laisse"),
    [
        (["--saisie-precedente", "2026-04-20"], "0.00"),
        (["--saisie-precedente", "2026-03-20"], "651.69"),
        (["--sommes-insaisissables", "700"], "700.00"),
        (["--date", "2027-06-01", "--provisoire"], "651.69"),
    ],
)
def test_sbi_options(options, laisse):
    assert run_json(*COMPTE, *options)["laisse"] == laisse


def test_sbi_texte_et_erreurs():
    assert "Solde bancaire insaisissable" in run(*COMPTE).stdout
    erreur = run_erreur(*COMPTE, "--date", "2027-04-01")
    assert (erreur["code"], erreur["champ"]) == ("date_hors_bareme", "--date")
    erreur = run_erreur(*COMPTE, "--saisie-precedente", "2026-06-01")
    assert (erreur["code"], erreur["champ"]) == ("dates_inversees", "--saisie-precedente")

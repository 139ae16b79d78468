"""`exigible calcul echeance`, as scripts call it."""

import pytest
from appels import Appel

FACTURE = ["--facture", "2026-03-05"]


APPEL = Appel("calcul", "echeance")
run, run_json, run_erreur = APPEL.run, APPEL.read_json, APPEL.read_erreur


def test_le_contrat():
    resultat = run_json(*FACTURE, "--condition", "45 jours fin de mois")
    assert list(resultat)[:3] == ["echeance", "echeance_legale_max", "conforme"]
    assert [resultat[cle] for cle in list(resultat)[:3]] == ["2026-04-30", "2026-04-30", True]
    assert (resultat["methode"], resultat["autre_lecture"]) == ("fin_de_mois_apres", "2026-05-15")
    assert resultat["articles"] == ["C. com. L441-10 I"]
    assert [avertissement["code"] for avertissement in resultat["avertissements"]] == ["deux_methodes"]


@pytest.mark.parametrize(
    ("condition", "echeance"),
    [
        ("30 jours", "2026-04-04"),
        ("60 jours date de facture", "2026-05-04"),
        ("fin de mois 45 jours", "2026-05-15"),
        ("30 jours fin de mois le 10", "2026-05-10"),
        ("comptant", "2026-03-05"),
        ("à réception", "2026-03-05"),
        ("45 JFM", "2026-04-30"),
        ("2 mois", "2026-05-05"),
        ("1 mois fin de mois", "2026-04-30"),
        ("2 mois le 10", "2026-05-10"),
    ],
)
def test_les_conditions_du_contrat(condition, echeance):
    assert run_json(*FACTURE, "--condition", condition)["echeance"] == echeance
    assert run_json("--depart", "05/03/2026", "--condition", condition)["echeance"] == echeance


@pytest.mark.parametrize(
    ("options", "echeance"),
    [
        (["--jours", "45"], "2026-04-19"),
        (["--jours", "45", "--methode", "jours"], "2026-04-19"),
        (["--jours", "45", "--methode", "fin_de_mois_apres"], "2026-04-30"),
        (["--jours", "45", "--methode", "fin_de_mois_avant"], "2026-05-15"),
    ],
)
def test_en_jours(options, echeance):
    assert run_json(*FACTURE, *options)["echeance"] == echeance


def test_non_conforme():
    resultat = run_json(*FACTURE, "--condition", "90 jours")
    assert (resultat["conforme"], resultat["echeance_legale_max"]) == (False, "2026-05-04")
    assert resultat["avertissements"][0]["code"] == "echeance_au_dela_du_maximum"


def test_outre_mer_le_maximum_compte_du_dedouanement():
    resultat = run_json(*FACTURE, "--condition", "90 jours", "--dedouanement", "2026-04-20")
    assert (resultat["conforme"], resultat["echeance_legale_max"]) == (True, "2026-06-19")
    disposition = run_json(*FACTURE, "--condition", "90 jours", "--mise-a-disposition", "2026-03-10")
    assert (disposition["conforme"], disposition["echeance_legale_max"]) == (False, "2026-05-30")
    assert disposition["avertissements"][0]["code"] == "dedouanement_inconnu"


def test_la_nature_change_le_maximum():
    resultat = run_json(*FACTURE, "--condition", "45 jours", "--nature", "transport")
    assert (resultat["conforme"], resultat["echeance_legale_max"]) == (False, "2026-04-04")
    assert resultat["articles"] == ["C. com. L441-11 II 5°"]


def test_sans_condition_la_loi():
    resultat = run_json(*FACTURE, "--depart", "2026-03-10")
    assert (resultat["echeance"], resultat["conforme"], resultat["avertissements"]) == ("2026-04-09", True, [])


def test_avant_la_loi():
    resultat = run_json("--facture", "2003-03-01", "--condition", "60 jours le 17")
    assert (resultat["echeance"], resultat["echeance_legale_max"], resultat["conforme"]) == ("2003-05-17", None, None)


@pytest.mark.parametrize(
    ("arguments", "code", "champ"),
    [
        (["--condition", "30 jours"], "parametre_manquant", "--facture"),
        ([*FACTURE, "--condition", "quand je pourrai"], "conditions_illisibles", "--condition"),
        ([*FACTURE, "--condition", "999 jours"], "conditions_invalides", "--condition"),
        ([*FACTURE, "--condition", "30 jours", "--jours", "30"], "options_incompatibles", "--condition"),
        ([*FACTURE, "--condition", "30 jours", "--methode", "jours"], "options_incompatibles", "--condition"),
        ([*FACTURE, "--methode", "jours"], "parametre_manquant", "--jours"),
        ([*FACTURE, "--jours", "999"], "valeur_invalide", "--jours"),
        (["--facture", "hier", "--condition", "30 jours"], "date_illisible", "--facture"),
    ],
)
def test_erreurs(arguments, code, champ):
    erreur = run_erreur(*arguments)
    assert (erreur["code"], erreur["champ"]) == (code, champ)


def test_pour_les_gens():
    sortie = run(*FACTURE, "--condition", "60 jours fin de mois").stdout
    assert "Échéance : 31/05/2026 (60 jours fin de mois)" in sortie
    assert "Maximum légal : 04/05/2026 ; au-delà du maximum" in sortie
    assert "Attention : " in sortie
    assert "conforme" in run(*FACTURE, "--condition", "30 jours").stdout
    assert "Maximum" not in run("--facture", "2003-03-01", "--condition", "30 jours").stdout.split("\n")[1]

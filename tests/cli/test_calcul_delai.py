"""`exigible calcul delai`, as scripts call it."""

import pytest
from appels import Appel

APPEL = Appel("calcul", "delai")
run, run_json, run_erreur = APPEL.run, APPEL.read_json, APPEL.read_erreur


def test_le_contrat():
    resultat = run_json("--depart", "2026-10-01", "--duree", "P1M")
    assert list(resultat)[:3] == ["echeance", "avant_report", "motif_report"]
    assert (resultat["echeance"], resultat["avant_report"]) == ("2026-11-02", "2026-11-01")
    assert resultat["motif_report"] == "dimanche"
    assert resultat["jours_ecartes"] == [{"date": "2026-11-01", "motif": "dimanche"}]
    assert resultat["articles"] == ["CPC 640", "CPC 641 al. 2", "CPC 642"]
    assert resultat["avertissements"] == []


@pytest.mark.parametrize(
    ("arguments", "echeance", "motif"),
    [
        (["--depart", "30/09/2026", "--duree", "1 mois"], "2026-10-30", None),
        (["--depart", "2026-09-15", "--duree", "P1M", "--distance", "outre-mer"], "2026-11-16", "dimanche"),
        (["--depart", "2026-09-15", "--duree", "P1M", "--distance", "etranger"], "2026-12-15", None),
        (["--depart", "2026-10-30", "--duree", "P15D", "--sens", "avant"], "2026-10-15", None),
        (["--depart", "2021-04-11", "--duree", "P5Y", "--sans-report"], "2026-04-11", None),
        (["--depart", "2026-03-19", "--duree", "P15D", "--zone", "alsace-moselle"], "2026-04-07", "Vendredi saint"),
        (["--depart", "2026-05-12", "--duree", "P15D", "--zone", "guadeloupe"], "2026-05-28", "27 mai"),
    ],
)
def test_options(arguments, echeance, motif):
    resultat = run_json(*arguments)
    assert resultat["echeance"] == echeance
    assert (resultat["motif_report"] or "").startswith(motif or "")
    assert (resultat["motif_report"] is None) is (motif is None)


def test_les_avertissements_sortent():
    resultat = run_json("--depart", "2026-10-30", "--duree", "P15D", "--sens", "avant")
    assert [sorted(avertissement) for avertissement in resultat["avertissements"]] == [["code", "message"]]
    assert resultat["avertissements"][0]["code"] == "compte_a_rebours"


@pytest.mark.parametrize(
    ("arguments", "code", "champ"),
    [
        (["--depart", "2026-10-01"], "parametre_manquant", "--duree"),
        (["--duree", "P1M"], "parametre_manquant", "--depart"),
        (["--depart", "2026-02-30", "--duree", "P1M"], "date_inexistante", "--depart"),
        (["--depart", "2026-10-01", "--duree", "bientôt"], "duree_illisible", "--duree"),
        (["--depart", "2026-10-01", "--duree", "PT24H"], "duree_en_heures", "--duree"),
        (["--depart", "2026-10-01", "--duree", "P0D"], "duree_invalide", "--duree"),
        (["--depart", "2026-10-01", "--duree", "P1M", "--zone", "lune"], "valeur_invalide", "--zone"),
    ],
)
def test_erreurs(arguments, code, champ):
    erreur = run_erreur(*arguments)
    assert (erreur["code"], erreur["champ"]) == (code, champ)


def test_pour_les_gens():
    resultat = run("--depart", "2008-03-07", "--duree", "P15D")
    assert resultat.exit_code == 0
    assert "Dernier jour : 25/03/2008 à 24 h (reporté : samedi)" in resultat.stdout
    assert "lundi de Pâques" in resultat.stdout
    assert "Articles : CPC 640" in resultat.stdout
    assert "reporté" not in run("--depart", "2026-09-30", "--duree", "P1M").stdout


def test_l_aide_montre_un_exemple():
    aide = run("--help").stdout
    assert "exigible calcul delai --depart" in aide
    assert "[obligatoire]" in aide


def test_les_choix_s_ecrivent_en_majuscules_ou_non():
    minuscules = run_json("--depart", "2026-03-03", "--duree", "P1M", "--zone", "alsace-moselle")
    assert minuscules["motif_report"] == "Vendredi saint"
    assert run_json("--depart", "2026-03-03", "--duree", "un mois", "--zone", "Alsace-Moselle") == minuscules

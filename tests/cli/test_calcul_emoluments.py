"""`exigible calcul emoluments`, as scripts call it."""

import pytest
from appels import Appel

BASE = ["calcul", "emoluments", "--date", "2025-11-21"]
DROIT = [*BASE, "--article", "A444-31", "--montant", "4000"]
ACTE = [*BASE, "--acte", "assignation"]


APPEL = Appel()
run, run_json, run_erreur = APPEL.run, APPEL.read_json, APPEL.read_erreur


def test_emoluments_suit_le_contrat():
    resultat = run_json(*DROIT)
    assert list(resultat)[:4] == ["total_ht", "tva", "total_ttc", "tranches"]
    assert (resultat["total_ht"], resultat["tva"], resultat["total_ttc"]) == ("81.39", "16.28", "97.67")
    assert resultat["tranches"][-1] == {
        "de": "1525.00",
        "a": None,
        "assiette": "2475.00",
        "taux": "0.29",
        "montant": "7.18",
    }
    assert (resultat["a_la_charge"], resultat["tarif_du"], resultat["taux_tva"]) == ("debiteur", "2024-03-01", "20.00")
    assert resultat["avertissements"] == []


@pytest.mark.parametrize(
    "article",
    [
        "A444-31",
        "a444-31",
        "A. 444-31",
        "A.444-31",
        "C. com. A444-31",
        "A 444-31 C. com.",
        "444-31",
        "article A444-31",
        "Art. A. 444-31",
    ],
)
def test_un_article_s_ecrit_de_plusieurs_facons(article):
    assert run_json(*DROIT, "--article", article)["total_ht"] == "81.39"


@pytest.mark.parametrize(
    ("options", "total"),
    [
        ([*DROIT, "--alimentaire"], "162.79"),
        ([*DROIT, "--deja-recouvre", "1000"], "27.98"),
        ([*DROIT, "--engagement-percu", "67.11"], "14.28"),
        ([*DROIT, "--provision", "2024-02-01"], "80.71"),
        ([*DROIT, "--date", "2028-06-01", "--provisoire"], "81.39"),
        ([*DROIT, "--article", "A444-32"], "257.45"),
        ([*DROIT, "--article", "A444-15"], "67.11"),
        (ACTE, "18.28"),
        ([*ACTE, "--montant", "100"], "9.14"),
        ([*ACTE, "--montant", "2000", "--electronique"], "45.36"),
        ([*ACTE, "--article", "A444-11"], "18.28"),
    ],
)
def test_options(options, total):
    assert run_json(*options)["total_ht"] == total


@pytest.mark.parametrize(
    ("options", "code", "champ"),
    [
        (BASE, "parametre_manquant", "--article"),
        ([*BASE, "--article", "A444-31"], "parametre_manquant", "--montant"),
        ([*BASE, "--article", "A444-11"], "parametre_manquant", "--acte"),
        ([*BASE, "--article", "A444-99"], "article_inconnu", "--article"),
        ([*ACTE, "--article", "A444-14"], "article_discordant", "--article"),
        ([*BASE, "--acte", "constat"], "valeur_invalide", "--acte"),
        ([*BASE, "--acte", "proces_verbal_saisie_vente"], "tarif_non_lu", "--acte"),
        ([*DROIT, "--article", "A444-32", "--montant", "100"], "tarif_non_lu", "--article"),
        ([*DROIT, "--date", "2010-01-01"], "date_hors_bareme", "--date"),
        ([*DROIT, "--date", "2028-03-01"], "date_hors_bareme", "--date"),
        ([*DROIT, "--montant", "0"], "montant_nul", "--montant"),
        ([*DROIT, "--deja-recouvre", "-1"], "montant_negatif", "--deja-recouvre"),
        ([*DROIT, "--acte", "assignation"], "options_incompatibles", "--acte"),
        ([*DROIT, "--engagement-percu", "-1"], "montant_negatif", "--engagement-percu"),
        ([*DROIT, "--article", "A444-15", "--engagement-percu", "5"], "options_incompatibles", "--engagement-percu"),
        ([*ACTE, "--engagement-percu", "5"], "options_incompatibles", "--engagement-percu"),
        ([*DROIT, "--electronique"], "options_incompatibles", "--electronique"),
        ([*ACTE, "--alimentaire"], "options_incompatibles", "--alimentaire"),
        ([*ACTE, "--deja-recouvre", "5"], "options_incompatibles", "--deja-recouvre"),
    ],
)
def test_erreurs(options, code, champ):
    erreur = run_erreur(*options)
    assert (erreur["code"], erreur["champ"]) == (code, champ)


def test_texte_pour_les_gens():
    resultat = run(*DROIT, "--deja-recouvre", "1000", "--engagement-percu", "5")
    assert resultat.exit_code == 0
    for attendu in (
        "Total TTC",
        "Déjà perçu",
        "Droit d'engagement imputé",
        "À la charge de : le débiteur",
        "3,41",
        "Tarif du 01/03/2024",
    ):
        assert attendu in resultat.stdout
    acte = run(*ACTE, "--montant", "4000", "--electronique").stdout
    assert "× 2" in acte
    assert "Déplacement" in acte

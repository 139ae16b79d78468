"""`exigible calcul interets` as a practitioner types it: payments, dates of every year, insolvency, what is refused."""

import json

import pytest
from click.testing import CliRunner

from exigible.cli import main


def run(texte, *autres):
    return CliRunner().invoke(main, ["calcul", "interets", *texte.split(), *autres, "--json"])


def run_json(texte, *autres):
    resultat = run(texte, *autres)
    assert (resultat.exit_code, resultat.stderr) == (0, "")
    return json.loads(resultat.stdout)


COMMERCIAL = "--principal 10000 --du 2025-09-30 --au 2026-02-15 --regime commercial"


def test_plusieurs_paiements_a_travers_les_changements_de_taux():
    """3 000 on 15/11/2025, 4 000 on 20/01/2026, the rest on 30/04/2026: every line and every part by hand."""
    resultat = run_json(
        "--principal 10000 --du 2025-09-30 --au 2026-04-30 --regime commercial --paiement 20/01/2026:4000 "
        "--paiement 2025-11-15:3000",
        "--paiement",
        "30/04/2026:3 500,00",
    )
    assert [ligne["montant"] for ligne in resultat["lignes"]] == ["153.12", "110.14", "47.89", "111.55"]
    assert [ligne["base"] for ligne in resultat["lignes"]] == ["10000.00", "7193.12", "7193.12", "3351.15"]
    assert [(i["date"], i["indemnites"], i["interets"], i["principal"]) for i in resultat["imputations"]] == [
        ("2025-11-15", "40.00", "153.12", "2806.88"),
        ("2026-01-20", "0.00", "158.03", "3841.97"),
        ("2026-04-30", "0.00", "111.55", "3351.15"),
    ]
    assert (resultat["total_du"], resultat["trop_percu"]) == ("0.00", "37.30")


@pytest.mark.parametrize(
    ("texte", "interets"),
    [
        ("--principal 1000 --du 2011-12-31 --au 2012-12-31 --regime legal", "7.10"),
        ("--principal 1000 --du 2014-06-30 --au 2014-12-31 --regime legal", "0.20"),
        ("--principal 1000 --du 2014-12-31 --au 2015-06-30 --regime legal --creancier particulier", "20.13"),
        ("--principal 1000 --du 2012-12-31 --au 2013-12-31 --regime commercial", "106.24"),
        ("--principal 1000 --du 2015-12-31 --au 2016-12-31 --regime commercial", "100.52"),
        ("--principal 1000 --du 2015-12-31 --au 2016-12-31 --regime convenu --taux 10", "100.00"),
        ("--principal 1000 --du 2015-12-31 --au 2016-12-31 --regime convenu --taux 10 --diviseur 365", "100.27"),
        ("--principal 1000 --du 2015-12-31 --au 2016-12-31 --regime convenu --taux 10 --diviseur 360", "101.67"),
        ("--principal 1000 --du 2024-02-28 --au 2024-02-29 --regime convenu --taux 36.6", "1.00"),
        ("--principal 100000 --du 2023-12-15 --au 2024-03-15 --regime legal", "1223.92"),
        ("--principal 24000 --du 2025-05-10 --au 2025-08-31 --regime public", "828.46"),
        (
            "--principal 10000 --du 2022-12-31 --au 2025-12-31 --regime convenu --taux 5 --capitalisation 2023-01-01",
            "1576.25",
        ),
        ("--principal 8000 --du 2026-01-05 --au 2026-06-30 --regime legal --executoire 2026-01-20", "212.84"),
    ],
)
def test_des_annees_de_toute_sorte(texte, interets):
    assert run_json(texte)["interets"] == interets


@pytest.mark.parametrize("principal", ["1 234,56", "1\u202f234,56", "1\u00a0234,56 €", "1234.56", "1234,56"])
def test_les_montants_s_ecrivent_a_la_francaise(principal):
    resultat = run_json("--du 30/09/2025 --au 15/02/2026 --regime commercial", "--principal", principal)
    assert (resultat["principal_restant"], resultat["interets"]) == ("1234.56", "56.71")


def test_paye_avant_l_echeance_rien_n_est_du():
    resultat = run_json(f"{COMMERCIAL} --paiement 2025-09-15:10000")
    assert [resultat[cle] for cle in ("interets", "indemnites", "total_du")] == ["0.00"] * 3
    assert (resultat["lignes"], resultat["articles"]) == ([], ["C. civ. 1343-1"])
    partiel = run_json(f"{COMMERCIAL} --paiement 2025-09-15:4000")
    assert (partiel["interets"], partiel["indemnites"]) == ("275.62", "40.00")


def test_principal_d_abord():
    resultat = run_json(f"{COMMERCIAL} --imputation principal --paiement 2026-02-15:3000")
    assert (resultat["principal_restant"], resultat["interets"], resultat["indemnites"]) == (
        "7000.00",
        "459.37",
        "40.00",
    )


@pytest.mark.parametrize(
    ("ouverture", "interets", "indemnites", "codes"),
    [
        ("2025-12-01", "203.05", "40.00", ["indemnite_a_verifier", "interets_suspendus"]),
        ("2025-09-30", "0.00", "0.00", ["indemnite_exclue", "interets_suspendus"]),
        ("2026-03-01", "459.37", "40.00", []),
    ],
)
def test_le_jugement_d_ouverture_arrete_les_interets(ouverture, interets, indemnites, codes):
    resultat = run_json(f"{COMMERCIAL} --ouverture {ouverture}")
    assert (resultat["interets"], resultat["indemnites"]) == (interets, indemnites)
    assert [a["code"] for a in resultat["avertissements"]] == codes
    assert ("C. com. L622-28" in resultat["articles"]) is bool(codes)


def test_la_capitalisation_ne_prend_pas_ce_qui_a_couru_avant():
    texte = "--principal 1000 --du 2022-06-30 --au 2024-12-31 --regime convenu --taux 10 --capitalisation 2023-01-01"
    resultat = run_json(texte)
    assert [ligne["base"] for ligne in resultat["lignes"]] == ["1000.00", "1000.00", "1100.00"]
    assert "C. civ. 1343-2" in resultat["articles"]


@pytest.mark.parametrize(
    ("texte", "code", "champ"),
    [
        ("--principal -1 --du 2025-09-30 --au 2026-02-15 --regime commercial", "montant_negatif", "--principal"),
        (f"{COMMERCIAL} --frais -1", "montant_negatif", "--frais"),
        (f"{COMMERCIAL} --paiement 2026-02-30:5", "date_inexistante", "--paiement"),
        (f"{COMMERCIAL} --paiement 2026-02-15:5,005", "montant_trop_precis", "--paiement"),
        (f"{COMMERCIAL} --ouverture hier", "date_illisible", "--ouverture"),
        (
            "--principal 1 --du 2025-01-01 --au 2025-12-31 --regime legal --executoire 1950-01-01",
            "date_hors_bareme",
            "--executoire",
        ),
        ("--principal 1 --du 2025-01-01 --au 2028-12-31 --regime legal", "date_hors_bareme", "--au"),
        ("--principal 1 --du 1950-01-01 --au 1980-12-31 --regime legal", "date_hors_bareme", "--du"),
        (f"{COMMERCIAL} --taux 5 --multiple-legal 3", "taux_en_double", "--multiple-legal"),
    ],
)
def test_ce_qui_est_refuse(texte, code, champ):
    resultat = run(texte)
    assert (resultat.exit_code, resultat.stdout) == (2, "")
    erreur = json.loads(resultat.stderr)["erreur"]
    assert (erreur["code"], erreur["champ"]) == (code, champ)


def test_des_interets_demesures_se_refusent_en_une_phrase():
    resultat = run(
        "--principal 1 --du 1900-01-01 --au 2199-12-31 --regime convenu --taux 9999 --capitalisation 1900-01-01"
    )
    assert (resultat.exit_code, resultat.stdout) == (2, "")
    assert json.loads(resultat.stderr)["erreur"]["code"] == "montant_hors_limites"


def test_les_plus_grands_montants_admis_se_calculent_au_centime():
    resultat = run_json("--principal 9999999999999,99 --du 2024-12-31 --au 2025-12-31 --regime convenu --taux 9999")
    assert resultat["interets"] == "999899999999999.00"
    assert resultat["total_du"] == "1009899999999998.99"


def test_les_mots_s_ecrivent_en_majuscules_ou_non():
    resultat = run_json(
        "--principal 1000 --du 2025-01-01 --au 2025-06-30 --regime LEGAL --creancier Particulier "
        "--diviseur Civil --imputation Principal"
    )
    assert [ligne["taux"] for ligne in resultat["lignes"]] == ["7.21"]


def test_sous_le_plancher_le_montant_au_taux_de_la_loi_se_lit_a_cote():
    resultat = run_json("--principal 1000 --du 2025-01-01 --au 2025-12-31 --regime commercial --taux 3")
    [avertissement] = resultat["avertissements"]
    assert avertissement["code"] == "taux_sous_plancher"
    assert "29,92\u00a0€" in avertissement["message"]
    assert "126,10\u00a0€" in avertissement["message"]
    assert (resultat["interets"], resultat["interets_a_defaut_de_clause"]) == ("29.92", "126.10")
    convenable = run_json("--principal 1000 --du 2025-01-01 --au 2025-12-31 --regime commercial --taux 12")
    assert "interets_a_defaut_de_clause" not in convenable


def test_un_paiement_s_affiche_en_entier_meme_quand_il_depasse_la_dette():
    texte = (
        "--principal 1000 --du 2025-09-30 --au 2026-02-15 --regime commercial --paiement 2025-10-31:1500 "
        "--paiement 2025-12-01:20"
    )
    resultat = CliRunner().invoke(main, ["calcul", "interets", *texte.split()])
    assert resultat.exit_code == 0
    payes = [ligne.split("  ") for ligne in resultat.stdout.splitlines() if ligne.startswith(("31/10", "01/12"))]
    montants = [next(case.strip() for case in paye[1:] if case) for paye in payes]
    assert montants == ["1\u202f500,00\u00a0€", "20,00\u00a0€"]
    assert run_json(texte)["trop_percu"] == "469.68"

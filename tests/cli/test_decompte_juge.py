"""`exigible decompte` on a file with a surety, a judgment and costs: an account a person, head by head, line by line.

By hand, at 2.62 % (legal rate of the first half of 2026, professional creditor), from 02/02 to 30/04/2026, 88 days:
10 000 × 2.62 % × 88 / 365 = 63.17; 800 × 2.62 % × 88 / 365 = 5.05. The seizure, 94.50, is on the debtor (CPCE L111-8),
and the surety's payment of 15/03 pays it first; the fees are not (CPC 700). 10 000 + 63.17 + 800 + 5.05 = 10 868.22.
Of the 5 000 that the surety promised, 4 905.50 are left.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from exigible.cli import main

FICHIER = Path(__file__).parent / "donnees" / "dossier_juge.json"


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture(name="releve")
def _releve():
    resultat = run("decompte", FICHIER, "--au", "2026-04-30", "--json")
    assert resultat.exit_code == 0, resultat.output
    return json.loads(resultat.stdout)


def test_un_compte_par_personne(releve):
    debiteur, caution = releve["personnes"]
    assert (debiteur["qualite"], debiteur["du"], debiteur["reclamable"]) == ("debiteur", "10868.22", "10868.22")
    assert debiteur["titres"] == ["J"]
    assert debiteur["compte"]["interets"] == "68.22"
    assert (caution["cle"], caution["nom"], caution["qualite"]) == ("K", "Garante Exemple", "caution_solidaire")
    assert (caution["du"], caution["reclamable"], caution["plafond_restant"]) == ("4905.50", "4905.50", "4905.50")
    assert "plafond" in [r["code"] for r in caution["raisons"]]


def test_les_chefs_du_jugement(releve):
    [titre] = releve["titres"]
    assert (titre["nature"], titre["rendu_le"], titre["juridiction"]) == ("jugement", "2026-02-01", "Tribunal fictif")
    assert (titre["effectif"], titre["contre"], titre["total"]) == (True, ["debiteur"], "10868.22")
    assert [(c["montant"], c["principal_restant"], c["interets"], c["total"]) for c in titre["chefs"]] == [
        ("10000.00", "10000.00", "63.17", "10063.17"),
        ("800.00", "800.00", "5.05", "805.05"),
    ]
    assert titre["chefs"][0]["creances"] == ["A"]


def test_les_frais_et_qui_les_supporte(releve):
    frais = releve["frais_exposes"]
    assert (frais["reclames"], frais["au_creancier"], frais["en_attente"]) == ("94.50", "240.00", "0.00")
    assert [(x["cle"], x["charge"], x["reclame"]) for x in frais["lignes"]] == [
        ("S", "debiteur", True),
        ("H", "creancier", False),
    ]
    assert frais["lignes"][1]["articles"]
    assert (frais["avance"], frais["avances"][0]["a"]) == ("200.00", "Étude fictive")
    assert releve["total_du"] == "10868.22"


def test_le_texte_les_dit_aussi():
    resultat = run("decompte", FICHIER, "--au", "2026-04-30")
    assert resultat.exit_code == 0, resultat.output
    for attendu in (
        "Jugement du 01/02/2026 : somme principale",
        "Décision du 01/02/2026, exécutoire le 01/02/2026",
        "saisie-attribution",
        "non réclamé",
        "Garante Exemple",
        "caution solidaire",
        "4\u202f905,50\u00a0€",
        "Ces sommes ne s'additionnent pas",
    ):
        assert attendu in resultat.stdout


def test_le_schema_les_decrit():
    schema = run("schema", "dossier").stdout
    for type_ in ("personne_tenue", "jugement_rendu", "frais_expose", "frais_mis_a_charge", "avance_versee"):
        assert type_ in schema


@pytest.mark.parametrize(
    ("place", "change", "code", "champ", "message"),
    [
        (1, {"plafond": "cinq mille"}, None, "faits[1].fait.plafond", "cinq mille"),
        (1, {"role": "ami"}, "dossier_invalide", "faits[1].fait.role", "« ami » n'est pas admise"),
        (1, {"role": "debiteur"}, "personne_mal_decrite", "faits[1].fait.role", "se décrit à part"),
        (1, {"cle": "debiteur"}, "personne_mal_decrite", "faits[1].fait.cle", "se décrit à part"),
        (1, {"creances": ["B"]}, "reference_inconnue", "faits[1].fait.creances[0]", "« B » (facture). Connus : A"),
        (1, {"plafon": "5"}, "champ_inconnu", "faits[1].fait", "« plafon » n'existe pas"),
        (2, {"chefs": [{"cle": "p", "montant": "-1"}]}, "montant_invalide", "faits[2].fait.montant", "positif"),
        (2, {"chefs": [{"cle": "p"}]}, "dossier_invalide", "faits[2].fait.chefs[0]", "il manque « montant »"),
        (2, {"chefs": [{"cle": "p", "montant": "1", "creances": ["X"]}]}, "reference_inconnue",
         "faits[2].fait.chefs[0].creances[0]", "« X »"),
        (2, {"contre": ["Kk"]}, "reference_inconnue", "faits[2].fait.contre[0]", "(personne tenue). Connus : K"),
        (2, {"remplace": "J0"}, "reference_inconnue", "faits[2].fait.remplace", "(décision)"),
        (2, {"delai_de_grace": {"jusqu_au": "2026-12-31", "echeances": [["2026-10-01", "10.005"]]}}, "montant_invalide",
         "faits[2].fait.echeances", "10.005"),
        (2, {"delai_de_grace": {"jusqu_au": "2026-12-31", "decisions": ["Z"]}}, "reference_inconnue",
         "faits[2].fait.delai_de_grace.decisions[0]", "« Z »"),
        (3, {"decision": "j"}, "reference_inconnue", "faits[3].fait.decision", "« j » (décision). Connus : J"),
        (3, {"montant_ht": "12,345"}, None, "faits[3].fait.montant_ht", "décimales"),
        (6, {"payeur": "Y"}, "reference_inconnue", "faits[6].fait.payeur", "« Y »"),
    ],
)  # fmt: skip
def test_une_erreur_nomme_le_champ(tmp_path, place, change, code, champ, message):
    dossier = json.loads(FICHIER.read_text("utf-8"))
    dossier["faits"][place]["fait"] |= change
    fichier = tmp_path / "dossier.json"
    fichier.write_text(json.dumps(dossier), encoding="utf-8")
    resultat = run("decompte", fichier, "--au", "2026-04-30", "--json")
    assert resultat.exit_code == 2
    erreur = json.loads(resultat.output)["erreur"]
    assert erreur["champ"] == champ
    assert message in erreur["message"]
    if code is not None:
        assert erreur["code"] == code


def test_des_frais_que_le_juge_met_a_charge_doivent_etre_decrits(tmp_path):
    dossier = json.loads(FICHIER.read_text("utf-8"))
    fait = {"type": "frais_mis_a_charge", "frais": ["S", "Q"], "charge": "creancier"}
    dossier["faits"].append({"date_effet": "2026-04-01", "fait": fait})
    fichier = tmp_path / "dossier.json"
    fichier.write_text(json.dumps(dossier), encoding="utf-8")
    erreur = json.loads(run("decompte", fichier, "--au", "2026-04-30", "--json").output)["erreur"]
    assert (erreur["code"], erreur["champ"]) == ("reference_inconnue", "faits[7].fait.frais[1]")


def test_une_part_n_est_pas_un_montant(tmp_path):
    """A third each: a share is a percentage, finer than the cent."""
    dossier = json.loads(FICHIER.read_text("utf-8"))
    dossier["faits"] = dossier["faits"][:1]
    fait = {"type": "personne_tenue", "cle": "K", "nom": "Coobligée", "role": "codebiteur_conjoint", "part": "33.333"}
    dossier["faits"].append({"date_effet": "2025-08-31", "fait": fait})
    fichier = tmp_path / "dossier.json"
    fichier.write_text(json.dumps(dossier), encoding="utf-8")
    releve = json.loads(run("decompte", fichier, "--au", "2025-09-30", "--json").stdout)
    assert [p["du"] for p in releve["personnes"]] == ["6666.70", "3333.30"]

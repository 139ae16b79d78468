"""`exigible calcul conformite`, as scripts call it."""

import json

import pytest
from click.testing import CliRunner

from exigible.cli import main

LETTRE = {
    "debiteur.qualite": "consommateur",
    "titre.existe": False,
    "lignes": ["principal", "frais_relance"],
    "decompte.total": 120.50,
    "decompte.somme_lignes": "120.50",
    "decompte.elements_distingues": True,
    "decompte.cumul_moratoire": False,
    "decompte.tva_sur_penalites": False,
}


def run(contexte, *options):
    entree = contexte if isinstance(contexte, str) else json.dumps(contexte)
    return CliRunner().invoke(main, ["calcul", "conformite", "-", *options], input=entree)


def test_ce_qui_est_refuse_et_pourquoi():
    resultat = run(LETTRE, "--cible", "decompte", "--json")
    assert (resultat.exit_code, resultat.stderr) == (0, "")
    lu = json.loads(resultat.stdout)
    assert lu["conforme"] is False
    (manquement,) = lu["manquements"]
    assert (manquement["regle"], manquement["severite"], manquement["statut"]) == ("FR-02", "bloquant", "confirme")
    assert "frais de relance" in manquement["message"]
    assert lu["articles"] == ["CPCE L111-8 al. 2", "C. conso. L121-21"]
    assert lu["avertissements"] == []


def test_rien_ne_s_y_oppose():
    resultat = run({**LETTRE, "lignes": ["principal"]}, "--cible", "decompte")
    assert (resultat.exit_code, resultat.stdout) == (0, "Rien ne s'y oppose.\n")
    assert json.loads(run({**LETTRE, "lignes": []}, "--cible", "decompte", "--json").stdout)["conforme"] is True


def test_une_regle_a_verifier_avertit():
    lu = json.loads(run({"donnees.sensibles_non_caviardees": True}, "--cible", "donnees", "--json").stdout)
    assert ("regle_a_verifier", True) in [(a["code"], "RG-02" in a["message"]) for a in lu["avertissements"]]
    texte = run({"donnees.sensibles_non_caviardees": True}, "--cible", "donnees").stdout
    assert texte.startswith("Refusé.\n")
    assert "RG-02 (bloquant) : Données sensibles caviardées (règle à vérifier) (RGPD art. 9)." in texte


@pytest.mark.parametrize(
    ("contexte", "cible", "code"),
    [
        ({"debiteur.qualitee": "consommateur"}, "lettre", "champ_non_declare"),
        ({"debiteur.qualite": "client"}, "lettre", "code_inconnu"),
        ({"creance.solde": "mille"}, "lettre", "fait_illisible"),
        (LETTRE, "pigeon", "cible_inconnue"),
        ("{", "lettre", "contexte_illisible"),
        ("[]", "lettre", "contexte_illisible"),
    ],
)
def test_une_saisie_fautive_est_refusee(contexte, cible, code):
    resultat = run(contexte, "--cible", cible, "--json")
    assert (resultat.exit_code, resultat.stdout) == (2, "")
    assert json.loads(resultat.stderr)["erreur"]["code"] == code
    assert run(contexte, "--cible", cible).stderr.startswith("Erreur")


def test_un_fichier_absent_ou_sans_cible():
    absent = CliRunner().invoke(main, ["calcul", "conformite", "absent.json", "--cible", "lettre", "--json"])
    assert (absent.exit_code, absent.stdout) == (2, "")
    assert run(LETTRE, "--json").exit_code == 2


def test_l_exemple_de_la_page(tmp_path):
    fichier = tmp_path / "lettre.json"
    fichier.write_text(json.dumps(LETTRE), encoding="utf-8")
    resultat = CliRunner().invoke(main, ["calcul", "conformite", str(fichier), "--cible", "decompte"])
    assert "FR-02 (bloquant)" in resultat.stdout

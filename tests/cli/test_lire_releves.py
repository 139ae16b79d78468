"""`exigible lire` on bank files: one JSON object, written as it is read, and a summary that counts them all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from exigible.cli import main
from exigible.cli.banc_releves import write_cfonb120

DONNEES = Path(__file__).parents[1] / "echanges" / "donnees"
FICHIERS = [
    DONNEES / "cfonb120" / "silarhi-complex.txt",
    DONNEES / "mt940" / "jejik-generic.sta",
    DONNEES / "ofx" / "bank_medium.ofx",
    DONNEES / "csv_releves" / "debit_credit.csv",
    DONNEES / "camt053" / "oca-test-camt054.xml",
]


def lancer(*arguments):
    return CliRunner().invoke(main, ["lire", *map(str, arguments)])


def test_un_seul_objet_pour_tous_les_fichiers():
    resultat = lancer(*FICHIERS, "--json")
    assert (resultat.exit_code, resultat.stderr) == (0, "")
    lus = json.loads(resultat.stdout)["fichiers"]
    assert [lu["format"] for lu in lus] == ["cfonb120", "mt940", "ofx", "csv_releve", "camt054"]
    assert [len(lu["mouvements"]) for lu in lus] == [5, 2, 3, 2, 1]
    assert [lu["nom"] for lu in lus] == [fichier.name for fichier in FICHIERS]
    for lu in lus:
        assert {"creances", "tiers", "compte", "comptes", "erreurs", "sha256", "taille"} <= lu.keys()
        assert {"iban", "solde_debut", "solde_fin", "controle"} <= lu["compte"].keys()
        for mouvement in lu["mouvements"]:
            assert isinstance(mouvement["montant"], str)
            assert {"date", "date_valeur", "devise", "libelle", "reference", "contrepartie", "iban"} <= mouvement.keys()
    assert lus[0]["mouvements"][0]["montant"] == "-22.79"
    assert [compte["controle"] for compte in lus[0]["comptes"]] == [True] * 8


def test_un_fichier_sans_mouvement_est_un_objet_entier():
    (lu,) = json.loads(lancer(DONNEES / "ofx" / "multiple_accounts.ofx", "--json").stdout)["fichiers"]
    assert lu["mouvements"] == []
    assert [compte["solde_fin"] for compte in lu["comptes"]] == ["111.00", "222.00"]


@pytest.mark.parametrize(("nombre", "suite"), [(3, False), (50, True)])
def test_le_resume_compte_tout_et_montre_le_debut(tmp_path, nombre, suite):
    fichier = tmp_path / "releve.txt"
    fichier.write_text("".join(write_cfonb120(nombre)), encoding="utf-8")
    texte = lancer(fichier).stdout
    assert "relevé bancaire CFONB 120" in texte
    assert f"Mouvements : {nombre}." in texte
    assert ("… et 30 autres." in texte) is suite
    assert texte.count("VIR SEPA CLIENT") == min(nombre, 20)

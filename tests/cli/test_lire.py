"""`exigible lire`: the contract, and the French summary."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from exigible.cli import main

DONNEES = Path(__file__).parents[1] / "echanges" / "donnees"
FEC = DONNEES / "fec" / "111111111FEC20221231.TXT"
RELEVE = DONNEES / "camt053" / "camt053.v2.multi.statement.xml"
FACTURE = DONNEES / "facturx" / "Facture_FR_BASIC.pdf"


def lancer(*arguments):
    return CliRunner().invoke(main, ["lire", *map(str, arguments)])


def test_json_of_the_contract():
    resultat = lancer(FEC, RELEVE, FACTURE, "--json")
    assert resultat.exit_code == 0
    assert resultat.stderr == ""
    fec, releve, facture = json.loads(resultat.stdout)["fichiers"]
    assert (fec["nom"], fec["format"]) == (FEC.name, "fec")
    creance = fec["creances"][0]
    assert {
        "numero",
        "date_emission",
        "date_echeance",
        "montant_ttc",
        "reste_du",
        "devise",
        "debiteur",
        "avoir",
    } <= creance.keys()
    assert creance["montant_ttc"] == "111.42"
    assert creance["date_echeance"] is None
    assert creance["motif_sans_echeance"]
    assert {"nom", "siren", "code"} <= creance["debiteur"].keys()
    assert facture["creances"][0]["date_echeance"] == "2017-12-13"
    mouvement = releve["mouvements"][1]
    assert {"date", "date_valeur", "libelle", "reference", "contrepartie", "iban"} <= mouvement.keys()
    assert (mouvement["montant"], mouvement["devise"]) == ("-7.00", "EUR")
    assert {"iban", "solde_debut", "solde_fin", "controle"} <= releve["compte"].keys()
    assert releve["compte"]["controle"] is True
    assert len(releve["comptes"]) == 2


def test_summary_for_people():
    resultat = lancer(FEC, RELEVE)
    assert resultat.exit_code == 0
    assert "fichier des écritures comptables" in resultat.stdout
    assert "Pièces ouvertes : 33, pour 14\u202f416,52\u00a0€." in resultat.stdout
    assert "contrôle exact" in resultat.stdout
    assert "-7,00\u00a0€" in resultat.stdout


def test_faults_do_not_change_the_status(tmp_path):
    vide = tmp_path / "vide.csv"
    vide.touch()
    resultat = lancer(vide)
    assert resultat.exit_code == 0
    assert resultat.stdout == "vide.csv : format inconnu\n\nErreur : Le fichier « vide.csv » est vide.\n"
    (lu,) = json.loads(lancer(vide, "--json").stdout)["fichiers"]
    assert lu["format"] is None
    assert [erreur["code"] for erreur in lu["erreurs"]] == ["fichier_vide"]


def test_what_cannot_be_opened_is_status_2(tmp_path):
    resultat = lancer(FEC, tmp_path / "absent.csv", "--json")
    assert resultat.exit_code == 2
    assert resultat.stdout == ""
    assert json.loads(resultat.stderr)["erreur"]["code"] == "fichier_inaccessible"
    assert lancer().exit_code == 2

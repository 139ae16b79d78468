"""`exigible decompte` and `exigible schema dossier`, as a program calls them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from exigible.cli import main

DOSSIER = {
    "creancier": {"nom": "Atelier Exemple"},
    "debiteur": {"nom": "Client Exemple", "qualite": "professionnel"},
    "reclamation": {"penalites": "reclamer", "indemnite": "reclamer"},
    "faits": [
        {
            "date_effet": "2025-08-31",
            "fait": {
                "type": "creance_nee", "cle": "A", "numero": "F-1", "emission": "2025-08-31",
                "echeance": "2025-09-30", "montant": "10000.00",
            },
        },
        {
            "date_effet": "2026-04-01",
            "fait": {
                "type": "creance_nee", "cle": "B", "numero": "F-2", "emission": "2026-04-01",
                "echeance": "2026-05-31", "montant": "100.00",
            },
        },
        {"date_effet": "2026-02-15", "fait": {"type": "paiement_recu", "cle": "p", "montant": "3000.00"}},
    ],
}  # fmt: skip


@pytest.fixture(name="fichier")
def _fichier(tmp_path: Path) -> Path:
    fichier = tmp_path / "dossier.json"
    fichier.write_text(json.dumps(DOSSIER), encoding="utf-8")
    return fichier


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_json_statement(fichier):
    """T-IMP-01 with a second invoice not yet due: it is apart from what is payable."""
    resultat = run("decompte", fichier, "--au", "2026-04-30", "--json")
    assert resultat.exit_code == 0
    releve = json.loads(resultat.stdout)
    assert (releve["principal_restant"], releve["interets"], releve["total_du"]) == ("7499.37", "184.73", "7684.10")
    assert releve["a_echoir"] == "100.00"
    assert [ligne["montant"] for ligne in releve["lignes"]] == ["306.25", "153.12", "184.73"]
    assert releve["imputations"][0]["principal"] == "2500.63"
    assert "C. com. L441-10 II" in releve["articles"]


def test_text_and_pdf(fichier, tmp_path):
    pdf = tmp_path / "releve.pdf"
    resultat = run("decompte", fichier, "--au", "30/04/2026", "--pdf", pdf)
    assert resultat.exit_code == 0
    assert "7\u202f684,10\u00a0€" in resultat.stdout
    assert "échue" in resultat.stdout
    assert "à échoir" in resultat.stdout
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_stops_at_the_last_known_rate_or_goes_on(fichier):
    arrete = json.loads(run("decompte", fichier, "--au", "2027-01-31", "--json").stdout)
    assert arrete["interets_arretes_au"] == "2026-12-31"
    assert "interets_arretes_au" in [a["code"] for a in arrete["avertissements"]]
    provisoire = json.loads(run("decompte", fichier, "--au", "2027-01-31", "--json", "--provisoire").stdout)
    assert "taux_provisoire" in [a["code"] for a in provisoire["avertissements"]]
    assert Decimal(provisoire["total_du"]) > Decimal(arrete["total_du"])


def test_un_taux_demesure_est_refuse_en_une_phrase(tmp_path):
    fichier = tmp_path / "taux.json"
    conditions = {"type": "conditions_de_vente_fixees", "delai": "30 jours", "taux_penalites": "1E+999999"}
    fichier.write_text(json.dumps(DOSSIER | {"conditions": conditions}), encoding="utf-8")
    resultat = run("decompte", fichier, "--au", "2026-04-30", "--json")
    assert (resultat.exit_code, resultat.stdout) == (2, "")
    assert json.loads(resultat.stderr)["erreur"]["code"] == "taux_hors_limites"


@pytest.mark.parametrize("contenu", [None, "{", "{}"])
def test_bad_files_give_one_sentence_and_status_two(tmp_path, contenu):
    fichier = tmp_path / "mauvais.json"
    if contenu is not None:
        fichier.write_text(contenu, encoding="utf-8")
    resultat = run("decompte", fichier, "--au", "2026-04-30", "--json")
    assert resultat.exit_code == 2
    assert resultat.stdout == ""
    assert json.loads(resultat.stderr)["erreur"]["message"].endswith(".")


def test_unwritable_pdf_is_said(fichier, tmp_path):
    resultat = run("decompte", fichier, "--au", "2026-04-30", "--pdf", tmp_path / "absent" / "x.pdf")
    assert resultat.exit_code == 2
    assert "ne peut pas être écrit" in resultat.stderr


def test_schema_is_json():
    assert json.loads(run("schema", "dossier").stdout)["$ref"] == "#/$defs/Description"


VALEURS = """[[valeur]]
bareme = "bce_refi"
serie = "taux"
debut = 2027-01-01
valeurs = ["2.90"]
source = "relevé fictif"
enregistree_le = 2027-01-04
"""


def test_the_values_of_the_user_carry_the_interest_on_and_are_said(fichier, tmp_path):
    sans = json.loads(run("decompte", fichier, "--au", "2027-01-31", "--json").stdout)
    assert sans["interets_arretes_au"] == "2026-12-31"
    valeurs = tmp_path / "valeurs.toml"
    valeurs.write_text(VALEURS, encoding="utf-8")
    avec = json.loads(run("decompte", fichier, "--au", "2027-01-31", "--valeurs", valeurs, "--json").stdout)
    assert avec["interets_arretes_au"] is None
    assert avec["lignes"][-1]["taux"] == "12.90"
    assert "valeur saisie par l'utilisateur le 04/01/2027, source : relevé fictif" in avec["lignes"][-1]["source"]
    assert "valeur_saisie" in [a["code"] for a in avec["avertissements"]]


def test_a_value_in_the_file_itself(tmp_path):
    fait = {
        "type": "valeur_de_bareme_saisie", "bareme": "bce_refi", "serie": "taux", "debut": "2027-01-01",
        "valeurs": ["2.90"], "source": "relevé fictif",
    }  # fmt: skip
    fichier = tmp_path / "dossier.json"
    fichier.write_text(json.dumps(DOSSIER | {"faits_creancier": [{"date_effet": "2027-01-01", "fait": fait}]}))
    assert json.loads(run("decompte", fichier, "--au", "2027-01-31", "--json").stdout)["interets_arretes_au"] is None
    fait["debut"] = "2027-02-01"
    fichier.write_text(json.dumps(DOSSIER | {"faits_creancier": [{"date_effet": "2027-02-01", "fait": fait}]}))
    faute = run("decompte", fichier, "--au", "2027-01-31", "--json")
    erreur = json.loads(faute.stderr)["erreur"]
    assert (faute.exit_code, erreur["code"]) == (2, "debut_de_periode")
    assert erreur["champ"] == "faits_creancier[0].fait.debut"


def test_connu_au_ne_lit_que_ce_qui_etait_enregistre(tmp_path):
    """The payment of 15/02/2026 was learnt on 02/03/2026, in the evening; an instant without zone is one of Paris."""
    faits = [*DOSSIER["faits"][:2], DOSSIER["faits"][2] | {"enregistre_le": "2026-03-02T23:30:00"}]
    fichier = tmp_path / "dossier.json"
    fichier.write_text(json.dumps(DOSSIER | {"faits": faits}), encoding="utf-8")
    releves = [
        json.loads(run("decompte", fichier, "--au", "2026-04-30", "--connu-au", jour, "--json").stdout)
        for jour in ("2026-03-01", "2026-03-02")
    ]
    avant, apres = releves
    assert (avant["connu_au"], avant["imputations"], avant["principal_restant"]) == ("2026-03-01", [], "10000.00")
    assert apres["principal_restant"] == "7499.37"
    texte = run("decompte", fichier, "--au", "2026-04-30", "--connu-au", "2026-03-01", "--pdf", tmp_path / "d.pdf")
    assert "au 30/04/2026, selon ce qui était connu au 01/03/2026" in texte.stdout
    assert (tmp_path / "d.pdf").read_bytes().startswith(b"%PDF-")


def test_en_classeur_aussi(fichier, tmp_path):
    classeur = tmp_path / "décompte.xlsx"
    resultat = run("decompte", fichier, "--au", "2026-04-30", "--xlsx", classeur)
    assert resultat.exit_code == 0, resultat.stderr
    assert classeur.read_bytes().startswith(b"PK")
    assert f"Classeur écrit : {classeur}" in resultat.stdout
    assert run("decompte", fichier, "--au", "2026-04-30", "--xlsx", tmp_path / "absent" / "x.xlsx").exit_code == 2


def test_une_panne_d_ecriture_laisse_le_fichier_d_avant(fichier, tmp_path, monkeypatch):
    """What was there is replaced once the new one is whole."""
    ancien = tmp_path / "releve.pdf"
    ancien.write_bytes(b"ancien")
    monkeypatch.setattr(Path, "replace", _refuse)
    assert run("decompte", fichier, "--au", "2026-04-30", "--pdf", ancien).exit_code == 2
    assert ancien.read_bytes() == b"ancien"
    assert [x.name for x in tmp_path.iterdir() if "partiel" in x.name] == []


def _refuse(*_arguments):
    raise OSError

"""`exigible lot`: a folder of letters from described dossiers; what cannot be made is said, and the rest is."""

import json
from pathlib import Path

from click.testing import CliRunner

from exigible.cli import main

DOSSIERS = Path(__file__).parents[2] / "src" / "exigible" / "actes" / "exemples"
A_ECHOIR = Path(__file__).parents[1] / "actes" / "catalogue" / "dossiers" / "a_echoir.json"


def run(*arguments):
    return CliRunner().invoke(main, ["lot", *map(str, arguments)])


def test_un_lot_de_relances(tmp_path):
    casse = tmp_path / "casse.json"
    casse.write_text("{", encoding="utf-8")
    vers = tmp_path / "lot"
    dossiers = (DOSSIERS / "professionnel.json", casse, DOSSIERS / "public.json")
    resultat = run(
        "mise_en_demeure", *dossiers, "--vers", vers, "--au", "2026-11-21", "--reponse", "delai_jours=8", "--json"
    )
    assert resultat.exit_code == 0, resultat.stderr
    lu = json.loads(resultat.stdout)
    assert (lu["documents"], lu["refuses"]) == (2, 1)
    assert [x["statut"] for x in lu["lignes"]] == ["fait", "refuse", "fait"]
    assert lu["lignes"][1]["raison"]
    for ligne in lu["lignes"]:
        assert not ligne["fichier"] or (vers / ligne["fichier"]).read_bytes().startswith(b"%PDF")
    assert (vers / "impression.pdf").is_file()


def test_un_lot_n_en_ecrase_pas_un_autre(tmp_path):
    (tmp_path / "manifeste.csv").write_text("", encoding="utf-8")
    resultat = run("mise_en_demeure", DOSSIERS / "public.json", "--vers", tmp_path)
    assert resultat.exit_code == 2
    assert "contient déjà un lot" in resultat.stderr


def test_ce_qui_n_est_pas_fait_est_dit(tmp_path):
    resultat = run("mise_en_demeure", A_ECHOIR, "--vers", tmp_path / "x", "--au", "2026-11-21")
    assert resultat.exit_code == 0
    assert "Laissés de côté : 1" in resultat.stdout
    assert "a_echoir — Aucune facture n'est échue" in resultat.stdout


def test_une_reponse_mal_ecrite(tmp_path):
    resultat = run("mise_en_demeure", DOSSIERS / "public.json", "--vers", tmp_path / "x", "--reponse", "huit")
    assert resultat.exit_code == 2
    assert "question=valeur" in resultat.stderr

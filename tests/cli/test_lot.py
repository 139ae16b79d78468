"""`exigible lot`: a folder of letters from described dossiers; what cannot be made is said, and the rest is."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

from click.testing import CliRunner
from pypdf import PdfReader

from exigible.cli import main
from exigible.droit.argent import format_montant, parse_montant

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


def test_un_dossier_donne_deux_fois_n_a_qu_une_lettre(tmp_path):
    dossier = DOSSIERS / "public.json"
    copie = tmp_path / "copie.json"
    copie.write_bytes(dossier.read_bytes())
    resultat = run("mise_en_demeure", dossier, dossier, copie, "--vers", tmp_path / "x", "--au", "2026-11-21", "--json")
    lu = json.loads(resultat.stdout)
    assert [x["statut"] for x in lu["lignes"]] == ["fait", "refuse", "refuse"]
    assert str(dossier) in lu["lignes"][2]["raison"]


def test_tout_refuse_il_n_y_a_rien_a_imprimer(tmp_path):
    resultat = run("mise_en_demeure", A_ECHOIR, "--vers", tmp_path / "x", "--au", "2026-11-21")
    assert "rien à imprimer" in resultat.stdout
    assert "impression.pdf" not in resultat.stdout
    assert not (tmp_path / "x" / "impression.pdf").exists()


def test_un_lot_interrompu_ne_se_melange_pas_au_suivant(tmp_path):
    (tmp_path / "lettres").mkdir()
    resultat = run("mise_en_demeure", DOSSIERS / "public.json", "--vers", tmp_path)
    assert (resultat.exit_code, "contient déjà un lot" in resultat.stderr) == (2, True)


def test_une_question_inconnue_arrete_tout(tmp_path):
    resultat = run("mise_en_demeure", DOSSIERS / "public.json", "--vers", tmp_path / "x", "--reponse", "delai=8")
    assert resultat.exit_code == 2
    assert "delai_jours" in resultat.stderr
    assert not (tmp_path / "x").exists()


def test_un_dossier_du_bureau_n_est_pas_un_fichier(tmp_path):
    resultat = run("mise_en_demeure", "D-00001", "--vers", tmp_path / "x", "--au", "2026-11-21")
    assert "Lettres en lot" in resultat.stdout


def test_la_liste_s_ouvre_dans_un_tableur_et_ses_sommes_sont_celles_des_lettres(tmp_path):
    resultat = run(
        "mise_en_demeure", *sorted(DOSSIERS.glob("*.json")), "--vers", tmp_path / "x", "--au", "2026-11-21", "--json"
    )
    lu = json.loads(resultat.stdout)
    brut = (tmp_path / "x" / "manifeste.csv").read_bytes()
    assert brut.startswith(b"\xef\xbb\xbf")
    lignes = list(csv.DictReader(io.StringIO(brut.decode("utf-8-sig")), delimiter=";"))
    montants = [parse_montant(x["montant"]) for x in lignes if x["statut"] == "fait"]
    assert sum(montants) == Decimal(lu["montant"])
    for ligne, montant in zip([x for x in lignes if x["fichier"]], montants, strict=True):
        lettre = PdfReader(tmp_path / "x" / ligne["fichier"])
        texte = "".join(page.extract_text() for page in lettre.pages)
        assert "".join(format_montant(montant).split()) in "".join(texte.split())

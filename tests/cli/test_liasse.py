"""`exigible liasse` on a described dossier: the folder, the ZIP, what is said, what is refused."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pikepdf
import pytest
from appels import Appel
from dossiers_des_actes import DOSSIERS

PROFESSIONNEL = str(DOSSIERS["professionnel"])
SIEGE = ("--reponse", "siege=Testville")


@pytest.fixture(name="piece")
def _piece(tmp_path):
    chemin = tmp_path / "bon de commande.pdf"
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.save(chemin)
    return chemin


@pytest.fixture(name="liasse")
def _liasse(tmp_path):
    base = ("liasse", PROFESSIONNEL, "--acte", "requete_injonction_de_payer", "--au", "2026-11-21")
    return Appel(*base, "--vers", str(tmp_path / "preuves"))


def test_le_dossier_le_pdf_et_le_zip(liasse, piece, tmp_path):
    texte = tmp_path / "échange.txt"
    texte.write_text("Je paierai.", encoding="utf-8")
    archive = tmp_path / "preuves.zip"
    lu = liasse.read_json(*SIEGE, "--piece", f"Commande n° 12={piece}", "--piece", str(texte), "--zip", str(archive))
    assert [(p["numero"], p["intitule"], p["pages"]) for p in lu["pieces"]] == [
        (1, "Commande n° 12", 1),
        (2, "échange", 1),
    ]
    assert lu["projet"] == []
    assert lu["horodatage"] == "Horodatage par un tiers : non configuré."
    with pikepdf.open(lu["liasse"]) as pdf:
        assert len(pdf.pages) == lu["pages"]
    manifeste = json.loads((tmp_path / "preuves" / "manifeste.json").read_bytes())
    assert manifeste["journal"] is None
    assert (tmp_path / "preuves" / "dossier.json").read_bytes() == Path(PROFESSIONNEL).read_bytes()
    with zipfile.ZipFile(archive) as lue:
        assert "preuves/verifier_preuves.py" in lue.namelist()


def test_ce_qui_est_dit(liasse, piece, tmp_path):
    dit = liasse.run(*SIEGE, "--piece", str(piece)).stdout
    assert f"Dossier de preuve écrit : {tmp_path / 'preuves'}" in dit
    assert "bon de commande" in dit
    assert "Empreinte du manifeste (SHA-256) : " in dit
    assert "verifier_preuves.py" in dit


@pytest.mark.parametrize(
    ("arguments", "code", "champ"),
    [
        ((), "reponses_manquantes", "--reponse"),
        ((*SIEGE, "--creance", "F-INCONNUE"), "creance_inconnue", "--creance"),
        ((*SIEGE, "--reponse", "sans_egal"), "reponse_illisible", "--reponse"),
        ((*SIEGE, "--zip", "/inexistant/a.zip"), "fichier_non_ecrit", "--zip"),
    ],
)
def test_ce_qui_est_refuse(liasse, piece, arguments, code, champ):
    erreur = liasse.read_erreur("--piece", str(piece), *arguments)
    assert (erreur["code"], erreur["champ"]) == (code, champ)


def test_sans_piece_ou_sans_fichier(liasse, tmp_path):
    assert liasse.read_erreur(*SIEGE)["code"] == "pieces_absentes"
    erreur = liasse.read_erreur(*SIEGE, "--piece", str(tmp_path / "absent.pdf"))
    assert (erreur["code"], erreur["champ"]) == ("piece_introuvable", "--piece")
    assert not (tmp_path / "preuves").exists()


def test_un_dossier_plein_est_refuse(liasse, piece, tmp_path):
    (tmp_path / "preuves").mkdir()
    (tmp_path / "preuves" / "deja.txt").write_text("là")
    erreur = liasse.read_erreur(*SIEGE, "--piece", str(piece))
    assert (erreur["code"], erreur["champ"]) == ("dossier_non_vide", "--vers")
    assert [c.name for c in (tmp_path / "preuves").iterdir()] == ["deja.txt"]


def test_un_projet_se_fait_et_se_dit(liasse, piece):
    lu = liasse.read_json("--projet", "--piece", str(piece))
    assert lu["projet"]


def test_un_horodatage_mal_regle_se_dit(liasse, piece, monkeypatch):
    monkeypatch.setenv("EXIGIBLE_HORODATAGE_URL", "exemple.example/tsa")
    assert liasse.read_erreur(*SIEGE, "--piece", str(piece))["code"] == "horodatage_illisible"

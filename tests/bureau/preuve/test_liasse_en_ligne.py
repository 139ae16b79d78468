"""`exigible liasse` on a dossier of the office: its exhibits are those of its journal."""

from __future__ import annotations

import json

from click.testing import CliRunner

from exigible.cli import main

ACTE = ("--acte", "requete_injonction_de_payer")


def appeler(*arguments):
    resultat = CliRunner().invoke(main, ["liasse", *arguments, "--json"])
    return resultat.exit_code, json.loads(resultat.stdout or resultat.stderr)


def test_la_liasse_d_un_dossier_du_bureau(dossier, tmp_path, verifier):
    vers = tmp_path / "preuves"
    reponses = ("--reponse", "tribunal=commerce", "--reponse", "siege=Testville")
    statut, lu = appeler(dossier.reference, *ACTE, "--vers", str(vers), *reponses, "--creance", "F-1")
    assert (statut, len(lu["pieces"]), lu["projet"]) == (0, 3, [])
    assert lu["provenance"].endswith("que personne n'a encore approuvé.")
    assert verifier(vers)[0] == 0


def test_une_piece_hors_du_journal_est_refusee(dossier, tmp_path):
    statut, lu = appeler(dossier.reference, *ACTE, "--vers", str(tmp_path / "p"), "--piece", __file__)
    assert (statut, lu["erreur"]["code"], lu["erreur"]["champ"]) == (2, "piece_hors_du_journal", "--piece")


def test_un_acte_impossible_dit_pourquoi(dossier, tmp_path):
    statut, lu = appeler(dossier.reference, "--acte", "inconnu", "--vers", str(tmp_path / "p"))
    assert (statut, lu["erreur"]["code"]) == (2, "acte_inconnu")

import json
from datetime import date

import pytest

from exigible.bureau.journal.models import Maillon
from exigible.bureau.tiers.models import Dossier
from exigible.cli import main

from .conftest import JOUR

FACTURES = "Numéro;Code client;Client;Qualité;Date;Échéance;Montant TTC\nF-9;C9;Client Neuf;professionnel;01/09/2026;01/10/2026;250,00\n"  # noqa: E501 - one file


@pytest.fixture
def exigible(db, capsys):
    """Run a command; give its status, its JSON when asked for, else its text, and what it says on standard error."""

    def run(*arguments):
        with pytest.raises(SystemExit) as sortie:
            main(list(arguments))
        dit = capsys.readouterr()
        texte = json.loads(dit.out) if "--json" in arguments and dit.out else dit.out
        return sortie.value.code, texte, dit.err

    return run


def test_verifier_dit_que_tout_concorde(exigible, dossier):
    assert exigible("verifier")[:2] == (0, "Le journal et les projections concordent.\n")
    assert exigible("verifier", "--json")[1]["conforme"] is True


def test_verifier_finit_en_erreur_et_reconstruire_repare(exigible, dossier):
    Dossier.objects.update(echu=1)
    code, texte, _ = exigible("verifier")
    assert code == 1
    assert "D-00001" in texte
    assert exigible("verifier", "--json")[1]["anomalies"][0]["code"] == "projection_fausse"
    assert exigible("reconstruire")[0] == 0
    assert exigible("verifier")[0] == 0


def test_la_journee_se_raconte(exigible, dossier):
    avant = Maillon.objects.count()
    code, texte, _ = exigible("journee", "--a-blanc")
    assert code == 0
    assert "Cabinet d'essai, le 21/11/2026" in texte
    assert "Client Modèle" in texte
    objet = exigible("journee", "--json")[1]
    [cabinet] = objet["cabinets"]
    assert cabinet["actions"][0]["dossier"] == "D-00001"
    assert isinstance(cabinet["actions"][0]["montant"], str)
    assert Maillon.objects.count() == avant


def test_une_journee_a_venir_ne_se_fait_qu_a_blanc(exigible, dossier):
    code, texte, erreur = exigible("journee", "--date", "2026-12-25")
    assert (code, texte) == (2, "")
    assert "--a-blanc" in erreur
    assert exigible("journee", "--date", "25/12/2026", "--a-blanc", "--json")[1]["au"] == "2026-12-25"
    assert Dossier.objects.get().arrete_au == JOUR


def test_importer_un_fichier(exigible, creancier, tmp_path):
    fichier = tmp_path / "factures.csv"
    fichier.write_text(FACTURES, encoding="utf-8")
    code, texte, _ = exigible("importer", str(fichier), "--a-blanc")
    assert code == 0
    assert "serait importé" in texte
    assert not Dossier.objects.exists()
    resultat = exigible("importer", str(fichier), "--json")[1]
    assert resultat["fichiers"][0]["comptes"]["cree"] == 1
    assert Dossier.objects.get().creances.get().echeance == date(2026, 10, 1)
    assert exigible("importer", str(fichier), "--json")[1]["fichiers"][0]["comptes"]["inchange"] == 1


def test_importer_ce_qui_n_existe_pas_ou_n_est_rien(exigible, creancier, tmp_path):
    code, texte, erreur = exigible("importer", str(tmp_path / "absent.csv"))
    assert (code, texte) == (2, "")
    assert "absent.csv" in erreur
    vide = tmp_path / "vide.csv"
    vide.touch()
    code, texte, _ = exigible("importer", str(vide))
    assert code == 0
    assert "n'apporte rien" in texte


def test_importer_sans_entreprise_dit_quoi_faire(exigible, cabinet, tmp_path):
    fichier = tmp_path / "factures.csv"
    fichier.write_text(FACTURES, encoding="utf-8")
    code, _, erreur = exigible("importer", str(fichier), "--json")
    assert code == 2
    assert json.loads(erreur)["erreur"]["code"] == "creancier_absent"


def test_migrer_deux_fois_ne_fait_rien(exigible):
    assert exigible("migrer")[:2] == (0, "La base est à jour.\n")

"""`exigible journal …` and `exigible verifier` as a person types them."""

import json
from datetime import date

import pytest

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.models import Conservation, Contenu, Maillon
from exigible.bureau.journal.services import seal_jour
from exigible.bureau.tiers.services import create_dossier
from exigible.cli import main
from exigible.dossier.faits import DebiteurDecrit

from .conftest import JOUR

VIEUX = date(2010, 5, 2)


@pytest.fixture
def exigible(db, capsys):
    """Run a command; give its status, its JSON when asked for, else its text, and what it says on standard error."""

    def run(*arguments):
        with pytest.raises(SystemExit) as sortie:
            main([str(a) for a in arguments])
        dit = capsys.readouterr()
        texte = json.loads(dit.out) if "--json" in arguments and dit.out else dit.out
        return sortie.value.code, texte, dit.err

    return run


def test_exporter_puis_verifier_le_fichier(exigible, cabinet, dossier, tmp_path):
    seal_jour(cabinet, JOUR)
    fichier = tmp_path / "journal.jsonl"
    code, texte, _ = exigible("journal", "exporter", fichier)
    assert (code, texte) == (0, f"Le journal de « Cabinet d'essai » est écrit : {fichier} (lignes : 11).\n")
    assert fichier.stat().st_mode & 0o777 == 0o600
    assert [f.name for f in tmp_path.iterdir()] == ["journal.jsonl"]
    code, texte, _ = exigible("verifier", "--fichier", fichier)
    assert code == 0
    assert texte == "Le fichier est intact. Journaux : 2 ; faits : 6, dont effacés : 0 ; sceaux : 1 ; pièces : 0.\n"
    assert exigible("verifier", "--fichier", fichier, "--json")[1]["faits"] == 6


def test_un_fichier_abime_est_refuse_avec_sa_ligne(exigible, cabinet, dossier, tmp_path):
    fichier = tmp_path / "journal.jsonl"
    exigible("journal", "exporter", fichier)
    fichier.write_bytes(fichier.read_bytes().replace(b"Atelier", b"Ateliet"))
    for commande in (("verifier", "--fichier", fichier), ("journal", "importer", fichier)):
        code, texte, erreur = exigible(*commande)
        assert (code, texte) == (2, "")
        assert "Ligne " in erreur
        assert "a été modifié. Rien n'en est retenu." in erreur
    assert Maillon.objects.count() == 6


def test_reprendre_un_journal_deja_la_est_refuse(exigible, dossier, tmp_path):
    exigible("journal", "exporter", tmp_path / "j.jsonl")
    code, _, erreur = exigible("journal", "importer", tmp_path / "j.jsonl")
    assert code == 2
    assert "déjà dans la base" in erreur


def test_le_fichier_ou_le_cabinet_qui_manque_est_dit(exigible, cabinet, tmp_path):
    assert "ne peut pas être ouvert" in exigible("journal", "importer", tmp_path / "absent")[2]
    assert "ne peut pas être ouvert" in exigible("verifier", "--fichier", tmp_path / "absent")[2]
    assert "ne peut pas être écrit" in exigible("journal", "exporter", tmp_path / "absent" / "j")[2]
    assert "Aucun cabinet ne s'appelle « Autre »" in exigible("journal", "exporter", "j", "--cabinet", "Autre")[2]


def test_le_temoin_se_note_et_se_cherche(exigible, cabinet, dossier, tmp_path):
    assert "aucun sceau encore" in exigible("journal", "sceau")[1]
    empreinte = seal_jour(cabinet, JOUR).empreinte
    assert exigible("journal", "sceau")[1] == f"Cabinet d'essai : {empreinte} (sceau du 21/11/2026)\n"
    assert exigible("journal", "sceau", "--json")[1]["sceaux"][0]["empreinte"] == empreinte
    assert exigible("verifier", "--temoin", empreinte.upper())[0] == 0
    code, texte, _ = exigible("verifier", "--temoin", "a" * 64)
    assert code == 1
    assert "n'est plus dans la base" in texte
    assert "64 chiffres" in exigible("verifier", "--temoin", "abc")[2]
    exigible("journal", "exporter", tmp_path / "j")
    assert exigible("verifier", "--fichier", tmp_path / "j", "--temoin", empreinte)[0] == 0
    code, _, erreur = exigible("verifier", "--fichier", tmp_path / "j", "--temoin", "a" * 64)
    assert code == 2
    assert "n'est pas dans ce fichier" in erreur


def test_effacer_se_dit_avant_de_se_faire(exigible, creancier):
    with fix_horloge(VIEUX):
        create_dossier(creancier, DebiteurDecrit(nom="Personne Exemple"), "essai", VIEUX)
    code, texte, _ = exigible("journal", "effacer")
    assert code == 0
    assert "Dossiers à effacer (rien ne l'est sans --appliquer) : 1\n  D-00001 – conservé jusqu'au 31/12/2021" in texte
    assert not Contenu.objects.filter(contenu=None).exists()
    objet = exigible("journal", "effacer", "--annees", "15", "--json")[1]
    assert (objet["annees"], objet["dossiers"], objet["applique"]) == (15, [], False)
    assert Conservation.objects.get().annees == 15
    assert exigible("journal", "effacer", "--annees", "10", "--appliquer", "--json")[1]["dossiers"] == [
        {"dossier": "D-00001", "conserve_jusqu_au": "2021-12-31"}
    ]
    assert Contenu.objects.filter(contenu=None).count() == 1
    assert exigible("verifier")[0] == 0
    code, _, erreur = exigible("journal", "effacer", "--annees", "5")
    assert code == 2
    assert "L123-22" in erreur

"""`exigible acte` on a dossier of the office: named by its reference or its key, with what was answered there."""

import json

import pytest
from click.testing import CliRunner

from exigible.actes.modele import get_modele, load_texte
from exigible.bureau.actes.services import Choix, save_choix
from exigible.bureau.actes.textes import save_texte
from exigible.cli import main


def appeler(*arguments):
    resultat = CliRunner().invoke(main, ["acte", *arguments, "--json"])
    return resultat.exit_code, json.loads(resultat.stdout or resultat.stderr)


@pytest.mark.parametrize("nommer", [lambda d: d.reference, lambda d: d.reference.lower(), lambda d: str(d.pk)])
def test_un_dossier_du_bureau_se_nomme(dossier, nommer):
    statut, lu = appeler("quittance", nommer(dossier), "--reponse", "paiement=p-1", "--au", "2026-11-21")
    assert (statut, lu["reference"], lu["utilisable"]) == (0, dossier.reference, True)
    assert "Client Modèle" in lu["texte"]


def test_ce_qui_fut_repondu_au_bureau_vaut_ici(dossier):
    statut, lu = appeler("quittance", dossier.reference)
    assert (statut, lu["erreur"]["code"]) == (2, "reponses_manquantes")
    save_choix(dossier, "quittance", Choix({"paiement": "p-1", "moyen": "Chèque"}), "Marie")
    statut, lu = appeler("quittance", dossier.reference, "--reponse", "moyen=Virement")
    assert (statut, lu["reponses"]) == (0, {"paiement": "p-1", "moyen": "Virement"})


def test_le_texte_du_creancier_vaut_ici(creancier, dossier):
    save_texte(creancier, get_modele("quittance"), load_texte("quittance").replace("Madame, ", "Chère Madame, "), "M")
    assert "Chère Madame" in appeler("quittance", dossier.reference, "--reponse", "paiement=p-1")[1]["texte"]


@pytest.mark.parametrize("nom", ["D-99999", "11111111-1111-4111-8111-111111111111"])
@pytest.mark.django_db
def test_un_dossier_inconnu_se_dit(nom):
    statut, lu = appeler("quittance", nom)
    assert (statut, lu["erreur"]["code"], lu["erreur"]["champ"]) == (2, "dossier_introuvable", "DOSSIER")

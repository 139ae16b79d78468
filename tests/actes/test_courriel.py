"""A message as an e-mail: its two bodies say the same, and the statement has its headings and its columns."""

import html
import re

import pytest

from exigible.actes.sorties.courriel import write_courriel

from .catalogue.conftest import list_essais, prepare

MESSAGES = [e for e in list_essais() if not e.cas.erreur and e.acte.startswith(("relance_", "courtoisie", "promesse_"))]


def find_essai(nom):
    return next(e for e in MESSAGES if e.nom == nom)


def list_mots(texte):
    return re.findall(r"\w+", texte)


@pytest.mark.parametrize("essai", MESSAGES, ids=lambda essai: essai.nom)
def test_les_deux_corps_disent_la_meme_chose(essai):
    courriel = write_courriel(prepare(essai).document, "Votre facture")
    lu = html.unescape(re.sub(r"<[^>]+>", " ", courriel.html))
    assert list_mots(lu) == list_mots(courriel.texte)


def test_le_decompte_a_ses_titres_et_ses_colonnes():
    courriel = write_courriel(prepare(find_essai("relance_3-professionnel")).document, "Votre facture")
    for titre in ("Calcul des intérêts", "Taux annuel", "Principal dû", "Conventions de calcul", "Textes appliqués"):
        assert titre in courriel.texte
        assert titre in courriel.html
    # No fees in this dossier: no column for them.
    assert "Frais |" not in courriel.texte


def test_ce_qu_il_faut_recopier_pour_payer_est_dans_un_tableau():
    courriel = write_courriel(prepare(find_essai("relance_1-professionnel")).document, "Votre facture")
    assert re.search(r"<td[^>]*>IBAN</td><td[^>]*>FR76", courriel.html)


def test_un_decompte_joint_n_est_plus_dans_le_message():
    document = prepare(find_essai("relance_3-professionnel")).document
    courriel = write_courriel(document, "Votre facture", annexe_jointe=True)
    assert "Calcul des intérêts" not in courriel.texte
    assert "Pièce jointe : ce message en PDF, avec le décompte détaillé." in courriel.texte.replace("\u00a0", " ")
    assert list_mots(html.unescape(re.sub(r"<[^>]+>", " ", courriel.html))) == list_mots(courriel.texte)


def test_un_message_sans_decompte_n_annonce_rien():
    document = prepare(find_essai("relance_1-professionnel")).document
    assert write_courriel(document, "", annexe_jointe=True) == write_courriel(document, "")

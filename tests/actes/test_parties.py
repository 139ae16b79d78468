"""How acts name the parties: form, capital, register, seat or dwelling, who represents; nothing guessed."""

import json

import msgspec
import pytest
from dossiers_des_actes import AU, DOSSIERS

from exigible.actes.lettre import list_adresse, write_forme, write_immatriculation
from exigible.actes.vocabulaire.parties import (
    is_creancier_physique,
    is_debiteur_moral,
    is_personne_morale,
    write_identite_du_creancier,
    write_identite_du_debiteur,
)
from exigible.dossier.description import fold_description, parse_description
from exigible.dossier.faits import Adresse


def load(nom, creancier=None, debiteur=None):
    description = json.loads(DOSSIERS[nom].read_text(encoding="utf-8"))
    description["creancier"].update(creancier or {})
    description["debiteur"].update(debiteur or {})
    return fold_description(parse_description(json.dumps(description).encode()), AU)


def describe(**champs):
    return load("professionnel", champs).creancier.description


@pytest.mark.parametrize("capital", ["10000", "10 000", "10 000 €", "10\u202f000€"])
def test_le_capital_s_ecrit_toujours_de_meme(capital):
    assert write_forme(describe(forme="SAS", capital=capital)) == "SAS au capital de 10\u202f000\u00a0€"


def test_un_capital_dit_autrement_est_repris():
    assert write_forme(describe(forme="SCOP", capital="variable de 5 000 euros")).endswith("variable de 5 000 euros")
    assert write_forme(describe(forme="SNC", capital="")) == "SNC"


@pytest.mark.parametrize(
    ("rcs", "siren", "attendu"),
    [
        ("Villefictive", "123456782", "SIREN\u00a0123\u00a0456\u00a0782 RCS Villefictive"),
        ("RCS Villefictive 123 456 782", "123456782", "RCS Villefictive 123 456 782"),
        ("", "123456782", "SIREN\u00a0123\u00a0456\u00a0782"),
        ("", "", ""),
    ],
)
def test_l_immatriculation(rcs, siren, attendu):
    lue = write_immatriculation(describe(rcs=rcs, siren=siren))
    assert lue.replace("\u202f", "\u00a0").replace("\u00a0", " ") == attendu.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("dossier", "change", "fin"),
    [
        ("professionnel", {}, "représentée par Camille Exemple, Présidente"),
        ("professionnel", {"forme": "GIE"}, "représenté par Camille Exemple, Présidente"),
        ("professionnel", {"forme": "SRL"}, "ayant pour représentant Camille Exemple, Présidente"),
        ("copropriete", {}, "représenté par Cabinet Syndic-Fictif, syndic en exercice"),
        ("creancier_association", {}, "représentée par Camille Exemple, président"),
    ],
)
def test_le_representant_d_une_personne_morale(dossier, change, fin):
    identite = write_identite_du_creancier(load(dossier, change))
    assert identite.endswith(fin)
    assert "dont le siège est" in identite


def test_une_personne_physique_n_a_ni_siege_ni_representant():
    identite = write_identite_du_creancier(load("creancier_ei"))
    assert "demeurant 1 rue de l’Exemple" in identite
    assert "représent" not in identite


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"forme": "EI"}, True),
        ({"forme": "SAS"}, False),
        ({"forme": "", "qualite": "particulier"}, True),
        ({"forme": "", "qualite": "particulier", "nom": "Syndicat des copropriétaires du Test"}, False),
        ({"forme": "", "qualite": "professionnel"}, False),
    ],
)
def test_qui_est_une_personne_physique(champs, attendu):
    assert is_creancier_physique(describe(**champs)) is attendu


def test_un_debiteur_groupement_a_un_siege():
    etat = load("debiteur_association")
    assert is_debiteur_moral(etat)
    assert "dont le siège est" in write_identite_du_debiteur(etat)


def test_ce_que_le_dossier_dit_l_emporte_sur_le_nom():
    assert not is_personne_morale("Société Fictive", physique=True)
    assert is_personne_morale("Sacha Fictif", physique=False)
    assert not is_personne_morale("Sacha Fictif", physique=None)


def test_le_debiteur_n_a_pas_de_genre():
    identite = write_identite_du_debiteur(load("professionnel"))
    assert "SARL, SIREN" in identite
    assert "identifié" not in identite


@pytest.mark.parametrize(("code", "nom"), [("DE", "ALLEMAGNE"), ("CH", "SUISSE"), ("ZZ", "ZZ")])
def test_le_pays_est_nomme_en_derniere_ligne(code, nom):
    adresse = Adresse(lignes=("1 rue du Test",), code_postal="10115", ville="Testville", pays=code)
    assert list_adresse(adresse)[-1] == nom
    assert list_adresse(msgspec.structs.replace(adresse, pays="FR"))[-1] == "10115 TESTVILLE"

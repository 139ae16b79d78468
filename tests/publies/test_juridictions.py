"""Cases published by others: economic courts, their contribution, clerk's fees, where to sue."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.droit.bareme import load_bareme
from exigible.droit.competence import compute_competence
from exigible.droit.competence_faits import Demande, Objet, Qualite, Voie
from exigible.droit.competence_lieu import load_ressorts
from exigible.droit.frais_justice import Demandeur, compute_contribution_economique
from exigible.droit.voies_ouvertes import list_voies

CAS = json.loads((Path(__file__).parent / "donnees" / "juridictions.json").read_text(encoding="utf-8"))["cas"]
D, JOUR = Decimal, date(2026, 11, 21)


def list_cas(genre):
    cas = [exemple for exemple in CAS if exemple["genre"] == genre]
    return pytest.mark.parametrize("cas", cas, ids=[exemple["id"] for exemple in cas])


def test_chaque_cas_est_joue():
    assert {cas["genre"] for cas in CAS} == {"tae", "contribution", "greffe", "ressort", "juge"}
    assert len({cas["id"] for cas in CAS}) == len(CAS)
    assert all(cas["source"].startswith("http") for cas in CAS)


def test_un_cas_faux_dit_pourquoi():
    for cas in CAS:
        faux = cas.get("publie", {}).items() - cas["attendu"].items() if "publie" in cas else set()
        assert ("publie" in cas) == bool(faux)
        assert not faux or cas["explication"]


@list_cas("tae")
def test_tribunaux_des_activites_economiques(cas):
    ressorts, jour = load_ressorts(), date.fromisoformat(cas["entree"]["jour"])
    assert {tribunal.siege for tribunal in ressorts.tribunaux} == set(cas["attendu"]["sieges"])
    assert ressorts.debut == jour
    seuil = load_bareme("frais_justice").get_valeur(jour, "economique_seuil_pretentions")
    assert seuil.valeur == D(cas["attendu"]["seuil"])


@list_cas("contribution")
def test_contribution_pour_la_justice_economique(cas):
    entree = cas["entree"]
    montants = {nom: D(entree[nom]) for nom in ("chiffre_affaires", "benefice", "revenu_fiscal") if nom in entree}
    frais = compute_contribution_economique(D(entree["pretentions"]), JOUR, Demandeur(entree["effectif"], **montants))
    assert frais.montant == D(cas["attendu"]["montant"])
    assert f"{cas['attendu']['taux']} %" in frais.libelle
    assert f"{D(cas['attendu']['plafond']):,.2f}".replace(",", "\u202f").replace(".", ",") in frais.libelle


@list_cas("greffe")
def test_greffe_du_tribunal_de_commerce(cas):
    jour = date.fromisoformat(cas["entree"]["jour"])
    valeur = load_bareme("frais_justice").get_valeur(jour, "greffe_commerce_injonction_ht")
    assert valeur.valeur == D(cas["attendu"]["hors_taxe"]) == sum(map(D, cas["attendu"]["detail"]))


@list_cas("ressort")
def test_lieu_ou_agir(cas):
    entree = cas["entree"]
    demande = Demande(
        Qualite(entree["creancier"]), Qualite(entree["debiteur"]), D(entree["montant"]), Objet(entree["objet"]), JOUR
    )
    ressort = next(motif for motif in compute_competence(demande).motifs if motif.code == "ressort")
    assert all(lieu in ressort.message for lieu in cas["attendu"]["lieux"])
    assert list(ressort.articles) == cas["attendu"]["articles"]


@list_cas("juge")
def test_juge(cas):
    entree = {"jour": JOUR.isoformat(), "code_postal": None} | cas["entree"]
    demande = Demande(
        Qualite(entree["creancier"]),
        Qualite(entree["debiteur"]),
        D(entree["montant"]),
        Objet(entree["objet"]),
        date.fromisoformat(entree["jour"]),
        entree["code_postal"],
    )
    voie = Voie(entree.get("voie", "fond"))
    reponse = next(v for v in list_voies(demande) if v.voie is voie)
    assert reponse.ouverte
    assert {cle: getattr(reponse, cle) for cle in cas["attendu"]} == cas["attendu"]

"""Cases published by others: declaration of claims to an insolvency, and a few rules that no other file holds."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.droit.competence import compute_competence
from exigible.droit.competence_faits import Demande, Objet, Qualite
from exigible.droit.delais import Sens, compute_delai
from exigible.droit.durees import Duree, parse_duree
from exigible.droit.frais_justice import compute_greffe_injonction

FICHIER = Path(__file__).parent / "donnees" / "procedures_collectives.json"
CAS = json.loads(FICHIER.read_text(encoding="utf-8"))["cas"]
D, JOUR = Decimal, date.fromisoformat
DELAI = Duree(mois=2)


def list_cas(genre):
    cas = [exemple for exemple in CAS if exemple["genre"] == genre]
    return pytest.mark.parametrize("cas", cas, ids=[exemple["id"] for exemple in cas])


def test_chaque_cas_est_joue():
    assert {cas["genre"] for cas in CAS} == {"declaration", "a_rebours", "clause", "greffe"}
    assert len({cas["id"] for cas in CAS}) == len(CAS)
    assert all(cas["source"].startswith("http") and cas["explication"] for cas in CAS)


@list_cas("declaration")
def test_declaration_de_creance(cas):
    entree, attendu = cas["entree"], cas["attendu"]
    duree = DELAI.add(entree["mois_de_distance"])
    assert duree.total_mois == attendu["mois"]
    limite = compute_delai(JOUR(entree["publication"]), duree).echeance
    assert limite == JOUR(attendu["limite"])
    assert (JOUR(entree["envoi"]) <= limite) is attendu["dans_le_delai"]
    if "autre_depart" in cas:
        autre = compute_delai(JOUR(cas["autre_depart"]["jour"]), duree).echeance
        assert autre == JOUR(cas["autre_depart"]["limite"])
        assert (JOUR(entree["envoi"]) <= autre) is cas["autre_depart"]["dans_le_delai"]


@list_cas("a_rebours")
def test_un_delai_a_rebours_avance(cas):
    attendu = cas["attendu"]
    delai = compute_delai(JOUR(cas["entree"]["audience"]), parse_duree(cas["entree"]["duree"]), sens=Sens.AVANT)
    assert (delai.avant_report, delai.echeance) == (JOUR(attendu["dernier_jour"]), JOUR(attendu["avance_au"]))
    assert delai.motif_report == "dimanche"
    assert attendu["avertissement"] in [avertissement.code for avertissement in delai.avertissements]


@list_cas("clause")
def test_une_clause_generale_laisse_la_matiere_designer_le_tribunal(cas):
    entree, societe = cas["entree"], Qualite.SOCIETE_COMMERCIALE
    for attendu in cas["attendu"]:
        demande = Demande(
            societe,
            societe,
            D(entree["montant"]),
            Objet.CONTRAT,
            JOUR(attendu["jour"]),
            code_postal=entree["code_postal"],
        )
        assert compute_competence(demande).libelle == attendu["libelle"]


@list_cas("greffe")
def test_un_montant_publie_qui_n_est_pas_celui_du_tarif(cas):
    frais = compute_greffe_injonction(JOUR(cas["entree"]["jour"]))
    assert frais.montant == D(cas["attendu"]["toutes_taxes"])
    assert not D(cas["publie"]["de"]) <= frais.montant <= D(cas["publie"]["a"])
    assert [avertissement.code for avertissement in frais.avertissements] == [cas["attendu"]["avertissement"]]

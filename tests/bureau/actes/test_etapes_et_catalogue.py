"""Each step of a procedure that a paper makes leads to it, and each paper to the step to record once it is done."""

from datetime import date

import pytest
from dossiers_des_actes import load_dossier

from exigible.actes.modele import load_catalogue
from exigible.actes.relecture import load_exemples
from exigible.bureau.actes.conseil import find_actes_conseilles
from exigible.bureau.actes.etapes import DEMANDES, PAPIERS, find_papiers, list_a_noter, list_papiers
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.lecture import load_etat
from exigible.dossier.conseil.avis import advise
from exigible.dossier.conseil.examen import examine_dossier
from exigible.dossier.faits import EtapeFranchie, ProcedureOuverte
from exigible.dossier.procedures.graphe import Acteur, load_graphe
from exigible.dossier.suspensions import Faits

from .conftest import JOUR

SANS_NOTRE_PAPIER = {
    "AMIABLE.mise_en_demeure": "read from the letters",
    "AMIABLE.accord_echeancier": "the plan has its own page",
    "IPE.demande_completee": "form B is filled on the form that the court sends",
    "IPE.proposition_acceptee": "form C is filled on the form that the court sends",
    "SUREND.mise_en_demeure_plan": "a free letter",
}


def list_evenements():
    return {f"{p.code}.{t.evenement}" for p in load_graphe().procedures.values() for t in p.transitions if not t.terme}


def test_la_table_ne_nomme_que_des_etapes_et_des_actes_qui_existent():
    assert PAPIERS.keys() <= list_evenements()
    nommes = {nom for noms in PAPIERS.values() for nom in noms}
    assert nommes <= load_catalogue().keys()
    assert nommes >= DEMANDES


def test_toute_etape_du_creancier_qui_a_son_papier_dans_le_graphe_y_mene():
    attendues = {
        f"{p.code}.{t.evenement}"
        for p in load_graphe().procedures.values()
        for t in p.transitions
        if t.acte and t.auteur in {Acteur.CREANCIER, Acteur.COMMISSAIRE, Acteur.PARTIE}
    }
    assert attendues - PAPIERS.keys() == SANS_NOTRE_PAPIER.keys()


@pytest.fixture
def injonction(dossier):
    """A petition filed, an order made."""
    faits = (
        (ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete"), date(2026, 10, 1)),
        (EtapeFranchie(procedure="ip", evenement="ordonnance"), date(2026, 11, 2)),
    )
    record_faits(dossier.chaine, [FaitAEcrire(fait, jour) for fait, jour in faits], "essai")
    return dossier


def test_une_ordonnance_rendue_mene_a_la_demande_de_signification(injonction):
    etat = load_etat(injonction)
    [papiers] = list_papiers(etat.procedures[0], etat)
    assert [m.nom for m in papiers.modeles] == ["instruction_signifier"]
    assert {t.evenement for t in papiers.etapes} == {"signification_a_personne", "signification_autre"}


def test_le_delai_conseille_mene_au_papier_de_son_etape(injonction):
    etat = load_etat(injonction)
    acte = next(a for a in advise(examine_dossier(etat, Faits(()))).actes if a.code == "echeance_procedure")
    assert [m.nom for m in find_actes_conseilles(acte, etat)] == ["instruction_signifier"]


def test_une_procedure_ouverte_ne_se_note_pas_deux_fois(dossier, injonction):
    assert list_a_noter("requete_injonction_de_payer", date(2026, 9, 30), load_etat(injonction)) == []


def test_une_requete_approuvee_propose_de_noter_son_depot(dossier):
    etapes = {
        (e.code, e.etape.evenement, e.cle)
        for e in list_a_noter("requete_injonction_de_payer", JOUR, load_etat(dossier))
    }
    assert ("IP", "depot_requete", "") in etapes


def test_demander_a_un_tiers_n_est_pas_fait(injonction):
    assert list_a_noter("instruction_signifier", JOUR, load_etat(injonction)) == []


def test_un_papier_fait_pour_d_autres_n_est_pas_propose():
    etat = load_dossier("consommateur_jamais_relance")
    proposes = {m.nom for m in find_papiers("PC", "assignation_rj_lj", etat)}
    assert all(not load_catalogue()[nom].qualites for nom in proposes)


def test_ce_qui_accompagne_un_acte_ne_se_propose_pas_seul():
    assert find_papiers("IP", "depot_requete", load_exemples()["public"]) == ()
    assert len(find_papiers("IP", "depot_requete", load_exemples()["professionnel"])) > 1

"""« Que faire ? » and « Comparer les voies »: the advice of the core, in words, on a phone as on a screen."""

from datetime import date

import pytest
from django.urls import reverse

from exigible.dossier.faits import NaturePiece, PieceJointe, ProcedureCollectiveOuverte


@pytest.fixture
def que_faire(dossier):
    return reverse("dossier_que_faire", args=[dossier.pk])


@pytest.fixture
def voies(dossier):
    return reverse("dossier_voies", args=[dossier.pk])


def lis(navigateur, adresse, **champs):
    reponse = navigateur.get(adresse, champs)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_les_actes_les_fermetures_le_score_et_la_defense(navigateur, que_faire):
    page = lis(navigateur, que_faire)
    for titre in ("Les actes possibles", "Ce qui est fermé", "Certaine, liquide, exigible", "Ce que le débiteur peut"):
        assert titre in page
    assert "Aucun titre exécutoire" in page


def test_une_ligne_par_voie(navigateur, voies):
    page = lis(navigateur, voies)
    assert page.count("<tr data-ligne>") == 7
    for voie in ("Injonction de payer", "Référé-provision", "Action au fond", "Abandonner"):
        assert voie in page
    assert "notre repère, sans source publiée" in page


def test_la_qualite_inconnue_est_demandee_puis_crue(navigateur, voies):
    avant = lis(navigateur, voies)
    assert "Qui sont les parties" in avant
    assert "à déterminer" in avant.lower()
    apres = lis(navigateur, voies, creancier="societe_commerciale", debiteur="commercant")
    assert "Tribunal de commerce" in apres


def test_une_reponse_inventee_n_est_pas_crue(navigateur, voies):
    assert "Tribunal de commerce" not in lis(navigateur, voies, creancier="empereur", debiteur="commercant")


def test_la_procedure_collective_ferme_tout_et_demande_de_declarer(navigateur, que_faire, dossier, ecrire):
    ecrire(dossier, (ProcedureCollectiveOuverte(nature="liquidation"), date(2026, 11, 1)))
    page = lis(navigateur, que_faire)
    assert "Déclarer la créance au mandataire judiciaire" in page
    assert "C. com. L622-24" in page


def test_une_piece_qualifiee_compte(navigateur, que_faire, dossier, ecrire):
    assert "+40" not in lis(navigateur, que_faire).split("Ce qui l’améliorerait")[0]
    devis = PieceJointe(piece="a" * 64, nom="Devis 12", nature=NaturePiece.DEVIS_SIGNE)
    ecrire(dossier, (devis, date(2026, 11, 1)))
    page = lis(navigateur, que_faire)
    assert "+40 · Contrat, devis ou bon de commande signé par le débiteur" in page
    assert "Devis 12" in page


@pytest.mark.parametrize("nom", ["dossier_que_faire", "dossier_voies"])
def test_un_autre_cabinet_ne_voit_rien(etranger, dossier, nom):
    assert etranger.get(reverse(nom, args=[dossier.pk])).status_code == 404

"""Every act of the catalogue is reached from the advice, or known to be made on one's own; advice has its paper."""

import re
from pathlib import Path

import pytest
from dossiers_des_actes import load_dossier

import exigible.dossier.conseil as conseil_du_dossier
from exigible.actes.modele import load_catalogue
from exigible.actes.relecture import load_exemples
from exigible.bureau.actes.conseil import CONSEILS, HORS_CONSEIL, SANS_PAPIER, find_actes, find_actes_conseilles
from exigible.dossier.conseil.avis import advise
from exigible.dossier.conseil.examen import examine_dossier
from exigible.dossier.conseil.voies import ABANDON
from exigible.dossier.echeances import NatureEcheance
from exigible.dossier.faits import Etape
from exigible.dossier.procedures.graphe import load_graphe
from exigible.dossier.suspensions import Faits
from exigible.dossier.travail import Geste
from exigible.droit.competence_faits import Voie

SOURCES = Path(conseil_du_dossier.__file__).parent


def list_codes():
    """Every code under which the core may advise something."""
    fixes = {
        code
        for fichier in SOURCES.glob("*.py")
        for code in re.findall(r'\bcode="([a-z_]+)"', fichier.read_text(encoding="utf-8"))
    }
    mesures = re.findall(r'_Mesure\(\s*"([A-Z]+)"', (SOURCES / "execution.py").read_text(encoding="utf-8"))
    return (
        fixes
        | {geste.value for geste in Geste}
        | {f"voie_{voie.value}" for voie in Voie}
        | {f"voie_{ABANDON}"}
        | {f"echeance_{nature.value}" for nature in NatureEcheance if nature is not NatureEcheance.PROCEDURE}
        | {f"etape_{code}" for code in load_graphe().procedures}
        | {f"execution_{mesure}" for mesure in mesures}
    )


def test_tout_ce_qui_est_conseille_a_son_document():
    assert list_codes() == CONSEILS.keys() | SANS_PAPIER
    assert not CONSEILS.keys() & SANS_PAPIER


def test_tout_document_est_atteint():
    conseilles = {nom for noms in CONSEILS.values() for nom in noms}
    assert conseilles | HORS_CONSEIL == load_catalogue().keys()
    assert not conseilles & HORS_CONSEIL - {"transmission_avocat"}


@pytest.mark.parametrize("nom", load_exemples())
def test_le_conseil_d_un_dossier_mene_a_un_document(nom):
    etat = load_exemples()[nom]
    conseil = advise(examine_dossier(etat, Faits(())))
    for acte in conseil.actes:
        trouves = find_actes_conseilles(acte, etat)
        papier = acte.code not in SANS_PAPIER and not acte.code.startswith("completer_")
        assert bool(trouves) is papier, acte.code


def test_la_mise_en_demeure_suit_la_nature_de_la_creance():
    noms = {m.nom for m in find_actes("mettre_en_demeure", load_exemples()["professionnel"])}
    assert noms == {"mise_en_demeure"}


@pytest.mark.parametrize(
    ("dossier", "premier"),
    [("consommateur_jamais_relance", "relance_1"), ("a_echoir", "courtoisie"), ("consommateur_a_echoir", "courtoisie")],
)
def test_le_rappel_propose_est_celui_qui_vient(dossier, premier):
    etat = load_dossier(dossier)
    assert find_actes("ecrire", etat)[0].nom == premier


def test_apres_un_premier_rappel_vient_le_deuxieme():
    etat = load_exemples()["professionnel"]
    jours = {jour for c in etat.creances for etape, jour in c.etapes_faites if etape is Etape.RELANCE}
    noms = [m.nom for m in find_actes("ecrire", etat)]
    assert noms[0] == f"relance_{min(len(jours) + 1, 3)}"
    assert set(noms) == {"courtoisie", "relance_1", "relance_2", "relance_3"}

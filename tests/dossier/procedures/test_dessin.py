"""The drawings: well formed, complete, and nothing on top of anything else."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

import msgspec
import pytest
from lxml import etree

from exigible.dossier.procedures.dessin import draw_procedure
from exigible.dossier.procedures.graphe import DelaiGraphe, Graphe, SensDelai, load_graphe
from exigible.dossier.procedures.plan import LARGEUR, Cote, build_plan, describe_delai, describe_transition

GRAPHE = load_graphe()
CODES = list(GRAPHE.procedures)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=CODES)
def procedure(request):
    return GRAPHE.procedures[request.param]


def read_dessin(procedure, graphe=None):
    return etree.fromstring(draw_procedure(procedure, graphe))


def test_chaque_etat_et_chaque_etape_est_dessine(procedure):
    racine = read_dessin(procedure)
    etats = [noeud.get("data-etat") for noeud in racine.iter(f"{SVG}g") if noeud.get("data-etat")]
    etapes = [noeud.get("data-etape") for noeud in racine.iter(f"{SVG}g") if noeud.get("data-etape")]
    assert set(procedure.par_code) <= set(etats)
    assert sorted(etapes) == sorted(transition.code for transition in procedure.transitions)


def test_chaque_etape_qui_change_d_etat_a_sa_fleche(procedure):
    fleches = {chemin.get("data-fleche") for chemin in read_dessin(procedure).iter(f"{SVG}path")}
    assert fleches == {t.code for t in procedure.transitions if t.vers != t.de}


def test_les_boites_ne_se_recouvrent_pas_et_tiennent_dans_le_dessin(procedure):
    racine = read_dessin(procedure)
    largeur, hauteur = int(racine.get("width")), int(racine.get("height"))
    bas = 0
    for boite in racine.iter(f"{SVG}rect"):
        x, y, large, haut = (int(boite.get(nom)) for nom in ("x", "y", "width", "height"))
        assert y > bas
        assert x > 0
        assert x + large < largeur
        bas = y + haut
    assert bas < hauteur


def test_les_textes_restent_dans_leur_boite(procedure):
    for boite in build_plan(procedure, GRAPHE).boites:
        haut = boite.y
        for pas in boite.pas:
            assert pas.y > haut
            assert pas.y + pas.hauteur <= boite.bas
            haut = pas.y
            assert max(map(len, (*pas.nom, *pas.details))) < LARGEUR // 6


def test_deux_voies_ne_se_confondent_pas(procedure):
    """Arrows that run along the same lane at the same height all lead to the same state."""
    etendues = defaultdict(dict)
    for fleche in build_plan(procedure, GRAPHE).fleches:
        hauteurs = etendues[fleche.cote, fleche.voie].setdefault(id(fleche.vers), [fleche.vers.entree])
        hauteurs.append(fleche.pas.milieu)
        assert (fleche.pas.milieu < fleche.vers.entree) is (fleche.cote is Cote.DROITE)
    for cibles in etendues.values():
        bornes = sorted((min(hauteurs), max(hauteurs)) for hauteurs in cibles.values())
        assert all(avant[1] < apres[0] for avant, apres in pairwise(bornes))


def test_la_procedure_commence_en_haut(procedure):
    plan = build_plan(procedure, GRAPHE)
    dedans = [boite for boite in plan.boites if boite.genre != "ailleurs"]
    ouvertures = {t.vers for t in procedure.entrees}
    assert dedans[0].etat in ouvertures or dedans[0].genre == "initial"


def test_le_texte_est_echappe():
    procedure = GRAPHE.procedures["SATT"]
    mauvais = msgspec.structs.replace(procedure, libelle="Saisie <script>alert(1)</script> & cie")
    texte = draw_procedure(mauvais)
    assert "<script" not in texte
    assert etree.fromstring(texte).find(f"{SVG}title").text == mauvais.libelle


def test_un_etat_que_rien_n_atteint_est_dessine_aussi():
    procedure = GRAPHE.procedures["SATT"]
    orpheline = msgspec.structs.replace(
        procedure, transitions=tuple(t for t in procedure.transitions if t.vers != "SATT_PAYEE")
    )
    graphe = Graphe(procedures={**GRAPHE.procedures, "SATT": orpheline}, sources={})
    assert "SATT_PAYEE" in {boite.etat for boite in build_plan(orpheline, graphe).boites}


@pytest.mark.parametrize(
    ("sens", "debut", "texte"),
    [
        (SensDelai.MAX, "", "dans un délai de 1 mois puis 8 jours"),
        (SensDelai.MIN, "", "pas avant la fin d'un délai de 1 mois puis 8 jours"),
        (SensDelai.FENETRE, "P15D", "entre 15 jours et 1 mois puis 8 jours"),
        (SensDelai.AVANT, "", "au moins 1 mois puis 8 jours avant l'audience"),
        (SensDelai.USAGE, "", "usage : 1 mois puis 8 jours"),
        (SensDelai.INDICATIF, "", "à titre indicatif : 1 mois puis 8 jours"),
    ],
)
def test_un_delai_se_dit_en_francais(sens, debut, texte):
    delai = DelaiGraphe(duree=("P1M", "P8D"), depart=("demande",), sens=sens, debut=debut)
    assert describe_delai(delai).replace("\u00a0", " ") == texte


def test_une_etape_dit_ses_conditions_et_ses_dates():
    etape = msgspec.structs.replace(
        next(t for t in GRAPHE.procedures["SDR"].transitions if t.code == "SR8"),
        debut=date(2025, 7, 1),
        fin=date(2030, 12, 31),
    )
    assert [texte.replace("\u00a0", " ") for texte in describe_transition(etape, GRAPHE)] == [
        "→ Commandement caduc",
        "dans un délai de 3 mois",
        "de plein droit",
        "si : ni accord ni contestation suspensive",
        "à partir du 01/07/2025",
        "jusqu'au 31/12/2030",
        "CPCE L212-6",
    ]

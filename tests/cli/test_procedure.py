"""`exigible procedure`: the list, one procedure, its drawing."""

import pytest
from appels import Appel
from lxml import etree

from exigible.dossier.procedures.graphe import load_graphe

PROCEDURE = Appel("procedure")
CODES = list(load_graphe().procedures)


def test_la_liste_nomme_toutes_les_procedures():
    assert [p["code"] for p in PROCEDURE.read_json()["procedures"]] == CODES
    texte = PROCEDURE.run().stdout
    assert all(code in texte for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_une_procedure_se_lit_en_entier(code):
    procedure = load_graphe().procedures[code]
    lue = PROCEDURE.read_json(code)
    assert [etat["code"] for etat in lue["etats"]] == [etat.code for etat in procedure.etats]
    assert [etape["code"] for etape in lue["etapes"]] == [t.code for t in procedure.transitions]
    texte = PROCEDURE.run(code).stdout
    assert all(t.libelle in texte for t in procedure.transitions if t.de in procedure.par_code)


def test_un_delai_dit_ce_qu_il_faut_faire_et_ce_qui_est_perdu():
    etapes = {etape["code"]: etape for etape in PROCEDURE.read_json("SATT")["etapes"]}
    assert etapes["SA3"]["de_plein_droit"] is True
    assert etapes["SA2"]["delai"] == {
        "durees": ["P8D"],
        "debut": None,
        "depart": ["acte_de_saisie"],
        "sens": "max",
        "texte": "dans un délai de 8\u00a0jours",
        "reporte": True,
        "distance": False,
        "a_faire": "Faire dénoncer la saisie au débiteur",
        "perte": "la saisie est caduque et n'a pas interrompu la prescription",
    }


def test_ce_qui_reste_a_verifier_est_dit():
    lue = PROCEDURE.read_json("SATT")
    assert {a["code"] for a in lue["avertissements"]} == {"procedure_a_verifier"}
    assert (
        "À vérifier : Le sort de l'interruption de la prescription quand le juge lève la saisie"
        in PROCEDURE.run("SATT").stdout
    )


def test_le_dessin_est_un_fichier_svg():
    texte = PROCEDURE.run("ip", "--svg").stdout
    assert etree.fromstring(texte).tag == "{http://www.w3.org/2000/svg}svg"
    assert PROCEDURE.read_json("IP", "--svg") == {"code": "IP", "svg": texte}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["XX"], "procedure_inconnue"), (["--svg"], "code_manquant"), (["IP", "SATT"], "argument_inattendu")],
)
def test_une_demande_impossible_est_refusee(arguments, code):
    assert PROCEDURE.read_erreur(*arguments)["code"] == code

"""What a preview says is kept in French, and beside it what says it in another language."""

import json

import pytest
from django.utils.translation import override

from exigible.bureau.imports.models import Importation
from exigible.bureau.imports.services import prepare_import
from exigible.bureau.pages.vues.apercu import Apercu
from exigible.bureau.phrases import load_phrase, translate_phrase

LISTE = """Numéro;Client;Date;Échéance;Montant TTC;Reste dû;Relancé
A1;Un;31/02/2026;;1,00;1,00;
A2;Un;01/02/2026;;1200,00;1200,00;relance
A3;Un;01/02/2026;;0,00;0,00;
A4;Un;01/02/2026;;5,00;5,00;
"""
FAUTE = "Ligne 2, colonne « Date » : la date « 31/02/2026 » n'existe pas."
REMARQUE = "Facture A2 : la date de l'envoi déjà fait n'est pas dite, il est compté d'aujourd'hui."


@pytest.fixture
def apercu(creancier):
    importation = prepare_import(creancier, "factures.csv", LISTE.encode(), "essai")
    return Importation.objects.get(pk=importation.pk).apercu


def trouver(apercu, issue, texte=""):
    return [x for x in Apercu(apercu).list_lignes(issue, texte) if x.raison_ecrite]


def test_le_francais_est_garde_tel_qu_il_fut_ecrit(apercu):
    ecrite = next(x for x in apercu["lignes"] if x["ligne"] == 2)
    assert ecrite["raison"] == FAUTE
    assert load_phrase(ecrite["modele"]).parametres["colonne"] == "Date"
    assert REMARQUE in apercu["remarques"]
    assert json.loads(json.dumps(apercu)) == apercu


def test_une_phrase_sans_parametre_n_est_gardee_qu_une_fois(apercu):
    nulle = next(x for x in apercu["lignes"] if x["libelle"] == "A3")
    assert nulle["raison"] == "montant nul ou négatif sans être un avoir"
    assert "modele" not in nulle


def test_chacun_lit_l_apercu_dans_sa_langue(apercu):
    lu = Apercu(apercu)
    (faute,) = [x for x in trouver(apercu, "refuse") if x.ligne == 2]
    questions = {q["code"]: q["phrase"] for q in lu.questions}
    assert translate_phrase(faute.raison) == FAUTE
    assert REMARQUE in [translate_phrase(r) for r in lu.remarques]
    with override("en"):
        assert translate_phrase(faute.raison) == "Line 2, column “Date”: The date “31/02/2026” does not exist."
        assert "it is counted as sent today." in " ".join(translate_phrase(r) for r in lu.remarques)
        assert translate_phrase(questions["qualite"]).startswith("The quality of these debtors is not known")
        assert [x.ligne for x in trouver(apercu, "refuse", "does not exist")] == [2]
    assert trouver(apercu, "refuse", "does not exist") == []
    assert [x.ligne for x in trouver(apercu, "refuse", "n'existe pas")] == [2]


def test_un_apercu_d_avant_reste_en_francais(apercu):
    del apercu["modeles_remarques"]
    for garde in (*apercu["lignes"], *apercu["questions"]):
        garde.pop("modele", None)
    with override("en"):
        lignes = {x.ligne: translate_phrase(x.raison) for x in trouver(apercu, "refuse")}
        assert lignes[2] == FAUTE
        assert [translate_phrase(r) for r in Apercu(apercu).remarques] == apercu["remarques"]

"""Answers to the questions of an act: read by their type, named for the wording, asked only when they matter."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.actes.document import make_texte
from exigible.actes.modele import Choix, Question, TypeReponse
from exigible.actes.reponses import describe_reponses, list_manquantes, read_reponses
from exigible.droit.erreurs import ErreurSaisie

QUESTIONS = (
    Question("ville", "La ville"),
    Question("jour", "Le jour", TypeReponse.DATE),
    Question("somme", "La somme", TypeReponse.MONTANT, obligatoire=False),
    Question("nombre", "Le nombre", TypeReponse.ENTIER, obligatoire=False),
    Question("voie", "La voie", TypeReponse.CHOIX, choix=(Choix("tc", "le TC"), Choix("tj", "le TJ"))),
    Question("solidaire", "Solidaires ?", TypeReponse.OUI_NON, obligatoire=False),
    Question("recit", "Le récit", TypeReponse.LONG, obligatoire=False),
    Question("chambre", "La chambre", si=("voie_tj",)),
)


def test_chaque_reponse_se_lit_selon_son_type():
    lues = read_reponses(
        QUESTIONS,
        {
            "ville": " Ville ",
            "jour": "21/11/2026",
            "somme": "1 234,50",
            "nombre": "3",
            "voie": "tc",
            "solidaire": "oui",
        },
    )
    assert lues == {
        "ville": "Ville",
        "jour": date(2026, 11, 21),
        "somme": Decimal("1234.50"),
        "nombre": 3,
        "voie": "tc",
        "solidaire": True,
    }


def test_les_reponses_se_nomment():
    lues = read_reponses(QUESTIONS, {"jour": "2026-11-01", "somme": "5", "voie": "tj", "recit": "a\n\nb"})
    vocabulaire = describe_reponses(QUESTIONS, lues)
    assert vocabulaire.valeurs == {
        "ville": "[à compléter : La ville]",
        "jour": "1er\u00a0novembre\u00a02026",
        "somme": "5,00\u00a0€",
        "nombre": "",
        "voie": "le TJ",
        "recit": "a  b",
        "chambre": "[à compléter : La chambre]",
    }
    assert vocabulaire.faits == {
        "ville": False,
        "jour": True,
        "somme": True,
        "nombre": False,
        "voie": True,
        "voie_tc": False,
        "voie_tj": True,
        "solidaire": False,
        "recit": True,
        "chambre": False,
    }
    assert vocabulaire.blocs == {"recit": (make_texte("a"), make_texte("b"))}


def test_une_question_ne_manque_que_si_elle_se_pose():
    faits = {"voie_tj": False}
    assert [q.nom for q in list_manquantes(QUESTIONS, {}, faits)] == ["ville", "jour", "voie"]
    assert [q.nom for q in list_manquantes(QUESTIONS, {"ville": "x"}, {"voie_tj": True})] == ["jour", "voie", "chambre"]


@pytest.mark.parametrize(
    ("saisie", "champ"),
    [
        ({"jour": "31/02/2026"}, "jour"),
        ({"somme": "beaucoup"}, "somme"),
        ({"nombre": "1,5"}, "nombre"),
        ({"nombre": "²"}, "nombre"),
        ({"voie": "prud'hommes"}, "voie"),
        ({"solidaire": "peut-être"}, "solidaire"),
        ({"inconnue": "x"}, "inconnue"),
        ({"ville": "x" * 20_001}, "ville"),
    ],
)
def test_une_reponse_illisible_est_refusee_avec_sa_question(saisie, champ):
    with pytest.raises(ErreurSaisie) as refus:
        read_reponses(QUESTIONS, saisie)
    assert refus.value.champ == champ


def test_une_reponse_vide_n_en_est_pas_une():
    assert read_reponses(QUESTIONS, {"ville": "  ", "jour": ""}) == {}

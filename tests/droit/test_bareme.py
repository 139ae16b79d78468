from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from exigible.droit.bareme import load_bareme, parse_bareme
from exigible.droit.erreurs import ErreurBareme

BAREMES = ("interet_legal", "bce_refi", "penalites")
SERIES = [(nom, serie) for nom in BAREMES for serie in load_bareme(nom).series]

TEXTE = """
[meta]
nom = "essai"
libelle = "essai"
unite = "euros"
type = "periodique"
connu_jusqu_au = 2020-12-31
series = ["montant"]
[sources]
lu = "Journal fictif"
[[valeur]]
debut = 2019-01-01
montant = "1.00"
source = ["lu"]
[[valeur]]
debut = 2020-01-01
montant = "2.00"
source = ["lu"]
a_verifier = true
note = "lu une seule fois"
"""


@pytest.mark.parametrize(("nom", "serie"), SERIES)
def test_chaque_valeur_se_suit_sans_trou(nom, serie):
    bareme = load_bareme(nom)
    valeurs = bareme.get_historique(serie)
    for precedente, suivante in pairwise(valeurs):
        assert precedente.fin == suivante.debut - timedelta(days=1)
    assert valeurs[-1].fin == bareme.connu_jusqu_au
    assert (bareme.connu_jusqu_au is None) != (bareme.verifie_le is None)


@pytest.mark.parametrize(("nom", "serie"), SERIES)
def test_une_valeur_a_une_source_ou_le_dit(nom, serie):
    for valeur in load_bareme(nom).get_historique(serie):
        assert valeur.source or valeur.a_verifier
        assert valeur.note or not valeur.a_verifier


@pytest.mark.parametrize(
    ("jour", "serie", "attendu"),
    [
        (date(2026, 3, 15), "particulier", "6.67"),
        (date(2026, 3, 15), "autres_cas", "2.62"),
        (date(2014, 12, 31), "particulier", "0.04"),
        (date(1989, 7, 14), "autres_cas", "9.50"),
        (date(1989, 7, 15), "autres_cas", "7.82"),
        (date(2026, 12, 31), "autres_cas", "2.75"),
    ],
)
def test_taux_legal(jour, serie, attendu):
    assert load_bareme("interet_legal").get_valeur(jour, serie).valeur == Decimal(attendu)


@pytest.mark.parametrize(
    ("nom", "serie", "jour", "sens"),
    [
        ("interet_legal", "autres_cas", date(2027, 1, 1), "apres"),
        ("interet_legal", "autres_cas", date(1975, 7, 14), "avant"),
        ("bce_refi", "taux", date(2027, 1, 1), "apres"),
        ("penalites", "indemnite_forfaitaire", date(2012, 12, 31), "avant"),
    ],
)
def test_hors_bareme(nom, serie, jour, sens):
    with pytest.raises(ErreurBareme) as erreur:
        load_bareme(nom).get_valeur(jour, serie)
    assert erreur.value.code == "date_hors_bareme"
    assert erreur.value.parametres["sens"] == sens
    assert load_bareme(nom).libelle in erreur.value.message


def test_provisoire_reprend_la_derniere_valeur_et_le_dit():
    bareme = load_bareme("interet_legal")
    valeur = bareme.get_valeur(date(2027, 3, 1), "autres_cas", provisoire=True)
    assert valeur.provisoire
    assert valeur.valeur == Decimal("2.75")
    assert "taux_provisoire" in [a.code for a in bareme.list_avertissements(valeur)]


def test_provisoire_n_invente_rien_avant_la_premiere_valeur():
    with pytest.raises(ErreurBareme):
        load_bareme("interet_legal").get_valeur(date(1970, 1, 1), "autres_cas", provisoire=True)


def test_une_valeur_a_verifier_avertit():
    bareme = load_bareme("interet_legal")
    (avertissement,) = bareme.list_avertissements(bareme.get_valeur(date(2026, 8, 1), "autres_cas"))
    assert avertissement.code == "valeur_a_verifier"
    assert "2,75" in avertissement.message
    assert bareme.list_avertissements(bareme.get_valeur(date(2026, 1, 1), "autres_cas")) == ()


def test_une_table_permanente_continue():
    assert load_bareme("penalites").get_valeur(date(2090, 1, 1), "indemnite_forfaitaire").valeur == Decimal("40.00")


def test_lit_une_table():
    bareme = parse_bareme(TEXTE)
    assert [valeur.valeur for valeur in bareme.get_historique("montant")] == [Decimal("1.00"), Decimal("2.00")]
    assert bareme.get_valeur(date(2019, 12, 31), "montant").source == "Journal fictif"


@pytest.mark.parametrize(
    ("ancien", "nouveau"),
    [
        ('source = ["lu"]', 'source = ["ailleurs"]'),
        ('montant = "1.00"', "montant = 1.00"),
        ("debut = 2020-01-01", "debut = 2019-01-01"),
        ("a_verifier = true", "averifier = true"),
    ],
)
def test_refuse_une_table_mal_ecrite(ancien, nouveau):
    with pytest.raises(ErreurBareme) as erreur:
        parse_bareme(TEXTE.replace(ancien, nouveau))
    assert erreur.value.code == "bareme_invalide"


@pytest.mark.parametrize(
    ("jour", "codes"),
    [
        (date(2013, 1, 1), ["valeur_a_verifier"]),
        (date(2013, 12, 31), ["valeur_a_verifier"]),
        (date(2014, 1, 1), []),
        (date(2026, 11, 21), []),
    ],
)
def test_un_premier_jour_a_verifier_n_avertit_que_l_annee_qui_le_suit(jour, codes):
    bareme = load_bareme("penalites")
    valeur = bareme.get_valeur(jour, "indemnite_forfaitaire")
    assert [a.code for a in bareme.list_avertissements(valeur)] == codes

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.reconnaissance import compute_somme_reconnue, parse_somme_en_lettres, write_somme_en_lettres

D = Decimal


@pytest.mark.parametrize(
    ("texte", "somme"),
    [
        ("mille deux cents", "1200.00"),
        ("Mille deux cents euros", "1200.00"),
        ("un euro", "1.00"),
        ("mille deux cents euros et cinquante centimes", "1200.50"),
        ("mille deux cents euros, cinq centimes", "1200.05"),
        ("vingt et un euros  vingt et un centimes d’euro", "21.21"),
        ("un million d'euros", "1000000.00"),
        ("deux millions d’euros et un centime", "2000000.01"),
    ],
)
def test_la_somme_en_lettres(texte, somme):
    assert str(parse_somme_en_lettres(texte)) == somme


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "1200",
        "mille deux cents francs",
        "mille deux cents euros cinquante",
        "cent euros et cent centimes",
        "cent euros et quelques centimes",
        "euros",
        "mille " * 1000,
    ],
)
def test_une_somme_illisible_est_refusee(texte):
    with pytest.raises(ErreurSaisie, match="n'est pas lisible") as refus:
        parse_somme_en_lettres(texte, "lettres")
    assert (refus.value.code, refus.value.champ) == ("somme_en_lettres_illisible", "lettres")
    assert len(refus.value.parametres["valeur"]) <= 200


def test_des_lettres_et_des_chiffres_d_accord_ne_disent_rien():
    somme = compute_somme_reconnue("mille deux cents euros", D("1200.00"))
    assert (somme.montant, somme.en_chiffres, somme.avertissements) == (D("1200.00"), D("1200.00"), ())
    assert somme.articles == ("C. civ. 1376",)


def test_les_lettres_l_emportent():
    somme = compute_somme_reconnue("mille deux cents", D("1250.00"))
    assert (somme.montant, somme.en_chiffres) == (D("1200.00"), D("1250.00"))
    (alerte,) = somme.avertissements
    assert alerte.code == "lettres_chiffres_divergent"
    assert alerte.parametres == {"lettres": "1200.00", "chiffres": "1250.00"}
    assert "1\u202f200,00\u00a0€ en lettres et de 1\u202f250,00\u00a0€ en chiffres" in alerte.message


def test_une_somme_illisible_designe_les_lettres():
    with pytest.raises(ErreurSaisie) as refus:
        compute_somme_reconnue("douze cents", D("1200.00"))
    assert refus.value.champ == "lettres"


@given(st.integers(100, 99_999_999_999))
def test_une_somme_ecrite_se_relit(centimes):
    somme = D(centimes).scaleb(-2)
    assert parse_somme_en_lettres(write_somme_en_lettres(somme)) == somme


@pytest.mark.parametrize(
    ("somme", "ecrite"),
    [
        ("1234.56", "mille deux cent trente-quatre euros et cinquante-six centimes"),
        ("1.01", "un euro et un centime"),
        ("0.50", "cinquante centimes d'euro"),
        ("0.00", "zéro euro"),
        ("1000000.00", "un million d'euros"),
        ("1000001.00", "un million un euros"),
    ],
)
def test_l_ecriture_d_une_somme(somme, ecrite):
    assert write_somme_en_lettres(D(somme)) == ecrite


@pytest.mark.parametrize("somme", ["-0.01", "0.001", "1000000000.00"])
def test_une_somme_qui_ne_s_ecrit_pas(somme):
    with pytest.raises(ValueError, match=r"nombre|montant"):
        write_somme_en_lettres(D(somme))

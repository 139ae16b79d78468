from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.argent import format_montant, format_taux, parse_montant, round_cent
from exigible.droit.erreurs import ErreurSaisie


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("1234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,56\u00a0€", "1234.56"),
        ("-12,5", "-12.50"),
        ("\u221212", "-12.00"),
        ("10 000 000", "10000000.00"),
    ],
)
def test_lit_un_montant(texte, attendu):
    assert parse_montant(texte) == Decimal(attendu)


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("1.234,56", "montant_illisible"),
        ("1 23,00", "montant_illisible"),
        ("NaN", "montant_illisible"),
        ("1e5", "montant_illisible"),
        ("", "montant_illisible"),
        ("0,005", "montant_trop_precis"),
        ("1" * 35, "montant_hors_limites"),
        ("0." + "0" * 35 + "1", "montant_trop_precis"),
    ],
)
def test_refuse_un_montant(texte, code):
    with pytest.raises(ErreurSaisie) as erreur:
        parse_montant(texte)
    assert erreur.value.code == code


@pytest.mark.parametrize(("valeur", "attendu"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68")])
def test_arrondit_la_demie_vers_le_haut(valeur, attendu):
    assert round_cent(Decimal(valeur)) == Decimal(attendu)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_un_montant_ecrit_se_relit(montant):
    assert parse_montant(format_montant(montant)) == montant


@pytest.mark.parametrize(("taux", "attendu"), [("12.15", "12,15"), ("6", "6,00"), ("0.125", "0,125")])
def test_ecrit_un_taux(taux, attendu):
    assert format_taux(Decimal(taux)) == f"{attendu}\u00a0%"

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.partage import list_mensualites, split_montant

D = Decimal


@given(st.decimals("1000.00", "1e9", places=2), st.integers(1, 60))
def test_les_parts_font_le_tout_et_seule_la_derniere_differe(montant, nombre):
    *egales, derniere = split_montant(montant, nombre)
    assert len(egales) == nombre - 1
    assert sum(egales) + derniere == montant
    assert len(set(egales)) <= 1
    assert all(part == part.quantize(D("0.01")) > 0 for part in (*egales, derniere))
    if egales:
        assert abs(derniere - egales[0]) <= D("0.005") * nombre


@pytest.mark.parametrize(("montant", "nombre"), [("0.00", 1), ("0.05", 10), ("0.02", 5), ("-1.00", 2)])
def test_une_echeance_vide_est_refusee(montant, nombre):
    with pytest.raises(ErreurSaisie, match="ne suffit pas") as refus:
        split_montant(D(montant), nombre)
    assert (refus.value.code, refus.value.champ) == ("trop_d_echeances", "nombre")


def test_un_centime_par_echeance_suffit():
    assert split_montant(D("0.03"), 3) == (D("0.01"),) * 3


def test_les_mensualites_gardent_leur_quantieme():
    assert list_mensualites(date(2026, 1, 31), 3) == (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))

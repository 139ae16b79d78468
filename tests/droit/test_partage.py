from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.partage import list_mensualites, list_poids, split_montant, split_selon

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


@pytest.mark.parametrize(
    ("nombre", "progression", "poids"),
    [(1, "-50", [100]), (3, "0", [100, 100, 100]), (3, "-49.99", ["100", "50.01", "0.02"]), (2, "1000", [100, 1100])],
)
def test_chaque_echeance_depasse_la_precedente_de_la_progression(nombre, progression, poids):
    assert list_poids(nombre, D(progression)) == tuple(map(D, poids))


@pytest.mark.parametrize("progression", ["-50", "1000.01", "NaN", "Infinity", "-Infinity"])
def test_une_progression_qui_annule_la_derniere_echeance_designe_son_champ(progression):
    with pytest.raises(ErreurSaisie) as refus:
        list_poids(3, D(progression))
    assert (refus.value.code, refus.value.champ) == ("progression_hors_limites", "progression")


def test_des_parts_en_proportion_la_derniere_prend_le_reste():
    assert split_selon(D("100.00"), (D(1), D(1), D(4))) == (D("16.67"), D("16.67"), D("66.66"))
    with pytest.raises(ErreurSaisie, match=r"0,01\u00a0€ ne suffit pas au nombre d'échéances demandé \(2\)"):
        split_selon(D("0.01"), (D(1), D(1)))


def test_des_mensualites_trop_lointaines_sont_refusees():
    assert list_mensualites(date(2190, 1, 15), 60)[-1] == date(2194, 12, 15)
    for premiere, nombre in ((date(2200, 1, 15), 1), (date(2196, 1, 15), 60)):
        with pytest.raises(ErreurSaisie, match=f"le 15/01/{premiere.year}, est trop lointaine") as refus:
            list_mensualites(premiere, nombre)
        assert (refus.value.code, refus.value.champ) == ("date_hors_limites", "premiere")


def test_la_derniere_annee_se_compte_par_douze_mois():
    """Eleven more months stay in the year before the last; a twelfth one does not."""
    assert list_mensualites(date(2198, 1, 5), 11)[-1] == date(2198, 11, 5)
    with pytest.raises(ErreurSaisie) as refus:
        list_mensualites(date(2198, 1, 5), 12)
    assert refus.value.champ == "premiere"

"""Results for programs: exact texts, never a float."""

import json
from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.donnees import dump_ligne, encode, write_taux
from exigible.droit.interets import Regime, RegleInterets, compute_lignes


def test_un_montant_et_un_jour_s_ecrivent_en_texte():
    assert json.dumps([Decimal("1E+3"), date(2026, 11, 21)], default=encode) == '["1000", "2026-11-21"]'


def test_le_reste_est_refuse():
    with pytest.raises(TypeError, match="set"):
        json.dumps({1}, default=encode)


@pytest.mark.parametrize(
    ("taux", "texte"), [("12.15", "12.15"), ("3", "3.00"), ("6.7500", "6.75"), ("0.125", "0.125"), ("NaN", "NaN")]
)
def test_un_taux(taux, texte):
    assert write_taux(Decimal(taux)) == texte


def test_une_ligne_d_interets_se_refait_a_la_main():
    regle = RegleInterets(Regime.COMMERCIAL, depart=date(2026, 1, 1))
    ligne = dump_ligne(compute_lignes(regle, Decimal("1000.00"), date(2026, 1, 1), date(2026, 1, 31), creance="A")[0])
    assert (ligne["du"], ligne["au"], ligne["jours"], ligne["base"]) == (
        date(2026, 1, 1),
        date(2026, 1, 31),
        31,
        Decimal("1000.00"),
    )
    attendu = (ligne["base"] * Decimal(ligne["taux"]) / 100 * 31 / 365).quantize(Decimal("0.01"))
    assert ligne["montant"] == attendu
    assert ligne["diviseur"] == 365
    assert ligne["article"].startswith("C. com.")
    assert ligne["source"]

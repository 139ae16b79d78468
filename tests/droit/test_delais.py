from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.delais import (
    ConditionsPaiement,
    MethodeEcheance,
    compute_echeance,
    format_conditions,
    parse_conditions,
)
from exigible.droit.erreurs import ErreurSaisie

JOURS, APRES, AVANT = MethodeEcheance


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("30 jours", ConditionsPaiement(30)),
        ("30 jours nets", ConditionsPaiement(30)),
        ("60 jours date de facture", ConditionsPaiement(60)),
        ("À 45 jours à compter de la date d’émission de la facture", ConditionsPaiement(45)),
        ("45 jours fin de mois", ConditionsPaiement(45, APRES)),
        ("45j fdm", ConditionsPaiement(45, APRES)),
        ("fin de mois 45 jours", ConditionsPaiement(45, AVANT)),
        ("Fin de mois + 45 jours", ConditionsPaiement(45, AVANT)),
        ("fin de mois", ConditionsPaiement(0, AVANT)),
        ("30 jours fin de mois le 10", ConditionsPaiement(30, APRES, 10)),
        ("comptant", ConditionsPaiement(0)),
        ("à réception", ConditionsPaiement(0)),
        ("A réception de facture", ConditionsPaiement(0)),
    ],
)
def test_lit_les_conditions(texte, attendu):
    assert parse_conditions(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("quand je pourrai", "conditions_illisibles"),
        ("", "conditions_illisibles"),
        ("30 jours le 10", "conditions_illisibles"),
        ("-5 jours", "conditions_illisibles"),
        ("999 jours", "conditions_invalides"),
        ("30 jours fin de mois le 40", "conditions_invalides"),
    ],
)
def test_refuse_des_conditions(texte, code):
    with pytest.raises(ErreurSaisie) as erreur:
        parse_conditions(texte)
    assert erreur.value.code == code


@pytest.mark.parametrize(
    ("depart", "texte", "echeance"),
    [
        (date(2026, 1, 15), "30 jours", date(2026, 2, 14)),
        (date(2026, 3, 5), "45 jours fin de mois", date(2026, 4, 30)),
        (date(2026, 3, 5), "fin de mois 45 jours", date(2026, 5, 15)),
        (date(2026, 1, 15), "30 jours fin de mois le 10", date(2026, 3, 10)),
        (date(2026, 1, 15), "fin de mois 30 jours le 10", date(2026, 3, 10)),
        (date(2026, 1, 15), "fin de mois le 10", date(2026, 2, 10)),
        (date(2026, 1, 15), "30 jours fin de mois le 31", date(2026, 3, 31)),
        (date(2026, 12, 20), "30 jours fin de mois le 31", date(2027, 2, 28)),
        (date(2024, 1, 31), "30 jours", date(2024, 3, 1)),
        (date(2026, 1, 15), "comptant", date(2026, 1, 15)),
    ],
)
def test_echeance(depart, texte, echeance):
    assert compute_echeance(depart, parse_conditions(texte)) == echeance


@given(
    st.one_of(
        st.builds(ConditionsPaiement, st.integers(0, 366)),
        st.builds(
            ConditionsPaiement, st.integers(0, 366), st.sampled_from([APRES, AVANT]), st.none() | st.integers(1, 31)
        ),
    ),
    st.dates(date(2000, 1, 1), date(2050, 1, 1)),
)
def test_des_conditions_ecrites_se_relisent(conditions, depart):
    assert parse_conditions(format_conditions(conditions)) == conditions
    assert compute_echeance(depart, conditions) >= depart

"""TARGET days."""

from datetime import date

import pytest

from exigible.droit.jours_bancaires import add_jours_bancaires, find_jour_bancaire, is_jour_bancaire


@pytest.mark.parametrize(
    ("jour", "ouvre"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 4, 2), True),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 7), True),
        (date(2026, 5, 1), False),
        (date(2026, 5, 8), True),  # a French holiday: banks of the euro settle
        (date(2026, 7, 14), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2028, 12, 26), False),
    ],
)
def test_target_est_ouvert_ou_ferme(jour, ouvre):
    assert is_jour_bancaire(jour) is ouvre


def test_le_jour_suivant_saute_paques_et_noel():
    assert find_jour_bancaire(date(2026, 4, 3)) == date(2026, 4, 7)
    assert find_jour_bancaire(date(2026, 4, 2)) == date(2026, 4, 2)
    assert add_jours_bancaires(date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert add_jours_bancaires(date(2026, 11, 20), 2) == date(2026, 11, 24)

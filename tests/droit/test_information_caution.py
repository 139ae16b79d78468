"""The days for which a surety was not told what it must be: each year before 31 March, and of the first unpaid debt."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.caution import DefautInformation
from exigible.droit.information_caution import compute_defauts

ENGAGEE = date(2024, 6, 15)


def defaut(du, au=None):
    return DefautInformation(date.fromisoformat(du), date.fromisoformat(au) if au else None)


@pytest.mark.parametrize(
    ("informations", "au", "attendus"),
    [
        ([], date(2025, 3, 30), []),
        ([], date(2025, 3, 31), [defaut("2024-06-16")]),
        ([date(2025, 3, 30)], date(2026, 3, 30), []),
        ([date(2025, 3, 31)], date(2026, 3, 30), [defaut("2024-06-16", "2025-03-31")]),  # « avant le 31 mars »
        ([date(2025, 2, 1)], date(2026, 4, 1), [defaut("2025-02-02")]),
        ([date(2025, 2, 1), date(2026, 5, 1)], date(2026, 12, 31), [defaut("2025-02-02", "2026-05-01")]),
        ([date(2025, 2, 1), date(2026, 5, 1)], date(2026, 4, 15), [defaut("2025-02-02")]),  # not told yet, that day
        ([date(2025, 7, 1)], date(2026, 6, 1), [defaut("2024-06-16")]),  # two years missed are one period
    ],
)
def test_l_information_annuelle(informations, au, attendus):
    assert list(compute_defauts(ENGAGEE, informations, None, au)) == attendus


def test_rien_avant_2022():
    assert compute_defauts(date(2019, 1, 1), [], None, date(2022, 3, 30)) == ()
    assert compute_defauts(date(2019, 1, 1), [], None, date(2022, 4, 1)) == (defaut("2019-01-02"),)


@pytest.mark.parametrize(
    ("informations", "au", "attendus"),
    [
        ([], date(2024, 9, 30), []),
        ([], date(2024, 10, 1), [defaut("2024-09-01")]),
        ([date(2024, 9, 30)], date(2024, 12, 31), []),
        ([date(2024, 10, 20)], date(2024, 12, 31), [defaut("2024-09-01", "2024-10-20")]),
        ([date(2024, 8, 1)], date(2024, 12, 31), [defaut("2024-09-01")]),  # told before the incident: of something else
    ],
)
def test_le_premier_incident(informations, au, attendus):
    assert list(compute_defauts(ENGAGEE, informations, date(2024, 8, 31), au)) == attendus


def test_les_periodes_qui_se_touchent_n_en_font_qu_une():
    informations = [date(2024, 11, 1), date(2025, 6, 1), date(2026, 3, 1)]
    attendus = (defaut("2024-09-01", "2025-06-01"),)
    assert compute_defauts(ENGAGEE, informations, date(2024, 8, 31), date(2026, 3, 1)) == attendus
    separees = compute_defauts(ENGAGEE, [date(2024, 11, 1), date(2025, 1, 10)], date(2024, 8, 31), date(2026, 4, 1))
    assert separees == (defaut("2024-09-01", "2024-11-01"), defaut("2025-01-11"))


@given(
    st.lists(st.dates(date(2024, 6, 16), date(2027, 12, 31)), max_size=6),
    st.none() | st.dates(ENGAGEE, date(2027, 1, 1)),
    st.dates(ENGAGEE, date(2028, 1, 1)),
)
def test_des_periodes_disjointes_et_dans_l_ordre(informations, incident, au):
    defauts = compute_defauts(ENGAGEE, informations, incident, au)
    assert all(d.du > ENGAGEE and (d.au is None or d.du <= d.au <= au) for d in defauts)
    assert all(a.au is not None and a.au + timedelta(days=1) < b.du for a, b in itertools.pairwise(defauts))


@pytest.mark.parametrize(
    ("informations", "au", "attendus"),
    [
        ([date(2025, 1, 1)], date(2025, 12, 31), []),  # the first day of the year is before 31 March
        ([date(2024, 12, 31)], date(2025, 12, 31), [defaut("2025-01-01")]),
        ([date(2025, 4, 10)], date(2025, 4, 10), [defaut("2024-06-16", "2025-04-10")]),  # told that very day
    ],
)
def test_les_bornes_de_l_information_annuelle(informations, au, attendus):
    assert list(compute_defauts(ENGAGEE, informations, None, au)) == attendus


def test_une_information_du_jour_de_l_incident_ne_dit_pas_qu_il_dure():
    incident = date(2024, 8, 31)
    assert compute_defauts(ENGAGEE, [incident], incident, date(2024, 12, 31)) == (defaut("2024-09-01"),)
    assert compute_defauts(ENGAGEE, [date(2024, 9, 1)], incident, date(2024, 12, 31)) == ()

from datetime import UTC, date, datetime

import pytest

from exigible.bureau import horloge
from exigible.droit.erreurs import ErreurSaisie


@pytest.fixture
def _libre():
    """Undo the stopped clock of the other tests."""
    arretes = horloge._fixe.copy()
    horloge._fixe.clear()
    yield
    horloge._fixe.extend(arretes)


def test_le_jour_legal_est_celui_de_paris():
    with horloge.fix_horloge(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)):
        assert horloge.today() == date(2026, 7, 2)
    with horloge.fix_horloge(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)):
        assert horloge.today() == date(2026, 12, 31)


@pytest.mark.usefixtures("_libre")
def test_le_jour_impose_par_l_environnement(monkeypatch):
    monkeypatch.setenv("EXIGIBLE_AUJOURD_HUI", "2027-01-15")
    assert horloge.today() == date(2027, 1, 15)
    assert horloge.now().tzinfo is UTC


@pytest.mark.usefixtures("_libre")
def test_un_jour_impose_illisible_est_dit(monkeypatch):
    monkeypatch.setenv("EXIGIBLE_AUJOURD_HUI", "demain")
    with pytest.raises(ErreurSaisie, match="demain"):
        horloge.today()

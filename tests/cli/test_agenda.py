"""`exigible agenda`: what is refused before the office is even opened."""

import pytest

from .appels import Appel

AGENDA = Appel("agenda")


def test_une_periode_a_l_envers_est_refusee():
    erreur = AGENDA.read_erreur("--du", "2026-12-31", "--au", "2026-12-01")
    assert (erreur["code"], erreur["champ"]) == ("periode_inversee", "--au")
    assert "31/12/2026" in erreur["message"]


@pytest.mark.parametrize("option", [("--du", "demain"), ("--au", "2026-02-30"), ("--nature", "audience")])
def test_une_option_fausse_est_expliquee(option):
    assert AGENDA.read_erreur(*option)["champ"] == option[0]

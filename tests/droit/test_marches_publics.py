"""A public buyer pays interest and the 40 € within forty-five days of the principal (CCP R2192-36)."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.erreurs import ErreurBareme
from exigible.droit.marches_publics import compute_limite_interets
from exigible.droit.valeurs import ValeurAjoutee


@pytest.mark.parametrize(
    ("paye", "limite"),
    [(date(2019, 4, 1), date(2019, 5, 16)), (date(2026, 1, 15), date(2026, 3, 1))],
)
def test_quarante_cinq_jours_apres_la_mise_en_paiement(paye, limite):
    assert compute_limite_interets(paye) == limite


def test_avant_le_code_le_delai_n_a_pas_ete_lu():
    with pytest.raises(ErreurBareme) as refus:
        compute_limite_interets(date(2019, 3, 31))
    assert refus.value.code == "date_hors_bareme"


def test_un_delai_ajoute_par_l_utilisateur_est_suivi():
    ajout = ValeurAjoutee(
        *("penalites", "delai_interets_publics_jours", date(2027, 1, 1), (Decimal(30),)),
        *("décret fictif", date(2027, 1, 2)),
    )
    assert compute_limite_interets(date(2027, 1, 1), (ajout,)) == date(2027, 1, 31)

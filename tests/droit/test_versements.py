"""What a payment refuses, naming the field; why one does not count, and what is then said."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.versements import Compensation, MotifEcart, Remboursement, Versement

D, JOUR, REJET = Decimal, date(2026, 1, 5), date(2026, 1, 12)
RECU = partial(Versement, "V1", JOUR, D("100.00"))


@pytest.mark.parametrize("nature", [Versement, Remboursement])
@pytest.mark.parametrize(
    ("montant", "code"),
    [
        ("0.00", "versement_nul"),
        ("-5.00", "versement_nul"),
        ("NaN", "versement_nul"),
        ("Infinity", "versement_nul"),
        ("0.001", "montant_trop_precis"),
    ],
)
def test_ce_qui_est_recu_ou_rendu_est_une_somme_au_centime(nature, montant, code):
    with pytest.raises(ErreurSaisie) as refus:
        nature("V1", JOUR, D(montant))
    assert (refus.value.code, refus.value.champ, refus.value.parametres) == (code, "montant", {"cle": "V1"})
    assert nature("V1", JOUR, D("0.01")).montant == D("0.01")


def test_un_versement_ne_se_rejette_pas_avant_d_etre_fait():
    assert RECU(rejete_le=JOUR).find_ecart(JOUR)
    with pytest.raises(ErreurSaisie) as refus:
        RECU(rejete_le=date(2026, 1, 4))
    assert (refus.value.code, refus.value.champ, refus.value.parametres) == (
        *("dates_inversees", "rejete_le"),
        {"cle": "V1"},
    )
    assert "du 05/01/2026 ne peut pas avoir été rejeté avant, le 04/01/2026" in refus.value.message


@pytest.mark.parametrize(
    ("champs", "au", "motif", "dit"),
    [
        ({}, REJET, None, ""),
        ({"rejete_le": REJET}, date(2026, 1, 11), None, ""),
        (
            *({"rejete_le": REJET}, REJET, MotifEcart.REJETE),
            "Le versement de 100,00\u00a0€ du 05/01/2026 a été rejeté le 12/01/2026 : il ne compte pas",
        ),
        (
            *({"compensation": Compensation.ALLEGUEE}, JOUR, MotifEcart.COMPENSATION_ALLEGUEE),
            "La compensation de 100,00\u00a0€ au 05/01/2026 est alléguée, ni admise ni jugée",
        ),
        ({"compensation": Compensation.ADMISE}, REJET, None, ""),
        ({"compensation": Compensation.JUGEE}, REJET, None, ""),
    ],
)
def test_un_versement_rejete_ou_une_compensation_alleguee_ne_comptent_pas(champs, au, motif, dit):
    versement = RECU(**champs)
    ecart = versement.find_ecart(au)
    assert (ecart and ecart.motif) == motif
    if ecart:
        assert ecart.versement == versement
        avertissement = ecart.build_avertissement()
        assert avertissement.code == motif.value
        assert avertissement.message.startswith(dit)
        assert avertissement.parametres == {"versement": "V1", "montant": "100.00"}

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.paiement_direct import Agent, Terme, compute_paiement_direct
from exigible.droit.partage import list_mensualites

D = Decimal

NOTIFICATION = date(2026, 6, 15)


def list_codes(paiement):
    return [avertissement.code for avertissement in paiement.avertissements]


def test_sans_arriere_seul_le_courant_est_paye():
    paiement = compute_paiement_direct([], NOTIFICATION)
    assert (paiement.termes, paiement.arrieres, paiement.fractions, paiement.ecartes) == ((), 0, (), ())
    assert (str(paiement.arrieres), paiement.avertissements) == ("0.00", ())
    assert paiement.articles == ("CPCE L213-1", "CPCE L213-4")


def test_la_derniere_fraction_prend_le_reste():
    paiement = compute_paiement_direct([Terme(date(2026, 6, 5), D("100.00"))], NOTIFICATION)
    assert paiement.fractions == (D("8.33"),) * 11 + (D("8.37"),)


def test_un_terme_au_bord_est_signale():
    termes = [Terme(jour, D("300.00")) for jour in list_mensualites(date(2025, 12, 15), 7)]
    paiement = compute_paiement_direct(termes, NOTIFICATION)
    assert [terme.jour.isoformat() for terme in paiement.termes][::5] == ["2025-12-15", "2026-05-15"]
    assert len(paiement.termes) == 6
    assert paiement.ecartes == ()
    (bord,) = paiement.avertissements
    assert (bord.code, bord.parametres) == ("bord_de_periode_a_verifier", {"notification": "2026-06-15"})
    assert "le 15/12/2025 ou le 15/06/2026" in bord.message
    (veille,) = compute_paiement_direct([Terme(date(2025, 12, 14), D("300.00"))], NOTIFICATION).ecartes
    assert veille.jour == date(2025, 12, 14)


def test_le_bord_n_est_signale_que_s_il_y_a_un_terme():
    termes = [Terme(NOTIFICATION, D("300.00"))]
    assert list_codes(compute_paiement_direct(termes, NOTIFICATION)) == ["bord_de_periode_a_verifier"]
    assert list_codes(compute_paiement_direct(termes, date(2026, 6, 16))) == []


def test_l_organisme_remonte_a_vingt_quatre_mois():
    termes = [Terme(jour, D("300.00")) for jour in list_mensualites(date(2024, 6, 5), 25)]
    paiement = compute_paiement_direct(termes, NOTIFICATION, Agent.ORGANISME)
    assert [terme.jour for terme in paiement.ecartes] == [date(2024, 6, 5)]
    assert paiement.arrieres == D("7200.00")
    assert paiement.fractions == (D("300.00"),) * 24
    assert list_codes(paiement) == ["termes_trop_anciens", "duree_a_verifier"]
    assert paiement.avertissements[0].parametres == {"debut": "2024-06-15"}
    assert "le 15/06/2024, soit 300,00\u00a0€" in paiement.avertissements[0].message


@pytest.mark.parametrize("impaye", ["0.00", "-1.00"])
def test_un_terme_paye_n_est_pas_un_terme_impaye(impaye):
    with pytest.raises(ErreurSaisie, match="05/06/2026 n'a rien d'impayé") as refus:
        Terme(date(2026, 6, 5), D(impaye))
    assert (refus.value.code, refus.value.champ) == ("montant_nul", "impaye")
    assert Terme(date(2026, 6, 5), D("0.01")).impaye == D("0.01")

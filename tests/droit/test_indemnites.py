"""The lump sums of a claim: how many, from when, and why there are none."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.indemnites import compute_indemnites
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.valeurs import ValeurAjoutee

AU = date(2026, 2, 15)


def calculer(regime=Regime.COMMERCIAL, factures=None, depart=date(2025, 9, 30), au=AU, **champs):
    montant, avertissements = compute_indemnites(RegleInterets(regime, depart, **champs), factures, au)
    return montant, [avertissement.code for avertissement in avertissements]


@pytest.mark.parametrize(
    ("regime", "factures", "attendu"),
    [
        (Regime.COMMERCIAL, None, "40.00"),
        (Regime.PUBLIC, None, "40.00"),
        (Regime.LEGAL, None, "0.00"),
        (Regime.COMMERCIAL, 0, "0.00"),
        (Regime.COMMERCIAL, 3, "120.00"),
        (Regime.PUBLIC, 2, "80.00"),
    ],
)
def test_quarante_euros_par_facture_sous_les_regimes_qui_le_prevoient(regime, factures, attendu):
    assert calculer(regime, factures) == (Decimal(attendu), [])


def test_rien_avant_le_premier_jour_de_retard():
    assert calculer(au=date(2025, 9, 30)) == (0, [])
    assert calculer(au=date(2025, 10, 1)) == (40, [])


@pytest.mark.parametrize(
    ("regime", "dernier_sans"), [(Regime.COMMERCIAL, date(2012, 12, 31)), (Regime.PUBLIC, date(2013, 6, 30))]
)
def test_rien_pour_un_retard_ne_avant_l_indemnite(regime, dernier_sans):
    veille = date.fromordinal(dernier_sans.toordinal() - 1)
    assert calculer(regime, depart=veille) == (0, ["indemnite_anterieure"])
    assert calculer(regime, depart=dernier_sans)[0] == 40


def test_la_demander_sous_un_autre_regime_est_signale():
    montant, codes = calculer(Regime.LEGAL, 2)
    assert (montant, codes) == (80, ["indemnite_hors_champ"])


def test_une_procedure_collective_l_exclut_quand_elle_interdisait_de_payer_a_l_echeance():
    def ouvrir(jour, motif=MotifPause.PROCEDURE_COLLECTIVE):
        return calculer(pauses=(Pause(jour, motif),))

    assert ouvrir(date(2025, 9, 30)) == (0, ["indemnite_exclue"])
    assert ouvrir(date(2025, 10, 1)) == (40, ["indemnite_a_verifier"])
    assert ouvrir(AU) == (40, ["indemnite_a_verifier"])
    assert ouvrir(date(2026, 2, 16)) == (40, [])
    assert ouvrir(date(2025, 1, 1), MotifPause.DELAI_DE_GRACE) == (40, [])
    deux = (
        Pause(date(2026, 1, 5), MotifPause.PROCEDURE_COLLECTIVE),
        Pause(date(2025, 9, 1), MotifPause.SURENDETTEMENT),
    )
    assert calculer(pauses=deux) == (40, ["indemnite_a_verifier"])
    assert calculer(pauses=(*deux, Pause(date(2025, 9, 2), MotifPause.PROCEDURE_COLLECTIVE))) == (
        0,
        ["indemnite_exclue"],
    )


@pytest.mark.parametrize(
    ("regime", "serie"),
    [(Regime.COMMERCIAL, "indemnite_forfaitaire"), (Regime.PUBLIC, "indemnite_forfaitaire_publique")],
)
def test_un_montant_ajoute_par_l_utilisateur_est_celui_qui_est_du(regime, serie):
    ajout = ValeurAjoutee("penalites", serie, date(2027, 3, 1), (Decimal(50),), "décret fictif", date(2027, 3, 2))
    lue = calculer(regime, 2, depart=date(2027, 2, 28), au=date(2027, 3, 5), ajouts=(ajout,))
    assert lue == (100, ["valeur_saisie"])
    ancienne = ValeurAjoutee("penalites", serie, date(2010, 1, 1), (Decimal(30),), "décret fictif", date(2027, 3, 2))
    assert calculer(regime, depart=date(2010, 6, 1), ajouts=(ancienne,)) == (30, ["valeur_saisie"])


def test_le_premier_jour_de_l_indemnite_est_dit():
    regle = RegleInterets(Regime.COMMERCIAL, date(2012, 6, 30))
    _, (avertissement,) = compute_indemnites(regle, None, AU)
    assert "depuis le 01/01/2013" in avertissement.message

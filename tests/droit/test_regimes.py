from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.erreurs import ErreurBareme
from exigible.droit.interets import QualiteCreancier, Regime
from exigible.droit.regimes import QualitePartie, choose_regime, indemnite_forfaitaire

PRO, PARTICULIER = QualiteCreancier.PROFESSIONNEL, QualiteCreancier.PARTICULIER


@pytest.mark.parametrize(
    ("creancier", "debiteur", "regime", "indemnite"),
    [
        (PRO, QualitePartie.PROFESSIONNEL, Regime.COMMERCIAL, True),
        (PRO, QualitePartie.PERSONNE_PUBLIQUE, Regime.PUBLIC, True),
        (PRO, QualitePartie.CONSOMMATEUR, Regime.LEGAL, False),
        (PRO, QualitePartie.NON_PROFESSIONNEL, Regime.LEGAL, False),
        (PARTICULIER, QualitePartie.PROFESSIONNEL, Regime.LEGAL, False),
        (PARTICULIER, QualitePartie.CONSOMMATEUR, Regime.LEGAL, False),
        (PRO, QualitePartie.INCONNUE, None, False),
        (PARTICULIER, QualitePartie.INCONNUE, None, False),
    ],
)
def test_regime(creancier, debiteur, regime, indemnite):
    choix = choose_regime(creancier, debiteur)
    assert (choix.regime, choix.indemnite) == (regime, indemnite)
    assert choix.motif.endswith(".")
    assert bool(choix.articles) == (regime is not None)


def test_le_regime_public_suppose_un_contrat_de_la_commande_publique():
    assert [a.code for a in choose_regime(PRO, QualitePartie.PERSONNE_PUBLIQUE).avertissements] == [
        "contrat_public_a_verifier"
    ]


def test_indemnite_forfaitaire():
    valeur = indemnite_forfaitaire(date(2026, 11, 21))
    assert valeur.valeur == Decimal("40.00")
    assert valeur.article == "C. com. D441-5"
    with pytest.raises(ErreurBareme):
        indemnite_forfaitaire(date(2012, 6, 1))


def test_indemnite_forfaitaire_d_un_acheteur_public():
    valeur = indemnite_forfaitaire(date(2013, 7, 1), Regime.PUBLIC)
    assert (valeur.valeur, valeur.article) == (Decimal("40.00"), "CCP D2192-35")
    assert indemnite_forfaitaire(date(2013, 6, 30)).article == "C. com. D441-5"
    with pytest.raises(ErreurBareme):
        indemnite_forfaitaire(date(2013, 6, 30), Regime.PUBLIC)

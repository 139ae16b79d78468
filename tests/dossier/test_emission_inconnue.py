"""A claim of an opening balance: the day of its invoice is not known, nor is its limitation until a due date is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from exigible.dossier.etat import Stade
from exigible.dossier.faits import CreanceNee, DebiteurDecrit
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.journal import Inscription
from exigible.dossier.plier import fold_dossier
from exigible.droit.regimes import QualitePartie

OUVERTURE, AU = date(2026, 1, 1), date(2026, 11, 21)
CREANCIER = [Inscription(rang=1, date_effet=date(2020, 1, 1), fait=CreancierDecrit(nom="Atelier Exemple"))]


def plier(**champs):
    debiteur = DebiteurDecrit(nom="Client Modèle", qualite=QualitePartie.PROFESSIONNEL)
    creance = CreanceNee(cle="f-1", numero="1", emission=OUVERTURE, montant=Decimal(100), **champs)
    entrees = [
        Inscription(rang=1, date_effet=date(2020, 1, 1), fait=debiteur),
        Inscription(rang=2, date_effet=OUVERTURE, fait=creance),
    ]
    (etat,) = fold_dossier(entrees, CREANCIER, AU).creances
    return etat


def test_sans_jour_ni_echeance_la_prescription_n_est_pas_connue():
    etat = plier(emission_connue=False)
    assert (etat.stade, etat.prescription) == (Stade.SANS_ECHEANCE, None)


def test_une_echeance_d_avant_la_reprise_la_fait_partir_d_elle():
    connue, inconnue = plier(), plier(emission_connue=False, echeance=date(2025, 6, 30))
    assert inconnue.prescription.terme == date(2030, 6, 30)
    assert connue.prescription.terme == date(2031, 1, 1)


def test_une_echeance_d_apres_laisse_le_jour_de_la_reprise():
    assert plier(emission_connue=False, echeance=date(2026, 6, 30)).prescription.terme == date(2031, 1, 1)

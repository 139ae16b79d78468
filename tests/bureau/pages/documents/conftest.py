"""A customer who owes, has paid a part, and may be asked for anything; another tenant that sees nothing of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from exigible.bureau.comptes.services import create_cabinet, create_utilisateur
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits
from exigible.bureau.tiers.services import create_creancier
from exigible.dossier.faits import Adresse, PaiementRecu, Reclamation
from exigible.dossier.faits_creancier import (
    CompteBancaireAjoute,
    ConditionsDeVenteFixees,
    CreancierDecrit,
    ReclamationFixee,
)

ORIGINE = date(2025, 1, 1)


@pytest.fixture
def creancier(cabinet):
    """A creditor whose letters may leave: it is named, signs, and has an account whose key is right."""
    adresse = Adresse(lignes=("1 rue de l'Exemple",), code_postal="99000", ville="Villefictive")
    description = CreancierDecrit(nom="Atelier Exemple", forme="SAS", adresse=adresse, signataire="Camille Exemple")
    creancier = create_creancier(cabinet, description, "essai", ORIGINE)
    faits = (
        CompteBancaireAjoute(iban="FR7499999000010000000000151", principal=True),
        ConditionsDeVenteFixees(delai="30 jours"),
        ReclamationFixee(penalites=Reclamation.RECLAMER, indemnite=Reclamation.RECLAMER),
    )
    record_faits(creancier.chaine, [FaitAEcrire(fait, ORIGINE) for fait in faits], "essai")
    creancier.refresh_from_db()
    return creancier


@pytest.fixture
def dossier(ouvrir_dossier):
    dossier = ouvrir_dossier("Client Modèle", "1200.00", 80)
    fait = PaiementRecu(cle="p-1", montant=Decimal("200.00"))
    record_faits(dossier.chaine, [FaitAEcrire(fait, date(2026, 10, 1))], "essai")
    return dossier


@pytest.fixture
def etranger(db):
    """The browser of somebody of another tenant."""
    utilisateur = create_utilisateur(create_cabinet("Ailleurs"), "dominique@ailleurs.example", "une phrase d'ailleurs")
    client = Client()
    client.force_login(utilisateur, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def lire():
    """The facts of a dossier, in order."""
    return lambda dossier: [i.fait for i in read_inscriptions(dossier.chaine)]

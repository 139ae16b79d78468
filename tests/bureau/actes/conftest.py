"""A tenant, its company, a customer who owes and has paid a part. The clock is stopped."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, record_faits, verify_journal
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.services import create_creancier, create_dossier
from exigible.bureau.tiers.verification import verify_projections
from exigible.dossier.faits import Adresse, CreanceNee, DebiteurDecrit, PaiementRecu, Reclamation
from exigible.dossier.faits_creancier import (
    CompteBancaireAjoute,
    ConditionsDeVenteFixees,
    CreancierDecrit,
    ReclamationFixee,
)
from exigible.droit.regimes import QualitePartie

JOUR = date(2026, 11, 21)
ORIGINE = date(2025, 1, 1)
ADRESSE = Adresse(lignes=("1 rue de l'Exemple",), code_postal="99000", ville="Villefictive")


@pytest.fixture(autouse=True)
def _horloge():
    with fix_horloge(JOUR):
        yield


@pytest.fixture
def creancier(cabinet):
    description = CreancierDecrit(nom="Atelier Exemple", adresse=ADRESSE, signataire="Camille Exemple", forme="SAS")
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
def dossier(creancier):
    debiteur = DebiteurDecrit(
        nom="Client Modèle", qualite=QualitePartie.PROFESSIONNEL, adresse=ADRESSE, courriel="client@exemple.example"
    )
    dossier = create_dossier(creancier, debiteur, "essai", ORIGINE)
    emission, paiement = date(2026, 8, 1), date(2026, 10, 1)
    creance = CreanceNee(
        cle="f-1", numero="F-1", emission=emission, echeance=date(2026, 8, 31), montant=Decimal("1200.00")
    )
    faits = [
        FaitAEcrire(creance, emission),
        FaitAEcrire(PaiementRecu(cle="p-1", montant=Decimal("200.00")), paiement),
    ]
    record_faits(dossier.chaine, faits, "essai")
    return Dossier.objects.select_related("creancier", "chaine", "cabinet").get(pk=dossier.pk)


@pytest.fixture
def coherent(db):
    """Once the test is over, the projections and the chain are as the journals say."""
    yield
    assert list(verify_projections()) == []
    assert verify_journal() == []

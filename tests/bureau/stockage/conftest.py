"""A tenant, its company and a customer, for the tests of the storage. The clock is stopped."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, record_faits, verify_journal
from exigible.bureau.tiers.services import create_creancier, create_dossier
from exigible.bureau.tiers.verification import verify_projections
from exigible.dossier.faits import Adresse, CreanceNee, DebiteurDecrit, Reclamation
from exigible.dossier.faits_creancier import (
    CompteBancaireAjoute,
    ConditionsDeVenteFixees,
    CreancierDecrit,
    MouvementConstate,
    ReclamationFixee,
)
from exigible.droit.regimes import QualitePartie

JOUR = date(2026, 11, 21)
IBAN = "FR7499999000010000000000151"


@pytest.fixture(autouse=True)
def _horloge():
    with fix_horloge(JOUR):
        yield


@pytest.fixture
def creancier(cabinet):
    description = CreancierDecrit(
        nom="Atelier Exemple",
        adresse=Adresse(lignes=("1 rue de l'Exemple",), code_postal="99000", ville="Villefictive"),
    )
    creancier = create_creancier(cabinet, description, "essai", date(2025, 1, 1))
    record_faits(
        creancier.chaine,
        [
            FaitAEcrire(CompteBancaireAjoute(iban=IBAN, principal=True), date(2025, 1, 1)),
            FaitAEcrire(ConditionsDeVenteFixees(delai="30 jours"), date(2025, 1, 1)),
            FaitAEcrire(
                ReclamationFixee(penalites=Reclamation.RECLAMER, indemnite=Reclamation.RECLAMER), date(2025, 1, 1)
            ),
        ],
        "essai",
    )
    creancier.refresh_from_db()
    return creancier


@pytest.fixture
def dossier(ouvrir, facturer):
    """A professional who owes 10 000 € since 30 September 2025, that is 459,37 € of interest at 30 January 2026."""
    dossier = ouvrir()
    return facturer(dossier, "F-1", "10000.00", date(2025, 8, 31), date(2025, 9, 30))


@pytest.fixture
def ouvrir(creancier):
    """Open a dossier against a debtor, professional unless said otherwise."""

    def open_un(nom="Client Modèle", code="C1", qualite=QualitePartie.PROFESSIONNEL, **champs):
        adresse = Adresse(lignes=("2 rue de l'Essai",), code_postal="99000", ville="Villefictive")
        debiteur = DebiteurDecrit(nom=nom, code=code, qualite=qualite, **{"adresse": adresse} | champs)
        return create_dossier(creancier, debiteur, "essai", date(2025, 8, 31))

    return open_un


@pytest.fixture
def noter():
    """Record facts in a dossier, today unless said otherwise, and read it again."""

    def record(dossier, *faits, jour=JOUR, corrige=None):
        record_faits(dossier.chaine, [FaitAEcrire(fait, jour, corrige) for fait in faits], "essai")
        dossier.refresh_from_db()
        return dossier

    return record


@pytest.fixture
def facturer(noter):
    """Add an invoice to a dossier."""

    def add(dossier, numero, montant, emission=date(2026, 9, 1), echeance=date(2026, 10, 1)):
        creance = CreanceNee(
            cle=f"f-{numero}", numero=numero, emission=emission, echeance=echeance, montant=Decimal(montant)
        )
        return noter(dossier, creance, jour=emission)

    return add


@pytest.fixture
def constater(creancier):
    """Record a line of the bank."""

    def record(cle, montant, libelle="VIREMENT", jour=JOUR, **champs):
        fait = MouvementConstate(mouvement=cle, iban="", montant=Decimal(montant), libelle=libelle, **champs)
        record_faits(creancier.chaine, [FaitAEcrire(fait, jour)], "essai")
        return Mouvement.objects.get(creancier=creancier, cle=cle)

    return record


@pytest.fixture
def coherent(db):
    """Once the test is over, the projections and the chain are as the journals say."""
    yield
    assert list(verify_projections()) == []
    assert verify_journal() == []

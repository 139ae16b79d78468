"""A tenant and its person signed in, a creditor, a debtor who owes; another tenant that must see nothing of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from exigible.bureau.comptes.services import create_cabinet, create_utilisateur
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.services import create_creancier, create_dossier
from exigible.dossier.faits import Adresse, Canal, CreanceNee, DebiteurDecrit, Etape, Reclamation, RelanceFaite
from exigible.dossier.faits_creancier import (
    CompteBancaireAjoute,
    ConditionsDeVenteFixees,
    CreancierDecrit,
    ReclamationFixee,
)
from exigible.droit.regimes import QualitePartie

JOUR = date(2026, 11, 21)
ORIGINE = date(2025, 1, 1)
AUTEUR = "camille@exemple.example"
ADRESSE = Adresse(lignes=("1 rue de l'Exemple",), code_postal="99000", ville="Villefictive")


@pytest.fixture(autouse=True)
def _horloge():
    with fix_horloge(JOUR):
        yield


def connecter(cabinet, email):
    utilisateur = create_utilisateur(cabinet, email, "un mot de passe d'essai")
    client = Client()
    client.force_login(utilisateur, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def navigateur(cabinet):
    """The browser of somebody of the tenant."""
    return connecter(cabinet, AUTEUR)


@pytest.fixture
def etranger(db):
    """The browser of somebody of another tenant."""
    return connecter(create_cabinet("Autre cabinet"), "dominique@ailleurs.example")


@pytest.fixture
def creancier(cabinet):
    description = CreancierDecrit(nom="Atelier Exemple", adresse=ADRESSE, signataire="Camille Exemple")
    creancier = create_creancier(cabinet, description, AUTEUR, ORIGINE)
    reclamation = ReclamationFixee(penalites=Reclamation.RECLAMER, indemnite=Reclamation.RECLAMER)
    faits = [
        CompteBancaireAjoute(iban="FR7699999000010000000100801", principal=True),
        ConditionsDeVenteFixees(delai="30 jours"),
        reclamation,
    ]
    record_faits(creancier.chaine, [FaitAEcrire(fait, ORIGINE) for fait in faits], AUTEUR)
    creancier.refresh_from_db()
    return creancier


@pytest.fixture
def ecrire():
    """Record facts of a dossier: pairs (fact, effect day)."""

    def ecrire(dossier, *faits):
        record_faits(dossier.chaine, [FaitAEcrire(fait, jour) for fait, jour in faits], AUTEUR)
        dossier.refresh_from_db()

    return ecrire


def naitre(numero, montant, emission, echeance):
    creance = CreanceNee(
        cle=f"f-{numero}", numero=numero, emission=emission, montant=Decimal(montant), echeance=echeance
    )
    return creance, emission


@pytest.fixture
def ouvrir(creancier):
    """Open a dossier; `champs` describe the debtor."""

    def ouvrir(nom="Client Modèle", qualite=QualitePartie.PROFESSIONNEL, **champs):
        debiteur = DebiteurDecrit(**{"nom": nom, "qualite": qualite, "adresse": ADRESSE} | champs)
        return create_dossier(creancier, debiteur, AUTEUR, ORIGINE)

    return ouvrir


@pytest.fixture
def dossier(ouvrir, ecrire):
    """F1: 1 200 € due on 31/03/2026, reminded on 01/11/2026. F2: 850,50 € due on 01/12/2026, to come."""
    dossier = ouvrir(courriel="client@exemple.example", telephone="01 99 00 12 34")
    ecrire(
        dossier,
        naitre("F1", "1200.00", date(2026, 3, 1), date(2026, 3, 31)),
        naitre("F2", "850.50", date(2026, 11, 1), date(2026, 12, 1)),
        (RelanceFaite(etape=Etape.RELANCE, canal=Canal.COURRIEL, creances=("f-F1",)), date(2026, 11, 1)),
    )
    return Dossier.objects.select_related("creancier", "chaine").get(pk=dossier.pk)


@pytest.fixture
def lire():
    """The facts of a dossier, in the order they were recorded, each with its entry."""

    def lire(dossier):
        return read_inscriptions(dossier.chaine)

    return lire

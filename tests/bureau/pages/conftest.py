"""A tenant, its person signed in, a creditor, customers; another tenant beside. The clock is stopped."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.comptes.services import create_cabinet, create_utilisateur
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.services import create_creancier, create_dossier, load_etat_creancier
from exigible.dossier.faits import Adresse, Canal, CreanceNee, DebiteurDecrit, Etape, Reclamation, RelanceFaite
from exigible.dossier.faits_creancier import (
    CompteBancaireAjoute,
    CompteBancaireRetire,
    ConditionsDeVenteFixees,
    CreancierDecrit,
    MouvementConstate,
    ReclamationFixee,
)
from exigible.droit.regimes import QualitePartie

JOUR = date(2026, 11, 21)
DEBUT = date(2025, 1, 1)
IBAN = "FR7499999000010000000000151"
COURRIEL, MOT_DE_PASSE = "personne@exemple.example", "phrase-de-passe-fictive"


@pytest.fixture(autouse=True)
def _horloge():
    with fix_horloge(JOUR):
        yield


@pytest.fixture
def utilisateur(cabinet):
    return create_utilisateur(cabinet, COURRIEL, MOT_DE_PASSE)


@pytest.fixture
def navigateur(client, utilisateur):
    """The test client, signed in."""
    client.force_login(utilisateur, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ouvrir_creancier(cabinet, nom):
    adresse = Adresse(lignes=("1 rue de l'Exemple",), code_postal="99000", ville="Villefictive")
    creancier = create_creancier(cabinet, CreancierDecrit(nom=nom, adresse=adresse), "essai", DEBUT)
    faits = (
        CompteBancaireAjoute(iban=IBAN, principal=True),
        ConditionsDeVenteFixees(delai="30 jours"),
        ReclamationFixee(penalites=Reclamation.RECLAMER, indemnite=Reclamation.RECLAMER),
    )
    record_faits(creancier.chaine, [FaitAEcrire(fait, DEBUT) for fait in faits], "essai")
    creancier.refresh_from_db()
    return creancier


@pytest.fixture
def creancier(cabinet):
    return ouvrir_creancier(cabinet, "Atelier Exemple")


@pytest.fixture
def ouvrir_dossier(creancier):
    """A function that opens a dossier of the creditor with one invoice, `retard` days late (negative: not due yet)."""

    def ouvrir(nom, montant, retard, *, relance=None, suite=(), **champs):
        return remplir_dossier(creancier, nom, montant, retard, relance=relance, suite=suite, **champs)

    return ouvrir


def remplir_dossier(creancier, nom, montant, retard, *, relance=None, suite=(), **champs):
    adresse = Adresse(lignes=("2 rue de l'Essai",), code_postal="99000", ville="Villefictive")
    champs = {"qualite": QualitePartie.PROFESSIONNEL, "adresse": adresse, "courriel": "client@exemple.example"} | champs
    dossier = create_dossier(creancier, DebiteurDecrit(nom=nom, **champs), "essai", DEBUT)
    echeance = JOUR - timedelta(days=retard)
    numero = f"F-{dossier.reference[-3:]}"
    creance = CreanceNee(
        cle=f"c-{numero}",
        numero=numero,
        emission=echeance - timedelta(days=30),
        echeance=echeance,
        montant=Decimal(montant),
    )
    faits = [FaitAEcrire(creance, creance.emission)]
    if relance is not None:
        fait = RelanceFaite(etape=Etape.RELANCE, canal=Canal.COURRIEL, creances=(creance.cle,), anterieure=True)
        faits.append(FaitAEcrire(fait, JOUR - timedelta(days=relance)))
    faits += [FaitAEcrire(fait, JOUR) for fait in suite]
    record_faits(dossier.chaine, faits, "essai")
    dossier.refresh_from_db()
    return dossier


@pytest.fixture
def constater(creancier):
    """A function that records an unmatched bank line, and gives it as the office keeps it."""

    def constater_mouvement(cle, montant, libelle, contrepartie="", **champs):
        fait = MouvementConstate(
            mouvement=cle, iban=IBAN, montant=Decimal(montant), libelle=libelle, contrepartie=contrepartie, **champs
        )
        record_faits(creancier.chaine, [FaitAEcrire(fait, JOUR)], "essai")
        return Mouvement.objects.get(creancier=creancier, cle=cle)

    return constater_mouvement


@pytest.fixture
def dossier_d_autrui(db):
    """A dossier of another tenant, with an unmatched bank line."""
    creancier = ouvrir_creancier(create_cabinet("Autre cabinet"), "Autre entreprise")
    fait = MouvementConstate(mouvement="m-autre", iban=IBAN, montant=Decimal("10.00"), libelle="VIREMENT D'AUTRUI")
    record_faits(creancier.chaine, [FaitAEcrire(fait, JOUR)], "essai")
    return remplir_dossier(creancier, "Client d'autrui", "999.00", 40, relance=20)


@pytest.fixture
def preleveur(creancier):
    """The creditor with its identifier and an account whose key is right."""
    description = replace(load_etat_creancier(creancier).description, ics="FR72ZZZ123456")
    faits = [description, CompteBancaireRetire(iban=IBAN)]
    faits.append(CompteBancaireAjoute(iban="FR7499999000010000000000151", principal=True))
    record_faits(creancier.chaine, [FaitAEcrire(f, JOUR) for f in faits], "essai")
    return creancier


@pytest.fixture
def clients(ouvrir_dossier):
    """Two consumers, one invoice each."""
    return [
        ouvrir_dossier(nom, montant, 20, qualite=QualitePartie.CONSOMMATEUR)
        for nom, montant in (("Boulangerie Fictive", "250.00"), ("Garage Imaginaire", "90.00"))
    ]

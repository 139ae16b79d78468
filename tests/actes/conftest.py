"""Dossiers made from facts, for the documents: fictitious parties, every case of debtor."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from exigible.dossier.faits import Adresse, CreanceNee, DebiteurDecrit, Reclamation, ReclamationDecidee
from exigible.dossier.faits_creancier import CompteBancaireAjoute, ConditionsDeVenteFixees, CreancierDecrit
from exigible.dossier.journal import Inscription
from exigible.dossier.plier import fold_dossier
from exigible.droit.regimes import QualitePartie

AU = date(2026, 11, 21)
IBAN = "FR7699999000010000000000115"

CREANCIER = CreancierDecrit(
    nom="Atelier Exemple",
    forme="SAS",
    capital="10000",
    siren="123456782",
    rcs="Villefictive",
    adresse=Adresse(lignes=("1 rue de l’Exemple",), code_postal="99000", ville="Villefictive"),
    courriel="compta@atelier.example",
    telephone="01 99 00 12 34",
    signataire="Camille Exemple",
    fonction="Présidente",
)

DEBITEUR = DebiteurDecrit(
    nom="Menuiserie Fictive",
    forme="SARL",
    code="411FICTIVE",
    qualite=QualitePartie.PROFESSIONNEL,
    personne_physique=False,
    adresse=Adresse(lignes=("Bâtiment B", "12 avenue des Tests"), code_postal="99100", ville="Testville"),
)

CONSOMMATEUR = replace(
    DEBITEUR, nom="Dominique Fictif", forme="", qualite=QualitePartie.CONSOMMATEUR, personne_physique=True
)


def make_facture(
    numero="F-2026-001", montant="4800.00", emission=date(2026, 4, 1), echeance=date(2026, 5, 1), **champs
):
    return CreanceNee(
        cle=numero, numero=numero, emission=emission, montant=Decimal(montant), echeance=echeance, **champs
    )


def number(faits, jour):
    """Entries of a journal; a fact given alone takes effect on `jour`, else on the day given with it."""
    paires = [fait if isinstance(fait, tuple) else (jour, fait) for fait in faits]
    return [Inscription(rang=rang, date_effet=effet, fait=fait) for rang, (effet, fait) in enumerate(paires, start=1)]


class Fabrique:
    """Builds the state of a dossier on a day from a debtor, invoices and other facts."""

    AU = AU
    IBAN = IBAN
    CREANCIER = CREANCIER
    DEBITEUR = DEBITEUR
    CONSOMMATEUR = CONSOMMATEUR
    make_facture = staticmethod(make_facture)

    def __call__(
        self,
        *faits,
        debiteur=DEBITEUR,
        creancier=CREANCIER,
        factures=None,
        penalites=Reclamation.RECLAMER,
        indemnite=Reclamation.RECLAMER,
        iban=IBAN,
        conditions=None,
        au=AU,
        provisoire=False,
    ):
        debut = date(2026, 1, 2)
        if factures is None:
            factures = [make_facture(), make_facture("F-2026-002", "1250.40", date(2026, 6, 15), date(2026, 7, 15))]
        dossier = number(
            [debiteur, *factures, ReclamationDecidee(penalites=penalites, indemnite=indemnite), *faits], debut
        )
        compte = [CompteBancaireAjoute(iban=iban, bic="AAAAFRPPXXX")] if iban else []
        chez_lui = number([creancier, ConditionsDeVenteFixees(delai=conditions or "30 jours"), *compte], debut)
        return fold_dossier(dossier, chez_lui, au, provisoire=provisoire)


@pytest.fixture(scope="session")
def fabrique():
    return Fabrique()

"""A fictitious creditor and debtor, and a way to write their facts as a chronology."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import Adresse, CreanceNee, DebiteurDecrit, Fait, Reclamation
from exigible.dossier.faits_creancier import CompteBancaireAjoute, CreancierDecrit, ReclamationFixee
from exigible.dossier.journal import Inscription
from exigible.dossier.plier import fold_dossier
from exigible.droit.regimes import QualitePartie

Chronologie = Sequence[tuple[str, Fait] | tuple[str, Fait, int]]

ADRESSE = Adresse(lignes=("1 rue de l'Exemple",), code_postal="99999", ville="Villefictive")


def write_journal(faits: Chronologie) -> list[Inscription]:
    return [
        Inscription(
            rang=rang,
            date_effet=date.fromisoformat(entree[0]),
            fait=entree[1],
            enregistre_le=datetime(2026, 1, 1, 0, rang % 60, rang // 60, tzinfo=UTC),
            corrige=entree[2] if len(entree) > 2 else None,
        )
        for rang, entree in enumerate(faits, start=1)
    ]


def make_debiteur(qualite: QualitePartie = QualitePartie.PROFESSIONNEL, adresse: Adresse = ADRESSE) -> DebiteurDecrit:
    return DebiteurDecrit(nom="Client Exemple SARL", qualite=qualite, adresse=adresse, code="CLI1")


def make_facture(
    cle: str, emission: str, echeance: str | None, montant: str = "10000.00", execution: str | None = None
) -> CreanceNee:
    return CreanceNee(
        cle=cle,
        numero=f"F-{cle}",
        emission=date.fromisoformat(emission),
        echeance=date.fromisoformat(echeance) if echeance else None,
        execution=date.fromisoformat(execution) if execution else None,
        montant=Decimal(montant),
    )


def make_creancier(
    penalites: Reclamation = Reclamation.RECLAMER, indemnite: Reclamation = Reclamation.RECLAMER
) -> list[Inscription]:
    return write_journal(
        [
            ("2020-01-01", CreancierDecrit(nom="Atelier Exemple SAS", adresse=ADRESSE)),
            ("2020-01-01", ReclamationFixee(penalites=penalites, indemnite=indemnite)),
            ("2020-01-01", CompteBancaireAjoute(iban="FR7699999000010000000000115", principal=True)),
        ]
    )


def fold_chronologie(
    faits: Chronologie,
    au: str,
    *,
    qualite: QualitePartie = QualitePartie.PROFESSIONNEL,
    creancier: list[Inscription] | None = None,
    adresse: Adresse = ADRESSE,
) -> EtatDossier:
    journal = write_journal([("2024-01-01", make_debiteur(qualite, adresse)), *faits])
    return fold_dossier(journal, creancier or make_creancier(), date.fromisoformat(au))


class Atelier:
    """The makers above, for tests that hypothesis runs many times."""

    plie = staticmethod(fold_chronologie)
    facture = staticmethod(make_facture)


@pytest.fixture(scope="session")
def atelier() -> Atelier:
    return Atelier()


@pytest.fixture(name="plie")
def _plie() -> Callable[..., EtatDossier]:
    return fold_chronologie


@pytest.fixture(name="facture")
def _facture() -> Callable[..., CreanceNee]:
    return make_facture


@pytest.fixture(name="ecris")
def _ecris() -> Callable[[Chronologie], list[Inscription]]:
    return write_journal


@pytest.fixture(name="creancier")
def _creancier() -> Callable[..., list[Inscription]]:
    return make_creancier


@pytest.fixture(name="facture_a")
def _facture_a(facture: Callable[..., CreanceNee]) -> tuple[str, CreanceNee]:
    """One invoice of 10 000 €, due on 30/09/2025."""
    return ("2025-09-01", facture("A", "2025-09-01", "2025-09-30"))


@pytest.fixture(name="du")
def _du(facture: Callable[..., CreanceNee]) -> list[tuple[str, CreanceNee]]:
    """One invoice of 9 000 €, due on 30/09/2025."""
    return [("2025-09-01", facture("A", "2025-09-01", "2025-09-30", "9000.00"))]


@pytest.fixture(name="nu")
def _nu(creancier: Callable[..., list[Inscription]]) -> list[Inscription]:
    """A creditor who claims neither interest nor the 40 €."""
    return creancier(Reclamation.RENONCER, Reclamation.RENONCER)

"""What others say of an invoice or of a debit: signals, that a person records as facts, or sets aside.

Same rules as `faits.py`, the catalogue from which everything is imported.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.dossier.faits_base import Fait


class StatutFactureRecu(Fait, frozen=True, tag="statut_facture_recu"):
    """A life-cycle status of a claim, given on the effect day. `montant`: what it says was received, in euros.

    `code` is that of the French reform (200 to 228, 501, 601); `motifs`: code and words of each reason. `encaisse_le`:
    the day on which it says so, when it does.
    """

    cle: str
    creance: str
    numero: str
    code: str = ""
    libelle: str = ""
    motifs: tuple[tuple[str, str], ...] = ()
    montant: Decimal | None = None
    emetteur: str = ""
    provenance: str = ""
    encaisse_le: date | None = None


class DouteRejet(StrEnum):
    """Why a refusal does not designate a debit for sure."""

    REFERENCE = "reference"
    """It is found by its mandate and its amount only."""
    MONTANT = "montant"
    """It bears its reference, and another amount."""
    ENCAISSE = "encaisse"
    """A line of the bank statement already paid it."""


class RejetSignale(Fait, frozen=True, tag="rejet_signale"):
    """A report of the bank says that a debit is refused, but does not designate it for sure: a person decides.

    `prelevement`: the debit that it seems to be. `montant`: of the debit refused, in euros, when it is said. `code`:
    the reason (ISO 20022); `reference` and `mandat`: as the report gives them. `doute`: why it is not sure.
    """

    cle: str
    prelevement: str
    code: str = ""
    motif: str = ""
    montant: Decimal | None = None
    reference: str = ""
    mandat: str = ""
    doute: DouteRejet = DouteRejet.REFERENCE
    provenance: str = ""


class SignalEcarte(Fait, frozen=True, tag="signal_ecarte"):
    """A person looked at a signal (a status, a refusal) and recorded nothing of it, for this reason."""

    signal: str
    motif: str

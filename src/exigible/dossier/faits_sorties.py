"""The facts of files that left: for the bank (debits, transfers) and for the accountant (entries).

Same rules as `faits_creancier.py`, which gathers them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from exigible.dossier.faits_base import Fait
from exigible.droit.argent import ZERO


class SorteFichier(StrEnum):
    """What a file for the bank asks for."""

    PRELEVEMENTS = "prelevements"
    VIREMENTS = "virements"


class FichierEmis(Fait, frozen=True, tag="fichier_emis"):
    """A file made on the effect day for the bank: its bytes are `piece` (SHA-256), kept as they were made."""

    cle: str
    sorte: SorteFichier
    piece: str
    nom: str
    nombre: int
    total: Decimal


class FichierTransmis(Fait, frozen=True, tag="fichier_transmis"):
    """A person gave the file to the bank on the effect day."""

    fichier: str


class FaitComptable(msgspec.Struct, frozen=True):
    """What was written for the accountant of one fact, in all: euros, signed. `cle`: the dossier and the fact."""

    cle: str
    tiers: str
    nom: str
    piece: str
    interets: Decimal
    indemnites: Decimal
    frais: Decimal
    pertes: Decimal
    frais_bancaires: Decimal = ZERO


class EcrituresExportees(Fait, frozen=True, tag="ecritures_exportees"):
    """The entries of a period (both days included) were exported: what each fact now amounts to in the ledger.

    `comptes`: the accounts chosen, by name (`client`, `interets`…): those of the next export, unless told otherwise.
    """

    cle: str
    du: date
    au: date
    piece: str
    nom: str
    faits: tuple[FaitComptable, ...]
    comptes: tuple[tuple[str, str], ...] = ()

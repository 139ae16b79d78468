"""A finished document and what was found while checking it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from exigible.droit.conformite import Manquement
from exigible.droit.erreurs import Avertissement


@dataclass(frozen=True, slots=True)
class ActeRendu:
    """A document ready to be read and approved: its exact bytes, their SHA-256, its plain text, what it claims.

    `manquements` holds no `bloquant` one: such a document is never made. `majeur` ones want a written reason.
    """

    pdf: bytes
    sha256: str
    texte: str
    montant: Decimal
    delai_jours: int
    destinataire: str
    creances: tuple[str, ...]
    manquements: tuple[Manquement, ...]
    avertissements: tuple[Avertissement, ...]

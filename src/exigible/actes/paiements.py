"""What was received on an account, apart from the credit notes that the statement takes off it in the same way."""

from __future__ import annotations

from exigible.dossier.etat import EtatDossier
from exigible.droit.decompte import ModeImputation, Versement


def list_paiements(etat: EtatDossier) -> tuple[Versement, ...]:
    """List the money received, in the order of the facts."""
    return tuple(v for v in etat.base.versements if not is_avoir(v))


def list_avoirs(etat: EtatDossier) -> tuple[Versement, ...]:
    """List the credit notes on the account as a whole, and what others exceed their invoice by."""
    return tuple(v for v in etat.base.versements if is_avoir(v))


def is_avoir(versement: Versement) -> bool:
    """Whether nothing was received: a credit note goes to the principal first, money never does by itself."""
    return versement.imputation is ModeImputation.PRINCIPAL

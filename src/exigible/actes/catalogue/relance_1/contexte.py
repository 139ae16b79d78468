"""What a reminder adds: the claims that it lists, the principal to pay, what the law adds."""

from __future__ import annotations

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.relance.vocabulaire import describe_message


def build_contexte(demande: Demande, _commun: Vocabulaire) -> Contexte:
    """Describe the message."""
    return describe_message(demande)

"""What the last reminder adds: the whole debt, as a formal notice would claim it, in the tone of a message."""

from __future__ import annotations

from dataclasses import replace

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.mise_en_demeure.vocabulaire import describe_dette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.relance.vocabulaire import describe_message

# What a message says of the principal alone; here the whole sum is asked for.
_DU_PRINCIPAL = frozenset({"lignes", "creance.solde"})


def build_contexte(demande: Demande, _commun: Vocabulaire) -> Contexte:
    """Describe the debt and the message. Raises ErreurExigible (`acte_refuse`) on a provisional rate."""
    dette, message = describe_dette(demande), describe_message(demande)
    du_message = replace(message.vocabulaire, blocs={"signature": message.vocabulaire.blocs["signature"]})
    return replace(
        dette,
        vocabulaire=du_message.add(dette.vocabulaire),
        conformite={cle: valeur for cle, valeur in message.conformite.items() if cle not in _DU_PRINCIPAL},
    )

"""Where a claim stands in the amicable procedure: read from its reminders, its notice and what suspends it.

The reminders have facts of their own: no fact opens this procedure, and the others come out of it and back to it.
"""

from __future__ import annotations

from datetime import date

from exigible.dossier.etat import EtatCreance, MotifSuspension, Stade
from exigible.dossier.procedures.graphe import EtatGraphe, load_graphe

JOURS_DE_SILENCE = 8
"""How long a formal notice is left without an answer before acting: a habit (8 to 15 days), not the law."""

_SUSPENDUES = {MotifSuspension.PLAN: "ACCORD", MotifSuspension.CONTESTATION: "CONTESTE"}
_STADES = {Stade.ECHUE: "CREANCE_ECHUE", Stade.RELANCEE: "RELANCE", Stade.MISE_EN_DEMEURE: "MED_ENVOYEE"}


def find_etat_amiable(creance: EtatCreance, au: date) -> EtatGraphe | None:
    """Return the amicable state of a claim on the day `au`; None while it is not due, or once it left the account."""
    code = _find_code(creance, au)
    return load_graphe().get_etat(code) if code else None


def _find_code(creance: EtatCreance, au: date) -> str | None:
    if creance.stade is Stade.SOLDEE:
        return "SOLDE"
    if creance.stade not in _STADES:
        return None
    if creance.prescription is not None and creance.prescription.acquise_au(au):
        return "PRESCRITE"
    for suspension in creance.suspensions:
        if suspension.motif in _SUSPENDUES:
            return _SUSPENDUES[suspension.motif]
    silence = creance.en_demeure_le is not None and (au - creance.en_demeure_le).days > JOURS_DE_SILENCE
    return "A_JUDICIARISER" if silence else _STADES[creance.stade]

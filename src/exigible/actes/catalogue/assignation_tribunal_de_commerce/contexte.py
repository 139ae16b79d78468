"""What the summons adds before a commercial court: who must have a lawyer, the economic contribution (CPC 853, 855)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.vocabulaire.assignation import (
    CONSULAIRES,
    describe_contribution,
    iter_plus,
    propose_assignation,
    propose_convocation,
)
from exigible.actes.vocabulaire.chefs import add_plus
from exigible.actes.vocabulaire.fond import build_assignation
from exigible.dossier.etat import EtatDossier


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court, when it is one of these; sue those held for the whole."""
    return {**propose_assignation(etat, CONSULAIRES), **propose_convocation(etat, "FOND")}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the summons says."""
    tribunal = str(demande.reponses.get("tribunal", ""))
    contexte = build_assignation(
        demande, commun, tribunal=tribunal, sous_titre="Articles 54, 56 et 855 du code de procédure civile"
    )
    contribution = describe_contribution(demande, tribunal, add_plus(demande, tuple(iter_plus(demande))))
    return replace(contexte, vocabulaire=contexte.vocabulaire.add(contribution))

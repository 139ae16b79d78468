"""What pleadings add: their court and their case (CPC 446-2, 768)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.vocabulaire.assignation import find_procedure, propose_assignation
from exigible.actes.vocabulaire.ecritures import TRIBUNAUX, build_conclusions
from exigible.dossier.etat import EtatDossier


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court and the case; plead against those held for the whole."""
    procedure = find_procedure(etat, "FOND", "REFERE")
    ouverture = procedure.situation.ouverture if procedure else None
    return {
        **propose_assignation(etat, TRIBUNAUX),
        **({"siege": ouverture.lieu} if ouverture and ouverture.lieu else {}),
        **({"rg": ouverture.reference} if ouverture and ouverture.reference else {}),
    }


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the pleadings say."""
    return build_conclusions(demande, commun, depart_legal="l’acte introductif d’instance")

"""What the summons adds in written proceedings: its court, and when the other proceedings are meant (CPC 752, 761)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.vocabulaire.assignation import (
    get_seuil_avocat,
    propose_assignation,
    propose_convocation,
    propose_simplifiee,
)
from exigible.actes.vocabulaire.fond import build_assignation
from exigible.dossier.etat import EtatDossier
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase

_TRIBUNAL = "judiciaire"


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the town of the court, when it is known; sue those held for the whole."""
    convocation = {**propose_convocation(etat, "FOND"), **propose_simplifiee(etat)}
    proposees = {**propose_assignation(etat, {_TRIBUNAL}), **convocation}
    return {q: r for q, r in proposees.items() if q != "tribunal"}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the summons says; where no lawyer is needed, say that the other summons is meant."""
    contexte = build_assignation(
        demande,
        commun,
        tribunal=_TRIBUNAL,
        sous_titre="Procédure écrite — articles 54, 56 et 752 du code de procédure civile",
    )
    if contexte.vocabulaire.faits["avocat_obligatoire"]:
        return contexte
    message = phrase(
        "Jusqu'à {seuil}, la procédure est orale et sans avocat obligatoire, sauf compétence exclusive du tribunal "
        "judiciaire : voyez l'autre assignation (CPC 761 et 817).",
        seuil=get_seuil_avocat(demande, _TRIBUNAL),
    )
    return replace(contexte, avertissements=(Avertissement("procedure_orale", message), *contexte.avertissements))

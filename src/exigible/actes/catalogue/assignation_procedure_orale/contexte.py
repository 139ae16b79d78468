"""What the summons adds in oral proceedings: its court, and the sum above which they are not open (CPC 753, 761)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.assignation import (
    get_seuil_avocat,
    propose_assignation,
    propose_convocation,
    propose_simplifiee,
)
from exigible.actes.vocabulaire.fond import build_assignation
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import format_montant

_TRIBUNAUX = frozenset({"judiciaire", "proximite", "protection"})


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court, when it is one of these; sue those held for the whole."""
    return {**propose_assignation(etat, _TRIBUNAUX), **propose_convocation(etat, "FOND"), **propose_simplifiee(etat)}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the summons says; where a lawyer is compulsory, the other summons is meant."""
    contexte = build_assignation(
        demande,
        commun,
        tribunal=str(demande.reponses.get("tribunal", "")),
        sous_titre="Procédure orale — articles 54, 56 et 753 du code de procédure civile",
    )
    if not contexte.vocabulaire.faits["avocat_obligatoire"]:
        return contexte
    raison = write_phrase(
        "au-delà de {seuil}, ou si le tribunal a compétence exclusive, la procédure est écrite et l'avocat "
        "obligatoire (CPC 760 et 761)",
        seuil=format_montant(get_seuil_avocat(demande, "judiciaire")),
    )
    return replace(contexte, projet=(raison, *contexte.projet))

"""What the summons adds before a commercial court: who must have a lawyer, the economic contribution (CPC 853, 855)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.assignation import (
    CONSULAIRES,
    Saisine,
    describe_assignation,
    describe_contribution,
    iter_plus,
    propose_assignation,
    propose_convocation,
)
from exigible.actes.vocabulaire.chefs import add_plus, build_chefs
from exigible.actes.vocabulaire.instance import explain_pieces
from exigible.actes.vocabulaire.verifications import (
    explain_adresses,
    explain_audience,
    explain_demandeur,
    explain_tribunal,
    warn_audience,
)
from exigible.dossier.etat import EtatDossier


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court, when it is one of these; sue those held for the whole."""
    return {**propose_assignation(etat, CONSULAIRES), **propose_convocation(etat, "FOND")}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the summons says."""
    tribunal = str(demande.reponses.get("tribunal", ""))
    plus = tuple(iter_plus(demande))
    coobliges = demande.reponses.get("coobliges") is True
    chefs = build_chefs(demande, plus, depart_legal="la présente assignation")
    contribution = describe_contribution(demande, tribunal, add_plus(demande, plus))
    assignation = describe_assignation(demande, commun, plus, Saisine(tribunal, commun.valeurs["siege"]))
    return Contexte(
        assignation.add(contribution).add(Vocabulaire(blocs={"chefs": (chefs,)})),
        juridiction=(write_phrase("Devant {nom}", nom=assignation.valeurs["le_tribunal"]),),
        sous_titre=write_phrase("Articles 54, 56 et 855 du code de procédure civile"),
        projet=(
            *explain_audience(demande, "FD5tc"),
            *explain_demandeur(demande),
            *explain_adresses(demande, coobliges=coobliges),
            *explain_tribunal(demande, tribunal),
            *explain_pieces(demande, "CPC 56, 3°"),
        ),
        avertissements=warn_audience(demande, "FD5tc", "FD7tc"),
    )

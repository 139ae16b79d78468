"""What the summonses on the merits are all made from: the heads asked, the court, what keeps them drafts."""

from __future__ import annotations

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.assignation import CONSULAIRES, Saisine, describe_assignation, iter_plus
from exigible.actes.vocabulaire.chefs import build_chefs
from exigible.actes.vocabulaire.instance import explain_pieces
from exigible.actes.vocabulaire.verifications import (
    ACTION_EN_JUSTICE,
    explain_adresses,
    explain_audience,
    explain_clause_penale,
    explain_demandeur,
    explain_tribunal,
    warn_audience,
)


def build_assignation(demande: Demande, commun: Vocabulaire, *, tribunal: str, sous_titre: str) -> Contexte:
    """Gather what a summons on the merits says. `tribunal`: empty when none is chosen yet."""
    plus = tuple(iter_plus(demande))
    coobliges = demande.reponses.get("coobliges") is True
    chefs = build_chefs(demande, plus, depart_legal="la présente assignation")
    assignation = describe_assignation(demande, commun, plus, Saisine(tribunal, commun.valeurs["siege"]))
    ajout = Vocabulaire({"tentative_ecrite": commun.valeurs.get("tentative", "")}, blocs={"chefs": (chefs,)})
    # Only before a commercial court must it be served so many days ahead (CPC 856).
    consulaire = tribunal in CONSULAIRES
    return Contexte(
        assignation.add(ajout),
        juridiction=(write_phrase("Devant {nom}", nom=assignation.valeurs["le_tribunal"]),),
        sous_titre=write_phrase(sous_titre),
        projet=(
            *explain_audience(demande, "FD5tc" if consulaire else ""),
            *explain_demandeur(demande),
            *explain_adresses(demande, coobliges=coobliges),
            *explain_tribunal(demande, tribunal),
            *explain_clause_penale(demande, commun),
            *explain_pieces(demande, "CPC 56, 3°"),
        ),
        conformite=ACTION_EN_JUSTICE,
        avertissements=warn_audience(demande, *(("FD5tc", "FD7tc") if consulaire else ("FD5", "FD7"))),
    )

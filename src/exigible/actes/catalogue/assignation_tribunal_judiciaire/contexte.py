"""What the summons adds in written proceedings: its court, and when the other proceedings are meant (CPC 752, 761)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.assignation import (
    Saisine,
    describe_assignation,
    get_seuil_avocat,
    iter_plus,
    propose_assignation,
    propose_convocation,
    propose_simplifiee,
)
from exigible.actes.vocabulaire.chefs import build_chefs
from exigible.actes.vocabulaire.instance import explain_pieces
from exigible.actes.vocabulaire.verifications import (
    explain_adresses,
    explain_audience,
    explain_demandeur,
    explain_tribunal,
    warn_audience,
)
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
    """Gather what the summons says."""
    plus = tuple(iter_plus(demande))
    coobliges = demande.reponses.get("coobliges") is True
    chefs = build_chefs(demande, plus, depart_legal="la présente assignation")
    assignation = describe_assignation(demande, commun, plus, Saisine(_TRIBUNAL, commun.valeurs["siege"]))
    vocabulaire = Vocabulaire({"tentative_ecrite": commun.valeurs["tentative"]}, blocs={"chefs": (chefs,)})
    return Contexte(
        assignation.add(vocabulaire),
        juridiction=(write_phrase("Devant {nom}", nom=assignation.valeurs["le_tribunal"]),),
        sous_titre=write_phrase("Procédure écrite — articles 54, 56 et 752 du code de procédure civile"),
        projet=(
            *explain_audience(demande),
            *explain_demandeur(demande),
            *explain_adresses(demande, coobliges=coobliges),
            *explain_tribunal(demande, _TRIBUNAL),
            *explain_pieces(demande, "CPC 56, 3°"),
        ),
        avertissements=(*_iter_avertissements(demande, assignation), *warn_audience(demande, "FD5", "FD7")),
    )


def _iter_avertissements(demande: Demande, assignation: Vocabulaire) -> Iterator[Avertissement]:
    if not assignation.faits["avocat_obligatoire"]:
        message = phrase(
            "Jusqu'à {seuil}, la procédure est orale et sans avocat obligatoire, sauf compétence exclusive du tribunal "
            "judiciaire : voyez l'autre assignation (CPC 761 et 817).",
            seuil=get_seuil_avocat(demande, _TRIBUNAL),
        )
        yield Avertissement("procedure_orale", message)

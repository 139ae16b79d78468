"""What the summons adds in oral proceedings: its court, and the sum above which they are not open (CPC 753, 761)."""

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
from exigible.droit.argent import format_montant

_TRIBUNAUX = frozenset({"judiciaire", "proximite", "protection"})


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court, when it is one of these; sue those held for the whole."""
    return {**propose_assignation(etat, _TRIBUNAUX), **propose_convocation(etat, "FOND"), **propose_simplifiee(etat)}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the summons says."""
    tribunal = str(demande.reponses.get("tribunal", ""))
    plus = tuple(iter_plus(demande))
    coobliges = demande.reponses.get("coobliges") is True
    chefs = build_chefs(demande, plus, depart_legal="la présente assignation")
    assignation = describe_assignation(demande, commun, plus, Saisine(tribunal, commun.valeurs["siege"]))
    vocabulaire = Vocabulaire({"tentative_ecrite": commun.valeurs["tentative"]}, blocs={"chefs": (chefs,)})
    return Contexte(
        assignation.add(vocabulaire),
        juridiction=(write_phrase("Devant {nom}", nom=assignation.valeurs["le_tribunal"]),),
        sous_titre=write_phrase("Procédure orale — articles 54, 56 et 753 du code de procédure civile"),
        projet=(
            *_iter_raisons(demande, assignation),
            *explain_audience(demande),
            *explain_demandeur(demande),
            *explain_adresses(demande, coobliges=coobliges),
            *explain_tribunal(demande, tribunal),
            *explain_pieces(demande, "CPC 56, 3°"),
        ),
        avertissements=warn_audience(demande, "FD5", "FD7"),
    )


def _iter_raisons(demande: Demande, assignation: Vocabulaire) -> Iterator[str]:
    """Above the threshold, before the judicial court, a lawyer is compulsory and the other summons is meant."""
    if assignation.faits["avocat_obligatoire"]:
        seuil = format_montant(get_seuil_avocat(demande, "judiciaire"))
        modele = (
            "au-delà de {seuil}, ou si le tribunal a compétence exclusive, la procédure est écrite et l'avocat "
            "obligatoire (CPC 760 et 761)"
        )
        yield write_phrase(modele, seuil=seuil)

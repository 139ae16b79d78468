"""What pleadings add: their rank, the kind of proceedings (CPC 446-2, 768), who signs them."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.assignation import (
    Saisine,
    describe_assignation,
    find_procedure,
    iter_plus,
    propose_assignation,
)
from exigible.actes.vocabulaire.chefs import build_chefs
from exigible.actes.vocabulaire.ecritures import TRIBUNAUX, describe_ecritures
from exigible.actes.vocabulaire.instance import explain_pieces
from exigible.actes.vocabulaire.verifications import explain_tribunal
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
    tribunal = str(demande.reponses.get("tribunal", ""))
    plus = tuple(iter_plus(demande))
    chefs = build_chefs(demande, plus, depart_legal="l’acte introductif d’instance")
    instance = describe_assignation(demande, commun, plus, Saisine(tribunal, commun.valeurs["siege"]))
    ecritures = describe_ecritures(
        commun,
        instance,
        rang=demande.reponses.get("numero_conclusions"),
        avocat=demande.reponses.get("avocat"),
    )
    return Contexte(
        instance.add(ecritures).add(Vocabulaire(blocs={"chefs": (chefs,)})),
        juridiction=(write_phrase("Devant {nom}", nom=instance.valeurs["le_tribunal"]),),
        sous_titre=ecritures.valeurs["sous_titre"],
        projet=(*explain_tribunal(demande, tribunal), *explain_pieces(demande, "CPC 768")),
    )

"""Who acknowledges the debt, and the hand-written sum that the law wants of each (C. civ. 1376)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.vocabulaire.accords import describe_accord, list_intervenants
from exigible.dossier.etat import EtatDossier


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the acknowledgement says; a plan that is kept does not forbid to acknowledge."""
    vocabulaire = Vocabulaire(
        faits={
            "part_seule": any(somme.entier for somme in demande.sommes),
            "partie_contestee": any(somme.reservee for somme in demande.sommes),
        }
    )
    representant = "" if commun.faits["personne_physique"] else commun.valeurs["representant"]
    signent = bool(demande.reponses.get("intervenants"))
    autres = list_intervenants(demande, cautions=False) if signent else ()
    return Contexte(
        describe_accord(demande, representant, autres).add(vocabulaire),
        conformite={
            "acte.unilateral": True,
            "acte.signature": True,
            "acte.somme_lettres": True,
            "acte.somme_chiffres": True,
            "acte.mention_par_le_debiteur": True,
            "accord.clause_prescription": False,
            "accord.moyen_impose": False,
            "accord.respecte": False,
            "creance.echue": True,
        },
    )


def propose_reponses(_etat: EtatDossier) -> Mapping[str, str]:
    """What runs goes on running, unless the parties say otherwise."""
    return {"interets_futurs": "loi"}

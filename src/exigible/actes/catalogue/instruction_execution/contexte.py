"""What the officer needs: the title and its service, the sums apart, what is known of the debtor (CPCE R141-1)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.vocabulaire.instance import describe_instance, list_lignes_saisies
from exigible.actes.vocabulaire.titres import (
    compute_montant,
    describe_titre,
    explain_titre,
    propose_moyens,
    propose_titre,
    refuse_execution,
)
from exigible.dossier.etat import EtatDossier


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Choose the title, tell what was found of the debtor's means, and leave the measure to the officer."""
    return {**propose_titre(etat), "mesure": "choix_officier", **propose_moyens(etat)}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the title and the sums. Raises ErreurExigible (`acte_refuse`) when nothing may be enforced."""
    refuse_execution(demande)
    faits = {"renseignements": any(demande.reponses.get(q) for q in ("banque", "employeur", "biens"))}
    return Contexte(
        describe_instance(demande).add(describe_titre(demande, commun)).add(Vocabulaire(faits=faits)),
        destinataire=list_lignes_saisies(demande, commun, "commissaire"),
        montant=compute_montant(demande),
        projet=tuple(explain_titre(demande)),
    )

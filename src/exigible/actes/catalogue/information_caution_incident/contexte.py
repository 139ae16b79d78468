"""Since when a payment is missed that a surety covers (C. civ. 2303)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.vocabulaire.cautions import (
    describe_caution,
    find_caution,
    list_destinataire_caution,
    propose_caution,
)
from exigible.dossier.etat import EtatDossier
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import add_mois, format_jour
from exigible.droit.phrase import phrase, wrap_texte


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the oldest due date. Raises ErreurExigible (`acte_refuse`): not a surety, or not a month late."""
    caution, trou = find_caution(demande), commun.valeurs["personne"]
    echeances = [s.etat.creance.echeance for s in demande.sommes if s.etat.creance.echeance]
    jour = min(echeances, default=demande.etat.au)
    if add_mois(jour, 1) >= demande.etat.au:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » : la plus ancienne échéance impayée est du {jour} ; l'incident est celui qui dure depuis "
                "un mois.",
                titre=wrap_texte(demande.modele.titre),
                jour=jour,
            ),
            article="C. civ. 2303",
        )
    incident = Vocabulaire({"incident": format_jour(jour)})
    return Contexte(
        describe_caution(demande, caution, trou).add(incident),
        destinataire=list_destinataire_caution(caution, trou),
        conformite={"action.destinataire": "caution"},
    )


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """The surety of the dossier."""
    return propose_caution(etat)

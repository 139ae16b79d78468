"""What the confirmation of a promise adds: how much, when, on which claims, and what would be left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande, list_creances_ouvertes
from exigible.actes.document import ReglerPar
from exigible.actes.lettre import build_paiement
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.relance.vocabulaire import describe_message
from exigible.actes.sommes import add_sommes, compute_sommes_du_debiteur
from exigible.actes.vocabulaire.recouvreur import find_beneficiaire
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.jours import format_jour


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the promise chosen; none chosen yet: its place is left to be filled in."""
    etat = demande.etat
    promesse = next((p for p in etat.promesses if p.promesse.cle == demande.reponses.get("promesse")), None)
    cles = (promesse.promesse.creances if promesse else ()) or list_creances_ouvertes(etat)
    sommes = compute_sommes_du_debiteur(etat, cles)
    du = add_sommes(sommes).total
    montant = du if promesse is None or promesse.promesse.montant is None else promesse.promesse.montant
    reste = max(du - montant, ZERO)
    trou = commun.valeurs["promesse"]
    message = describe_message(demande, sommes)
    blocs = {}
    if promesse is not None and montant > ZERO:
        blocs["paiement"] = (ReglerPar(build_paiement(find_beneficiaire(demande), montant, demande.reference)[0]),)
    ajout = Vocabulaire(
        {
            "promesse_jour": format_jour(promesse.promesse.jusqu_au) if promesse else trou,
            "promesse_recue_le": format_jour(promesse.recue_le) if promesse else trou,
            "promesse_montant": format_montant(montant) if promesse else trou,
            "promesse_reste": format_montant(reste),
        },
        {"promesse_partielle": promesse is not None and reste > ZERO},
        blocs,
    )
    return replace(message, vocabulaire=message.vocabulaire.add(ajout), montant=montant)


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """The promise that is still to be kept, the last one received."""
    derniere = max(etat.promesses, key=lambda p: (p.recue_le, p.promesse.cle), default=None)
    return {"promesse": derniere.promesse.cle} if derniere else {}

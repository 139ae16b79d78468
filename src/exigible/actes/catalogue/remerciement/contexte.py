"""What a thank-you adds: the payments received, and the refusal to write it while something is due."""

from __future__ import annotations

from dataclasses import replace

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Tableau
from exigible.actes.paiements import list_paiements
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.relance.vocabulaire import describe_message
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase, wrap_texte


def build_contexte(demande: Demande, _commun: Vocabulaire) -> Contexte:
    """List the payments. Raises ErreurExigible (`acte_refuse`) when nothing was paid, or when something is due."""
    etat = demande.etat
    versements = list_paiements(etat)
    if not versements or etat.echu > ZERO:
        titre = wrap_texte(demande.modele.titre)
        raison = (
            phrase("« {titre} » est refusé : il reste {reste} à payer.", titre=titre, reste=etat.echu)
            if versements
            else phrase("« {titre} » est refusé : aucun paiement n'est enregistré.", titre=titre)
        )
        raise ErreurExigible("acte_refuse", raison, regle="rien_de_solde")
    message = describe_message(demande)
    lignes = tuple((format_jour(v.date), format_montant(v.montant)) for v in versements)
    tableau = Tableau("Règlements reçus", ("Reçu le", "Montant"), "gd", lignes)
    trop_percu = etat.decompte.trop_percu
    ajout = Vocabulaire(
        {"trop_percu": format_montant(trop_percu)},
        {"plusieurs_paiements": len(versements) > 1, "trop_percu": trop_percu > ZERO},
        {"paiements": (tableau,)},
    )
    # It claims nothing: what it speaks of is what was received.
    recu = sum((v.montant for v in versements), ZERO)
    return replace(
        message,
        vocabulaire=message.vocabulaire.add(ajout),
        conformite={**message.conformite, "creance.solde": recu},
        avertissements=(),
        montant=ZERO,
    )

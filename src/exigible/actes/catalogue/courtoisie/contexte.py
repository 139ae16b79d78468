"""What a courtesy note adds: the claims that are not due yet, and the refusal of those that are."""

from __future__ import annotations

from collections.abc import Sequence

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.relance.vocabulaire import describe_message
from exigible.actes.sommes import SommeReclamee
from exigible.actes.typst.texte import clean_texte
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase, wrap_texte


def build_contexte(demande: Demande, _commun: Vocabulaire) -> Contexte:
    """Describe the message. Raises ErreurExigible (`acte_refuse`) when a due date is unknown or past."""
    _check_avant_echeance(demande, demande.sommes)
    return describe_message(demande)


def _check_avant_echeance(demande: Demande, sommes: Sequence[SommeReclamee]) -> None:
    for somme in sommes:
        echeance, numero = somme.etat.creance.echeance, clean_texte(somme.numero)
        if echeance is None:
            raison = phrase("l'échéance de la facture {numero} n'est pas connue ; renseignez-la d'abord", numero=numero)
        elif echeance < demande.etat.au:
            raison = phrase(
                "la facture {numero} est échue depuis le {jour} ; envoyez plutôt un rappel, ou retirez-la",
                numero=numero,
                jour=echeance,
            )
        else:
            continue
        raise ErreurExigible(
            "acte_refuse",
            phrase("« {titre} » est refusé : {raison}.", titre=wrap_texte(demande.modele.titre), raison=raison),
            regle="courtoisie_avant_echeance",
        )

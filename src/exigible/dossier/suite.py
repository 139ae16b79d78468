"""What comes next in a dossier: its next deadline or, when none runs, the sentence that says why. Never nothing."""

from __future__ import annotations

from exigible.dossier.echeances import Echeance
from exigible.dossier.etat import STADES_CLOS, EtatDossier, Stade
from exigible.droit.phrase import Phrase, join_phrases, phrase


def find_suite(etat: EtatDossier) -> Echeance | Phrase:
    """Return the nearest deadline of a dossier, else why nothing presses on its day."""
    if etat.echeances:
        return etat.echeances[0]
    gelees = [p.gelee_le for p in etat.procedures if p.gelee_le is not None]
    if gelees and etat.decompte.total_du > 0:
        return phrase("Arrêtée par une procédure d'insolvabilité le {jour} : suivez-la.", jour=min(gelees))
    attentes = [p.etat.attente for p in etat.procedures if p.vivante and p.etat.sans_delai]
    if attentes:
        return join_phrases(dict.fromkeys(attentes))
    return _explain_silence(etat)


def _explain_silence(etat: EtatDossier) -> Phrase:
    ouvertes = [c for c in etat.creances if c.stade not in STADES_CLOS]
    raisons = (
        (not ouvertes and etat.decompte.total_du == 0, phrase("Plus rien n'est dû : aucun délai ne court.")),
        (
            not ouvertes,
            phrase("Les factures ont laissé place à une décision ou à un cessionnaire : suivez son exécution."),
        ),
        (
            all(c.prescription is not None and c.prescription.acquise_au(etat.au) for c in ouvertes),
            phrase("L'action est prescrite : aucun délai ne court plus, et un paiement reçu reste acquis."),
        ),
        (
            all(c.stade in {Stade.SANS_ECHEANCE, Stade.A_ECHOIR} for c in ouvertes),
            phrase("Rien n'est encore échu : le premier délai commencera à l'échéance."),
        ),
        (True, phrase("Une instance est en cours : elle tient le délai de prescription jusqu'à sa fin.")),
    )
    return next(raison for vraie, raison in raisons if vraie)

"""What the hand-over says beside the file itself: to whom, and the exhibits that go with it."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.instance import list_lignes_saisies
from exigible.actes.vocabulaire.transmission import compute_transmis, describe_transmission
from exigible.dossier.etat import EtatDossier


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the file. Raises ErreurExigible (`acte_refuse`) when nothing is due."""
    titre = "le titre exécutoire et les actes de signification" if demande.etat.titres else "et toute autre pièce utile"
    polie = "Nous vous prions d’agréer, Maître, nos salutations distinguées."
    iban = commun.valeurs["iban"]
    compte = write_phrase(" sur le compte {iban}", iban=iban) if iban else ""
    valeurs = Vocabulaire({"et_le_titre": titre, "politesse": polie, "sur_compte": compte})
    return Contexte(
        describe_transmission(demande).add(valeurs),
        destinataire=list_lignes_saisies(demande, commun, "avocat"),
        montant=compute_transmis(demande),
    )


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """To sue when the notice was in vain, to advise before it; a procedure under way: a person says."""
    if any(procedure.vivante for procedure in etat.procedures):
        return {}
    en_demeure = any(creance.en_demeure_le is not None for creance in etat.creances)
    return {"mission": "instance" if en_demeure and not etat.titres else "avis"}

"""What the hand-over says beside the file itself: to whom, and the exhibits that go with it."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.instance import list_lignes_saisies
from exigible.actes.vocabulaire.titres import propose_moyens
from exigible.actes.vocabulaire.transmission import compute_transmis, describe_transmission
from exigible.dossier.etat import EtatDossier


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the file. Raises ErreurExigible (`acte_refuse`) when nothing is due."""
    titre = "le titre exécutoire et les actes de signification" if demande.etat.titres else "et toute autre pièce utile"
    polie = "Nous vous prions d’agréer, Maître, nos salutations distinguées."
    iban = commun.valeurs["iban"]
    compte = write_phrase(" sur le compte {iban}", iban=iban) if iban else ""
    valeurs = Vocabulaire(
        {"et_le_titre": titre, "politesse": polie, "sur_compte": compte},
        {"renseignements": any(demande.reponses.get(q) for q in ("banque", "employeur", "biens"))},
    )
    return Contexte(
        describe_transmission(demande).add(valeurs),
        destinataire=list_lignes_saisies(demande, commun, "commissaire"),
        montant=compute_transmis(demande),
    )


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """To enforce what may be; before that, to recover and advise. What was found of the debtor's means."""
    return {"mission": "execution" if any(t.executoire_le for t in etat.titres) else "conseil", **propose_moyens(etat)}

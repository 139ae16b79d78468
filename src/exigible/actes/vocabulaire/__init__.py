"""What the wording of every act may name: the parties, the sums, the history of the dossier, the blocks we make."""

from __future__ import annotations

from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.reponses import describe_reponses
from exigible.actes.textes.textes import describe_textes
from exigible.actes.vocabulaire.blocs import describe_blocs
from exigible.actes.vocabulaire.historique import describe_historique
from exigible.actes.vocabulaire.parties import describe_parties
from exigible.actes.vocabulaire.poursuivi import describe_poursuivi
from exigible.actes.vocabulaire.recouvreur import describe_recouvreur
from exigible.actes.vocabulaire.sommes import describe_sommes


def build_vocabulaire(demande: Demande) -> Vocabulaire:
    """Gather the common vocabulary and the answers. Raises ErreurSaisie (`iban_invalide`)."""
    commun = describe_parties(demande).add(describe_sommes(demande)).add(describe_historique(demande))
    avec_blocs = commun.add(describe_blocs(demande)).add(describe_recouvreur(demande, commun)).add(describe_textes())
    avec_blocs = avec_blocs.add(describe_poursuivi(demande))
    return avec_blocs.add(describe_reponses(demande.questions, demande.reponses))

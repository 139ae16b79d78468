"""What a formal notice adds: the debt as it is claimed or announced, how it leaves, the time that it gives."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.mise_en_demeure.delai import add_delai, propose_delai
from exigible.actes.mise_en_demeure.vocabulaire import describe_dette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import ModeEnvoi


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the debt, the sending, the delay."""
    canal, delai = demande.reponses.get("canal"), demande.reponses.get("delai_jours")
    return add_delai(describe_dette(demande), demande, canal, delai, commun.valeurs["delai_jours"])


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """A registered letter, and our usual delay."""
    return {"canal": ModeEnvoi.LRAR.value, "delai_jours": str(propose_delai(etat))}

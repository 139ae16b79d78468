"""What the summons to open a judicial reorganisation says (C. com. L631-5, R631-2)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.ouverture import build_ouverture, propose_ouverture
from exigible.dossier.etat import EtatDossier


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court."""
    return propose_ouverture(etat)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the summons. Raises what `build_ouverture` raises."""
    return build_ouverture(demande, commun, write_phrase("Articles L631-1, L631-5 et R631-2 du code de commerce"))

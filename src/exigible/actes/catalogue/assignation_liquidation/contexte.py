"""What the summons to open a judicial liquidation says (C. com. L640-5, R640-1)."""

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
    return build_ouverture(demande, commun, write_phrase("Articles L640-1, L640-5 et R640-1 du code de commerce"))

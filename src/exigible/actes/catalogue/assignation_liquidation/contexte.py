"""What the summons to open a judicial liquidation says (C. com. L640-5, L643-1, R640-1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande, list_creances_a_echoir
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.ouverture import build_ouverture, propose_ouverture
from exigible.dossier.etat import EtatDossier
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court."""
    return propose_ouverture(etat)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the summons. Raises what `build_ouverture` raises."""
    contexte = build_ouverture(demande, commun, write_phrase("Articles L640-1, L640-5 et R640-1 du code de commerce"))
    return replace(contexte, avertissements=(*contexte.avertissements, *_warn_a_echoir(demande)))


def _warn_a_echoir(demande: Demande) -> tuple[Avertissement, ...]:
    """Say what the judgment would make of the claims that are not due yet (C. com. L643-1)."""
    if not list_creances_a_echoir(demande.etat):
        return ()
    message = phrase(
        "Des créances de ce dossier ne sont pas échues : elles ne fondent pas l'assignation, mais le jugement de "
        "liquidation les rendrait exigibles, sauf poursuite d'activité en vue d'une cession (C. com. L643-1). Elles "
        "seraient à déclarer avec les autres."
    )
    return (Avertissement("creances_a_echoir", message),)

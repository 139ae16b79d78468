"""Where the act of a bundle comes from: approved by a person, byte for byte, or written the same day and by nobody."""

from __future__ import annotations

import msgspec

from exigible.actes.document import Document, Tableau, make_texte
from exigible.actes.preuve.donnees import ActeApprouve, Sujet
from exigible.actes.typst.texte import apply_typographie
from exigible.droit.jours import format_jour

NON_APPROUVE = "Texte non approuvé"
"""What is stamped on the pages of an act that nobody approved."""


def write_marque(sujet: Sujet) -> str:
    """What follows the title of the act wherever it is listed; nothing without a journal, where nothing is approved."""
    if sujet.journal is None:
        return ""
    if sujet.approuve is None:
        return " (texte non approuvé)"
    return write_approbation(sujet.approuve)


def write_approbation(approuve: ActeApprouve) -> str:
    """What follows the title of an act that was approved."""
    return f" (texte approuvé le {format_jour(approuve.jour)})"


def write_provenance(sujet: Sujet) -> str:
    """Say it in one sentence; nothing without a journal."""
    if sujet.journal is None:
        return ""
    titre, approuve = sujet.demande.modele.titre, sujet.approuve
    if approuve is None:
        jour = format_jour(sujet.demande.etat.au)
        return f"« {titre} » : texte écrit le {jour}, que personne n'a encore approuvé."
    return (
        f"« {titre} » : texte approuvé le {format_jour(approuve.jour)} (fait n° {approuve.fait} du journal), remis "
        "octet pour octet."
    )


def add_provenance(document: Document, sujet: Sujet) -> Document:
    """Say under the list of exhibits which act they go with."""
    phrase = write_provenance(sujet)
    if not phrase:
        return document
    rang = next((n for n, bloc in enumerate(document.blocs, start=1) if isinstance(bloc, Tableau)), 0)
    dite = make_texte(apply_typographie(f"Ces pièces accompagnent : {phrase}"))
    return msgspec.structs.replace(document, blocs=(*document.blocs[:rang], dite, *document.blocs[rang:]))

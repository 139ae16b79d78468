"""Lines of interest, written the same way by every command that prints a statement."""

from __future__ import annotations

from collections.abc import Sequence

from exigible.droit.argent import format_montant, format_taux
from exigible.droit.interets import LigneInterets
from exigible.droit.jours import format_jour

ENTETES = ("Du", "Au", "Jours", "Base", "Taux", "Année", "Intérêts", "Article")
A_DROITE = (2, 3, 4, 5, 6)


def format_ligne(ligne: LigneInterets) -> Sequence[str]:
    """Write a line for people, in the columns `ENTETES`."""
    return (
        format_jour(ligne.du),
        format_jour(ligne.au),
        str(ligne.jours),
        format_montant(ligne.base),
        format_taux(ligne.taux),
        str(ligne.diviseur),
        format_montant(ligne.montant),
        ligne.article,
    )

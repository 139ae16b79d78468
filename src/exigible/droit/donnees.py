"""Results written for programs: amounts and rates as texts, days as ISO dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # every command imports this module: the law of interest only when it is asked for
    from exigible.droit.interets import LigneInterets


def encode(valeur: object) -> str:
    """Write what JSON does not know: `json.dumps(…, default=encode)`. Raises TypeError for anything else."""
    if isinstance(valeur, Decimal):
        return f"{valeur:f}"
    if isinstance(valeur, date):
        return valeur.isoformat()
    raise TypeError(f"{type(valeur).__name__} ne s'écrit pas en JSON")


def write_taux(taux: Decimal) -> str:
    """Write a rate: a point, two decimals at least (`12.15`)."""
    exposant = taux.normalize().as_tuple().exponent
    decimales = max(2, -exposant) if isinstance(exposant, int) else 2
    return f"{taux:.{decimales}f}"


def dump_ligne(ligne: LigneInterets) -> dict[str, Any]:
    """Write a line of interest."""
    return {
        "du": ligne.du,
        "au": ligne.au,
        "jours": ligne.jours,
        "base": ligne.base,
        "taux": write_taux(ligne.taux),
        "diviseur": ligne.diviseur,
        "montant": ligne.montant,
        "article": ligne.article,
        "source": ligne.source,
    }

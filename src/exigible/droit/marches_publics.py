"""The payment of a public buyer's late interest (code de la commande publique)."""

from __future__ import annotations

from datetime import date, timedelta

_DELAI = timedelta(days=45)


def compute_limite_interets(mise_en_paiement: date) -> date:
    """Last day, included, to pay interest and the 40 €, from the day the principal was paid (CCP R2192-36: 45 days)."""
    return mise_en_paiement + _DELAI

"""The payment of a public buyer's late interest (code de la commande publique)."""

from __future__ import annotations

from datetime import date, timedelta

from exigible.droit.bareme import ValeurAjoutee, load_bareme


def compute_limite_interets(mise_en_paiement: date, ajouts: tuple[ValeurAjoutee, ...] = ()) -> date:
    """Last day, included, to pay interest and the 40 €, from the day the principal was paid (CCP R2192-36).

    Raises ErreurBareme (`date_hors_bareme`) before 1 April 2019.
    """
    delai = load_bareme("penalites", ajouts).get_valeur(mise_en_paiement, "delai_interets_publics_jours")
    return mise_en_paiement + timedelta(days=int(delai.valeur))

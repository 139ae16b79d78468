"""The fact of an erasure: the journal says that contents were blanked, when and by whom. Same rules as `faits.py`."""

from __future__ import annotations

from datetime import date

from exigible.dossier.faits_base import Fait


class DossierEfface(Fait, frozen=True, tag="dossier_efface"):
    """The contents of the dossier were erased after `conserve_jusqu_au`, its last day of retention (included).

    `faits`: how many contents; `annees`: the retention of the cabinet, in full years (C. com. L123-22; RGPD, art. 5).
    """

    faits: int
    annees: int
    conserve_jusqu_au: date

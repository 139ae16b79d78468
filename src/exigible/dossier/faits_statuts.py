"""What a platform, the buyer or the seller says of an electronic invoice: a signal, never a payment nor a dispute.

Same rules as `faits.py`, the catalogue from which everything is imported.
"""

from __future__ import annotations

from decimal import Decimal

from exigible.dossier.faits_base import Fait


class StatutFactureRecu(Fait, frozen=True, tag="statut_facture_recu"):
    """A life-cycle status of a claim, given on the effect day. `montant`: what it says was received, in euros.

    `code` is that of the French reform (200 to 228, 501, 601); `motifs`: code and words of each reason.
    """

    cle: str
    creance: str
    numero: str
    code: str = ""
    libelle: str = ""
    motifs: tuple[tuple[str, str], ...] = ()
    montant: Decimal | None = None
    emetteur: str = ""
    provenance: str = ""

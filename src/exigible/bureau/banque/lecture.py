"""Read bank lines."""

from __future__ import annotations

import uuid

from exigible.bureau.banque.models import Mouvement, StatutMouvement
from exigible.dossier.credits import CreditNonRapproche


def list_credits_ouverts(creancier: uuid.UUID) -> list[CreditNonRapproche]:
    """List the euro credits of a creditor that nobody has matched or set aside, oldest first."""
    lignes = Mouvement.objects.filter(
        creancier=creancier, statut=StatutMouvement.A_RAPPROCHER, montant__gt=0, devise="EUR"
    ).order_by("date", "cle")
    return [
        CreditNonRapproche(
            cle=m.cle,
            jour=m.date,
            montant=m.montant,
            libelle=m.libelle,
            reference=m.reference,
            contrepartie=m.contrepartie,
            iban=m.iban_contrepartie,
        )
        for m in lignes
    ]

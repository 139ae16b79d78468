"""Read bank lines."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Sequence

from exigible.bureau.banque.models import Mouvement, StatutMouvement
from exigible.bureau.journal.lecture import cut_lots
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.credits import CreditNonRapproche

_REFERENCE = re.compile(r"\bD[ -]?(\d{5,})\b")
"""The reference of a dossier, as our letters ask to quote it."""


def list_credits_ouverts(creancier: uuid.UUID) -> list[CreditNonRapproche]:
    """List the euro credits of a creditor that nobody has matched or set aside, oldest first: what is left of them."""
    lignes = list(
        Mouvement.objects.filter(
            creancier=creancier, statut=StatutMouvement.A_RAPPROCHER, montant__gt=0, devise="EUR"
        ).order_by("date", "cle")
    )
    if not lignes:
        return []
    payeurs = _find_payeurs(creancier, lignes)
    return [
        CreditNonRapproche(
            cle=m.cle,
            jour=m.date,
            montant=m.reste,
            libelle=m.libelle,
            reference=m.reference,
            contrepartie=m.contrepartie,
            iban=m.iban_contrepartie,
            bout_en_bout=m.bout_en_bout,
            payeurs=tuple(sorted(payeurs.get(m.cle, ()))),
        )
        for m in lignes
    ]


def _find_payeurs(creancier: uuid.UUID, lignes: Sequence[Mouvement]) -> dict[str, set[str]]:
    """Find, for each line, the dossiers paid from its account before, and those whose reference it quotes."""
    connus: defaultdict[str, set[str]] = defaultdict(set)
    rapproches = Mouvement.objects.filter(creancier=creancier, dossier__isnull=False, montant__gt=0)
    for lot in cut_lots(sorted({m.iban_contrepartie for m in lignes if m.iban_contrepartie})):
        siens = rapproches.filter(iban_contrepartie__in=lot)
        for iban, dossier in siens.values_list("iban_contrepartie", "dossier_id"):
            connus[iban].add(str(dossier))
    cites = {m.cle: {f"D-{chiffres}" for chiffres in _REFERENCE.findall(_join_textes(m))} for m in lignes}
    references = {reference for siennes in cites.values() for reference in siennes}
    dossiers: dict[str, str] = {}
    for lot in cut_lots(sorted(references)):
        nommes = Dossier.objects.filter(creancier=creancier, reference__in=lot)
        dossiers |= {reference: str(cle) for reference, cle in nommes.values_list("reference", "pk")}
    return {
        m.cle: {dossiers[r] for r in cites[m.cle] if r in dossiers} | connus.get(m.iban_contrepartie, set())
        for m in lignes
    }


def _join_textes(mouvement: Mouvement) -> str:
    return f"{mouvement.libelle} {mouvement.reference} {mouvement.bout_en_bout}".upper()

"""Which unmatched bank credits hold which dossiers of a creditor."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import chain

from exigible.bureau.banque.lecture import iter_credits_ouverts, list_comptes_connus
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.bureau.tiers.valeurs import dump_credits, make_repere
from exigible.dossier.credits import CreditRetenu, Repere, designate_credits
from exigible.dossier.etat import Stade


def designate(creancier: uuid.UUID) -> dict[str, tuple[CreditRetenu, ...]]:
    """Say, by dossier (its key as text), which credits hold it; read from the projections as they are."""
    ouverts = iter_credits_ouverts(creancier)
    premier = next(ouverts, None)
    return {} if premier is None else designate_credits(chain((premier,), ouverts), list_reperes(creancier))


def list_reperes(creancier: uuid.UUID) -> list[Repere]:
    """Describe what lets a credit be recognised as coming from each debtor who owes something."""
    creances: defaultdict[uuid.UUID, list[tuple[str, Decimal, Decimal, date]]] = defaultdict(list)
    ouvertes = Creance.objects.filter(dossier__creancier=creancier).exclude(stade=Stade.SOLDEE.value)
    for c in ouvertes.order_by("dossier_id", "cle"):
        creances[c.dossier_id].append((c.numero, c.reste, c.reste + c.interets + c.indemnites, c.emission))
    dossiers = Dossier.objects.filter(creancier=creancier).exclude(stade=Stade.SOLDEE.value)
    connus = list_comptes_connus(creancier)
    return [
        make_repere(str(cle), nom, iban, creances[cle], compte_connu=cle in connus)
        for cle, nom, iban in dossiers.order_by("pk").values_list("pk", "debiteur_nom", "iban")
    ]


def find_changes(creanciers: Iterable[uuid.UUID]) -> list[Dossier]:
    """Find the dossiers whose holds are no longer those they keep, with the new ones set (not saved)."""
    changes = []
    for creancier in creanciers:
        retenus = designate(creancier)
        dossiers = Dossier.objects.filter(creancier=creancier).select_related("creancier")
        if not retenus:
            dossiers = dossiers.exclude(credits=[])
        for dossier in dossiers.order_by("pk"):
            attendus = dump_credits(retenus.get(str(dossier.pk), ()))
            if dossier.credits != attendus:
                dossier.credits = attendus
                changes.append(dossier)
    return changes

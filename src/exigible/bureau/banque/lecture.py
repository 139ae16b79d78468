"""Read bank lines."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from exigible.bureau.banque.models import Mouvement, StatutMouvement
from exigible.bureau.banque.prelevements import load_prelevements
from exigible.bureau.journal.lecture import cut_lots
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.credits import CreditNonRapproche
from exigible.dossier.rapprochement.collectes import list_preleves
from exigible.dossier.rapprochement.donnees import LigneBancaire, to_centimes
from exigible.dossier.rapprochement.index import Index

_REFERENCE = re.compile(r"\bD[ -]?(\d{5,})\b")
"""The reference of a dossier, as our letters ask to quote it."""


_CHAMPS = ("cle", "date", "montant", "affecte", "libelle", "reference", "contrepartie", "iban_contrepartie")
_LOT = 2_000


class _Ligne(NamedTuple):
    cle: str
    date: date
    montant: Decimal
    affecte: Decimal
    libelle: str
    reference: str
    contrepartie: str
    iban: str
    bout_en_bout: str
    levees: list[dict[str, str]]


def list_credits_ouverts(creancier: uuid.UUID) -> list[CreditNonRapproche]:
    """List the euro credits of a creditor that nobody has matched or set aside, oldest first: what is left of them."""
    return list(iter_credits_ouverts(creancier))


def iter_credits_ouverts(creancier: uuid.UUID) -> Iterator[CreditNonRapproche]:
    """Give the same a few thousand at a time, however many they are."""
    ouverts = Mouvement.objects.filter(
        creancier=creancier, statut=StatutMouvement.A_RAPPROCHER, montant__gt=0, devise="EUR"
    )
    ordre = ouverts.order_by("date", "cle").values_list(*_CHAMPS, "bout_en_bout", "levees")
    suite = ordre.iterator(chunk_size=_LOT)
    preleves = Preleves(creancier)
    while lot := [_Ligne(*ligne) for ligne in islice(suite, _LOT)]:
        payeurs = _find_payeurs(creancier, lot)
        for m in lot:
            yield CreditNonRapproche(
                cle=m.cle,
                jour=m.date,
                montant=m.montant - m.affecte,
                libelle=m.libelle,
                reference=m.reference,
                contrepartie=m.contrepartie,
                iban=m.iban,
                bout_en_bout=m.bout_en_bout,
                payeurs=tuple(sorted(payeurs.get(m.cle, ()))),
                preleves=preleves.find(m),
                liberes=tuple(levee["dossier"] for levee in m.levees),
            )


class Preleves:
    """The dossiers of the direct debits of a creditor, by the credits that may be these debits."""

    def __init__(self, creancier: uuid.UUID) -> None:
        self._creancier = creancier

    @cached_property
    def _index(self) -> Index:
        return Index((), (), (), load_prelevements(self._creancier))

    def find(self, credit: _Ligne) -> tuple[str, ...]:
        """List the dossiers of which the credit may be a debit."""
        if not self._index.prelevements:
            return ()
        ligne = LigneBancaire(
            credit.cle,
            credit.date,
            to_centimes(credit.montant - credit.affecte),
            libelle=credit.libelle,
            reference=credit.reference,
            bout_en_bout=credit.bout_en_bout,
        )
        return list_preleves(ligne, self._index)


def list_comptes_connus(creancier: uuid.UUID) -> set[uuid.UUID]:
    """List the dossiers known to pay from an account, by the credits matched before."""
    rapproches = Mouvement.objects.filter(creancier=creancier, dossier__isnull=False, montant__gt=0)
    return set(rapproches.exclude(iban_contrepartie="").values_list("dossier_id", flat=True).distinct())


def _find_payeurs(creancier: uuid.UUID, lignes: Sequence[_Ligne]) -> dict[str, set[str]]:
    """Find, for each line, the dossiers paid from its account before, and those whose reference it quotes."""
    connus: defaultdict[str, set[str]] = defaultdict(set)
    rapproches = Mouvement.objects.filter(creancier=creancier, dossier__isnull=False, montant__gt=0)
    for lot in cut_lots(sorted({m.iban for m in lignes if m.iban})):
        siens = rapproches.filter(iban_contrepartie__in=lot)
        for iban, dossier in siens.values_list("iban_contrepartie", "dossier_id"):
            connus[iban].add(str(dossier))
    cites = {m.cle: {f"D-{chiffres}" for chiffres in _REFERENCE.findall(_join_textes(m))} for m in lignes}
    references = {reference for siennes in cites.values() for reference in siennes}
    dossiers: dict[str, str] = {}
    for lot in cut_lots(sorted(references)):
        nommes = Dossier.objects.filter(creancier=creancier, reference__in=lot)
        dossiers |= {reference: str(cle) for reference, cle in nommes.values_list("reference", "pk")}
    return {m.cle: {dossiers[r] for r in cites[m.cle] if r in dossiers} | connus.get(m.iban, set()) for m in lignes}


def _join_textes(mouvement: _Ligne) -> str:
    return f"{mouvement.libelle} {mouvement.reference} {mouvement.bout_en_bout}".upper()

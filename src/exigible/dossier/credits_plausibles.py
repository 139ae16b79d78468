"""Whom a credit may come from when nothing in it designates anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations, takewhile

from exigible.dossier.rapprochement.ecarts import list_dus_voisins
from exigible.dossier.rapprochement.natures import read_lot
from exigible.droit.argent import ZERO
from exigible.droit.phrase import Phrase, phrase

TOUS = ""
"""Stands, among the dossiers that a credit no longer holds, for all those whom it does not designate."""


@dataclass(frozen=True, slots=True)
class CreditNonRapproche:
    """A booked credit not matched to a claim. `montant` is positive euros, what is left of it.

    `payeurs`: the dossiers that were paid from its account before, or whose reference it quotes; `preleves`: those of
    our direct debits that it may be. `liberes`: those that a person says it is not of; TOUS: all those that it does not
    designate.
    """

    cle: str
    jour: date
    montant: Decimal
    libelle: str = ""
    reference: str = ""
    contrepartie: str = ""
    iban: str = ""
    bout_en_bout: str = ""
    payeurs: tuple[str, ...] = ()
    preleves: tuple[str, ...] = ()
    liberes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repere:
    """What lets a credit be recognised as a debtor's: `restes` what it owes on each invoice, `du` in all (euros).

    `postes`: what is left of each claim, in principal, and the day it was issued. `compte_connu`: it is known to pay
    from an account.
    """

    dossier: str
    nom: str
    numeros: tuple[str, ...]
    restes: tuple[Decimal, ...]
    du: Decimal
    iban: str = ""
    postes: tuple[tuple[Decimal, date], ...] = ()
    compte_connu: bool = False


POSTES_MAX = 10
"""The sums of two claims are made for debtors who have so few of them,"""
POSTES_TROIS_MAX = 6
"""and of three for those who have so few."""
ASSEZ = 3
"""A debtor held by so many credits that nothing designates is held enough: the others would say nothing more."""


class _Rangs:
    """Debtors by what they owe in all, and by their least invoice: those who cannot have paid are not looked at."""

    def __init__(self, reperes: Iterable[Repere]) -> None:
        self.tous = list(reperes)
        self._par_du = sorted(self.tous, key=lambda r: (-r.du, r.dossier))
        moindres = ((min((reste for reste, _ in r.postes), default=ZERO), r.dossier, r) for r in self.tous)
        self._par_moindre = sorted(moindres, key=lambda m: m[:2])

    def find(self, credit: CreditNonRapproche, lot: Phrase) -> Iterator[Repere]:
        """Give those who owed enough by the day of the credit: of a batch, an invoice is enough; alone, all of it."""
        if lot:
            voisins = takewhile(lambda m: m[0] <= credit.montant, self._par_moindre)
            return (r for _, _, r in voisins if any(e <= credit.jour and d <= credit.montant for d, e in r.postes))
        assez = takewhile(lambda r: r.du >= credit.montant, self._par_du)
        return (r for r in assez if r.du - _sum_posterieurs(r, credit.jour) >= credit.montant)


class Plausibles:
    """Debtors by what they owe, for credits without any clue."""

    def __init__(self, reperes: Sequence[Repere]) -> None:
        self._reperes = reperes
        self._libres = _Rangs(reperes)
        self._tenus = _Rangs(())
        self._fois: Counter[str] = Counter()

    def find(self, credit: CreditNonRapproche) -> dict[str, Phrase]:
        """Say which debtors the credit may come from, and why."""
        lot = read_lot(credit.libelle)
        if not lot and (voisins := self._find_voisins(credit)):
            raison = phrase("à un escompte ou à quelques centimes près, ou à plusieurs factures, c'est ce qu'il doit")
            return dict.fromkeys(sorted(voisins), raison)
        if lot:
            raison = phrase("c'est {lot} sans détail : un paiement de lui peut y être", lot=lot)
        else:
            raison = phrase("rien ne dit de qui il vient")
        return dict.fromkeys(self._hold(credit, lot), raison)

    def _hold(self, credit: CreditNonRapproche, lot: Phrase) -> list[str]:
        possibles = list(self._libres.find(credit, lot))
        ici = [r for r in possibles if not _pays_ailleurs(r, credit)]
        if not ici and any(not _pays_ailleurs(r, credit) for r in self._tenus.find(credit, lot)):
            return []
        retenus = sorted(r.dossier for r in ici or possibles)
        self._fois.update(retenus)
        if any(self._fois[dossier] == ASSEZ for dossier in retenus):
            self._tenus = _Rangs(r for r in self._reperes if self._fois[r.dossier] >= ASSEZ)
            self._libres = _Rangs(r for r in self._libres.tous if self._fois[r.dossier] < ASSEZ)
        return retenus

    def _find_voisins(self, credit: CreditNonRapproche) -> set[str]:
        trouves = set(self._sommes.get(credit.montant, ()))
        for du in list_dus_voisins(credit.montant):
            trouves |= self._sommes.get(du, set()) | self._restes.get(du, set())
        return trouves

    @cached_property
    def _restes(self) -> dict[Decimal, set[str]]:
        restes: defaultdict[Decimal, set[str]] = defaultdict(set)
        for repere in self._reperes:
            for montant in {*repere.restes, repere.du}:
                restes[montant].add(repere.dossier)
        return restes

    @cached_property
    def _sommes(self) -> dict[Decimal, set[str]]:
        """Sum two or three claims of the debtors who have few, once, when a credit asks for it."""
        sommes: defaultdict[Decimal, set[str]] = defaultdict(set)
        for repere in self._reperes:
            restes = [reste for reste, _ in repere.postes]
            if len(restes) > POSTES_MAX:
                continue
            for taille in (2, 3) if len(restes) <= POSTES_TROIS_MAX else (2,):
                for groupe in combinations(restes, taille):
                    sommes[sum(groupe, ZERO)].add(repere.dossier)
        return sommes


def _sum_posterieurs(repere: Repere, jour: date) -> Decimal:
    return sum((reste for reste, emission in repere.postes if emission > jour), ZERO)


def _pays_ailleurs(repere: Repere, credit: CreditNonRapproche) -> bool:
    """Whether the credit says an account, which is not the one that the debtor is known to pay from."""
    return bool(credit.iban) and repere.compte_connu

"""Credits on the bank account that nobody has matched yet, and whom they may come from.

Nobody is chased for what an unmatched credit may already have paid. The clue that designates a debtor is, in order:
one of its invoice numbers in the label, its name, its IBAN; else an amount equal to what it owes on an invoice or in
all. A credit without any clue holds every debtor who owes at least its amount, until a person says what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.texte import list_mots_du_nom, normalize
from exigible.droit.phrase import Phrase, phrase

_BLANCS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class CreditNonRapproche:
    """A booked credit not matched to a claim. `montant` is positive euros."""

    cle: str
    jour: date
    montant: Decimal
    libelle: str = ""
    reference: str = ""
    contrepartie: str = ""
    iban: str = ""


@dataclass(frozen=True, slots=True)
class Repere:
    """What lets a credit be recognised as a debtor's: `restes` what it owes on each invoice, `du` in all."""

    dossier: str
    nom: str
    numeros: tuple[str, ...]
    restes: tuple[Decimal, ...]
    du: Decimal
    iban: str = ""


@dataclass(frozen=True, slots=True)
class CreditRetenu:
    """A credit that holds the reminders of a dossier, and why."""

    credit: CreditNonRapproche
    raison: str


def find_numeros(libelle: str, numeros: Iterable[str]) -> frozenset[str]:
    """Those of `numeros` that stand in a label as whole words, punctuation and case set aside."""
    mots = f" {normalize(libelle)} "
    return frozenset(numero for numero in numeros if (cle := normalize(numero)) and f" {cle} " in mots)


def designate_credits(
    credits_ouverts: Sequence[CreditNonRapproche], reperes: Sequence[Repere]
) -> dict[str, tuple[CreditRetenu, ...]]:
    """For each dossier, the unmatched credits that hold its reminders. Dossiers without any are left out."""
    index = _Index(reperes)
    retenus: defaultdict[str, list[CreditRetenu]] = defaultdict(list)
    for credit in credits_ouverts:
        for dossier, raison in index.find(credit).items():
            retenu = phrase(
                "un virement de {montant} du {jour} n'est pas rapproché ({raison})",
                montant=credit.montant,
                jour=credit.jour,
                raison=raison,
            )
            retenus[dossier].append(CreditRetenu(credit, retenu))
    return {dossier: tuple(liste) for dossier, liste in retenus.items()}


class _Index:
    """Clues to debtors, so that ten thousand credits are read against ten thousand dossiers without comparing all."""

    def __init__(self, reperes: Sequence[Repere]) -> None:
        self._reperes = reperes
        self._numeros: defaultdict[str, set[str]] = defaultdict(set)
        self._longueur = 1
        self._noms: defaultdict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        self._ibans: defaultdict[str, set[str]] = defaultdict(set)
        self._montants: defaultdict[Decimal, set[str]] = defaultdict(set)
        for repere in reperes:
            self._add(repere)

    def _add(self, repere: Repere) -> None:
        for numero in repere.numeros:
            mots = normalize(numero)
            if mots:
                self._numeros[mots].add(repere.dossier)
                self._longueur = max(self._longueur, mots.count(" ") + 1)
        mots_du_nom = list_mots_du_nom(repere.nom)
        if mots_du_nom:
            self._noms[max(mots_du_nom, key=lambda m: (len(m), m))].append((mots_du_nom, repere.dossier))
        if repere.iban:
            self._ibans[_BLANCS.sub("", repere.iban)].add(repere.dossier)
        for montant in {*repere.restes, repere.du}:
            if montant > 0:
                self._montants[montant].add(repere.dossier)

    def find(self, credit: CreditNonRapproche) -> dict[str, Phrase]:
        for indices, raison in (
            (self._find_numeros(credit), phrase("une de ses factures y est citée")),
            (self._find_noms(credit), phrase("son nom y figure")),
            (
                self._ibans.get(_BLANCS.sub("", credit.iban), set()) if credit.iban else set(),
                phrase("il vient de son compte"),
            ),
            (self._montants.get(credit.montant, set()), phrase("son montant est exactement ce qui est dû")),
        ):
            if indices:
                return dict.fromkeys(sorted(indices), raison)
        possibles = sorted(r.dossier for r in self._reperes if r.du >= credit.montant)
        return dict.fromkeys(possibles, phrase("rien ne dit de qui il vient"))

    def _find_numeros(self, credit: CreditNonRapproche) -> set[str]:
        mots = normalize(f"{credit.libelle} {credit.reference}").split()
        trouves: set[str] = set()
        for longueur in range(1, self._longueur + 1):
            for debut in range(len(mots) - longueur + 1):
                trouves |= self._numeros.get(" ".join(mots[debut : debut + longueur]), set())
        return trouves

    def _find_noms(self, credit: CreditNonRapproche) -> set[str]:
        mots = list_mots_du_nom(f"{credit.contrepartie} {credit.libelle}")
        return {dossier for mot in mots for nom, dossier in self._noms.get(mot, ()) if nom <= mots}

"""Credits on the bank account that nobody has matched yet, and whom they may come from.

Nobody is chased for what an unmatched credit may already have paid. Every debtor that the credit designates is held:
by one of its invoice numbers or references in the label, by an account it pays from, by its name or one near it. Short
of a number, a reference or an account, so are those who owe exactly its amount, on an invoice or in all. A credit
without any clue holds every debtor who owes at least its amount, until a person says what it is. Whoever the matching
proposes is held.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.rapprochement.mots import (
    MOT_BANAL,
    is_proche,
    list_mots,
    list_references_rf,
    make_cle_numero,
)
from exigible.dossier.texte import list_mots_du_nom, normalize
from exigible.droit.phrase import Phrase, phrase

_BLANCS = re.compile(r"\s+")
LONGUEUR_COLLEE = 4
"""A number written in one piece may be cut in as many words by a label."""


@dataclass(frozen=True, slots=True)
class CreditNonRapproche:
    """A booked credit not matched to a claim. `montant` is positive euros, what is left of it.

    `payeurs`: the dossiers that were paid from its account before, or whose reference it quotes.
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
        self._connus = {repere.dossier for repere in reperes}
        self._numeros: defaultdict[str, set[str]] = defaultdict(set)
        self._courts: defaultdict[str, set[str]] = defaultdict(set)
        self._longueur = 1
        self._noms: defaultdict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        self._mots: defaultdict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        self._ibans: defaultdict[str, set[str]] = defaultdict(set)
        self._montants: defaultdict[Decimal, set[str]] = defaultdict(set)
        for repere in reperes:
            self._add(repere)

    def _add(self, repere: Repere) -> None:
        for numero in repere.numeros:
            mots = normalize(numero)
            registre = self._numeros if make_cle_numero(numero) else self._courts
            if mots:
                registre[mots].add(repere.dossier)
                registre[mots.replace(" ", "")].add(repere.dossier)
                self._longueur = max(self._longueur, mots.count(" ") + 1, LONGUEUR_COLLEE)
        mots_du_nom = list_mots_du_nom(repere.nom)
        if mots_du_nom:
            self._noms[max(mots_du_nom, key=lambda m: (len(m), m))].append((mots_du_nom, repere.dossier))
        mots_proches = list_mots(repere.nom)
        for mot in mots_proches:
            self._mots[mot].append((mots_proches, repere.dossier))
        if repere.iban:
            self._ibans[_BLANCS.sub("", repere.iban).upper()].add(repere.dossier)
        for montant in {*repere.restes, repere.du}:
            if montant > 0:
                self._montants[montant].add(repere.dossier)

    def find(self, credit: CreditNonRapproche) -> dict[str, Phrase]:
        cite = phrase("une de ses factures y est citée")
        forts = (
            (self._find_numeros(credit, self._numeros), cite),
            (self._find_comptes(credit), phrase("il vient de son compte")),
            (self._connus.intersection(credit.payeurs), phrase("son compte ou sa référence est connu")),
        )
        faibles = (
            (self._find_noms(credit), phrase("son nom y figure")),
            (self._find_numeros(credit, self._courts), cite),
            (self._find_proches(credit), phrase("un nom proche du sien y figure")),
        )
        exacts = (self._montants.get(credit.montant, set()), phrase("son montant est exactement ce qui est dû"))
        designe = any(indices for indices, _ in forts)
        designes: dict[str, Phrase] = {}
        for indices, raison in (*forts, *faibles, *(() if designe else (exacts,))):
            designes = dict.fromkeys(sorted(indices), raison) | designes
        if designes:
            return designes
        possibles = sorted(r.dossier for r in self._reperes if r.du >= credit.montant)
        return dict.fromkeys(possibles, phrase("rien ne dit de qui il vient"))

    def _find_comptes(self, credit: CreditNonRapproche) -> set[str]:
        return self._ibans.get(_BLANCS.sub("", credit.iban).upper(), set()) if credit.iban else set()

    def _find_numeros(self, credit: CreditNonRapproche, registre: Mapping[str, set[str]]) -> set[str]:
        trouves: set[str] = set()
        for texte in (credit.libelle, credit.reference, credit.bout_en_bout):
            mots = normalize(texte).split()
            for longueur in range(1, self._longueur + 1):
                for debut in range(len(mots) - longueur + 1):
                    suite = mots[debut : debut + longueur]
                    trouves |= registre.get(" ".join(suite), set())
                    colle = "".join(suite)
                    if not colle.isdigit():
                        trouves |= registre.get(colle, set())
            for reference in list_references_rf(texte):
                corps = reference[4:].lower()
                trouves |= registre.get(corps, set()) | registre.get(corps.lstrip("0"), set())
        return trouves

    def _find_noms(self, credit: CreditNonRapproche) -> set[str]:
        mots = list_mots_du_nom(f"{credit.contrepartie} {credit.libelle}")
        return {dossier for mot in mots for nom, dossier in self._noms.get(mot, ()) if nom <= mots}

    def _find_proches(self, credit: CreditNonRapproche) -> set[str]:
        mots = list_mots(credit.contrepartie)
        voisins = (self._mots.get(mot, ()) for mot in mots)
        return {d for liste in voisins if len(liste) <= MOT_BANAL for nom, d in liste if is_proche(nom, mots)}

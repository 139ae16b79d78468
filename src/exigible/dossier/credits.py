"""Credits on the bank account that nobody has matched yet, and whom they may come from.

Nobody is chased for what an unmatched credit may already have paid. Whoever the matching proposes is held. A credit
holds the first of these that is anybody:

1. those that it designates: an invoice number or a reference in the label, an account it pays from, one of our direct
   debits, a name or one near it;
2. short of a number, a reference or an account, those who owe exactly its amount, on an invoice or in all; else those
   of whom it is the sum of two or three invoices, or an invoice but for a discount or some cents;
3. those who owe at least its amount, on invoices issued by then (in a batch: those who have an invoice no greater),
   unless they are known to pay from another account than the one it says;
4. those of (3), whatever they usually pay from.

So an unknown credit always holds somebody, if anybody owes enough. A person may say that it is not of a debtor, or of
nobody but those of (1): it holds the others no longer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.credits_plausibles import TOUS, CreditNonRapproche, Plausibles, Repere
from exigible.dossier.rapprochement.abreges import Abreges
from exigible.dossier.rapprochement.donnees import LigneBancaire, PosteOuvert, to_centimes
from exigible.dossier.rapprochement.mots import list_references_rf, make_cle_numero
from exigible.dossier.rapprochement.noms import Noms
from exigible.dossier.texte import normalize
from exigible.droit.phrase import Phrase, phrase

_BLANCS = re.compile(r"\s+")
__all__ = ["TOUS", "CreditNonRapproche", "CreditRetenu", "Repere", "designate_credits", "find_numeros"]

LONGUEUR_COLLEE = 4
"""A number written in one piece may be cut in as many words by a label."""


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
    credits_ouverts: Iterable[CreditNonRapproche], reperes: Sequence[Repere]
) -> dict[str, tuple[CreditRetenu, ...]]:
    """For each dossier, the unmatched credits that hold its reminders. Dossiers without any are left out."""
    index = _Index(reperes)
    retenus: defaultdict[str, list[CreditRetenu]] = defaultdict(list)
    for credit in credits_ouverts:
        for dossier, raison in index.find(credit).items():
            if dossier in credit.liberes:
                continue
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
        self._connus = {repere.dossier for repere in reperes}
        self._numeros: defaultdict[str, set[str]] = defaultdict(set)
        self._courts: defaultdict[str, set[str]] = defaultdict(set)
        self._longueur = 1
        self._noms = Noms()
        self._abreges = Abreges()
        self._plausibles = Plausibles(reperes)
        self._ibans: defaultdict[str, set[str]] = defaultdict(set)
        self._montants: defaultdict[Decimal, set[str]] = defaultdict(set)
        for repere in reperes:
            self._add(repere)
        self._noms.seal()

    def _add(self, repere: Repere) -> None:
        for numero in repere.numeros:
            self._abreges.add(PosteOuvert(repere.dossier, numero, numero, 0, 0, date.min))
            mots = normalize(numero)
            registre = self._numeros if make_cle_numero(numero) else self._courts
            if mots:
                registre[mots].add(repere.dossier)
                registre[mots.replace(" ", "")].add(repere.dossier)
                self._longueur = max(self._longueur, mots.count(" ") + 1, LONGUEUR_COLLEE)
        self._noms.add(repere.nom, repere.dossier)
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
            (self._connus.intersection(credit.preleves), phrase("ce peut être un prélèvement que vous lui avez fait")),
        )
        noms, proches = self._noms.find(credit.contrepartie, credit.libelle)
        faibles = (
            (noms, phrase("son nom y figure")),
            (self._find_numeros(credit, self._courts), cite),
            (proches, phrase("un nom proche du sien y figure")),
        )
        designes: dict[str, Phrase] = {}
        for indices, raison in (*forts, *faibles):
            designes = dict.fromkeys(sorted(indices), raison) | designes
        if any(indices for indices, _ in forts):
            return designes
        if not noms and not proches:  # else the short number is one of theirs
            abreges = sorted(self._find_abreges(credit) - designes.keys())
            designes |= dict.fromkeys(abreges, phrase("une de ses factures y paraît citée en abrégé"))
        if TOUS in credit.liberes:
            return designes
        exacts = sorted(self._montants.get(credit.montant, set()))
        designes = dict.fromkeys(exacts, phrase("son montant est exactement ce qui est dû")) | designes
        return designes or self._plausibles.find(credit)

    def _find_abreges(self, credit: CreditNonRapproche) -> set[str]:
        ligne = LigneBancaire(
            credit.cle,
            credit.jour,
            to_centimes(credit.montant),
            libelle=credit.libelle,
            reference=credit.reference,
            bout_en_bout=credit.bout_en_bout,
        )
        return {p.dossier for alternatives in self._abreges.find(ligne, ()) for p in alternatives}

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

"""What is known, filed by invoice number, amount, account and word, so that no line is compared with everything."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from exigible.dossier.rapprochement.abreges import Abreges, Alternatives, repeats_ligne
from exigible.dossier.rapprochement.donnees import Encaissement, LigneBancaire, Payeur, PosteOuvert, PrelevementConnu
from exigible.dossier.rapprochement.mots import SUITE_MAX, compact, find_suites, list_references_rf, make_cle_numero
from exigible.dossier.rapprochement.noms import Noms
from exigible.dossier.rapprochement.sommes import POSTES_MAX, Recherche

_SUITE_MIN = 4
_NON_ALPHANUM = re.compile(r"[\W_]")


@dataclass(slots=True)
class Compte:
    """What a debtor owes, in order of issue; the sums of its oldest claims are filed once for all its credits."""

    postes: list[PosteOuvert] = field(default_factory=list)
    _recherches: dict[bool, Recherche] = field(default_factory=dict)

    def search(self, *, totaux: bool) -> Recherche:
        """Give the search of sums among the oldest claims: of their principals, or of their totals."""
        if totaux not in self._recherches:
            anciens = self.postes[:POSTES_MAX]
            self._recherches[totaux] = Recherche([p.total if totaux else p.principal for p in anciens])
        return self._recherches[totaux]

    @property
    def principal(self) -> int:
        """The principal left in all."""
        return sum(p.principal for p in self.postes)

    @property
    def total(self) -> int:
        """All that is owed."""
        return sum(p.total for p in self.postes)


@dataclass(frozen=True, slots=True)
class Designation:
    """Whom a line designates: claims cited, dossiers by reference (with it), by account, by name, by a near name.

    `abreges`: for each number said in short, the claims that it may be.
    """

    cites: tuple[PosteOuvert, ...]
    references: dict[str, str]
    ibans: frozenset[str]
    noms: frozenset[str]
    proches: frozenset[str]
    partages: frozenset[str]
    abreges: tuple[Alternatives, ...] = ()

    @property
    def dossiers(self) -> tuple[str, ...]:
        """Every dossier designated."""
        tous = {p.dossier for p in self.cites} | set(self.references) | self.ibans | self.noms | self.proches
        return tuple(sorted(tous | {p.dossier for alternatives in self.abreges for p in alternatives}))

    def list_forts(self) -> frozenset[str]:
        """List the dossiers that a strong clue designates."""
        return frozenset({p.dossier for p in self.cites} | set(self.references) | self.ibans)


class Index:
    """Claims, payers, money already counted and direct debits of one creditor."""

    def __init__(
        self,
        postes: Iterable[PosteOuvert],
        payeurs: Iterable[Payeur],
        encaissements: Iterable[Encaissement] = (),
        prelevements: Iterable[PrelevementConnu] = (),
    ) -> None:
        self.comptes: defaultdict[str, Compte] = defaultdict(Compte)
        self.montants: defaultdict[int, list[PosteOuvert]] = defaultdict(list)
        self.soldes: defaultdict[int, set[str]] = defaultdict(set)
        self.encaissements: defaultdict[int, list[Encaissement]] = defaultdict(list)
        self.prelevements: defaultdict[int, list[PrelevementConnu]] = defaultdict(list)
        self._prelevements: defaultdict[str, list[PrelevementConnu]] = defaultdict(list)
        self._lots: defaultdict[str, dict[str, list[PrelevementConnu]]] = defaultdict(dict)
        self._numeros: defaultdict[str, list[PosteOuvert]] = defaultdict(list)
        self._compacts: defaultdict[str, list[PosteOuvert]] = defaultdict(list)
        self._references: defaultdict[str, set[str]] = defaultdict(set)
        self._structurees: defaultdict[str, set[str]] = defaultdict(set)
        self._ibans: defaultdict[str, set[str]] = defaultdict(set)
        self._noms = Noms()
        self._abreges = Abreges()
        self._longueur = _SUITE_MIN
        for poste in sorted(postes, key=_order_poste):
            self._add_poste(poste)
        for payeur in payeurs:
            self._add_payeur(payeur)
        for encaissement in sorted(encaissements, key=lambda e: (e.jour, e.mouvement, e.paiements)):
            self._add_encaissement(encaissement)
        for prelevement in prelevements:
            self._add_prelevement(prelevement)
        self._noms.seal()
        self._connues = self._numeros.keys() | self._references.keys() | self._prelevements.keys() | self._lots.keys()
        for dossier, compte in self.comptes.items():
            self.soldes[compte.principal].add(dossier)
            self.soldes[compte.total].add(dossier)

    def _add_poste(self, poste: PosteOuvert) -> None:
        self.comptes[poste.dossier].postes.append(poste)
        for montant in {poste.principal, poste.total}:
            self.montants[montant].append(poste)
        if cle := make_cle_numero(poste.numero):
            self._numeros[cle].append(poste)
            self._lengthen(poste.numero)
        if nu := compact(poste.numero):
            self._compacts[nu].append(poste)
        self._abreges.add(poste)

    def _add_payeur(self, payeur: Payeur) -> None:
        for reference in payeur.references:
            self._structurees[compact(reference)].add(payeur.dossier)
            if cle := make_cle_numero(reference):
                self._references[cle].add(payeur.dossier)
                self._lengthen(reference)
        for iban in payeur.ibans:
            if iban:
                self._ibans[compact(iban)].add(payeur.dossier)
        self._noms.add(payeur.nom, payeur.dossier)

    def _add_encaissement(self, encaissement: Encaissement) -> None:
        self.encaissements[encaissement.centimes].append(encaissement)
        if encaissement.iban and encaissement.mouvement and len(encaissement.dossiers) == 1:
            self._ibans[compact(encaissement.iban)].update(encaissement.dossiers)

    def _add_prelevement(self, prelevement: PrelevementConnu) -> None:
        self.prelevements[prelevement.centimes].append(prelevement)
        if cle := make_cle_numero(prelevement.reference):
            self._prelevements[cle].append(prelevement)
            self._lengthen(prelevement.reference)
        for reference in prelevement.lots:
            # Without its dash, the name of a batch may be that of its file: they stay two groups.
            if cle := make_cle_numero(reference):
                self._lots[cle].setdefault(reference, []).append(prelevement)
                self._lengthen(reference)

    def _lengthen(self, numero: str) -> None:
        mots = len(_NON_ALPHANUM.findall(numero)) + 1
        self._longueur = min(SUITE_MAX, max(self._longueur, mots))

    def designate(self, ligne: LigneBancaire) -> Designation:
        """Say whom a line designates, by every clue but its amount."""
        cites: dict[tuple[str, str], PosteOuvert] = {}
        references: dict[str, str] = {}
        partages: set[str] = set()
        for texte in dict.fromkeys((ligne.libelle, ligne.reference, ligne.bout_en_bout)):
            for cle in sorted(find_suites(texte, self._connues, self._longueur)):
                trouves = self._numeros.get(cle, [])
                cites |= {(p.dossier, p.creance): p for p in trouves if not _repeats_ligne(p, ligne)}
                references |= dict.fromkeys(self._references.get(cle, ()), cle.upper())
                if len({p.dossier for p in trouves}) > 1:
                    partages |= {p.dossier for p in trouves}
            for reference in (*list_references_rf(texte), compact(texte)):
                references |= dict.fromkeys(self._structurees.get(reference, ()), reference)
            for reference in list_references_rf(texte):
                for poste in self._find_rf(reference):
                    cites[poste.dossier, poste.creance] = poste
                    references[poste.dossier] = reference
        noms, proches = self._noms.find(ligne.contrepartie, ligne.libelle)
        ibans = frozenset(self._ibans.get(compact(ligne.iban), ())) if ligne.iban else frozenset()
        connus = {p.dossier for p in cites.values()} | set(references) | ibans | noms | proches
        return Designation(
            tuple(sorted(cites.values(), key=_order_poste)),
            references,
            ibans,
            noms,
            proches,
            frozenset(partages),
            self._abreges.find(ligne, connus),
        )

    def find_prelevements(self, ligne: LigneBancaire) -> tuple[list[PrelevementConnu], list[list[PrelevementConnu]]]:
        """Find the debits whose reference a line bears, and the batches or files whose reference it bears."""
        if not self.prelevements:
            return [], []
        cles: dict[str, None] = {}
        for texte in dict.fromkeys((ligne.libelle, ligne.reference, ligne.bout_en_bout)):
            cles |= dict.fromkeys(sorted(find_suites(texte, self._connues, self._longueur)))
        cites = {(p.dossier, p.cle): p for cle in cles for p in self._prelevements.get(cle, ())}
        lots = {tuple(p.reference for p in lot): lot for cle in cles for lot in self._lots.get(cle, {}).values()}
        return list(cites.values()), list(lots.values())

    def list_lots(self, centimes: int) -> list[list[PrelevementConnu]]:
        """List the batches, or files, of which what is not matched yet makes this amount."""
        lots = {
            tuple(p.reference for p in lot): lot
            for groupes in self._lots.values()
            for lot in groupes.values()
            if sum(p.centimes for p in lot if not p.rapproche) == centimes
        }
        return list(lots.values())

    def _find_rf(self, reference: str) -> list[PosteOuvert]:
        corps = reference[4:]
        return self._compacts.get(corps) or self._compacts.get(corps.lstrip("0"), [])


def _repeats_ligne(poste: PosteOuvert, ligne: LigneBancaire) -> bool:
    """Whether what looks like the number of a claim may be the amount or the day, which the label repeats."""
    chiffres = compact(poste.numero)
    return chiffres.isdigit() and repeats_ligne(chiffres, ligne)


def _order_poste(poste: PosteOuvert) -> tuple[object, ...]:
    return (poste.emission, poste.echeance or poste.emission, poste.numero, poste.dossier, poste.creance)

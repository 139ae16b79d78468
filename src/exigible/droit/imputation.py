"""Payments and the claims they extinguish (C. civ. 1342-10 and 1343-1): what came in, and what it paid.

Within a claim: costs, indemnity, interest, principal, unless an agreement or a court said otherwise. Between claims:
those that the debtor chose, in the order given, when the payment extinguishes them or the creditor agrees; then due
before not due, then the one that the debtor gains most to extinguish (a title or a surety, the highest rate, an
incurred penal clause), the oldest due date, and pro rata to the cent among equals (C. civ. 1342-10 al. 2).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal

import msgspec

from exigible.droit.argent import CENTIME, ZERO
from exigible.droit.compte import Compte
from exigible.droit.creance import ORDRE_LEGAL, Parts, Poste
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.droit.versements import ModeImputation, Versement


class Imputation(msgspec.Struct, frozen=True):
    """The part of a payment that went to one claim: `montant` is the sum of the four others (euros)."""

    versement: str
    date: date
    creance: str
    montant: Decimal
    frais: Decimal
    indemnites: Decimal
    interets: Decimal
    principal: Decimal


class Resultat(msgspec.Struct, frozen=True):
    """What one payment paid, what is left over, on which articles, and what must be said about it."""

    imputations: tuple[Imputation, ...]
    trop_percu: Decimal
    articles: tuple[str, ...] = ()
    avertissements: tuple[Avertissement, ...] = ()


def sort_ouverts(comptes: Mapping[str, Compte]) -> list[str]:
    """Return the keys of the accounts on which something is, or may become, owed, the oldest due date first."""
    return sorted(
        (cle for cle, compte in comptes.items() if compte.is_open()), key=lambda cle: comptes[cle].creance.echeance
    )


def impute_versement(comptes: dict[str, Compte], ouverts: list[str], versement: Versement) -> Resultat:
    """Spend a payment on the accounts, which are changed in place; `ouverts`: see `sort_ouverts`, kept up here.

    Only the accounts that the payment touches are valued at its date: the others keep one uncut line. Raises
    ErreurSaisie (`creance_inconnue`) when the payment names a claim that is not in the file.
    """
    inconnues = [cle for cle in versement.creances if cle not in comptes]
    if inconnues:
        raise ErreurSaisie(
            "creance_inconnue",
            phrase(
                "Le versement « {cle} » vise la créance « {creance} », qui n'est pas dans le dossier.",
                cle=versement.cle,
                creance=inconnues[0],
            ),
            "creances",
            cle=versement.cle,
        )
    paiement = _Paiement(comptes, ouverts, versement)
    paiement.spend()
    for cle in paiement.parts:
        comptes[cle] = compte = comptes[cle].accept(paiement.essais[cle])
        if not compte.is_open():
            ouverts.remove(cle)
    return Resultat(
        imputations=tuple(_build_imputation(versement, cle, part) for cle, part in paiement.parts.items()),
        trop_percu=paiement.reste,
        articles=tuple(paiement.articles),
        avertissements=paiement.list_avertissements(),
    )


class _Paiement:
    """One payment while it is being spent. Accounts are tried on copies, valued only when they are reached."""

    def __init__(self, comptes: dict[str, Compte], ouverts: list[str], versement: Versement) -> None:
        self._comptes = comptes
        self._ouverts = ouverts
        self._versement = versement
        self.essais: dict[str, Compte] = {}
        self.parts: dict[str, Parts] = {}
        self.articles: dict[str, None] = {}
        self.reste = versement.montant
        self._choisies: list[str] = []
        self._refusees: list[str] = []

    def spend(self) -> None:
        """Pay the chosen claims, then the others in the order of the law."""
        self._judge_choix()
        if self._versement.compensation:
            self.articles["C. civ. 1347"] = None
        passes = (True, False) if self._versement.imputation is ModeImputation.PRINCIPAL else (False,)
        for principal_seul in passes:
            groupes = self._order_groupes()
            while self.reste > 0 and (groupe := next(groupes, None)):
                self._pay(groupe, principal_seul=principal_seul)

    def list_avertissements(self) -> tuple[Avertissement, ...]:
        """Say that a choice had no effect, when money went elsewhere because of it."""
        if not self._refusees or set(self.parts) <= set(self._versement.creances):
            return ()
        versement = self._versement
        avertissement = Avertissement(
            "choix_sans_effet",
            phrase(
                "Le versement de {montant} du {jour} n'éteint pas toute la créance choisie par le débiteur ; sans "
                "l'accord du créancier, il suit l'ordre de la loi (C. civ. 1342-10 ; Cass. 1re civ. 27/11/2019, "
                "18-21.570).",
                montant=versement.montant,
                jour=versement.date,
            ),
            {"versement": versement.cle, "creances": ", ".join(self._refusees)},
        )
        return (avertissement,)

    def _judge_choix(self) -> None:
        """Keep the choices that bind the creditor: he agrees, or the payment extinguishes the whole claim."""
        reste = self.reste
        for cle in dict.fromkeys(self._versement.creances):
            if not self._versement.accord_creancier and (du := self._value(cle).total) > reste:
                self._refusees.append(cle)
                continue
            if not self._versement.accord_creancier:
                reste -= du
            self._choisies.append(cle)

    def _value(self, cle: str) -> Compte:
        if cle not in self.essais:
            self.essais[cle] = self._comptes[cle].project(self._versement.date)
        return self.essais[cle]

    def _order_groupes(self) -> Iterator[list[str]]:
        """Yield keys in the order they are to be paid; keys of one group share pro rata."""
        for cle in self._choisies:
            yield [cle]
        jour, choisies, comptes = self._versement.date, set(self._choisies), self._comptes
        ouverts = [cle for cle in self._ouverts if cle not in choisies]
        echus = bisect_right(ouverts, jour, key=lambda cle: comptes[cle].creance.echeance)
        for cles in (ouverts[:echus], ouverts[echus:]):  # what is not due yet is ranked only if money is left
            rangs = {cle: comptes[cle].get_rang(jour) for cle in cles}
            while rangs:
                premier = min(rangs.values())
                groupe = sorted(cle for cle, rang in rangs.items() if rang == premier)
                yield groupe
                for cle in groupe:
                    del rangs[cle]

    def _pay(self, groupe: list[str], *, principal_seul: bool) -> None:
        essais = [self._value(cle) for cle in groupe]
        for cle, somme in _share(essais, self.reste, principal_seul=principal_seul):
            paye = self.essais[cle].pay(somme, self._choose_ordre(cle, principal_seul=principal_seul))
            self.parts[cle] = self.parts[cle] + paye if cle in self.parts else paye
            self.reste -= paye.total
            if cle not in self._choisies and len(self._comptes) > 1:
                self.articles["C. civ. 1342-10"] = None

    def _choose_ordre(self, cle: str, *, principal_seul: bool) -> Sequence[Poste]:
        if principal_seul:
            return (Poste.PRINCIPAL,)
        ordre = self._comptes[cle].creance.get_ordre(self._versement.date)
        if ordre is None:
            return ORDRE_LEGAL
        self.articles[ordre.article] = None
        return ordre.ordre


def _share(groupe: Sequence[Compte], somme: Decimal, *, principal_seul: bool) -> Iterator[tuple[str, Decimal]]:
    """Split `somme` between equals pro rata of what each owes; the cents left go to the smallest key."""
    dus = {c.creance.cle: c.principal if principal_seul else c.total for c in groupe}
    total = sum(dus.values(), ZERO)
    if total == 0:
        return
    somme = min(somme, total)
    if len(dus) == 1:  # nothing to share; to the cent, as below
        yield groupe[0].creance.cle, somme + ZERO
        return
    parts = {cle: (somme * du / total).quantize(CENTIME, rounding=ROUND_FLOOR) for cle, du in dus.items()}
    reste = somme - sum(parts.values(), ZERO)
    for cle, part in parts.items():
        ajout = min(reste, dus[cle] - part)
        reste -= ajout
        if part + ajout > 0:
            yield cle, part + ajout


def _build_imputation(versement: Versement, cle: str, parts: Parts) -> Imputation:
    return Imputation(
        versement=versement.cle,
        date=versement.date,
        creance=cle,
        montant=parts.total,
        frais=parts.frais,
        indemnites=parts.indemnites,
        interets=parts.interets,
        principal=parts.principal,
    )

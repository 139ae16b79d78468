"""Payments and the claims they extinguish (C. civ. 1342-10 and 1343-1): what came in, and what it paid.

Within a claim: costs, indemnity, interest, principal. Between claims: those the debtor chose, in the order given; then
due before not due, highest rate, oldest due date, and pro rata to the cent among equals (C. civ. 1342-10 al. 2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import groupby

from exigible.droit.argent import CENTIME, ZERO
from exigible.droit.compte import Compte, Parts
from exigible.droit.erreurs import ErreurSaisie


class ModeImputation(StrEnum):
    """`interets`: accessories before principal (C. civ. 1343-1). `principal`: principal first (credit note, court)."""

    INTERETS = "interets"
    PRINCIPAL = "principal"


@dataclass(frozen=True, slots=True)
class Versement:
    """Money (euros, above zero) received on `date`; `creances`: the claims the debtor chose, or the creditor agreed to.

    The choice is taken as given: whether it binds the creditor (C. civ. 1342-4, 1342-10) is decided before.
    """

    cle: str
    date: date
    montant: Decimal
    creances: tuple[str, ...] = ()
    imputation: ModeImputation = ModeImputation.INTERETS

    def __post_init__(self) -> None:
        if self.montant <= 0:
            raise ErreurSaisie("versement_nul", "Un versement doit être supérieur à zéro.", "montant", cle=self.cle)
        if self.montant != self.montant.quantize(CENTIME):
            raise ErreurSaisie(
                "montant_trop_precis", "Un versement s'indique au centime, sans plus.", "montant", cle=self.cle
            )


@dataclass(frozen=True, slots=True)
class Imputation:
    """The part of a payment that went to one claim: `montant` is the sum of the four others (euros)."""

    versement: str
    date: date
    creance: str
    montant: Decimal
    frais: Decimal
    indemnites: Decimal
    interets: Decimal
    principal: Decimal


@dataclass(frozen=True, slots=True)
class Resultat:
    """What one payment paid, what is left over, and whether the order of the law had to choose between claims."""

    imputations: tuple[Imputation, ...]
    trop_percu: Decimal
    choix_legal: bool


def impute_versement(comptes: dict[str, Compte], versement: Versement) -> Resultat:
    """Spend a payment on the accounts, which are changed in place.

    Only the accounts that the payment touches are valued at its date: the others keep one uncut line. Raises
    ErreurSaisie (`creance_inconnue`) when the payment names a claim that is not in the file.
    """
    inconnues = [cle for cle in versement.creances if cle not in comptes]
    if inconnues:
        raise ErreurSaisie(
            "creance_inconnue",
            f"Le versement « {versement.cle} » vise la créance « {inconnues[0]} », qui n'est pas dans le dossier.",
            "creances",
            cle=versement.cle,
        )
    essais: dict[str, Compte] = {}
    parts: dict[str, Parts] = {}
    reste, choix_legal = versement.montant, False
    passes = (True, False) if versement.imputation is ModeImputation.PRINCIPAL else (False,)
    for principal_seul in passes:
        for groupe, choisi in _order_groupes(comptes, versement):
            if reste == 0:
                break
            for cle in groupe:
                essais[cle] = essais.get(cle) or comptes[cle].project(versement.date)
            for cle, somme in _share([essais[cle] for cle in groupe], reste, principal_seul=principal_seul):
                paye = essais[cle].pay(somme, principal_seul=principal_seul)
                parts[cle] = parts.get(cle, Parts()) + paye
                reste -= paye.total
                choix_legal = choix_legal or not choisi
    for cle in parts:
        comptes[cle] = essais[cle]
    imputations = tuple(_build_imputation(versement, cle, part) for cle, part in parts.items())
    return Resultat(imputations, trop_percu=reste, choix_legal=choix_legal and len(comptes) > 1)


def _order_groupes(comptes: dict[str, Compte], versement: Versement) -> Iterator[tuple[list[str], bool]]:
    """Yield keys in the order they are to be paid, and whether the debtor chose; keys of one group share pro rata."""
    for cle in dict.fromkeys(versement.creances):
        yield [cle], True
    autres = [compte for cle, compte in comptes.items() if cle not in versement.creances and compte.is_open()]

    def rank(compte: Compte) -> tuple[bool, Decimal, date]:
        return (compte.creance.echeance > versement.date, -compte.get_taux(versement.date), compte.creance.echeance)

    for _, groupe in groupby(sorted(autres, key=rank), key=rank):
        yield sorted(compte.creance.cle for compte in groupe), False


def _share(groupe: Sequence[Compte], somme: Decimal, *, principal_seul: bool) -> Iterator[tuple[str, Decimal]]:
    """Split `somme` between equals pro rata of what each owes; the cents left go to the smallest key."""
    dus = {c.creance.cle: c.principal if principal_seul else c.total for c in groupe}
    total = sum(dus.values(), ZERO)
    if total == 0:
        return
    somme = min(somme, total)
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

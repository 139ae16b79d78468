"""The ways to pay claims with a credit: one, several, all, or in part; each with why the amount fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exigible.dossier.rapprochement.donnees import Candidat, LigneBancaire, Part, PosteOuvert
from exigible.dossier.rapprochement.ecarts import explain_ecart
from exigible.dossier.rapprochement.index import Compte
from exigible.dossier.rapprochement.indices import (
    MONTANTS_EXACTS,
    Constat,
    Indice,
    Role,
    note,
    order_raisons,
    sum_points,
)
from exigible.dossier.rapprochement.sommes import POSTES_MAX
from exigible.droit.phrase import phrase

TOTAUX_MAX = 3
"""Accessories are seldom paid to the cent with several invoices: their sums are sought up to this many claims."""


@dataclass(frozen=True, slots=True)
class Essai:
    """A way to pay; `sur`: the sum is cited whole, or was sought among few enough claims not to be chance."""

    parts: tuple[Part, ...]
    ecart: int
    constats: tuple[Constat, ...]
    sur: bool = True

    @property
    def fort(self) -> bool:
        """Whether a strong clue and an exact amount meet."""
        indices = {c.indice for c in self.constats}
        return any(i.fort for i in indices) and bool(indices & MONTANTS_EXACTS)

    @property
    def certain(self) -> bool:
        """Whether nothing is left to doubt: strong clue, exact amount, nothing against."""
        return self.fort and self.sur and not any(c.indice.role is Role.CONTRE for c in self.constats)

    def add(self, *constats: Constat) -> Essai:
        """Give the same with more clues."""
        return Essai(self.parts, self.ecart, (*self.constats, *constats), self.sur)

    def close(self) -> Candidat:
        """Make a candidate of it."""
        return Candidat(self.parts, sum_points(self.constats), order_raisons(self.constats), self.certain, self.ecart)


def list_sommes(
    centimes: int, compte: Compte, avec: Sequence[PosteOuvert], taille_max: int
) -> Iterator[tuple[list[PosteOuvert], bool]]:
    """List the sums of what is left once `avec` is paid, of principals, then of totals when these differ."""
    vus: set[frozenset[str]] = set()
    minimum = 1 if avec else 2
    accessoires = any(p.total != p.principal for p in compte.postes[:POSTES_MAX])
    for en_tout in (False, True) if accessoires else (False,):
        du = sum(p.total if en_tout else p.principal for p in avec)
        taille = min(taille_max, TOTAUX_MAX) if en_tout else taille_max
        for rangs in compte.search(totaux=en_tout).find(centimes - du, minimum, taille):
            groupe = [compte.postes[r] for r in rangs]
            if (nom := frozenset(p.creance for p in groupe)) not in vus:
                vus.add(nom)
                yield groupe, en_tout


def pay_exactement(cites: Sequence[PosteOuvert], centimes: int) -> Essai | None:
    """Pay these claims, all of them, when the amount is exactly theirs."""
    if len(cites) == 1:
        return pay_un(cites[0], centimes) if centimes in {cites[0].principal, cites[0].total} else None
    if sum(p.principal for p in cites) == centimes:
        return pay_somme(cites, totaux=False)
    return pay_somme(cites, totaux=True) if sum(p.total for p in cites) == centimes else None


def pay_un(poste: PosteOuvert, centimes: int) -> Essai:
    """Pay one claim exactly."""
    indice = Indice.PRINCIPAL_EXACT if centimes == poste.principal else Indice.TOTAL_EXACT
    if indice is Indice.PRINCIPAL_EXACT:
        raison = phrase("c'est exactement ce qui reste dû sur la facture {numero}", numero=poste.numero)
    else:
        raison = phrase("c'est exactement la facture {numero} et ses accessoires", numero=poste.numero)
    return Essai((Part(poste.dossier, poste.creance, centimes),), 0, (note(indice, raison),))


def pay_somme(postes: Sequence[PosteOuvert], *, totaux: bool, sur: bool = True) -> Essai:
    """Pay several claims exactly; `sur`: the sum is not likely to be chance."""
    numeros = tuple(p.numero for p in postes)
    raison = (
        phrase("c'est la somme des factures {numeros}, accessoires compris", numeros=numeros)
        if totaux
        else phrase("c'est la somme des factures {numeros}", numeros=numeros)
    )
    parts = tuple(Part(p.dossier, p.creance, p.total if totaux else p.principal) for p in postes)
    return Essai(parts, 0, (note(Indice.SOMME_EXACTE, raison),), sur)


def pay_solde(centimes: int, compte: Compte) -> Essai | None:
    """Pay all that a debtor of several claims owes, when it is the amount."""
    if len(compte.postes) == 1 or centimes not in {compte.principal, compte.total}:
        return None
    totaux = centimes != compte.principal
    parts = tuple(Part(p.dossier, p.creance, p.total if totaux else p.principal) for p in compte.postes)
    return Essai(parts, 0, (note(Indice.SOLDE_EXACT, phrase("c'est exactement tout ce qu'il doit")),))


def pay_en_partie(ligne: LigneBancaire, compte: Compte, cites: Sequence[PosteOuvert], *, cite: bool = True) -> Essai:
    """Pay the claims cited, in order, and leave the rest to the law; with none cited, leave all to the law."""
    parts: list[Part] = []
    libre = ligne.centimes
    for poste in cites:
        if libre > 0:
            parts.append(Part(poste.dossier, poste.creance, min(libre, poste.total)))
            libre -= parts[-1].centimes
    du = sum(p.total for p in cites) if cites else compte.total
    ailleurs = compte.total - sum(p.total for p in cites)
    if libre > 0 and ailleurs > 0:
        parts.append(Part(compte.postes[0].dossier, "", min(libre, ailleurs)))
    explique = tell_ecart(ligne, cites, cite=cite) if cites else None
    if explique is not None:
        return Essai(tuple(parts), ligne.centimes - explique[0], (explique[1],))
    indice = Indice.PARTIEL if ligne.centimes < du else Indice.TROP_PERCU
    return Essai(tuple(parts), ligne.centimes - du, (note(indice),))


def tell_ecart(ligne: LigneBancaire, postes: Sequence[PosteOuvert], *, cite: bool) -> tuple[int, Constat] | None:
    """Say what of these claims the amount is near, principal or total, and why."""
    for du in dict.fromkeys((sum(p.principal for p in postes), sum(p.total for p in postes))):
        if (constat := explain_ecart(ligne, du, cite=cite)) is not None:
            return du, constat
    return None

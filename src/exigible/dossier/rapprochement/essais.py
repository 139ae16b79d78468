"""The ways a credit may pay one dossier, each with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from exigible.dossier.rapprochement.donnees import Candidat, LigneBancaire, Part, PosteOuvert
from exigible.dossier.rapprochement.index import Compte, Designation, Index
from exigible.dossier.rapprochement.indices import (
    MONTANTS_EXACTS,
    Constat,
    Indice,
    Role,
    note,
    order_raisons,
    sum_points,
)
from exigible.dossier.rapprochement.sommes import POSTES_MAX, POSTES_SURS, TAILLE_MAX, find_sommes
from exigible.droit.phrase import phrase

ECART_DE_DATES = timedelta(days=5)
"""The same payment may be dated differently by the books and by the bank: within these days, it is the same."""
TOTAUX_MAX = 3
"""Accessories are seldom paid to the cent with several invoices: their sums are sought up to this many claims."""
SOMMES_RIVALES_MAX = 3
"""When one claim, or all, has exactly the amount, only the sums of so few claims are its rivals."""


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


def list_essais(ligne: LigneBancaire, designation: Designation, dossier: str, index: Index) -> list[Essai]:
    """List the ways a credit may pay a dossier that something designates."""
    compte = index.comptes.get(dossier)
    if compte is None:
        return []
    qui = _tell_qui(designation, dossier)
    cites = [p for p in designation.cites if p.dossier == dossier]
    if cites:
        essais = list(_try_cites(ligne.centimes, compte, cites))
    else:
        essais = list(_try_tout(ligne.centimes, compte, sommes=any(c.indice.fort for c in qui)))
    contre = [*_tell_contre(ligne, designation, dossier), *_tell_compte(ligne, (dossier,), index)]
    par_cle = {p.creance: p for p in compte.postes}
    fort = any(c.indice.fort for c in qui)
    return [
        essai.add(
            *qui,
            *contre,
            *_tell_posterieures(ligne, [par_cle[part.creance] for part in essai.parts if part.creance]),
            *(() if fort else _tell_autres(ligne, dossier, index, essai)),
        )
        for essai in essais
    ]


def list_essais_par_montant(ligne: LigneBancaire, index: Index, sauf: frozenset[str], limite: int) -> list[Essai]:
    """List the dossiers that owe exactly the amount, one claim or all, when nothing else designates them."""
    exacts = [p for p in index.montants.get(ligne.centimes, ()) if p.dossier not in sauf][:limite]
    essais = [(p.dossier, _pay_un(p, ligne.centimes)) for p in exacts]
    soldes = sorted(index.soldes.get(ligne.centimes, set()) - sauf - {p.dossier for p in exacts})[:limite]
    paires = ((dossier, _pay_solde(ligne.centimes, index.comptes[dossier])) for dossier in soldes)
    essais += [(dossier, essai) for dossier, essai in paires if essai is not None]
    return [
        essai.add(
            *_tell_compte(ligne, (dossier,), index),
            *_tell_posterieures(ligne, [p for p in index.comptes[dossier].postes if p.creance in _name(essai)]),
            *_tell_autres(ligne, dossier, index, essai),
            *_tell_revenu(ligne),
        )
        for dossier, essai in essais
    ]


def try_partage(ligne: LigneBancaire, designation: Designation, index: Index) -> Essai | None:
    """Split a credit over the claims of several dossiers that it cites, when they make its amount exactly."""
    cites = designation.cites
    dossiers = tuple(sorted({p.dossier for p in cites}))
    if len(dossiers) < 2 or designation.partages:  # noqa: PLR2004 - several dossiers
        return None
    essai = _pay_exactement(cites, ligne.centimes)
    if essai is None:
        return None
    etrangers = (designation.list_forts() | designation.noms) - set(dossiers)
    return essai.add(
        _tell_cites(cites),
        *((note(Indice.AUTRE_DESIGNE),) if etrangers else ()),
        *_tell_posterieures(ligne, cites),
        *_tell_compte(ligne, dossiers, index),
        *_tell_revenu(ligne),
    )


def _try_cites(centimes: int, compte: Compte, cites: Sequence[PosteOuvert]) -> Iterator[Essai]:
    exact = _pay_exactement(cites, centimes)
    if exact is not None:
        yield exact
        return
    trouves = list(_find_avec(centimes, compte, cites))
    if not trouves:
        yield _pay_en_partie(centimes, compte, cites)
    sur = len(compte.postes) <= POSTES_SURS
    plusieurs = (note(Indice.PLUSIEURS_SOMMES),) if len(trouves) > 1 else ()
    for groupe, totaux in trouves:
        yield _pay_somme(groupe, totaux=totaux, sur=sur).add(*plusieurs)


def _find_avec(centimes: int, compte: Compte, cites: Sequence[PosteOuvert]) -> Iterator[tuple[list[PosteOuvert], bool]]:
    """Find the sums that hold every claim cited, and others."""
    place = TAILLE_MAX - len(cites)
    reste = [p for p in compte.postes if p not in cites]
    for postes, totaux in _list_sommes(centimes, reste, cites, place):
        yield [*cites, *postes], totaux


def _try_tout(centimes: int, compte: Compte, *, sommes: bool) -> Iterator[Essai]:
    seuls = [_pay_un(p, centimes) for p in compte.postes if centimes in {p.principal, p.total}]
    solde = _pay_solde(centimes, compte)
    groupes = [solde] if solde else []
    if sommes or not seuls:
        sur = len(compte.postes) <= POSTES_SURS
        taille = SOMMES_RIVALES_MAX if seuls or solde else TAILLE_MAX
        tout = frozenset(p.creance for p in compte.postes)
        groupes += [
            _pay_somme(postes, totaux=totaux, sur=sur)
            for postes, totaux in _list_sommes(centimes, compte.postes, (), taille)
            if not solde or {p.creance for p in postes} != tout
        ]
    if len(seuls) + len(groupes) > 1:
        doute = note(Indice.PLUSIEURS_SOMMES if groupes else Indice.FACTURES_JUMELLES)
        seuls, groupes = [e.add(doute) for e in seuls], [e.add(doute) for e in groupes]
    yield from seuls
    yield from groupes
    if not seuls and not groupes:
        yield _pay_en_partie(centimes, compte, ())


def _list_sommes(
    centimes: int, postes: Sequence[PosteOuvert], avec: Sequence[PosteOuvert], taille_max: int
) -> Iterator[tuple[list[PosteOuvert], bool]]:
    """List the sums of what is left once `avec` is paid, of principals, then of totals when these differ."""
    vus: set[frozenset[str]] = set()
    minimum = 1 if avec else 2
    anciens = postes[:POSTES_MAX]
    principaux, totaux = [p.principal for p in anciens], [p.total for p in anciens]
    for montants, du, taille, en_tout in (
        (principaux, sum(p.principal for p in avec), taille_max, False),
        (totaux if totaux != principaux else [], sum(p.total for p in avec), min(taille_max, TOTAUX_MAX), True),
    ):
        for rangs in find_sommes(montants, centimes - du, minimum, taille):
            groupe = [anciens[r] for r in rangs]
            if (nom := frozenset(p.creance for p in groupe)) not in vus:
                vus.add(nom)
                yield groupe, en_tout


def _pay_exactement(cites: Sequence[PosteOuvert], centimes: int) -> Essai | None:
    if len(cites) == 1:
        return _pay_un(cites[0], centimes) if centimes in {cites[0].principal, cites[0].total} else None
    if sum(p.principal for p in cites) == centimes:
        return _pay_somme(cites, totaux=False)
    return _pay_somme(cites, totaux=True) if sum(p.total for p in cites) == centimes else None


def _pay_un(poste: PosteOuvert, centimes: int) -> Essai:
    indice = Indice.PRINCIPAL_EXACT if centimes == poste.principal else Indice.TOTAL_EXACT
    if indice is Indice.PRINCIPAL_EXACT:
        raison = phrase("c'est exactement ce qui reste dû sur la facture {numero}", numero=poste.numero)
    else:
        raison = phrase("c'est exactement la facture {numero} et ses accessoires", numero=poste.numero)
    return Essai((Part(poste.dossier, poste.creance, centimes),), 0, (note(indice, raison),))


def _pay_somme(postes: Sequence[PosteOuvert], *, totaux: bool, sur: bool = True) -> Essai:
    numeros = tuple(p.numero for p in postes)
    raison = (
        phrase("c'est la somme des factures {numeros}, accessoires compris", numeros=numeros)
        if totaux
        else phrase("c'est la somme des factures {numeros}", numeros=numeros)
    )
    parts = tuple(Part(p.dossier, p.creance, p.total if totaux else p.principal) for p in postes)
    return Essai(parts, 0, (note(Indice.SOMME_EXACTE, raison),), sur)


def _pay_solde(centimes: int, compte: Compte) -> Essai | None:
    """Pay all that a debtor of several claims owes, when it is the amount."""
    if len(compte.postes) == 1 or centimes not in {compte.principal, compte.total}:
        return None
    totaux = centimes != compte.principal
    parts = tuple(Part(p.dossier, p.creance, p.total if totaux else p.principal) for p in compte.postes)
    return Essai(parts, 0, (note(Indice.SOLDE_EXACT, phrase("c'est exactement tout ce qu'il doit")),))


def _pay_en_partie(centimes: int, compte: Compte, cites: Sequence[PosteOuvert]) -> Essai:
    """Pay the claims cited, in order, and leave the rest to the law; with none cited, leave all to the law."""
    parts: list[Part] = []
    libre = centimes
    for poste in cites:
        if libre > 0:
            parts.append(Part(poste.dossier, poste.creance, min(libre, poste.total)))
            libre -= parts[-1].centimes
    du = sum(p.total for p in cites) if cites else compte.total
    ailleurs = compte.total - sum(p.total for p in cites)
    if libre > 0 and ailleurs > 0:
        parts.append(Part(compte.postes[0].dossier, "", min(libre, ailleurs)))
    indice = Indice.PARTIEL if centimes < du else Indice.TROP_PERCU
    return Essai(tuple(parts), centimes - du, (note(indice),))


def _tell_qui(designation: Designation, dossier: str) -> list[Constat]:
    constats = []
    if cites := [p for p in designation.cites if p.dossier == dossier]:
        constats.append(_tell_cites(cites))
    if dossier in designation.references:
        raison = phrase("la référence {reference} est la sienne", reference=designation.references[dossier])
        constats.append(note(Indice.REFERENCE_STRUCTUREE, raison))
    if dossier in designation.ibans:
        constats.append(note(Indice.IBAN_CONNU, phrase("il vient d'un compte connu de ce client")))
    if dossier in designation.noms:
        constats.append(note(Indice.NOM, phrase("son nom y figure")))
    if dossier in designation.proches:
        constats.append(note(Indice.NOM_PROCHE, phrase("un nom proche du sien y figure")))
    return constats


def _tell_cites(cites: Sequence[PosteOuvert]) -> Constat:
    if len(cites) == 1:
        return note(Indice.FACTURE_CITEE, phrase("la facture {numero} est citée", numero=cites[0].numero))
    raison = phrase("les factures {numeros} sont citées", numeros=tuple(p.numero for p in cites))
    return note(Indice.FACTURE_CITEE, raison)


def _tell_contre(ligne: LigneBancaire, designation: Designation, dossier: str) -> list[Constat]:
    constats = _tell_revenu(ligne)
    if dossier in designation.partages:
        constats.append(note(Indice.NUMERO_PARTAGE))
    if dossier in designation.ibans and len(designation.ibans) > 1:
        constats.append(note(Indice.IBAN_PARTAGE))
    autre_nom = bool(designation.noms) and dossier not in designation.noms
    if autre_nom or designation.list_forts() - {dossier}:
        constats.append(note(Indice.AUTRE_DESIGNE))
    return constats


def _tell_revenu(ligne: LigneBancaire) -> list[Constat]:
    return [note(Indice.REVENU)] if ligne.motif_retour or ligne.extourne else []


def _tell_compte(ligne: LigneBancaire, dossiers: Sequence[str], index: Index) -> list[Constat]:
    """Say that the books already tell a payment of this amount, around that day."""
    for connu in index.encaissements.get(ligne.centimes, ()):
        proche = abs(connu.jour - ligne.jour) <= ECART_DE_DATES
        if not connu.mouvement and proche and not set(dossiers).isdisjoint(connu.dossiers):
            return [note(Indice.DEJA_COMPTE)]
    return []


def _tell_posterieures(ligne: LigneBancaire, postes: Sequence[PosteOuvert]) -> list[Constat]:
    for poste in postes:
        if poste.emission > ligne.jour:
            raison = phrase("la facture {numero} a été émise après ce virement", numero=poste.numero)
            return [note(Indice.FACTURE_POSTERIEURE, raison)]
    return []


def _tell_autres(ligne: LigneBancaire, dossier: str, index: Index, essai: Essai) -> list[Constat]:
    if not {c.indice for c in essai.constats} & MONTANTS_EXACTS:
        return []
    autres = any(p.dossier != dossier for p in index.montants.get(ligne.centimes, ()))
    return [note(Indice.AUTRE_MEME_MONTANT)] if autres else []


def _name(essai: Essai) -> frozenset[str]:
    return frozenset(part.creance for part in essai.parts)

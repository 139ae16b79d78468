"""The ways a credit may pay one dossier, each with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice, product

from exigible.dossier.rapprochement.abreges import Alternatives
from exigible.dossier.rapprochement.donnees import LigneBancaire, PosteOuvert
from exigible.dossier.rapprochement.ecarts import bound_dus
from exigible.dossier.rapprochement.index import Compte, Designation, Index
from exigible.dossier.rapprochement.indices import (
    MONTANTS_EXACTS,
    Constat,
    Indice,
    note,
)
from exigible.dossier.rapprochement.manieres import (
    Essai,
    list_sommes,
    pay_en_partie,
    pay_exactement,
    pay_solde,
    pay_somme,
    pay_un,
    tell_ecart,
)
from exigible.dossier.rapprochement.natures import is_revenu
from exigible.dossier.rapprochement.sommes import POSTES_SURS, SOMMES_MAX, TAILLE_MAX
from exigible.droit.phrase import phrase

ECART_DE_DATES = timedelta(days=5)
"""The same payment may be dated differently by the books and by the bank: within these days, it is the same."""
COMBINAISONS_MAX = 64
"""A short number may be several claims: no more choices among them are tried."""
SOMMES_RIVALES_MAX = 3
"""When one claim, or all, has exactly the amount, only the sums of so few claims are its rivals."""


def list_essais(ligne: LigneBancaire, designation: Designation, dossier: str, index: Index) -> list[Essai]:
    """List the ways a credit may pay a dossier that something designates."""
    compte = index.comptes.get(dossier)
    if compte is None:
        return []
    qui = _tell_qui(designation, dossier)
    cites = [p for p in designation.cites if p.dossier == dossier]
    abreges = _list_abreges(designation, dossier, cites)
    if cites:
        essais = list(_try_cites(ligne, compte, cites, abreges))
    else:
        tous = list(_try_tout(ligne, compte, sommes=any(c.indice.fort for c in qui)))
        essais = _join_abreges(list(_try_abreges(ligne, compte, abreges)), tous) if abreges else tous
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
    essais = [(p.dossier, pay_un(p, ligne.centimes)) for p in exacts]
    soldes = sorted(index.soldes.get(ligne.centimes, set()) - sauf - {p.dossier for p in exacts})[:limite]
    paires = ((dossier, pay_solde(ligne.centimes, index.comptes[dossier])) for dossier in soldes)
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


def _list_abreges(designation: Designation, dossier: str, cites: Sequence[PosteOuvert]) -> list[Alternatives]:
    siens = (tuple(p for p in alternatives if p.dossier == dossier) for alternatives in designation.abreges)
    return [alternatives for alternatives in siens if alternatives and set(alternatives).isdisjoint(cites)]


def _try_cites(
    ligne: LigneBancaire, compte: Compte, cites: Sequence[PosteOuvert], abreges: Sequence[Alternatives]
) -> Iterator[Essai]:
    exact = pay_exactement(cites, ligne.centimes)
    if exact is not None:
        yield exact
        return
    dits = list(_pay_abreges(ligne.centimes, cites, abreges))
    noms = {_name(essai) for essai in dits}
    trouves = [
        (groupe, totaux)
        for groupe, totaux in _find_avec(ligne.centimes, compte, cites)
        if frozenset(p.creance for p in groupe) not in noms
    ]
    if not trouves and not dits:
        yield pay_en_partie(ligne, compte, cites)
    sur = len(compte.postes) <= POSTES_SURS
    plusieurs = (note(Indice.PLUSIEURS_SOMMES),) if len(trouves) + len(dits) > 1 else ()
    yield from (essai.add(*plusieurs) for essai in dits)
    for groupe, totaux in trouves:
        yield pay_somme(groupe, totaux=totaux, sur=sur).add(*plusieurs)


def _try_abreges(ligne: LigneBancaire, compte: Compte, abreges: Sequence[Alternatives]) -> Iterator[Essai]:
    """Pay the claims said in short: exactly, by whichever of them make the amount, else in part."""
    exacts = list(_pay_abreges(ligne.centimes, (), abreges))
    yield from exacts
    if not exacts:
        premiers = list(dict.fromkeys(alternatives[0] for alternatives in abreges))
        yield pay_en_partie(ligne, compte, premiers).add(_tell_abreges(premiers))


def _pay_abreges(centimes: int, cites: Sequence[PosteOuvert], abreges: Sequence[Alternatives]) -> Iterator[Essai]:
    vus: set[frozenset[str]] = set()
    for choix in islice(product(*abreges), COMBINAISONS_MAX) if abreges else ():
        postes = list(dict.fromkeys((*cites, *choix)))
        essai = pay_exactement(postes, centimes)
        if essai is not None and _name(essai) not in vus:
            vus.add(_name(essai))
            yield essai.add(_tell_abreges(list(dict.fromkeys(choix))))


def _join_abreges(abreges: Sequence[Essai], tous: Sequence[Essai]) -> list[Essai]:
    """Put what is said in short before what the amount alone would say: neither is then certain, if they differ."""
    noms = {_name(essai) for essai in abreges}
    autres = [e for e in tous if _name(e) not in noms and {c.indice for c in e.constats} & MONTANTS_EXACTS]
    doute = (note(Indice.PLUSIEURS_SOMMES),) if autres else ()
    return [*(e.add(*doute) for e in abreges), *(e.add(note(Indice.AUTRE_FACTURE_DITE)) for e in autres)]


def _find_avec(centimes: int, compte: Compte, cites: Sequence[PosteOuvert]) -> Iterator[tuple[list[PosteOuvert], bool]]:
    """Find the sums that hold every claim cited, and others."""
    place = TAILLE_MAX - len(cites)
    reste = [p for p in compte.postes if p not in cites]
    for postes, totaux in list_sommes(centimes, Compte(reste), cites, place):
        yield [*cites, *postes], totaux


def _try_tout(ligne: LigneBancaire, compte: Compte, *, sommes: bool) -> Iterator[Essai]:
    centimes = ligne.centimes
    seuls = [pay_un(p, centimes) for p in compte.postes if centimes in (p.principal, p.total)]
    solde = pay_solde(centimes, compte)
    groupes = [solde] if solde else []
    if sommes or not seuls:
        sur = len(compte.postes) <= POSTES_SURS
        taille = SOMMES_RIVALES_MAX if seuls or solde else TAILLE_MAX
        tout = frozenset(p.creance for p in compte.postes)
        groupes += [
            pay_somme(postes, totaux=totaux, sur=sur)
            for postes, totaux in list_sommes(centimes, compte, (), taille)
            if not solde or {p.creance for p in postes} != tout
        ]
    if len(seuls) + len(groupes) > 1:
        doute = note(Indice.PLUSIEURS_SOMMES if groupes else Indice.FACTURES_JUMELLES)
        seuls, groupes = [e.add(doute) for e in seuls], [e.add(doute) for e in groupes]
    yield from seuls
    yield from groupes
    if not seuls and not groupes:
        yield from _try_proches(ligne, compte)


def _try_proches(ligne: LigneBancaire, compte: Compte) -> Iterator[Essai]:
    """Pay the claims of which the amount is near, when it is easily said why; else leave all to the law."""
    moins, plus = bound_dus(ligne.centimes)
    voisins = (p for p in compte.postes if moins <= p.total and p.principal <= plus)
    proches = [p for p in voisins if tell_ecart(ligne, [p], cite=False) is not None][:SOMMES_MAX]
    for poste in proches:
        yield pay_en_partie(ligne, compte, [poste], cite=False)
    if not proches:
        yield pay_en_partie(ligne, compte, ())


def _tell_qui(designation: Designation, dossier: str) -> list[Constat]:
    constats = []
    if cites := [p for p in designation.cites if p.dossier == dossier]:
        constats.append(tell_cites(cites))
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


def tell_cites(cites: Sequence[PosteOuvert]) -> Constat:
    """Say which claims are cited."""
    if len(cites) == 1:
        return note(Indice.FACTURE_CITEE, phrase("la facture {numero} est citée", numero=cites[0].numero))
    raison = phrase("les factures {numeros} sont citées", numeros=tuple(p.numero for p in cites))
    return note(Indice.FACTURE_CITEE, raison)


def _tell_abreges(postes: Sequence[PosteOuvert]) -> Constat:
    if len(postes) == 1:
        raison = phrase("la facture {numero} paraît citée en abrégé", numero=postes[0].numero)
        return note(Indice.FACTURE_ABREGEE, raison)
    raison = phrase("les factures {numeros} paraissent citées en abrégé", numeros=tuple(p.numero for p in postes))
    return note(Indice.FACTURE_ABREGEE, raison)


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
    return [note(Indice.REVENU)] if is_revenu(ligne) else []


def _tell_compte(ligne: LigneBancaire, dossiers: Sequence[str], index: Index) -> list[Constat]:
    """Say that the books already tell a payment of this amount, around that day."""
    for connu in index.encaissements.get(ligne.centimes, ()):
        proche = abs(connu.jour - ligne.jour) <= ECART_DE_DATES
        if not connu.mouvement and proche and not set(dossiers).isdisjoint(connu.dossiers):
            return [note(Indice.DEJA_COMPTE)]
    return []


def tell_lot(ligne: LigneBancaire, postes: Sequence[PosteOuvert], index: Index) -> list[Constat]:
    """Say what goes against a credit that would pay several dossiers."""
    dossiers = tuple(sorted({p.dossier for p in postes}))
    return [*_tell_posterieures(ligne, postes), *_tell_compte(ligne, dossiers, index), *_tell_revenu(ligne)]


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

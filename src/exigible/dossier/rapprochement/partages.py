"""A credit split over several dossiers."""

from __future__ import annotations

from collections.abc import Iterator

from exigible.dossier.rapprochement.donnees import LigneBancaire
from exigible.dossier.rapprochement.essais import tell_cites, tell_lot
from exigible.dossier.rapprochement.index import Compte, Designation, Index
from exigible.dossier.rapprochement.indices import Indice, note
from exigible.dossier.rapprochement.manieres import Essai, list_sommes, pay_exactement, pay_somme
from exigible.dossier.rapprochement.natures import read_lot
from exigible.dossier.rapprochement.sommes import POSTES_MAX, TAILLE_MAX
from exigible.droit.phrase import phrase

PARTAGES_MAX = 4
"""A credit is split over so many dossiers, at most, when it does not cite their claims."""
_LOT = phrase("plusieurs de vos clients sont désignés, et leurs factures font ensemble ce montant")


def try_partages(ligne: LigneBancaire, designation: Designation, index: Index) -> list[Essai]:
    """Split a credit over several dossiers: those whose claims it cites, else the few that one clue designates."""
    cites = designation.cites
    dossiers = tuple(sorted({p.dossier for p in cites}))
    if len(dossiers) > 1 and not designation.partages:
        essai = pay_exactement(cites, ligne.centimes)
        if essai is None:
            return []
        etrangers = (designation.list_forts() | designation.noms) - set(dossiers)
        doute = (note(Indice.AUTRE_DESIGNE),) if etrangers else ()
        return [essai.add(tell_cites(cites), *doute, *tell_lot(ligne, cites, index))]
    return [] if cites else list(_try_partages_designes(ligne, designation, index))


def try_lot(ligne: LigneBancaire, index: Index) -> list[Essai]:
    """Sum the claims of all the debtors for a batch that designates none, when there are few; never certain."""
    lot = read_lot(ligne.libelle)
    if not lot or ligne.iban or sum(len(c.postes) for c in index.comptes.values()) > POSTES_MAX:
        return []
    postes = [p for _, c in sorted(index.comptes.items()) for p in c.postes if p.emission <= ligne.jour]
    groupes = [
        (groupe, totaux)
        for groupe, totaux in list_sommes(ligne.centimes, Compte(postes), (), TAILLE_MAX)
        if len({p.dossier for p in groupe}) > 1
    ]
    doute = (note(Indice.PLUSIEURS_SOMMES),) if len(groupes) > 1 else ()
    raison = phrase("c'est {lot}, et des factures de plusieurs clients font ensemble ce montant", lot=lot)
    return [
        pay_somme(groupe, totaux=totaux, sur=False).add(
            note(Indice.LOT, raison), *doute, *tell_lot(ligne, groupe, index)
        )
        for groupe, totaux in groupes
    ]


def _try_partages_designes(ligne: LigneBancaire, designation: Designation, index: Index) -> Iterator[Essai]:
    """Sum the claims of the few dossiers that an account, a reference or names designate; never certain."""
    forts = designation.ibans | set(designation.references)
    for dossiers, qui in ((forts, Indice.IBAN_CONNU), (forts | designation.noms, Indice.NOM)):
        ouverts = sorted(d for d in dossiers if d in index.comptes)
        postes = [p for d in ouverts for p in index.comptes[d].postes]
        if not 1 < len(ouverts) <= PARTAGES_MAX or len(postes) > POSTES_MAX:
            continue
        groupes = [
            (groupe, totaux)
            for groupe, totaux in list_sommes(ligne.centimes, Compte(postes), (), TAILLE_MAX)
            if len({p.dossier for p in groupe}) > 1
        ]
        doute = (note(Indice.PLUSIEURS_SOMMES),) if len(groupes) > 1 else ()
        for groupe, totaux in groupes:
            essai = pay_somme(groupe, totaux=totaux, sur=False)
            yield essai.add(note(qui, _LOT), *doute, *tell_lot(ligne, groupe, index))
        if groupes:
            return

"""What a document claims on each invoice, taken from the state of the dossier and its statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from exigible.actes.poursuivi import find_autre
from exigible.dossier.etat import EtatCreance, EtatDossier
from exigible.dossier.faits import RolePersonne
from exigible.dossier.obligation.lignes import list_lignes_en_plus
from exigible.droit.argent import ZERO
from exigible.droit.decompte import Decompte, SoldeCreance, compute_decompte
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

_PRINCIPAL_D_ABORD = ("principal", "interets", "indemnites", "frais")
_INTERETS_D_ABORD = ("interets", "indemnites", "principal", "frais")
"""A surety who was not informed loses no principal (C. civ. 2302, 2303); nor does one whose limit is reached, first."""


@dataclass(frozen=True, slots=True)
class SommeReclamee:
    """One invoice and what is claimed on it (euros).

    `reservee`: a part is disputed; that part is left out, and so are interest and indemnity until the dispute ends.
    `entier`: the balance of the whole debt, when only the debtor's share of it is claimed.
    """

    etat: EtatCreance
    solde: SoldeCreance
    principal: Decimal
    interets: Decimal
    indemnites: Decimal
    frais: Decimal
    reservee: bool = False
    entier: SoldeCreance | None = None

    @property
    def cle(self) -> str:
        """The claim's key."""
        return self.etat.cle

    @property
    def numero(self) -> str:
        """The invoice number, as printed on it."""
        return self.etat.creance.numero

    @property
    def total(self) -> Decimal:
        """All that is claimed on it."""
        return self.principal + self.interets + self.indemnites + self.frais


@dataclass(frozen=True, slots=True)
class Totaux:
    """Sums over the invoices of a document (euros)."""

    principal: Decimal
    interets: Decimal
    indemnites: Decimal
    frais: Decimal

    @property
    def total(self) -> Decimal:
        """Sum of the four lines."""
        return self.principal + self.interets + self.indemnites + self.frais


def select_creances(etat: EtatDossier, cles: Sequence[str]) -> tuple[EtatCreance, ...]:
    """The claims, heads and costs named, oldest first. Raises ErreurSaisie (`creance_inconnue`) on any not there."""
    connues = {creance.cle: creance for creance in (*etat.creances, *list_lignes_en_plus(etat))}
    inconnues = [cle for cle in cles if cle not in connues]
    if inconnues:
        raise ErreurSaisie(
            "creance_inconnue",
            phrase(
                "La créance « {cle} » n'est pas dans ce dossier : choisissez parmi celles qui y figurent.",
                cle=inconnues[0],
            ),
            "creances",
            cle=inconnues[0],
        )
    choisies = [connues[cle] for cle in dict.fromkeys(cles)]
    return tuple(sorted(choisies, key=lambda c: (c.creance.echeance or c.creance.emission, c.creance.numero, c.cle)))


def find_part_du_debiteur(etat: EtatDossier) -> Decompte | None:
    """The debtor's own account when the debt divides between joint debtors (C. civ. 1309); None when he owes it all.

    In a dossier seen as it stands towards another person (`poursuivi.py`), that person's own account.
    """
    divisee = any(p.role is RolePersonne.CODEBITEUR_CONJOINT for p in etat.personnes)
    return etat.personnes[0].decompte if divisee or find_autre(etat) is not None else None


def focus_debiteur(etat: EtatDossier) -> EtatDossier:
    """The dossier as the debtor may be asked for it: his share only, when the debt divides.

    Of what is only announced, no figure is known for a share: none is told.
    """
    part = find_part_du_debiteur(etat)
    return etat if part is None else replace(etat, decompte=part, pour_memoire=part)


def list_entiers(etat: EtatDossier) -> dict[str, SoldeCreance]:
    """The balances of the whole debt, by key, even of a dossier already seen as one debtor's (`focus_debiteur`)."""
    entier = etat.decompte
    if entier is find_part_du_debiteur(etat):
        base = etat.base
        entier = compute_decompte(base.creances, base.versements, etat.au, arreter_au_dernier_connu=True)
    return {solde.cle: solde for solde in entier.soldes}


def compute_sommes_du_debiteur(
    etat: EtatDossier, cles: Sequence[str], *, sans_conteste: bool = True
) -> tuple[SommeReclamee, ...]:
    """What a letter to the debtor claims on each of `cles`: his share when the debt divides, less what is disputed.

    `sans_conteste` False: what is disputed is claimed too, as before a judge.

    Never more than he owes in all: another joint debtor may have paid more than his own share, and a surety owes no
    more than it promised. Raises ErreurSaisie
    (`creance_inconnue`).
    """
    part = find_part_du_debiteur(etat)
    if part is None:
        return compute_sommes(etat, cles, sans_conteste=sans_conteste)
    entiers = list_entiers(etat)
    entieres = compute_sommes(focus_debiteur(etat), cles, sans_conteste=sans_conteste)
    comptees = part.total_du if find_autre(etat) is None else add_sommes(entieres).total
    trop = max(comptees - etat.personnes[0].du, ZERO)
    sommes = []
    ordre = _PRINCIPAL_D_ABORD if find_autre(etat) is None else _INTERETS_D_ABORD
    for somme in entieres:
        baissee, trop = _lower(somme, trop, ordre)
        sommes.append(replace(baissee, entier=entiers.get(somme.cle)))
    return tuple(sommes)


def _lower(somme: SommeReclamee, trop: Decimal, ordre: Sequence[str]) -> tuple[SommeReclamee, Decimal]:
    """Take what is too much off each part in turn; give what is still to be taken."""
    restes = {
        "principal": somme.principal,
        "interets": somme.interets,
        "indemnites": somme.indemnites,
        "frais": somme.frais,
    }
    for part in ordre:
        retrait = min(restes[part], trop)
        restes[part] -= retrait
        trop -= retrait
    baissee = replace(
        somme,
        principal=restes["principal"],
        interets=restes["interets"],
        indemnites=restes["indemnites"],
        frais=restes["frais"],
    )
    return baissee, trop


def compute_sommes(etat: EtatDossier, cles: Sequence[str], *, sans_conteste: bool) -> tuple[SommeReclamee, ...]:
    """What is claimed on each of `cles`; `sans_conteste` leaves out what is disputed, as a letter must.

    Raises ErreurSaisie (`creance_inconnue`).
    """
    soldes = {solde.cle: solde for solde in etat.decompte.soldes}
    return tuple(
        _build_somme(creance, soldes[creance.cle], sans_conteste=sans_conteste)
        for creance in select_creances(etat, cles)
        if creance.cle in soldes
    )


def _build_somme(creance: EtatCreance, solde: SoldeCreance, *, sans_conteste: bool) -> SommeReclamee:
    if sans_conteste and creance.conteste > 0:
        principal = max(solde.principal_restant - creance.conteste, ZERO)
        return SommeReclamee(creance, solde, principal, ZERO, ZERO, ZERO, reservee=True)
    return SommeReclamee(creance, solde, solde.principal_restant, solde.interets, solde.indemnites, solde.frais)


def add_sommes(sommes: Iterable[SommeReclamee]) -> Totaux:
    """Add up, part by part."""
    retenues = tuple(sommes)
    return Totaux(
        principal=sum((s.principal for s in retenues), ZERO),
        interets=sum((s.interets for s in retenues), ZERO),
        indemnites=sum((s.indemnites for s in retenues), ZERO),
        frais=sum((s.frais for s in retenues), ZERO),
    )

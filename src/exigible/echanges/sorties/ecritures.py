"""Entries for the accountant: the eighteen columns of LPF A47 A-1, balanced to the cent, each fact written once.

The file is to be brought into the books: it is no « fichier des écritures comptables » of a year, and its dates of
validation are left to the firm, which validates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.comptable import FaitDeCompte
from exigible.dossier.faits_sorties import FaitComptable
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.sorties.tableaux import Cellule

COLONNES = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib"),
    *("PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate"),
    *("Montantdevise", "Idevise"),
)
"""In the order and with the names of LPF A47 A-1, VII."""

_COMPTE = re.compile(r"[0-9]{3}[0-9A-Za-z]{0,17}")
_COUPURES = re.compile(r"[\t\r\n\v\f|\x00-\x1f\u2028\u2029\x85]+")
_POSTES = ("interets", "indemnites", "frais", "pertes", "frais_bancaires")
_AU_DEBIT = frozenset({"pertes", "frais_bancaires"})


@dataclass(frozen=True, slots=True)
class PlanDeComptes:
    """The accounts, by default those of the general chart; the firm may have others.

    Raises ErreurSaisie (`compte_comptable`).
    """

    client: str = "411"
    interets: str = "7631"
    indemnites: str = "7588"
    frais: str = "7588"
    pertes: str = "654"
    frais_bancaires: str = "627"
    banque: str = "512"
    journal: str = "EX"

    def __post_init__(self) -> None:
        for champ in ("client", "banque", *_POSTES):
            compte = getattr(self, champ)
            if not _COMPTE.fullmatch(compte):
                dit = phrase("Le compte « {compte} » n'est pas un numéro de compte : écrivez 7631.", compte=compte[:30])
                raise ErreurSaisie("compte_comptable", dit, champ)


_LIBELLES = {
    "client": phrase("Clients"),
    "interets": phrase("Revenus des créances commerciales"),
    "indemnites": phrase("Produits divers de gestion courante"),
    "frais": phrase("Produits divers de gestion courante"),
    "pertes": phrase("Pertes sur créances irrécouvrables"),
    "frais_bancaires": phrase("Services bancaires et assimilés"),
    "banque": phrase("Banques"),
}


@dataclass(frozen=True, slots=True)
class LigneEcriture:
    """A line of an entry: euros, one side only."""

    numero: str
    jour: date
    compte: str
    compte_libelle: str
    tiers: str
    nom: str
    piece: str
    libelle: str
    debit: Decimal
    credit: Decimal


@dataclass(frozen=True, slots=True)
class Export:
    """The lines of an export, and what each fact that it touches amounts to in the books from now on."""

    lignes: tuple[LigneEcriture, ...]
    faits: tuple[FaitComptable, ...]
    journal: str

    @property
    def total(self) -> Decimal:
        """The sum of the debits, which is that of the au_credit."""
        return sum((ligne.debit for ligne in self.lignes), ZERO)


def build_export(
    faits: Iterable[FaitDeCompte],
    exportes: Mapping[str, FaitComptable],
    periode: tuple[date, date],
    reference: str,
    comptes: PlanDeComptes,
) -> Export:
    """Build the entries of a period (both days included): of each fact, what was not exported yet.

    `exportes`: what earlier exports wrote, by fact. A fact that changed since, or is no more (a payment that came
    back), gives the difference. What happened before the period and is not in the books is written on its first day.
    `reference` starts the numbers of the entries. Raises ErreurSaisie (`periode_inversee`).
    """
    du, au = periode
    if au < du:
        raise ErreurSaisie("periode_inversee", phrase("La période s'achève avant de commencer."), "au")
    connus = {f.cle: f for f in faits}
    lignes: list[LigneEcriture] = []
    ecrits: list[FaitComptable] = []
    for fait, jour in _list_ecarts(connus, exportes, du, au):
        avant = exportes.get(fait.cle)
        ecarts = {poste: getattr(fait, poste) - (getattr(avant, poste) if avant else ZERO) for poste in _POSTES}
        if any(ecarts.values()):
            numero = f"{reference}-{len(ecrits) + 1:05d}"
            lignes += _write_ecriture(fait, ecarts, (numero, jour), comptes, _name(fait, ecarts, corrige=bool(avant)))
            ecrits.append(fait)
    return Export(tuple(lignes), tuple(ecrits), comptes.journal)


def _list_ecarts(
    connus: Mapping[str, FaitDeCompte], exportes: Mapping[str, FaitComptable], du: date, au: date
) -> Iterator[tuple[FaitComptable, date]]:
    for fait in sorted(connus.values(), key=lambda f: (f.jour, f.cle)):
        if fait.jour <= au:
            sommes = {poste: getattr(fait, poste) for poste in _POSTES}
            jour = au if fait.cle in exportes else max(fait.jour, du)
            yield FaitComptable(cle=fait.cle, tiers=fait.tiers, nom=fait.nom, piece=fait.piece, **sommes), jour
    for cle, avant in exportes.items():
        if cle not in connus:
            zeros = dict.fromkeys(_POSTES, ZERO)
            yield FaitComptable(cle=cle, tiers=avant.tiers, nom=avant.nom, piece=avant.piece, **zeros), au


def _name(fait: FaitComptable, ecarts: Mapping[str, Decimal], *, corrige: bool) -> str:
    if ecarts["frais_bancaires"]:
        return phrase("Régularisation de frais bancaires") if corrige else phrase("Frais bancaires")
    if ecarts["pertes"]:
        if corrige:
            return phrase("Régularisation d'une perte sur créance, {nom}", nom=fait.nom)
        return phrase("Perte sur créance, {nom}", nom=fait.nom)
    if corrige:
        return phrase("Régularisation de pénalités et frais encaissés, {nom}", nom=fait.nom)
    return phrase("Pénalités et frais encaissés, {nom}", nom=fait.nom)


def _write_ecriture(
    fait: FaitComptable,
    ecarts: Mapping[str, Decimal],
    numero: tuple[str, date],
    comptes: PlanDeComptes,
    libelle: str,
) -> Iterator[LigneEcriture]:
    """What is collected on top is owed by the customer (debit) and earned (credit); a loss, the other way round.

    A charge of the bank is spent (debit) and leaves its account (credit).
    """
    rang, jour = numero
    au_credit = {poste: -montant if poste in _AU_DEBIT else montant for poste, montant in ecarts.items()}
    contrepartie = "banque" if ecarts["frais_bancaires"] else "client"
    for poste, credit in ((contrepartie, -sum(au_credit.values(), ZERO)), *au_credit.items()):
        if credit:
            yield LigneEcriture(
                numero=rang,
                jour=jour,
                compte=getattr(comptes, poste),
                compte_libelle=_LIBELLES[poste],
                tiers=fait.tiers if poste == "client" else "",
                nom=fait.nom if poste == "client" else "",
                piece=fait.piece,
                libelle=libelle,
                debit=max(-credit, ZERO),
                credit=max(credit, ZERO),
            )


def sum_exportes(exports: Iterable[Sequence[FaitComptable]]) -> dict[str, FaitComptable]:
    """Give what the exports, oldest first, left of each fact in the books."""
    return {fait.cle: fait for faits in exports for fait in faits}


def write_fec(export: Export) -> bytes:
    """Write the lines with tabs, in UTF-8, days `20261121`, amounts `12,34`."""
    rangees = ["\t".join(COLONNES)]
    rangees += ["\t".join(_clean(cellule) for cellule in ligne) for ligne in list_cellules(export)]
    return ("\r\n".join(rangees) + "\r\n").encode()


def list_cellules(export: Export) -> Iterator[list[Cellule]]:
    """Give the eighteen cells of each line; days are days, amounts are amounts."""
    for ligne in export.lignes:
        yield [
            export.journal,
            "Recouvrement",
            ligne.numero,
            ligne.jour,
            ligne.compte,
            ligne.compte_libelle,
            ligne.tiers,
            ligne.nom,
            ligne.piece,
            ligne.jour,
            ligne.libelle,
            ligne.debit,
            ligne.credit,
            *("", None, None, None, ""),
        ]


def _clean(cellule: Cellule) -> str:
    if cellule is None:
        return ""
    if isinstance(cellule, date):
        return f"{cellule:%Y%m%d}"
    if isinstance(cellule, Decimal):
        return f"{cellule:.2f}".replace(".", ",")
    return _COUPURES.sub(" ", str(cellule)).strip()

"""What a CAMT entry, and each transaction inside it, says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.camt_xml import PARTIES, Feuilles, get_devise
from exigible.echanges.enregistrements import Origine
from exigible.echanges.releves_valeurs import clean_compte, read_montant

_NON_FOURNI = frozenset({"NOTPROVIDED", "NOT PROVIDED", "NONREF", "NONE"})
_ROLES = {
    (True, False): ("Dbtr", "UltmtDbtr"),
    (False, False): ("Cdtr", "UltmtCdtr"),
    (True, True): ("Cdtr", "Dbtr", "UltmtDbtr"),
    (False, True): ("Dbtr", "Cdtr", "UltmtCdtr"),
}
_CHEMINS_ROLES = {
    role: (
        tuple(f"RltdPties/{role}/{nom}" for nom in ("Nm", "Pty/Nm", "Agt/FinInstnId/Nm")),
        tuple(f"RltdPties/{role}Acct/Id/{cle}" for cle in ("IBAN", "Othr/Id")),
    )
    for role in PARTIES
}
_MONTANTS = tuple((c, get_devise(c)) for c in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"))
_PAYEUR_FINAL = ("RltdPties/UltmtDbtr/Nm", "RltdPties/UltmtDbtr/Pty/Nm")
_LIBELLES = ("RmtInf/Ustrd", "RmtInf/Strd/RfrdDocInf/Nb", "RmtInf/Strd/AddtlRmtInf")
_REFERENCES = ("RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/RfrdDocInf/Nb")


class Ecriture(msgspec.Struct, gc=False):
    """What the movements of one entry share."""

    feuilles: Feuilles
    jour: date
    valeur: date | None
    devise: str
    compte: str | None
    extourne: bool
    origine: Origine


def read_contrepartie(commun: Ecriture, detail: Feuilles) -> tuple[str | None, str | None]:
    """Give name and IBAN of the other party: the debtor of a credit, the creditor of a debit; a reversal swaps them."""
    if not detail:
        return None, None
    credit, lire = commun.feuilles.get("CdtDbtInd") == "CRDT", detail.get
    for role in _ROLES[credit, commun.extourne or "RtrInf/Rsn/Cd" in detail]:
        noms, comptes = _CHEMINS_ROLES[role]
        nom = lire(noms[0]) or lire(noms[1]) or lire(noms[2])
        compte = lire(comptes[0]) or lire(comptes[1])
        iban = clean_compte(compte) if compte else None
        if (nom or iban) and (iban is None or iban != commun.compte):
            return nom, iban
    return None, None


def find_montant(detail: Feuilles, devise: str) -> tuple[str | None, str]:
    """Give the amount of a transaction and its currency, that of the account (`devise`) if it is there."""
    trouve: tuple[str | None, str] = (None, devise)
    for chemin, chemin_devise in _MONTANTS:
        texte = detail.get(chemin)
        sa_devise = detail.get(chemin_devise) or devise
        if texte and sa_devise == devise:
            return texte, devise
        if texte and trouve[0] is None:
            trouve = texte, sa_devise
    return trouve


def read_libelle(ecriture: Feuilles, detail: Feuilles, nom: str | None) -> str:
    """Give the remittance text and the documents it names, else what the bank adds about the operation.

    Who pays us in the end, when not the other party (`nom`), is said after it (purchasing groups, payment firms).
    """
    libelle = _read_libelle(ecriture, detail)
    if ecriture.get("CdtDbtInd") != "CRDT":
        return libelle
    payeur = detail.get(_PAYEUR_FINAL[0]) or detail.get(_PAYEUR_FINAL[1])
    if payeur is None or payeur == nom or payeur in libelle:
        return libelle
    return f"{libelle} {payeur}" if libelle else payeur


def _read_libelle(ecriture: Feuilles, detail: Feuilles) -> str:
    if detail.suites:
        morceaux = [texte for chemin in _LIBELLES for texte in detail.list_textes(chemin)]
    else:
        morceaux = [detail[chemin] for chemin in _LIBELLES if chemin in detail]
    if morceaux:
        return " ".join(dict.fromkeys(morceaux)) if len(morceaux) > 1 else morceaux[0]
    return detail.get("AddtlTxInf") or ecriture.get("AddtlNtryInf") or ""


def read_reference(detail: Feuilles) -> str | None:
    """Give the reference of the payer: the structured one, else the document named."""
    for chemin in _REFERENCES:
        if (texte := detail.get(chemin)) and (reference := _clean_reference(texte)):
            return reference
    return None


def read_lot(ecriture: Feuilles) -> str | None:
    """Give the reference of the batch that an entry is: that of our payment information, else of our message."""
    return _clean_reference(ecriture.get_premier("NtryDtls/Btch/PmtInfId", "NtryDtls/Btch/MsgId"))


def read_bout_en_bout(detail: Feuilles) -> str | None:
    """Give the end-to-end reference of the payer."""
    return _clean_reference(detail.get("Refs/EndToEndId"))


def read_motif_retour(feuilles: Feuilles) -> str | None:
    """Give the reason code of a returned payment (AC04, MS03…)."""
    return feuilles.get("RtrInf/Rsn/Cd") or feuilles.get("RtrInf/Rsn/Prtry")


def read_identifiant(ecriture: Feuilles, detail: Feuilles, rang: int) -> str | None:
    """Give the bank's own reference; the transactions of a batch that share it are told apart by their rank."""
    texte = detail.get("Refs/AcctSvcrRef")
    propre = _clean_reference(texte) if texte else None
    commun = _clean_reference(ecriture.get("AcctSvcrRef")) or _clean_reference(ecriture.get("NtryRef"))
    if propre and propre != commun:
        return propre
    return f"{commun}/{rang + 1}" if commun and rang else commun


def find_frais(feuilles: Feuilles) -> Decimal | None:
    """Give the charges of the bank, in their own currency; what can't be read is not one."""
    for chemin in ("Chrgs/TtlChrgsAndTaxAmt", "Chrgs/Rcrd/Amt", "Chrgs/Amt"):
        if chemin in feuilles:
            try:
                return sum((abs(read_montant(texte)) for texte in feuilles.list_textes(chemin)), ZERO) or None
            except ErreurSaisie:
                return None
    return None


def merge_details(details: Sequence[Feuilles]) -> Feuilles:
    """Put together the labels of transactions that are taken as one movement."""
    tout = Feuilles()
    for detail in details:
        for chemin in _LIBELLES:
            for texte in detail.list_textes(chemin):
                tout.add(chemin, texte)
    return tout


def _clean_reference(texte: str | None) -> str | None:
    if not texte:
        return None
    return texte if texte.upper() not in _NON_FOURNI else None

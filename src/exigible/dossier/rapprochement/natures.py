"""What a bank line is: money in, a payment taken back, charges of the bank, another currency, or any other debit."""

from __future__ import annotations

import re

from exigible.dossier.rapprochement.donnees import LigneBancaire, Nature
from exigible.dossier.texte import normalize
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase

_RETOUR = re.compile(
    r"\b(?:rejets?|rejetee?s?|impayee?s?|extournee?s?|unpaid|returned|rejected|chargeback"
    r"|retour (?:de )?(?:prelevement|prlv|sdd|cheque|chq|virement|vir|effet|lcr))\b"
)
_FRAIS = re.compile(
    r"\b(?:frais|commissions?|com|agios|cotisations?|tenue de compte|abonnement bancaire|fees?|charges?)\b"
)
_REVENU = re.compile(
    r"\b(?:(?:retour|rejet|annulation) (?:de |du )?(?:virement|vir|prelevement|prlv)"
    r"|(?:virement|vir) (?:sepa |inst )?(?:rejete|retourne|annule|revenu))\b"
)
"""A credit of one's own money that comes back; « règlement impayé » is a customer who pays at last."""
_OPERATIONS_FRAIS = frozenset({"CHRG", "COMM", "COMT", "COME", "COMI", "FEES", "CHG", "NCHG", "COM", "NCOM"})
"""ISO 20022 sub-families of charges and commissions; SWIFT types of a MT940 line."""
_OPERATIONS_RETOUR = frozenset({"UPDD", "UPCQ", "UPCT", "RRTN", "PRDD", "RTI", "NRTI", "ARET", "ARRD"})
"""ISO 20022 sub-families of unpaid and returned operations; SWIFT type of a returned item."""
_CODE = re.compile(r"\b(?:AC|AG|AM|BE|CN|DN|DT|ED|FF|FO|MD|MS|NA|RC|RR|SL|TM)(?:\d\d|OR|RR|CR)\b")

_DE = r"(?:de )?(?:\d+ )?"
_LOTS = (
    (
        re.compile(rf"\b(?:remises?|rem|rse) {_DE}(?:cheques?|chqs?)\b|\bcheques? remis\b"),
        phrase("une remise de chèques"),
    ),
    (
        re.compile(
            rf"\b(?:remises?|rem|rse) {_DE}(?:cb|cartes?|tpe)\b|\bremise commercant|\bencaissements? (?:cb|carte)"
        ),
        phrase("une remise de cartes"),
    ),
    (
        re.compile(
            rf"\b(?:remises?|rem|rse) {_DE}(?:prlv|prelevements?|sdd)\b|\b(?:prlv|prelevements?) (?:sepa )?emis\b"
        ),
        phrase("une remise de prélèvements"),
    ),
    (re.compile(rf"\b(?:remises?|rem|rse) {_DE}(?:lcr|effets?|bor|traites?)\b"), phrase("une remise d'effets")),
    (
        re.compile(
            rf"\b(?:remises?|rem|rse) {_DE}(?:virements?|vir)\b"
            r"|\b(?:virements?|virs?) (?:sepa )?(?:groupes?|multiples?)\b"
        ),
        phrase("un groupe de virements"),
    ),
    (re.compile(r"\bremises? d especes\b|\bversements? (?:d )?especes\b"), phrase("un versement d'espèces")),
)
"""Credits that may hold the payments of several customers."""

MOTIFS = {
    "AC01": phrase("numéro de compte incorrect"),
    "AC04": phrase("compte clos"),
    "AC06": phrase("compte bloqué"),
    "AC13": phrase("compte d'un consommateur"),
    "AG01": phrase("opération interdite sur ce compte"),
    "AG02": phrase("code d'opération incorrect"),
    "AM04": phrase("provision insuffisante"),
    "AM05": phrase("opération en double"),
    "BE05": phrase("créancier non reconnu"),
    "CNOR": phrase("banque du créancier non enregistrée"),
    "DNOR": phrase("banque du débiteur non enregistrée"),
    "FF01": phrase("format incorrect"),
    "FOCR": phrase("retour demandé par la banque d'origine"),
    "MD01": phrase("pas de mandat valide"),
    "MD06": phrase("remboursement demandé par le débiteur"),
    "MD07": phrase("titulaire du compte décédé"),
    "MS02": phrase("refus du débiteur"),
    "MS03": phrase("motif non communiqué par la banque"),
    "RC01": phrase("identifiant de la banque incorrect"),
    "RR01": phrase("motif réglementaire"),
    "RR02": phrase("motif réglementaire"),
    "RR03": phrase("motif réglementaire"),
    "RR04": phrase("motif réglementaire"),
    "SL01": phrase("service particulier de la banque du débiteur"),
}
"""Reasons of a return (ISO 20022, external codes), as people say them."""


def classify_ligne(ligne: LigneBancaire) -> Nature:
    """Say what a line is. « FRAIS REJET » is a charge; « REJET… FRAIS » a return: the first word tells."""
    if ligne.devise != "EUR":
        return Nature.DEVISE
    if ligne.centimes > 0:
        return Nature.CREDIT
    texte = normalize(ligne.libelle)
    retour, frais = _RETOUR.search(texte), _FRAIS.search(texte)
    if ligne.operation in _OPERATIONS_FRAIS or (frais and (not retour or frais.start() < retour.start())):
        return Nature.FRAIS
    if ligne.motif_retour or ligne.extourne or retour or ligne.operation in _OPERATIONS_RETOUR:
        return Nature.RETOUR
    return Nature.DEBIT


def is_revenu(ligne: LigneBancaire) -> bool:
    """Whether a credit is a payment of one's own that came back, as the file or the label says."""
    return bool(ligne.motif_retour or ligne.extourne or _REVENU.search(normalize(ligne.libelle)))


def is_cheque_sans_provision(ligne: LigneBancaire) -> bool:
    """Whether a return is said to be that of a cheque for want of funds."""
    texte = normalize(ligne.libelle)
    cheque = ligne.operation == "UPCQ" or re.search(r"\b(?:chq|cheque)s?\b", texte)
    return bool(cheque) and (read_code(ligne) == "AM04" or "provision" in texte.split())


def read_lot(libelle: str) -> Phrase:
    """Say of what a credit is a batch, as far as its label tells; empty when it is one payment."""
    texte = normalize(libelle)
    return next((dit for motif, dit in _LOTS if motif.search(texte)), SANS_TEXTE)


def read_code(ligne: LigneBancaire) -> str:
    """Give the reason code of a return, that of the file, else one in the label; empty when there is none."""
    code = ligne.motif_retour.strip().upper()
    if not code and (trouve := _CODE.search(ligne.libelle.upper())):
        code = trouve[0]
    return code


def read_motif(ligne: LigneBancaire) -> Phrase:
    """Say why the bank took a payment back, as far as the line tells it."""
    code = read_code(ligne)
    if code in MOTIFS:
        return phrase("{motif} ({code})", motif=MOTIFS[code], code=code)
    return phrase("motif {code} de la banque", code=code) if code else phrase("motif non indiqué par la banque")

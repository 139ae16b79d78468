"""What a bank line is: money in, a payment taken back, charges of the bank, another currency, or any other debit."""

from __future__ import annotations

import re

from exigible.dossier.rapprochement.donnees import LigneBancaire, Nature
from exigible.dossier.texte import normalize
from exigible.droit.phrase import Phrase, phrase

_RETOUR = re.compile(
    r"\b(?:rejets?|rejetee?s?|impayee?s?|extournee?s?|unpaid|returned|rejected|chargeback"
    r"|retour (?:de )?(?:prelevement|prlv|sdd|cheque|chq|virement|vir|effet|lcr))\b"
)
_FRAIS = re.compile(
    r"\b(?:frais|commissions?|com|agios|cotisations?|tenue de compte|abonnement bancaire|fees?|charges?)\b"
)
_OPERATIONS_FRAIS = frozenset({"CHRG", "COMM", "COMT", "COME", "COMI", "FEES", "CHG", "NCHG", "COM", "NCOM"})
"""ISO 20022 sub-families of charges and commissions; SWIFT types of a MT940 line."""
_OPERATIONS_RETOUR = frozenset({"UPDD", "UPCQ", "UPCT", "RRTN", "PRDD", "RTI", "NRTI", "ARET", "ARRD"})
"""ISO 20022 sub-families of unpaid and returned operations; SWIFT type of a returned item."""
_CODE = re.compile(r"\b(?:AC|AG|AM|BE|CN|DN|DT|ED|FF|FO|MD|MS|NA|RC|RR|SL|TM)(?:\d\d|OR|RR|CR)\b")

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

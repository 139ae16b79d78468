"""Recognise a bank file by its content, and name its reader."""

from __future__ import annotations

import re
from collections.abc import Mapping

from exigible.echanges.camt import read_camt
from exigible.echanges.cfonb120 import read_cfonb120
from exigible.echanges.csv_releve import read_csv_releve
from exigible.echanges.csv_releve_entete import find_entete_releve, guess_entete_releve
from exigible.echanges.mt940 import read_mt940
from exigible.echanges.ofx import read_ofx
from exigible.echanges.qif import read_qif
from exigible.echanges.releves import LecteurReleve

LECTEURS_RELEVES: Mapping[str, LecteurReleve] = {
    "camt052": read_camt,
    "camt053": read_camt,
    "camt054": read_camt,
    "cfonb120": read_cfonb120,
    "mt940": read_mt940,
    "ofx": read_ofx,
    "qif": read_qif,
    "csv_releve": read_csv_releve,
}

_CAMT = {"BkToCstmrAcctRpt": "camt052", "BkToCstmrStmt": "camt053", "BkToCstmrDbtCdtNtfctn": "camt054"}
_RACINE_CAMT = re.compile(rf"<(?:[\w.-]+:)?({'|'.join(_CAMT)})[\s/>]")
_ESPACE_CAMT = re.compile(r"xmlns(?::[\w.-]+)?\s*=\s*[\"'][^\"']*\b(camt)\.(05[234])\b")
_OFX = re.compile(r"<OFX\b[^>]*>|OFXHEADER:", re.IGNORECASE)
_CFONB = re.compile(
    r"[\s\ufeff]*(?:0[1457]\d{5}.{28,}\n\s*0[1457]\d{5}|0[1457]\d{5}.{113}0[1457]\d{5}|"
    r"0[17]\d{5}.{9}[A-Z]{3}[^\n]{70,101}[{}A-Ra-rèé0-9])"
)
_QIF = re.compile(r"[\s\ufeff]*!(?:type|account|option|clear)\b", re.IGNORECASE)
_MT940 = re.compile(
    r"(?:^|[\n}{\x01\x02])\s?:(?:20:[^\n]*\n(?:[^\n]*\n){0,12}?:(?:25P?|28C?|60[FM]):|61:\d{6}|60[FM]:[CD]\d{6})"
)
_DEBUT_OFX = 4_000
_DEBUT_MT940 = 8_000


def recognise_releve_xml(texte: str) -> str | None:
    """Name the bank format of the beginning of an XML text, or None."""
    if trouve := _RACINE_CAMT.search(texte):
        return _CAMT[trouve[1]]
    if trouve := _ESPACE_CAMT.search(texte):
        return f"camt{trouve[2]}"
    return "ofx" if _OFX.search(texte[:_DEBUT_OFX]) else None


def recognise_releve_texte(texte: str) -> str | None:
    """Name the bank format of the beginning of a text that is not XML, or None; CSV is told apart by its titles."""
    uni = texte.replace("\r\n", "\n").replace("\r", "\n")
    if _OFX.search(uni[:_DEBUT_OFX]):
        return "ofx"
    if _CFONB.match(uni):
        return "cfonb120"
    if _QIF.match(uni):
        return "qif"
    return "mt940" if _MT940.search(uni[:_DEBUT_MT940]) else None


def is_releve_csv(texte: str, *, liste: bool) -> bool:
    """Tell whether a CSV text is a bank statement. `liste`: it could be a list of invoices or of parties too."""
    entete = find_entete_releve(texte)
    if entete is None:
        return not liste and guess_entete_releve(texte) is not None
    return entete.sur or not liste

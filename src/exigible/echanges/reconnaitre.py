"""Recognise a format by its content, never by its name."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum

from exigible.droit.phrase import phrase
from exigible.echanges.contenu import Contenu
from exigible.echanges.entetes import find_entete_csv, guess_entete_csv
from exigible.echanges.fec_colonnes import is_entete_fec


class Format(StrEnum):
    """What we know by name; those of `NON_LUS` are recognised and not read."""

    FEC = "fec"
    FACTURX = "facturx"
    CII = "cii"
    UBL = "ubl"
    CSV_FACTURES = "csv_factures"
    XLSX_FACTURES = "xlsx_factures"
    CSV_TIERS = "csv_tiers"
    XLSX_TIERS = "xlsx_tiers"
    CAMT052 = "camt052"
    CAMT053 = "camt053"
    CAMT054 = "camt054"
    CFONB120 = "cfonb120"
    MT940 = "mt940"
    OFX = "ofx"
    CSV_RELEVE = "csv_releve"
    ZIP = "zip"


class Conteneur(StrEnum):
    """An outer shape whose content must be opened before its format has a name."""

    PDF = "pdf"
    CLASSEUR = "classeur"
    CSV = "csv"
    XML = "xml"


NON_LUS = {
    Format.UBL: phrase("facture UBL"),
    Format.CAMT052: phrase("relevé provisoire CAMT.052"),
    Format.CAMT054: phrase("avis d'opérations CAMT.054"),
    Format.CFONB120: phrase("relevé CFONB 120"),
    Format.MT940: phrase("relevé MT940"),
    Format.OFX: phrase("relevé OFX"),
    Format.CSV_RELEVE: phrase("relevé bancaire CSV"),
    Format.ZIP: phrase("archive ZIP"),
}

_CFONB = re.compile(r"0[1457]\d{5}.{28,}\r?\n0[1457]\d{5}|0[1457]\d{5}.{113}0[1457]\d{5}")
_MT940 = re.compile(r"(^|[\r\n}{]):20:.*?[\r\n]:(25|28C?|60[FM]):", re.DOTALL)
_XML = (
    ("urn:iso:std:iso:20022:tech:xsd:camt.052.", Format.CAMT052),
    ("urn:iso:std:iso:20022:tech:xsd:camt.053.", Format.CAMT053),
    ("urn:iso:std:iso:20022:tech:xsd:camt.054.", Format.CAMT054),
    ("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", Format.UBL),
    ("urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", Format.UBL),
    ("CrossIndustryInvoice", Format.CII),
    ("CrossIndustryDocument", Format.CII),
    ("<OFX>", Format.OFX),
)


def recognise(contenu: Contenu) -> Format | Conteneur | None:
    """Name the format from the first 64 KiB (and the directory of an archive), or None when nothing fits."""
    debut = contenu.debut
    if b"%PDF-" in debut[:1024]:
        return Conteneur.PDF
    if debut.startswith(b"PK\x03\x04"):
        return _recognise_archive(contenu)
    if not contenu.encodage.startswith("utf-16") and b"\x00" in debut:
        return None
    texte = contenu.decode_debut()
    if texte.lstrip().startswith("<"):
        return next((nom for marque, nom in _XML if marque in texte), Conteneur.XML)
    return _recognise_texte(texte)


def _recognise_archive(contenu: Contenu) -> Format | Conteneur | None:
    try:
        with contenu.open() as flux, zipfile.ZipFile(flux) as archive:
            noms = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        classeur_abime = b"[Content_Types].xml" in contenu.debut or b"xl/" in contenu.debut
        return Conteneur.CLASSEUR if classeur_abime else Format.ZIP
    return Conteneur.CLASSEUR if "xl/workbook.xml" in noms else Format.ZIP


def _recognise_texte(texte: str) -> Format | Conteneur | None:
    premiere = texte.lstrip("\r\n").split("\n", 1)[0]
    if is_entete_fec(premiere):
        return Format.FEC
    if "OFXHEADER:" in texte[:2000]:
        return Format.OFX
    if _CFONB.match(texte):
        return Format.CFONB120
    if _MT940.search(texte[:4000]):
        return Format.MT940
    return Conteneur.CSV if find_entete_csv(texte) or guess_entete_csv(texte) else None

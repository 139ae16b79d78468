"""Recognise a format by its content, never by its name."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum

from exigible.droit.phrase import phrase
from exigible.echanges.cii import is_racine_cii
from exigible.echanges.contenu import Contenu
from exigible.echanges.entetes import LIVRES, find_entete_csv, guess_entete_csv
from exigible.echanges.fec_colonnes import LIGNES_AVANT, is_entete_fec
from exigible.echanges.racines_xml import Racine, find_racine
from exigible.echanges.releves_formats import is_releve_csv, recognise_releve_texte, recognise_releve_xml
from exigible.echanges.ubl import ESPACE_UBL, is_racine_ubl


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
    XLSX_RELEVE = "xlsx_releve"
    ZIP = "zip"
    CDAR = "cdar"
    UBL_REPONSE = "ubl_reponse"
    UBL_AUTRE = "ubl_autre"
    EBINTERFACE = "ebinterface"
    ORDERX = "orderx"
    FATTURAPA = "fatturapa"
    FACTURAE = "facturae"
    EDIFACT = "edifact"
    QIF = "qif"
    CFONB160 = "cfonb160"
    CFONB240 = "cfonb240"
    PAIN001 = "pain001"
    PAIN002 = "pain002"
    PAIN007 = "pain007"
    PAIN008 = "pain008"
    CAMT029 = "camt029"
    CAMT055 = "camt055"
    CAMT056 = "camt056"
    CAMT086 = "camt086"


class Conteneur(StrEnum):
    """An outer shape whose content must be opened before its format has a name."""

    PDF = "pdf"
    CLASSEUR = "classeur"
    CSV = "csv"
    XML = "xml"


NON_LUS = {
    Format.UBL_REPONSE: phrase("réponse à une facture UBL (ApplicationResponse)"),
    Format.UBL_AUTRE: phrase("document UBL qui n'est pas une facture : commande, bon de livraison, rappel, catalogue…"),
    Format.EBINTERFACE: phrase("facture autrichienne ebInterface"),
    Format.ORDERX: phrase("commande Order-X, qui n'est pas une facture"),
    Format.FATTURAPA: phrase("facture italienne FatturaPA"),
    Format.FACTURAE: phrase("facture espagnole Facturae"),
    Format.EDIFACT: phrase("message EDIFACT"),
    Format.CFONB160: phrase("remise d'ordres CFONB 160"),
    Format.CFONB240: phrase("détail CFONB 240 d'impayés, de virements ou d'effets"),
    Format.PAIN001: phrase("ordres de virement pain.001"),
    Format.PAIN007: phrase("annulation d'ordres pain.007"),
    Format.PAIN008: phrase("ordres de prélèvement pain.008"),
    Format.CAMT029: phrase("réponse d'enquête CAMT.029"),
    Format.CAMT055: phrase("demande de rappel CAMT.055"),
    Format.CAMT056: phrase("demande de rappel CAMT.056"),
    Format.CAMT086: phrase("relevé de frais bancaires CAMT.086"),
    Format.CSV_RELEVE: phrase("relevé bancaire CSV"),
}

_TEXTES = (
    (re.compile(r"\s*(UNA.{6}\s*)?UN[BH]\+"), Format.EDIFACT),
    (re.compile(r"03(?:02|08|22|27|60)[ 0-9].{154,155}(?:\r?\n|$)"), Format.CFONB160),
    (re.compile(r"31\d{14}[A-Z ].{190,223}(?:\r?\n|34\d{14}|$)"), Format.CFONB240),
)
_COMPTE_RENDU = re.compile(r"<(?:[\w.-]+:)?(?:CstmrPmtStsRpt|pain\.002\.001\.\d\d)[\s>]")
"""The body of a report of the bank, whose envelope does not always say its name space."""
_ISO_20022 = re.compile(r"(?:[:/]|^)(camt|pain)\.(\d{3})(?:\.|$)")
_EBINTERFACE = "ebinterface.at/schema"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TABLEUR_LIBRE = b"application/vnd.oasis.opendocument.spreadsheet"
# The root element says the format; ISO 20022 has the same for all, told by its namespace.
_XML = {
    "CrossDomainAcknowledgementAndResponse": Format.CDAR,
    "SCRDMCCBDACIOMessageStructure": Format.ORDERX,
    "FatturaElettronica": Format.FATTURAPA,
    "Facturae": Format.FACTURAE,
    "ApplicationResponse": Format.UBL_REPONSE,
}


def recognise(contenu: Contenu) -> Format | Conteneur | None:
    """Name the format from the first 64 KiB (and the directory of an archive), or None when nothing fits."""
    debut = contenu.debut
    if debut.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _recognise_archive(contenu)
    if b"%PDF-" in debut[:1024]:
        return Conteneur.PDF
    if debut.startswith(_OLE):
        return Conteneur.CLASSEUR
    # Some programs fill the end of a text with zeros.
    if not contenu.encodage.startswith("utf-16") and b"\x00" in debut.rstrip(b"\x00"):
        return None
    texte = contenu.decode_debut()
    if texte.lstrip().startswith("<"):
        return _recognise_xml(texte)
    return _recognise_texte(texte)


def _recognise_xml(texte: str) -> Format | Conteneur:
    if releve := recognise_releve_xml(texte):
        return Format(releve)
    racine = find_racine(texte)
    nom = _name_racine(racine) if racine else None
    if nom is None and racine and racine.nom == "Document" and _COMPTE_RENDU.search(texte):
        return Format.PAIN002
    return nom or Conteneur.XML


def _name_racine(racine: Racine) -> Format | None:
    if is_racine_cii(racine):
        return Format.CII
    if is_racine_ubl(racine):
        return Format.UBL
    if _EBINTERFACE in racine.espace:
        return Format.EBINTERFACE
    iso = _ISO_20022.search(racine.espace)
    nom = f"{iso[1]}{iso[2]}" if iso else _XML.get(racine.nom)
    connu = next((connu for connu in Format if connu == nom), None)
    return Format.UBL_AUTRE if connu is None and racine.espace.startswith(ESPACE_UBL) else connu


def _recognise_archive(contenu: Contenu) -> Format | Conteneur | None:
    try:
        with contenu.open() as flux, zipfile.ZipFile(flux) as archive:
            noms = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        classeur_abime = b"[Content_Types].xml" in contenu.debut or b"xl/" in contenu.debut
        return Conteneur.CLASSEUR if classeur_abime else Format.ZIP
    if "xl/workbook.xml" in noms or "xl/workbook.bin" in noms or _TABLEUR_LIBRE in contenu.debut[:200]:
        return Conteneur.CLASSEUR
    return Format.ZIP


def _recognise_texte(texte: str) -> Format | Conteneur | None:
    debut = texte.splitlines()[:LIGNES_AVANT]
    if any(map(is_entete_fec, debut)):
        return Format.FEC
    if releve := recognise_releve_texte(texte):
        return Format(releve)
    if autre := next((nom for motif, nom in _TEXTES if motif.match(texte)), None):
        return autre
    entete = find_entete_csv(texte)
    if entete and entete.nature in LIVRES:
        return Conteneur.CSV
    if (entete and entete.nature == "releve") or is_releve_csv(texte, liste=entete is not None):
        return Format.CSV_RELEVE
    return Conteneur.CSV if entete or guess_entete_csv(texte) else None

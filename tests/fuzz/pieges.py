"""Files made to harm whoever opens them: small, and out of all proportion once unfolded or followed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
import xlsxwriter

_RACINES = {
    "ubl": '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">{}</Invoice>',
    "cii": '<r:CrossIndustryInvoice xmlns:r="x">{}</r:CrossIndustryInvoice>',
    "cdar": '<r:CrossDomainAcknowledgementAndResponse xmlns:r="x">{}</r:CrossDomainAcknowledgementAndResponse>',
    "camt": '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
    "<BkToCstmrStmt><Stmt>{}</Stmt></BkToCstmrStmt></Document>",
    "ofx": "<OFX><BANKMSGSRSV1>{}</BANKMSGSRSV1></OFX>",
}
_DEMESURE = 1 << 30
_RIRES = '<!ENTITY r0 "ha">' + "".join(f'<!ENTITY r{rang} "{f"&r{rang - 1};" * 10}">' for rang in range(1, 10))


def list_pieges_xml() -> dict[str, bytes]:
    """Give, for each root, what XML allows and nobody should follow."""
    pieges = {}
    for nom, racine in _RACINES.items():
        declaration = '<?xml version="1.0"?><?OFX OFXHEADER="200"?>' if nom == "ofx" else '<?xml version="1.0"?>'
        pieges |= {
            f"{nom} rires": f"{declaration}<!DOCTYPE x [{_RIRES}]>{racine.format('<Ntry>&r9;</Ntry>')}",
            f"{nom} profond": declaration + racine.format("<Ntry>" * 100_000 + "</Ntry>" * 100_000),
            f"{nom} attributs": declaration
            + racine.format("<Ntry " + " ".join(f'a{rang}="x"' for rang in range(100_000)) + "/>"),
            f"{nom} inclus": declaration
            + racine.format(
                '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
                '<a xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:schemaLocation="urn:x http://exemple.invalid/x"/>'
            ),
            f"{nom} style": f'{declaration}<?xml-stylesheet href="http://exemple.invalid/x.xsl"?>{racine.format("")}',
            f"{nom} dtd": f'{declaration}<!DOCTYPE x SYSTEM "http://exemple.invalid/x.dtd">{racine.format("")}',
        }
    return {nom: texte.encode() for nom, texte in pieges.items()}


@cache
def _build_rien(octets: int, couches: int) -> bytes:
    """Zeros, folded several times over."""
    plie = zlib.compressobj(9)
    rien = b"\x00" * (1 << 20)
    donnees = b"".join([plie.compress(rien) for _ in range(octets >> 20)] + [plie.flush()])
    for _ in range(couches - 1):
        donnees = zlib.compress(donnees, 9)
    return donnees


def build_piece_jointe(couches: int, *, predicteur: bool = False) -> bytes:
    """Make a PDF whose attached invoice unfolds to a gigabyte, through so many filters."""
    pdf, sortie = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.attachments["factur-x.xml"] = pikepdf.AttachedFileSpec(pdf, b"<a/>", filename="factur-x.xml")
    flux = pdf.attachments["factur-x.xml"].get_file().obj
    flux.write(_build_rien(_DEMESURE, couches), filter=pikepdf.Array([pikepdf.Name.FlateDecode] * couches))
    if predicteur:
        flux["/DecodeParms"] = pikepdf.Array([pikepdf.Dictionary(Predictor=1)] * couches)
    pdf.save(sortie, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return sortie.getvalue()


def build_objets_gonfles() -> bytes:
    """Make a PDF whose catalogue stands in a stream of objects that unfolds to a gigabyte."""
    corps = _build_rien(_DEMESURE, 1)
    pdf = bytearray(b"%PDF-1.7\n")
    objets = len(pdf)
    pdf += b"4 0 obj\n<</Type/ObjStm/N 2/First 10/Filter/FlateDecode/Length %d>>\nstream\n" % len(corps)
    pdf += corps + b"\nendstream\nendobj\n"
    table = len(pdf)
    lignes = [(0, 0, 65535), (2, 4, 0), (2, 4, 1), (0, 0, 0), (1, objets, 0), (1, table, 0)]
    renvois = b"".join(bytes([g]) + ou.to_bytes(4, "big") + rang.to_bytes(2, "big") for g, ou, rang in lignes)
    pdf += b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n" % len(renvois)
    pdf += renvois + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table
    return bytes(pdf)


def build_chevauchement() -> bytes:
    """Make an archive of a thousand members that are one and the same, of fifteen megabytes."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"\n" * 15_000_000)
    octets, nombre = sortie.getvalue(), 1_000
    table, fin = octets.index(b"PK\x01\x02"), octets.index(b"PK\x05\x06")
    entree, bout = octets[table:fin], bytearray(octets[fin:])
    bout[8:12] = nombre.to_bytes(2, "little") * 2
    bout[12:16] = (len(entree) * nombre).to_bytes(4, "little")
    return octets[:table] + entree * nombre + bytes(bout)


def build_classeur(partie: str, avant: bytes, apres: bytes) -> bytes:
    """Make a workbook of one invoice, a part of which is rewritten (a regular expression, and its replacement)."""
    entier, piege = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(entier, {"in_memory": True}) as classeur:
        feuille = classeur.add_worksheet("Factures")
        feuille.write_row(0, 0, ["Facture", "Date", "Client", "Montant TTC"])
        feuille.write_row(1, 0, ["F-1", "05/01/2026", "X", 10])
    with zipfile.ZipFile(entier) as source, zipfile.ZipFile(piege, "w", zipfile.ZIP_DEFLATED) as cible:
        for nom in source.namelist():
            contenu = source.read(nom)
            cible.writestr(nom, re.sub(avant, lambda _: apres, contenu) if nom == partie else contenu)
    return piege.getvalue()


_TEXTES = "xl/sharedStrings.xml"
PIEGES: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "pdf, pièce jointe": (lambda: build_piece_jointe(1), {"pdf_sans_xml"}),
    "pdf, pièce jointe pliée trois fois": (lambda: build_piece_jointe(3), {"pdf_sans_xml"}),
    "pdf, pièce jointe pliée, avec prédicteur": (
        lambda: build_piece_jointe(3, predicteur=True),
        {"pdf_abime", "pdf_sans_xml"},
    ),
    "pdf, flux d'objets": (build_objets_gonfles, {"pdf_abime"}),
    "pdf, pages en rond": (
        lambda: (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names 3 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\n3 0 obj<</EmbeddedFiles 4 0 R>>endobj\n"
            b"4 0 obj<</Kids[4 0 R 4 0 R]>>endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%EOF"
        ),
        {"pdf_abime", "pdf_sans_xml"},
    ),
    "pdf, tableaux sans fond": (lambda: b"%PDF-1.4\n1 0 obj" + b"[" * 500_000 + b"\n%%EOF", {"pdf_abime"}),
    "pdf, objets sans fin": (lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * 300_000 + b"%%EOF", {"pdf_abime"}),
    "pdf, pièces annoncées": (lambda: b"%PDF-1.4\n" + b"/EmbeddedFile " * 200_000, {"pdf_abime"}),
    "zip, membres superposés": (build_chevauchement, {"archive_demesuree", "archive_abimee", "membre_abime"}),
    "xlsx, dimension annoncée": (
        lambda: build_classeur("xl/worksheets/sheet1.xml", rb'ref="A1:D2"', b'ref="A1:XFD1048576"'),
        set(),
    ),
    "xlsx, textes annoncés": (
        lambda: build_classeur(_TEXTES, rb'uniqueCount="', b'uniqueCount="9999999999'),
        {"classeur_trop_gros"},
    ),
    "xlsx, textes par millions": (
        lambda: build_classeur(_TEXTES, rb"</sst>", b"<si><t>a</t></si>" * 10_000_000 + b"</sst>"),
        {"classeur_trop_gros"},
    ),
    "xlsx, texte sans fin": (
        lambda: build_classeur(_TEXTES, rb"</sst>", b"<si><t>" + b"a" * 200_000_000 + b"</t></si></sst>"),
        {"classeur_trop_gros"},
    ),
}

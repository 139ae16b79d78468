"""The measure of the reader of electronic invoices: Factur-X PDFs a second, in one process, from file to record.

Each PDF weighs what those of invoicing programs do (50 kB, a page and its invoice attached), and each invoice differs.
"""

from __future__ import annotations

import io
import random
import time
from pathlib import Path

import pikepdf

from exigible.echanges.lecture import read_fichier

_ESSAIS = 3
_POIDS = 90_000
_RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
_UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
_CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="{rsm}" xmlns:ram="{ram}" xmlns:udt="{udt}">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID>
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>F-{rang}</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime>
<udt:DateTimeString format="102">20261001</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>{lignes}<ram:ApplicableHeaderTradeAgreement>
<ram:SellerTradeParty><ram:Name>Atelier Exemple</ram:Name></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>Client fictif {rang}</ram:Name></ram:BuyerTradeParty>
</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery/><ram:ApplicableHeaderTradeSettlement>
<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
<udt:DateTimeString format="102">20261031</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:GrandTotalAmount>120.00</ram:GrandTotalAmount>
<ram:DuePayableAmount>120.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""
_LIGNE = (
    "<ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeProduct><ram:Name>Article {rang}</ram:Name>"
    "</ram:SpecifiedTradeProduct></ram:IncludedSupplyChainTradeLineItem>"
)


def measure_facturx(dossier: Path, nombre: int) -> dict[str, int]:
    """Write so many PDFs, and count how many are read a second (the best of three)."""
    fichiers = []
    for rang in range(nombre):
        fichier = dossier / f"facture-{rang}.pdf"
        fichier.write_bytes(build_facturx(rang))
        fichiers.append(fichier)
    meilleur = 0
    for _ in range(_ESSAIS):
        debut = time.perf_counter_ns()
        lues = sum(len(read_fichier(fichier).creances) for fichier in fichiers)
        meilleur = max(meilleur, lues * 10**9 // (time.perf_counter_ns() - debut))
    for fichier in fichiers:
        fichier.unlink()
    return {"pdf": nombre, "pdf_par_seconde": meilleur}


def build_facturx(rang: int) -> bytes:
    """Make a PDF of one page with the invoice of that rank attached; the same rank gives the same invoice."""
    lignes = "".join(_LIGNE.format(rang=ligne) for ligne in range(20))
    xml = _CII.format(rsm=_RSM, ram=_RAM, udt=_UDT, rang=rang, lignes=lignes).encode()
    pdf, sortie = pikepdf.new(), io.BytesIO()
    page = pdf.add_blank_page()
    page.obj.Contents = pdf.make_stream(b"% " + random.Random(rang).randbytes(_POIDS).hex().encode()[:_POIDS])  # noqa: S311 - weight, not a secret
    pdf.attachments["factur-x.xml"] = pikepdf.AttachedFileSpec(
        pdf, xml, filename="factur-x.xml", description="", mime_type="text/xml", creation_date="", mod_date=""
    )
    pdf.save(sortie)
    return sortie.getvalue()

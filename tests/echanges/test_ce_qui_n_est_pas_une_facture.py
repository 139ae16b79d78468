"""Electronic documents that look like invoices and ask for nothing: pro forma, orders."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from exigible.echanges.lecture import read_fichier

DONNEES = Path(__file__).parent / "donnees"
COMMANDE = b"<x:SCRDMCCBDACIOMessageStructure xmlns:x='urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100'/>"


def build_pdf(**pieces):
    pdf, sortie = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    for nom, contenu in pieces.items():
        pdf.attachments[f"{nom}.xml"] = pikepdf.AttachedFileSpec(pdf, contenu, filename=f"{nom}.xml")
    pdf.save(sortie)
    return sortie.getvalue()


def test_a_pro_forma_is_owed_by_nobody():
    facture = (DONNEES / "cii" / "CII_example1.xml").read_bytes()
    lu = read_fichier(facture.replace(b">380<", b">325<"))
    assert (lu.format, lu.creances, [e.code for e in lu.erreurs]) == ("cii", (), ["facture_pro_forma"])
    assert "12115118" in lu.erreurs[0].message


def test_a_pdf_that_carries_an_order_is_named():
    lu = read_fichier(build_pdf(autre=b"<a/>", commande=COMMANDE))
    assert (lu.format, lu.creances, [e.code for e in lu.erreurs]) == ("orderx", (), ["format_non_lu"])


def test_an_order_beside_an_invoice_does_not_hide_it():
    facture = (DONNEES / "cii" / "CII_example1.xml").read_bytes()
    lu = read_fichier(build_pdf(commande=COMMANDE, facture=facture))
    assert (lu.format, [c.numero for c in lu.creances], lu.erreurs) == ("facturx", ["12115118"], ())


UBL = "urn:oasis:names:specification:ubl:schema:xsd:"


@pytest.mark.parametrize(
    ("xml", "nom_format"),
    [
        (f"<Order xmlns='{UBL}Order-2'/>", "ubl_autre"),
        (f"<u:Reminder xmlns:u='{UBL}Reminder-2'/>", "ubl_autre"),
        (f"<ApplicationResponse xmlns='{UBL}ApplicationResponse-2'/>", "ubl_reponse"),
        ("<eb:Invoice xmlns:eb='http://www.ebinterface.at/schema/6p1/'/>", "ebinterface"),
    ],
)
def test_documents_of_other_kinds_are_named(xml, nom_format):
    lu = read_fichier(xml.encode())
    assert (lu.format, lu.creances, [e.code for e in lu.erreurs]) == (nom_format, (), ["format_non_lu"])


def test_self_billed_documents_of_their_own_kind_are_read():
    facture = (DONNEES / "ubl" / "ubl-tc434-example1.xml").read_bytes()
    for racine, avoir in (("SelfBilledInvoice", False), ("SelfBilledCreditNote", True)):
        autre = facture.replace(b"Invoice-2", f"{racine}-2".encode())
        autre = autre.replace(b"<Invoice", f"<{racine}".encode()).replace(b"</Invoice>", f"</{racine}>".encode())
        (creance,) = read_fichier(autre).creances
        assert creance.avoir is avoir

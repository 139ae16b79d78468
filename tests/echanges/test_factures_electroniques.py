"""Factur-X PDFs and bare CII: real files of every profile, and what is wrong with others."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest

from exigible.echanges.lecture import read_fichier

DONNEES = Path(__file__).parent / "donnees"


def list_cas(dossier):
    attendus = json.loads((DONNEES / dossier / "attendu.json").read_text(encoding="utf-8"))
    return [pytest.param(dossier, nom, attendu, id=nom) for nom, attendu in attendus.items()]


@pytest.mark.parametrize(("dossier", "nom", "attendu"), [*list_cas("facturx"), *list_cas("cii")])
def test_real_invoices(dossier, nom, attendu):
    lu = read_fichier(DONNEES / dossier / nom)
    assert lu.format == dossier
    assert not lu.erreurs
    (creance,) = lu.creances
    assert creance.numero == attendu["numero"]
    assert f"{creance.date_emission:%Y%m%d}" == attendu["date"]
    assert ([f"{creance.date_echeance:%Y%m%d}"] if creance.date_echeance else []) == attendu["echeances"]
    assert creance.devise == attendu["devise"]
    assert creance.montant_ttc == Decimal(attendu["TTC"])
    assert creance.reste_du == Decimal(attendu["net_a_payer"])
    assert creance.debiteur.nom == attendu["acheteur"]
    assert lu.tiers == (creance.debiteur,)
    assert lu.resume["vendeur"] == attendu["vendeur"]
    assert lu.resume["type"] == attendu["type"]
    assert lu.resume["profil"] == attendu["profil"]
    if attendu["siren_vendeur"]:
        assert attendu["siren_vendeur"] in (lu.resume.get("vendeur_siret"), lu.resume.get("vendeur_siren"))


@pytest.mark.parametrize(
    ("nom", "montant"), [("Avoir_FR_type381_BASIC.pdf", "233.47"), ("Avoir_FR_type380_EN16931.pdf", "-233.47")]
)
def test_a_credit_note_lowers_the_debt_whatever_its_sign(nom, montant):
    (creance,) = read_fichier(DONNEES / "facturx" / nom).creances
    assert creance.avoir
    assert creance.montant_ttc == Decimal(montant)
    assert creance.effet == Decimal("-233.47")


def test_who_pays_and_where():
    lu = read_fichier(DONNEES / "facturx" / "Facture_FR_EN16931.pdf")
    debiteur = lu.creances[0].debiteur
    assert (debiteur.siren, debiteur.siret) == ("787878784", "78787878400035")
    assert (debiteur.code_postal, debiteur.ville, debiteur.pays) == ("69001", "Lyon", "FR")
    assert debiteur.adresse == ("35 rue de la République",)
    assert lu.resume["acompte"] == "201.00"
    assert lu.resume["iban"] == "FR2012421242124212421242124"


def charger(nom="UC11_F202600022_EXTENDED_FX_CII_BT-X-589Only_on_GROUP_Line.xml"):
    return (DONNEES / "cii" / nom).read_bytes()


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


def test_several_due_dates_keep_the_last_and_say_so():
    texte = charger().decode("utf-8-sig")
    debut, fin = texte.index("<ram:SpecifiedTradePaymentTerms>"), texte.index("</ram:SpecifiedTradePaymentTerms>")
    terme = texte[debut : fin + len("</ram:SpecifiedTradePaymentTerms>")]
    lu = read_fichier(texte.replace(terme, terme + terme.replace("20250204", "20250304")).encode())
    assert str(lu.creances[0].date_echeance) == "2025-03-04"
    assert codes(lu) == ["plusieurs_echeances"]
    assert "04/02/2025 et 04/03/2025" in lu.erreurs[0].message


@pytest.mark.parametrize(
    ("avant", "apres", "code"),
    [
        (b">F202600022<", b"><", "numero_absent"),
        (b">20250105<", b">20250231<", "date_inexistante"),
        (b">230.10<", b">1.234,56<", "montant_illisible"),
        (b">230.10<", b">230.105<", "montant_trop_precis"),
        (b"BuyerTradeParty", b"AutreTradeParty", "nom_absent"),
    ],
)
def test_faulty_invoice(avant, apres, code):
    lu = read_fichier(charger().replace(avant, apres))
    assert lu.format == "cii"
    assert lu.creances == ()
    assert codes(lu) == [code]


def test_foreign_currency_and_correction_are_warned():
    lu = read_fichier(
        charger()
        .replace(b"InvoiceCurrencyCode>EUR", b"InvoiceCurrencyCode>USD")
        .replace(b"TypeCode>380<", b"TypeCode>384<", 1)
    )
    assert lu.creances[0].devise == "USD"
    assert codes(lu) == ["facture_rectificative", "devise_etrangere"]


def test_zugferd_1_is_named_and_not_read():
    assert codes(read_fichier(b'<?xml version="1.0"?><rsm:CrossIndustryDocument xmlns:rsm="x"/>')) == ["format_non_lu"]


BOMBE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">%s]>
<rsm:CrossIndustryInvoice xmlns:rsm="x"><a>&n9;</a></rsm:CrossIndustryInvoice>""" % b"".join(
    b'<!ENTITY n%d "%s">' % (n, (b"&n%d;" % (n - 1) if n else b"&a;") * 20) for n in range(10)
)
EXTERNE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<rsm:CrossIndustryInvoice xmlns:rsm="x"><a>&e;</a></rsm:CrossIndustryInvoice>"""
DISTANTE = b"""<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://exemple.invalid/x.dtd">
<rsm:CrossIndustryInvoice xmlns:rsm="x"/>"""


@pytest.mark.parametrize("xml", [BOMBE, EXTERNE, DISTANTE, BOMBE.replace(b"CrossIndustryInvoice", b"camt.053.001.02")])
def test_entities_are_refused(xml):
    lu = read_fichier(xml, "piege.xml")
    assert lu.creances == ()
    assert codes(lu) == ["xml_refuse"] or lu.format is None


def test_entities_are_refused_in_statements_too():
    xml = BOMBE.replace(
        b'CrossIndustryInvoice xmlns:rsm="x"', b'Document xmlns:rsm="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"'
    )
    lu = read_fichier(xml.replace(b"/rsm:CrossIndustryInvoice", b"/rsm:Document"))
    assert lu.format == "camt053"
    assert codes(lu) == ["xml_refuse"]


def test_truncated_xml_says_the_line():
    lu = read_fichier(charger()[:3000], "facture.xml")
    assert codes(lu) == ["xml_abime"]
    assert "« facture.xml » est tronqué ou abîmé à la ligne" in lu.erreurs[0].message


def build_pdf(pieces=(), **options):
    pdf, sortie = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    for nom, contenu in pieces:
        pdf.attachments[nom] = pikepdf.AttachedFileSpec(pdf, contenu, filename=nom)
    pdf.save(sortie, **options)
    return sortie.getvalue()


@pytest.mark.parametrize("pieces", [(), [("notice.txt", b"bonjour")], [("autre.xml", b"<autre/>")]])
def test_pdf_without_invoice(pieces):
    lu = read_fichier(build_pdf(pieces), "scan.pdf")
    assert lu.format is None
    assert codes(lu) == ["pdf_sans_xml"]
    assert "scan.pdf" in lu.erreurs[0].message


@pytest.mark.parametrize("nom", ["factur-x.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml", "ma facture.xml"])
def test_attachment_by_any_name(nom):
    lu = read_fichier(build_pdf([("notice.xml", b"<autre/>"), (nom, charger())]))
    assert lu.format == "facturx"
    assert lu.creances[0].numero == "F202600022"


def test_encrypted_pdf():
    secret = pikepdf.Encryption(owner="un", user="deux")
    assert codes(read_fichier(build_pdf([("factur-x.xml", charger())], encryption=secret))) == ["pdf_protege"]


def test_truncated_pdf_never_crashes():
    entier = (DONNEES / "facturx" / "Facture_FR_BASIC.pdf").read_bytes()
    for taille in (20, 1000, len(entier) // 2, len(entier) - 1500):
        lu = read_fichier(entier[:taille])
        assert lu.creances or set(codes(lu)) <= {"pdf_abime", "pdf_sans_xml"}


@pytest.mark.parametrize("nom", ["Facture_FR_BASIC.pdf", "atgp_sample_EN16931.pdf"])
@pytest.mark.parametrize("part", [50, 90, 99])
def test_truncated_pdf_whose_invoice_is_whole_is_read_with_one_warning(nom, part):
    octets = (DONNEES / "facturx" / nom).read_bytes()
    entier, coupe = read_fichier(octets, nom), read_fichier(octets[: len(octets) * part // 100], nom)
    assert coupe.creances == entier.creances
    assert entier.creances
    ajoutes = [e for e in coupe.erreurs if e not in entier.erreurs]
    assert [(e.code, e.gravite) for e in ajoutes] == [("pdf_abime", "avertissement")]
    assert f"« {nom} » est abîmé ou tronqué" in ajoutes[0].message


def test_truncated_pdf_whose_invoice_is_cut_is_refused():
    octets = (DONNEES / "facturx" / "atgp_sample_EN16931.pdf").read_bytes()
    debut = octets.index(b"/EmbeddedFile")
    coupe = read_fichier(octets[: octets.index(b"stream", debut) + 500])
    assert coupe.creances == ()
    assert [(e.code, e.gravite) for e in coupe.erreurs] == [("pdf_abime", "erreur")]


def test_damaged_pdf_with_two_different_invoices_is_refused():
    pieces = [("factur-x.xml", charger()), ("xrechnung.xml", charger("atgp-facturx-basic.xml"))]
    for attendues, codes_attendus in ((pieces[:1], []), (pieces, ["pdf_abime"])):
        octets = build_pdf(attendues, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        sans_table = octets[: octets.rindex(b" 0 obj", 0, octets.rindex(b"/XRef"))]
        lu = read_fichier(sans_table)
        assert [e.code for e in lu.erreurs if e.gravite == "erreur"] == codes_attendus
        assert bool(lu.creances) is not bool(codes_attendus)


def test_attachment_that_unfolds_out_of_proportion():
    lu = read_fichier(build_pdf([("factur-x.xml", charger()[:4000] + b" " * 30_000_000)]))
    assert codes(lu) == ["fichier_trop_gros"]


def test_huge_pdf_is_refused():
    lu = read_fichier(b"%PDF-1.7" + b"\x00" * 50_000_001)
    assert codes(lu) == ["fichier_trop_gros"]
    assert lu.format is None

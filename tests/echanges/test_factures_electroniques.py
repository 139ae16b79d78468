"""Factur-X PDFs and bare CII: real files of every profile, and what is wrong with others."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest

from exigible.echanges.lecture import read_fichier
from exigible.echanges.valeurs import is_siren_valide

DONNEES = Path(__file__).parent / "donnees"


def list_cas(dossier):
    attendus = json.loads((DONNEES / dossier / "attendu.json").read_text(encoding="utf-8"))
    return [pytest.param(dossier, nom, attendu, id=nom) for nom, attendu in attendus.items()]


DOUTES = {"siren_douteux", "tva_douteuse", "devise_etrangere"}
"""What the published samples may be warned of: their companies are invented, and some are billed in other money."""


@pytest.mark.parametrize(("dossier", "nom", "attendu"), [*list_cas("facturx"), *list_cas("cii"), *list_cas("ubl")])
def test_real_invoices(dossier, nom, attendu):
    lu = read_fichier(DONNEES / dossier / nom)
    assert lu.format == dossier
    assert {(e.code, e.gravite) for e in lu.erreurs} <= {(code, "avertissement") for code in DOUTES}
    (creance,) = lu.creances
    assert creance.numero == attendu["numero"]
    assert f"{creance.date_emission:%Y%m%d}" == attendu["date"].replace("-", "")
    echeances = [jour.replace("-", "") for jour in attendu["echeances"]]
    assert ([f"{creance.date_echeance:%Y%m%d}"] if creance.date_echeance else []) == echeances
    assert creance.devise == attendu["devise"]
    assert creance.montant_ttc == Decimal(attendu["TTC"])
    assert creance.reste_du == Decimal(attendu["net_a_payer"])
    assert creance.debiteur.nom == attendu["acheteur"]
    assert lu.tiers == (creance.debiteur,)
    assert lu.resume["vendeur"] == attendu["vendeur"]
    assert lu.resume["type"] == attendu["type"]
    assert lu.resume["profil"] == attendu["profil"]
    assert creance.avoir is (attendu["type"] == "381" or Decimal(attendu["TTC"]) < 0)
    assert Decimal(lu.resume.get("acompte") or 0) == Decimal(attendu["acompte"] or 0)
    vendeur = attendu.get("siren_vendeur") or ""
    if is_siren_valide(vendeur) or vendeur.startswith("99999999"):
        assert vendeur in (lu.resume.get("vendeur_siret"), lu.resume.get("vendeur_siren"))


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
        (b">230.10<", b">1e3<", "montant_illisible"),
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


def test_a_third_decimal_is_rounded_and_said():
    lu = read_fichier(charger().replace(b">230.10<", b">230.105<"))
    assert lu.creances[0].montant_ttc == Decimal("230.11")
    assert set(codes(lu)) == {"montant_arrondi"}


@pytest.mark.parametrize(
    ("code", "avertissements", "avoir"),
    [
        ("380", [], False),
        ("389", [], False),
        ("386", ["facture_d_acompte"], False),
        ("384", ["facture_rectificative"], False),
        ("393", ["facture_affacturee"], False),
        ("472", ["facture_rectificative", "facture_affacturee"], False),
        ("381", [], True),
        ("261", [], True),
        ("503", [], True),
    ],
)
def test_what_each_type_of_invoice_means(code, avertissements, avoir):
    lu = read_fichier(charger().replace(b"TypeCode>380<", f"TypeCode>{code}<".encode(), 1))
    (creance,) = lu.creances
    assert codes(lu) == avertissements
    assert (creance.avoir, creance.type_piece) == (avoir, code)
    assert creance.effet == Decimal("-230.10" if avoir else "230.10")


def test_net_to_pay_that_the_total_and_what_was_prepaid_do_not_give():
    lu = read_fichier(charger().replace(b"TotalPrepaidAmount>0.00<", b"TotalPrepaidAmount>50.00<"))
    assert codes(lu) == ["net_a_payer_incoherent"]
    assert lu.creances[0].reste_du == Decimal("230.10")


def test_a_due_date_that_cannot_be_read_does_not_lose_the_invoice():
    lu = read_fichier(charger().replace(b">20250204<", b">202502<"))
    assert lu.creances[0].date_echeance is None
    assert [(e.code, e.gravite) for e in lu.erreurs] == [("date_illisible", "avertissement")]


def test_instalments_make_one_claim_and_keep_their_schedule():
    texte = charger().decode("utf-8-sig")
    debut, fin = texte.index("<ram:SpecifiedTradePaymentTerms>"), texte.index("</ram:SpecifiedTradePaymentTerms>")
    terme = texte[debut : fin + len("</ram:SpecifiedTradePaymentTerms>")]
    ferme = "</ram:SpecifiedTradePaymentTerms>"
    un = terme.replace(ferme, f"<ram:PartialPaymentAmount>100.00</ram:PartialPaymentAmount>{ferme}")
    deux = un.replace("20250204", "20250304").replace("100.00", "130.10")
    lu = read_fichier(texte.replace(terme, un + deux).encode())
    (creance,) = lu.creances
    assert [(f"{e.date}", f"{e.montant}") for e in creance.echeances] == [
        ("2025-02-04", "100.00"),
        ("2025-03-04", "130.10"),
    ]
    assert f"{creance.date_echeance}" == "2025-03-04"
    assert "le 04/02/2025" in lu.erreurs[0].message


UBL = """<?xml version="1.0"?><u:Invoice xmlns:u="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<b:ID>F-1</b:ID><b:IssueDate>2026-01-05+01:00</b:IssueDate>{entete}
<a:BillingReference><a:InvoiceDocumentReference><b:ID>F-0</b:ID></a:InvoiceDocumentReference></a:BillingReference>
<a:AccountingCustomerParty><b:SupplierAssignedAccountID>C42</b:SupplierAssignedAccountID><a:Party>
<b:EndpointID schemeID="0225">732829320_COMPTA</b:EndpointID>
<a:PostalAddress><b:StreetName>rue Fictive</b:StreetName><b:BuildingNumber>3</b:BuildingNumber>
<b:CityName>Bourg</b:CityName><b:PostalZone>01000</b:PostalZone>
<a:Country><b:IdentificationCode>FR</b:IdentificationCode></a:Country></a:PostalAddress>
<a:PartyLegalEntity><b:RegistrationName>Société Fictive SAS</b:RegistrationName></a:PartyLegalEntity>
<a:Contact><b:ElectronicMail>compta@fictive.example</b:ElectronicMail></a:Contact></a:Party></a:AccountingCustomerParty>
{pied}
<a:LegalMonetaryTotal><b:TaxInclusiveAmount currencyID="EUR">120</b:TaxInclusiveAmount>
<b:PayableAmount currencyID="EUR">120.000</b:PayableAmount></a:LegalMonetaryTotal></u:Invoice>"""
MOYEN = "<a:PaymentMeans><b:PaymentDueDate>2026-02-05</b:PaymentDueDate></a:PaymentMeans>"
TERMES = "".join(
    f"<a:PaymentTerms><b:Amount>{part}</b:Amount><b:PaymentDueDate>2026-0{mois}-05</b:PaymentDueDate></a:PaymentTerms>"
    for part, mois in ((40, 2), (80, 3))
)


def lire_ubl(entete="", pied=""):
    return read_fichier(UBL.format(entete=entete, pied=pied).encode())


def test_ubl_with_any_prefix_gives_its_buyer():
    lu = lire_ubl()
    (creance,) = lu.creances
    debiteur = creance.debiteur
    assert lu.format == "ubl"
    assert not lu.erreurs
    assert (creance.montant_ttc, creance.devise, f"{creance.date_emission}") == (Decimal(120), "EUR", "2026-01-05")
    assert creance.factures_anterieures == ("F-0",)
    assert (debiteur.code, debiteur.nom, debiteur.siren) == ("C42", "Société Fictive SAS", "732829320")
    assert (debiteur.adresse, debiteur.code_postal, debiteur.ville) == (("3 rue Fictive",), "01000", "Bourg")
    assert debiteur.email == "compta@fictive.example"
    assert (debiteur.qualite, debiteur.qualite_proposee) == (None, "professionnel")


@pytest.mark.parametrize(
    ("entete", "pied", "echeance", "plan"),
    [
        ("<b:DueDate>2026-02-04Z</b:DueDate>", MOYEN, "2026-02-04", []),
        ("", MOYEN, "2026-02-05", []),
        ("", TERMES, "2026-03-05", ["40.00", "80.00"]),
        ("", "", "None", []),
    ],
)
def test_ubl_due_dates(entete, pied, echeance, plan):
    (creance,) = lire_ubl(entete, pied).creances
    assert f"{creance.date_echeance}" == echeance
    assert [f"{e.montant}" for e in creance.echeances] == plan


def test_ubl_trade_and_registered_names():
    (creance,) = read_fichier(DONNEES / "ubl" / "ubl-21-en16931.xml").creances
    assert (creance.debiteur.nom, creance.debiteur.raison_sociale) == (
        "Ma jolie Trading Brand",
        "Ma jolie boutique SARL",
    )
    assert creance.debiteur.siren == "787878784"


@pytest.mark.parametrize(
    ("avant", "apres", "code"),
    [
        ("<b:ID>F-1</b:ID>", "", "numero_absent"),
        ("<b:IssueDate>2026-01-05+01:00</b:IssueDate>", "", "date_absente"),
        ("AccountingCustomerParty", "AutrePartie", "nom_absent"),
        (">120<", "><", None),
        ("LegalMonetaryTotal", "AutreTotal", "montant_absent"),
        ("Société Fictive SAS", "", "nom_absent"),
    ],
)
def test_faulty_ubl(avant, apres, code):
    lu = read_fichier(UBL.format(entete="", pied="").replace(avant, apres).encode())
    assert codes(lu) == ([code] if code else [])


def test_an_address_scheme_of_another_country_is_no_siren():
    xml = UBL.format(entete="", pied="").replace("0225", "0192").replace("732829320_COMPTA", "732829320")
    assert read_fichier(xml.encode()).creances[0].debiteur.siren is None


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
    debut, fin = charger().rsplit(b"</rsm:", 1)
    lu = read_fichier(build_pdf([("factur-x.xml", debut + b" " * 30_000_000 + b"</rsm:" + fin)]))
    assert codes(lu) == ["fichier_trop_gros"]


def test_huge_pdf_is_refused():
    lu = read_fichier(b"%PDF-1.7" + b"\x00" * 50_000_001)
    assert codes(lu) == ["fichier_trop_gros"]
    assert lu.format is None


def test_an_invoice_below_a_long_comment_is_found():
    licence = b"<!-- " + b"licence " * 2000 + b"-->"
    debut, fin = charger().split(b"?>", 1)
    assert read_fichier(build_pdf([("factur-x.xml", debut + b"?>" + licence + fin)])).creances


def test_two_invoices_of_no_standard_name_are_said():
    lu = read_fichier(build_pdf([("a.xml", charger()), ("b.xml", charger("atgp-facturx-basic.xml"))]))
    assert codes(lu) == ["plusieurs_factures"]
    assert lu.creances[0].numero == "F202600022"


def test_ubl_inside_a_pdf():
    lu = read_fichier(build_pdf([("facture.xml", UBL.format(entete="", pied="").encode())]))
    assert (lu.format, lu.creances[0].numero) == ("facturx", "F-1")


def test_attachment_that_the_document_declares_and_does_not_list():
    pdf, sortie = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    flux = pikepdf.Stream(pdf, charger())
    fiche = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="factur-x.xml", EF=pikepdf.Dictionary(F=flux))
    pdf.Root.AF = pikepdf.Array([pdf.make_indirect(fiche)])
    pdf.save(sortie)
    assert read_fichier(sortie.getvalue()).creances[0].numero == "F202600022"


def test_a_pdf_encrypted_with_an_empty_password_is_read():
    secret = pikepdf.Encryption(owner="un", user="")
    assert read_fichier(build_pdf([("factur-x.xml", charger())], encryption=secret)).creances


def test_an_encoding_that_does_not_exist_is_read_as_utf8():
    xml = charger().replace(b"UTF-8", b"UTF-8-W/O-BOM", 1)
    assert b"W/O" in xml
    assert read_fichier(xml).creances[0].numero == "F202600022"

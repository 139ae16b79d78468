"""OFX: tags left open or not, several accounts, encodings, decimal commas, pending movements."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.echanges.lecture import read_fichier

ENTETE = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n\n"
COMPTE = "<BANKACCTFROM><BANKID>30006<BRANCHID>00001<ACCTID>12345678901<ACCTTYPE>CHECKING</BANKACCTFROM>"


def write_operation(montant="12.50", jour="20261103", fin="\n", **plus):
    champs = {"TRNTYPE": "CREDIT", "DTPOSTED": jour, "TRNAMT": montant, "FITID": "1", "NAME": "SOCIETE FICTIVE"} | plus
    return f"<STMTTRN>{fin}" + "".join(f"<{cle}>{valeur}{fin}" for cle, valeur in champs.items()) + f"</STMTTRN>{fin}"


def build(
    *operations, compte=COMPTE, devise="EUR", entete=ENTETE, solde="<LEDGERBAL><BALAMT>10<DTASOF>20261130</LEDGERBAL>"
):
    return (
        f"{entete}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>{devise}{compte}<BANKTRANLIST><DTSTART>20261101<DTEND>20261130"
        f"{''.join(operations)}</BANKTRANLIST>{solde}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )


def read_un(contenu):
    (mouvement,) = read_fichier(contenu.encode() if isinstance(contenu, str) else contenu).mouvements
    return mouvement


@pytest.mark.parametrize("fin", ["\n", "\r\n", ""])
def test_le_compte_et_le_mouvement(fin):
    lu = read_fichier(build(write_operation(fin=fin, MEMO="FACTURE F-12")).encode())
    (mouvement,) = lu.mouvements
    assert (mouvement.montant, str(mouvement.date), mouvement.contrepartie) == (
        Decimal("12.50"),
        "2026-11-03",
        "SOCIETE FICTIVE",
    )
    assert (mouvement.libelle, mouvement.identifiant) == ("SOCIETE FICTIVE FACTURE F-12", "1")
    assert mouvement.compte == lu.comptes[0].iban == "FR7630006000011234567890189"
    assert (lu.comptes[0].solde_fin, str(lu.comptes[0].date_fin)) == (Decimal(10), "2026-11-30")
    assert lu.comptes[0].controle is None


@pytest.mark.parametrize(
    ("ecrit", "montant"),
    [("-12.50", "-12.50"), ("-12,50", "-12.50"), ("+1 234,5", "1234.50"), ("1,234.50", "1234.50"), ("100", "100.00")],
)
def test_les_montants(ecrit, montant):
    assert read_un(build(write_operation(ecrit))).montant == Decimal(montant)


@pytest.mark.parametrize(
    "jour", ["20261103", "20261103120000", "20261103235959.123[-5:EST]", "2026-11-03", "03/11/2026"]
)
def test_les_jours_tels_que_la_banque_les_ecrit(jour):
    assert str(read_un(build(write_operation(jour=jour))).date) == "2026-11-03"


@pytest.mark.parametrize("encodage", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_les_encodages(encodage):
    contenu = build(write_operation(NAME="Café d'été &amp; Cie")).encode(encodage)
    assert read_un(contenu).contrepartie == "Café d'été & Cie"


def test_xml_et_commentaires():
    operation = write_operation().replace("\n", "</X>\n")
    for cle in ("TRNTYPE", "DTPOSTED", "TRNAMT", "FITID", "NAME"):
        operation = operation.replace("</X>", f"</{cle}>", 1) if operation.startswith(f"<{cle}") else operation
    entete = '<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="211"?>'
    contenu = build("<!-- <STMTTRN><TRNAMT>99 -->", write_operation(NAME="<![CDATA[A & B < C]]>"), entete=entete)
    mouvement = read_un(contenu)
    assert (mouvement.montant, mouvement.contrepartie) == (Decimal("12.50"), "A & B < C")


def test_plusieurs_comptes_dont_une_carte():
    carte = "<CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR<CCACCTFROM><ACCTID>4970XXXX1234</CCACCTFROM>"
    carte += (
        f"<BANKTRANLIST>{write_operation('-3.00')}</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>"
    )
    lu = read_fichier((build(write_operation()).removesuffix("</OFX>") + carte).encode())
    assert [(m.compte, str(m.montant)) for m in lu.mouvements] == [
        ("FR7630006000011234567890189", "12.50"),
        ("4970XXXX1234", "-3.00"),
    ]
    assert [c.iban for c in lu.comptes] == ["FR7630006000011234567890189", "4970XXXX1234"]


def test_le_compte_de_l_autre_et_la_devise_de_l_operation():
    plus = write_operation().replace(
        "</STMTTRN>",
        "<BANKACCTTO><BANKID>20041<BRANCHID>01005<ACCTID>0500013M026</BANKACCTTO><CURRENCY><CURSYM>USD</CURRENCY></STMTTRN>",
    )
    mouvement = read_un(build(plus))
    assert (mouvement.iban, mouvement.devise) == ("FR1420041010050500013M02606", "USD")
    assert mouvement.montant == Decimal("12.50")


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        (write_operation("$12"), "montant_illisible"),
        (write_operation(jour="20261340"), "date_inexistante"),
        ("<STMTTRN><TRNAMT>1</STMTTRN>", "date_absente"),
        ("<STMTTRN><DTPOSTED>20261101</STMTTRN>", "montant_absent"),
    ],
)
def test_une_operation_fautive_est_dite_et_les_autres_gardees(operation, code):
    lu = read_fichier(build(operation, write_operation()).encode())
    assert [m.montant for m in lu.mouvements] == [Decimal("12.50")]
    assert [(e.code, e.ligne) for e in lu.erreurs] == [(code, 8)]


@given(
    st.lists(st.tuples(st.integers(-(10**11), 10**11), st.text("ABC abcé&<;'", max_size=30)), max_size=30),
    st.booleans(),
)
def test_ce_qui_est_ecrit_se_relit(operations, fermees):
    def ecrire(cle, valeur):
        return f"<{cle}>{valeur}</{cle}>" if fermees else f"<{cle}>{valeur}\n"

    textes = [
        "<STMTTRN>"
        + ecrire("DTPOSTED", "20261103")
        + ecrire("TRNAMT", Decimal(cents).scaleb(-2))
        + ecrire("FITID", rang)
        + ecrire("MEMO", "x " + texte.replace("&", "&amp;").replace("<", "&lt;"))
        + "</STMTTRN>"
        for rang, (cents, texte) in enumerate(operations)
    ]
    lu = read_fichier(build(*textes).encode())
    assert [(m.montant, m.libelle) for m in lu.mouvements] == [
        (Decimal(cents).scaleb(-2), " ".join(f"x {texte}".split())) for cents, texte in operations
    ]


def test_un_compte_titres_est_nomme_et_ses_especes_lues():
    especes = f"<INVBANKTRAN>{write_operation('1000.00')}<SUBACCTFUND>CASH</INVBANKTRAN>"
    achat = "<BUYSTOCK><INVBUY><INVTRAN><FITID>9<DTTRADE>20261103</INVTRAN><UNITS>5<TOTAL>-100</INVBUY></BUYSTOCK>"
    for operations, montants in ((achat + especes, [Decimal(1000)]), (achat, [])):
        lu = read_fichier(
            f"{ENTETE}<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><DTASOF>20261130<CURDEF>EUR"
            f"<INVACCTFROM><BROKERID>exemple<ACCTID>123</INVACCTFROM><INVTRANLIST>{operations}</INVTRANLIST>"
            "</INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1></OFX>".encode()
        )
        assert [m.montant for m in lu.mouvements] == montants
        assert [(e.code, e.gravite) for e in lu.erreurs] == [("compte_titres", "avertissement")]

"""What the bank says of orders: every generation of pain.002, the file, the batch and the order; faults are values."""

import re
from decimal import Decimal

import pytest

from exigible.echanges.lecture import read_fichier

VERSIONS = ["001.03", "001.05", "001.08", "001.10", "001.11", "001.14", "003.03"]
ENTETE = "<GrpHdr><MsgId>BANQUE-1</MsgId><CreDtTm>2026-12-08T23:30:00-05:00</CreDtTm></GrpHdr>"
RAISON = "<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn><AddtlInf>Dit par la banque</AddtlInf></StsRsnInf>"


def ecrire_ordre(reference="D-00001-1", statut="RJCT", code="AM04", version="001.03", montant="200.00"):
    nom = "<Pty><Nm>Client Fictif</Nm></Pty>" if version >= "001.08" else "<Nm>Client Fictif</Nm>"
    mandat = "<MndtId>RUM-1</MndtId>"
    if version >= "001.10":
        mandat = f"<DrctDbtMndt>{mandat}</DrctDbtMndt>"
    return (
        f"<TxInfAndSts><StsId>1</StsId><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>{statut}</TxSts>"
        f"{RAISON.format(code=code) if code else ''}"
        f'<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">{montant}</InstdAmt></Amt><ReqdColltnDt>2026-12-07</ReqdColltnDt>'
        f"<MndtRltdInf>{mandat}</MndtRltdInf><Dbtr>{nom}</Dbtr>"
        "<DbtrAcct><Id><IBAN>FR9399999000010000000000100</IBAN></Id></DbtrAcct></OrgnlTxRef></TxInfAndSts>"
    )


def ecrire(corps, groupe="<GrpSts>PART</GrpSts>", lot="", version="001.03", ordres="pain.008.001.08"):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.{version}">'
        f"<CstmrPmtStsRpt>{ENTETE}<OrgnlGrpInfAndSts><OrgnlMsgId>MSG-1</OrgnlMsgId><OrgnlMsgNmId>{ordres}</OrgnlMsgNmId>"
        f"{groupe}</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>MSG-1-1</OrgnlPmtInfId>{lot}{corps}"
        "</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()


@pytest.mark.parametrize("version", VERSIONS)
def test_un_ordre_refuse_dans_toutes_les_versions(version):
    lu = read_fichier(ecrire(ecrire_ordre(version=version.replace("003.03", "001.03")), version=version), "rendu.xml")
    assert (lu.format, lu.erreurs) == ("pain002", ())
    fichier, ordre = lu.comptes_rendus
    assert (fichier.niveau, fichier.statut, fichier.refuse) == ("fichier", "PART", False)
    assert (ordre.niveau, ordre.statut, ordre.refuse) == ("ordre", "RJCT", True)
    assert (ordre.bout_en_bout, ordre.lot, ordre.message) == ("D-00001-1", "MSG-1-1", "MSG-1")
    assert (ordre.montant, ordre.devise, ordre.mandat) == (Decimal("200.00"), "EUR", "RUM-1")
    assert (ordre.nom, ordre.iban) == ("Client Fictif", "FR9399999000010000000000100")
    assert ordre.motifs == (("AM04", "Dit par la banque"),)
    # The civil day is that which the bank wrote: no zone moves it.
    assert (f"{ordre.date}", f"{ordre.date_demandee}") == ("2026-12-08", "2026-12-07")
    assert lu.resume == {"message": "BANQUE-1", "fichier": "MSG-1", "ordres": "pain.008.001.08", "refuses": "1"}


def test_les_espaces_de_noms_des_banques():
    complet = ecrire(ecrire_ordre()).decode()
    espace = 'xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"'
    suisse = complet.replace(espace, 'xmlns="http://www.six-interbank-clearing.com/de/pain.002.001.10.ch.03.xsd"')
    prefixe = re.sub(r"<(/?)(?![?/])", r"<\1b:", complet.replace(espace, espace.replace("xmlns", "xmlns:b")))
    for texte in (complet.replace(f" {espace}", ""), suisse, prefixe):
        lu = read_fichier(texte.encode(), "rendu.xml")
        assert lu.format == "pain002"
        assert [r.bout_en_bout for r in lu.comptes_rendus] == [None, "D-00001-1"]


def test_la_premiere_generation_a_ses_ordres_hors_des_lots():
    ordre = ecrire_ordre().replace("<Rsn>", "<StsRsn>").replace("</Rsn>", "</StsRsn>")
    ordre = ordre.replace("AddtlInf>", "AddtlStsRsnInf>").replace(
        "<StsId>1</StsId>", "<StsId>1</StsId><OrgnlPmtInfId>MSG-1-1</OrgnlPmtInfId>"
    )
    texte = (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.02"><pain.002.001.02>'
        f"{ENTETE}<OrgnlGrpInfAndSts><OrgnlMsgId>MSG-1</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.01</OrgnlMsgNmId>"
        f"</OrgnlGrpInfAndSts>{ordre}</pain.002.001.02></Document>"
    )
    (rendu,) = read_fichier(texte.encode(), "rendu.xml").comptes_rendus
    assert (rendu.refuse, rendu.lot, rendu.motifs) == (True, "MSG-1-1", (("AM04", "Dit par la banque"),))


def test_un_fichier_ou_un_lot_refuse_en_entier():
    totaux = "<OrgnlNbOfTxs>2</OrgnlNbOfTxs><OrgnlCtrlSum>400.00</OrgnlCtrlSum>"
    groupe = f"{totaux}<GrpSts>RJCT</GrpSts>{RAISON.format(code='FF01')}"
    lot = f"{totaux}<PmtInfSts>rjct</PmtInfSts>"
    fichier, un_lot = read_fichier(ecrire("", groupe, lot), "rendu.xml").comptes_rendus
    assert (fichier.refuse, fichier.total, fichier.nombre) == (True, Decimal("400.00"), 2)
    assert fichier.motifs[0][0] == "FF01"
    assert (un_lot.niveau, un_lot.refuse, un_lot.lot) == ("lot", True, "MSG-1-1")


def test_le_beneficiaire_d_un_virement_refuse():
    ordre = ecrire_ordre().replace("<Dbtr>", "<Cdtr>").replace("</Dbtr>", "</Cdtr>").replace("DbtrAcct", "CdtrAcct")
    *_, rendu = read_fichier(ecrire(ordre, ordres="pain.001.001.09"), "rendu.xml").comptes_rendus
    assert (rendu.nom, rendu.iban) == ("Client Fictif", "FR9399999000010000000000100")


@pytest.mark.parametrize(
    ("contenu", "codes", "nombre"),
    [
        (ecrire("", groupe=""), ["statut_absent"], 0),
        (ecrire(ecrire_ordre(statut="")), ["statut_absent"], 1),
        (ecrire(ecrire_ordre(montant="1O0")), ["montant_illisible"], 2),
        (ecrire("", groupe="<OrgnlNbOfTxs>-2</OrgnlNbOfTxs><GrpSts>RCVD</GrpSts>"), [], 1),
        (ecrire(ecrire_ordre())[:-30], ["xml_abime"], 0),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + ecrire(ecrire_ordre()).split(b"?>", 1)[1], ["xml_refuse"], 0),
    ],
)
def test_les_fautes_sont_dites_et_le_reste_est_lu(contenu, codes, nombre):
    lu = read_fichier(contenu, "rendu.xml")
    assert [e.code for e in lu.erreurs] == codes
    assert len(lu.comptes_rendus) == nombre

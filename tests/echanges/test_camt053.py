"""Bank statements CAMT.053: real files, balances, signs, batches."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.echanges.lecture import read_fichier

DONNEES = Path(__file__).parent / "donnees" / "camt053"
ATTENDU = json.loads((DONNEES / "attendu.json").read_text(encoding="utf-8"))
LUS = [nom for nom in ATTENDU if "camt054" not in nom]


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


@pytest.mark.parametrize("nom", LUS)
def test_real_statements(nom):
    attendu, lu = ATTENDU[nom], read_fichier(DONNEES / nom)
    assert lu.format == "camt053"
    assert len(lu.comptes) == attendu["releves"]
    assert sum(mouvement.montant for mouvement in lu.mouvements if mouvement.montant > 0) == sum(
        Decimal(detail["total_credit"]) for detail in attendu["details"]
    )
    assert -sum(mouvement.montant for mouvement in lu.mouvements if mouvement.montant < 0) == sum(
        Decimal(detail["total_debit"]) for detail in attendu["details"]
    )
    assert len(lu.mouvements) == sum(detail["sous_transactions"] for detail in attendu["details"])
    for compte, detail in zip(lu.comptes, attendu["details"], strict=True):
        soldes = {code: Decimal(montant) for code, montant, _, _ in detail["soldes"]}
        assert compte.iban == detail["compte"]
        assert (compte.solde_debut, compte.solde_fin) == (soldes["OPBD"], soldes["CLBD"])


def test_only_true_balances_are_checked():
    controles = {nom: [compte.controle for compte in read_fichier(DONNEES / nom).comptes] for nom in LUS}
    assert controles == {
        "camt053.v2.minimal.xml": [None],
        "camt053.v2.multi.statement.xml": [True, True],
        "camt053.v2.all-balance-types.xml": [False],
        "camt053.v4.xml": [None],
        "camt053.v2.wrong.xml": [],
        "oca-test-camt053.xml": [False],
    }


def test_a_file_without_statement_says_so():
    assert codes(read_fichier(DONNEES / "camt053.v2.wrong.xml")) == ["releve_vide"]


def test_camt054_has_movements_and_no_balance():
    lu = read_fichier(DONNEES / "oca-test-camt054.xml")
    assert (lu.format, codes(lu)) == ("camt054", [])
    assert [(str(m.montant), m.contrepartie) for m in lu.mouvements] == [("5.00", "Test Customer")]
    assert [(c.iban, c.solde_debut, c.solde_fin, c.controle) for c in lu.comptes] == [
        ("NL77ABNA0574908765", None, None, None)
    ]


ECRITURE = """<Ntry><NtryRef>R1</NtryRef><Amt Ccy="EUR">{montant}</Amt><CdtDbtInd>{sens}</CdtDbtInd>{plus}
<BookgDt><Dt>2026-11-03</Dt></BookgDt><ValDt><Dt>2026-11-04</Dt></ValDt><AcctSvcrRef>BQ-1</AcctSvcrRef><NtryDtls>{details}</NtryDtls></Ntry>"""


def build(*ecritures, version="08", debut="100.00", fin="150.00"):
    def solde(code, montant):
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{montant}</Amt>"
            "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-01</Dt></Dt></Bal>"
        )

    return (
        f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}'><BkToCstmrStmt><Stmt><Acct><Id>"
        "<IBAN>FR76 3000 6000 0112 3456 7890 189</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{solde('PRCD', debut)}{solde('CLBD', fin)}{''.join(ecritures)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def ecrire(montant="50.00", sens="CRDT", plus="<Sts><Cd>BOOK</Cd></Sts>", details=""):
    return ECRITURE.format(montant=montant, sens=sens, plus=plus, details=details)


VERSION_8 = """<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties>
<Dbtr><Pty><Nm>Société  fictive</Nm></Pty></Dbtr>
<DbtrAcct><Id><IBAN>FR14 2004 1010 0505 0001 3M02 606</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>Facture F-1</Ustrd><Ustrd>et F-2</Ustrd></RmtInf></TxDtls>"""


def test_version_8_party_label_and_reference_of_the_bank():
    lu = read_fichier(build(ecrire(details=VERSION_8)))
    (mouvement,) = lu.mouvements
    assert (mouvement.contrepartie, mouvement.iban) == ("Société fictive", "FR1420041010050500013M02606")
    assert (mouvement.libelle, mouvement.reference, mouvement.identifiant) == ("Facture F-1 et F-2", None, "BQ-1")
    assert (str(mouvement.date), str(mouvement.date_valeur)) == ("2026-11-03", "2026-11-04")
    assert mouvement.compte == lu.comptes[0].iban == "FR7630006000011234567890189"
    assert lu.compte is lu.comptes[0]
    assert lu.comptes[0].controle is True
    assert not lu.erreurs


@pytest.mark.parametrize("version", ["02", "03", "04", "06", "08", "10", "13"])
@pytest.mark.parametrize("statut", ["<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>", ""])
def test_all_versions(version, statut):
    lu = read_fichier(build(ecrire(plus=statut), version=version))
    assert [mouvement.montant for mouvement in lu.mouvements] == [Decimal("50.00")]


@pytest.mark.parametrize(("sens", "signe"), [("CRDT", 1), ("DBIT", -1)])
@pytest.mark.parametrize("annulation", ["", "<RvslInd>true</RvslInd>", "<RvslInd>false</RvslInd>"])
def test_sign_is_that_of_the_money_even_for_a_reversal(sens, signe, annulation):
    lu = read_fichier(build(ecrire(sens=sens, plus=annulation), fin="150.00" if signe > 0 else "50.00"))
    assert lu.mouvements[0].montant == 50 * signe
    assert lu.comptes[0].controle is True


def test_returned_direct_debit_names_the_debtor():
    details = "<TxDtls><RltdPties><Dbtr><Nm>Client fictif</Nm></Dbtr><Cdtr><Nm>Nous</Nm></Cdtr></RltdPties></TxDtls>"
    lu = read_fichier(build(ecrire(sens="DBIT", plus="<RvslInd>true</RvslInd>", details=details)))
    assert lu.mouvements[0].contrepartie == "Client fictif"


LOT = """<TxDtls><Amt Ccy='EUR'>{}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RmtInf><Strd><CdtrRefInf><Ref>{}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"""


def test_a_batch_is_split_when_it_adds_up():
    lu = read_fichier(build(ecrire(details=LOT.format("20.00", "RF1") + LOT.format("30.00", "RF2"))))
    assert [(m.montant, m.reference, m.identifiant) for m in lu.mouvements] == [
        (Decimal("20.00"), "RF1", "BQ-1"),
        (Decimal("30.00"), "RF2", "BQ-1/2"),
    ]
    assert lu.comptes[0].controle is True


def test_a_batch_that_does_not_add_up_stays_whole():
    lu = read_fichier(build(ecrire(details=LOT.format("20.00", "RF1") + LOT.format("29.00", "RF2"))))
    assert [mouvement.montant for mouvement in lu.mouvements] == [Decimal("50.00")]


def test_pending_entries_are_left_out_and_said():
    lu = read_fichier(build(ecrire(), ecrire(plus="<Sts>PDNG</Sts>")))
    assert len(lu.mouvements) == 1
    assert codes(lu) == ["operation_en_attente"]


def test_foreign_currency_is_kept_with_a_warning():
    lu = read_fichier(build(ecrire().replace("EUR", "USD")))
    assert lu.mouvements[0].devise == "USD"
    assert codes(lu) == ["devise_etrangere"]
    assert lu.comptes[0].controle is None


def test_missing_movements_are_noticed():
    lu = read_fichier(build(ecrire(), fin="999.00"))
    assert lu.comptes[0].controle is False
    assert codes(lu) == ["solde_incoherent"]


@pytest.mark.parametrize(
    ("avant", "apres", "code"),
    [
        (">50.00<", ">cinquante<", "montant_illisible"),
        (">50.00<", ">50.001<", "montant_trop_precis"),
        ("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>", "sens_inconnu"),
        ("<Dt>2026-11-03</Dt>", "<Dt>2026-02-31</Dt>", "date_inexistante"),
    ],
)
def test_a_faulty_entry_is_refused_and_the_others_kept(avant, apres, code):
    fautive = ecrire().replace(avant, apres)
    lu = read_fichier(build(ecrire("20.00"), fautive, ecrire("30.00")))
    assert [mouvement.montant for mouvement in lu.mouvements] == [Decimal("20.00"), Decimal("30.00")]
    assert [(erreur.code, erreur.chemin) for erreur in lu.erreurs] == [(code, "Stmt[1]/Ntry[2]")]
    assert lu.comptes[0].controle is None


def test_truncated_statement_keeps_what_came_before():
    entier = build(ecrire("20.00"), ecrire("30.00"))
    lu = read_fichier(entier[: entier.index(b"30.00")])
    assert [mouvement.montant for mouvement in lu.mouvements] == [Decimal("20.00")]
    assert codes(lu) == ["xml_abime"]
    assert lu.comptes[0].controle is None

"""The measure of the readers of bank files: movements a second, in one process, from the file to the neutral records.

Each file is made for it, as banks write them: names, references and labels on every movement. Reading counts the digest
of the file and the recognition of its format.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from exigible.echanges.lecture import open_fichiers
from exigible.echanges.releves import ReleveOuvert

_ESSAIS = 3


def measure_releves(dossier: Path, mouvements: int) -> dict[str, int]:
    """Write a file of so many movements in each format, and count how many are read a second (the best of three)."""
    return {"mouvements": mouvements} | {
        f"{nom}_par_seconde": _measure(dossier / f"{nom}.txt", mouvements, ecrire) for nom, ecrire in _FORMATS.items()
    }


def _measure(fichier: Path, mouvements: int, ecrire: Callable[[int], Iterator[str]]) -> int:
    with fichier.open("w", encoding="utf-8") as sortie:
        sortie.writelines(ecrire(mouvements))
    meilleur = 0
    for _ in range(_ESSAIS):
        debut = time.perf_counter_ns()
        lus = count_mouvements(fichier)
        meilleur = max(meilleur, lus * 10**9 // (time.perf_counter_ns() - debut))
    fichier.unlink()
    return meilleur


def count_mouvements(fichier: Path) -> int:
    """Read a bank file to its end without keeping anything."""
    return sum(1 for ouvert in open_fichiers(fichier) if isinstance(ouvert, ReleveOuvert) for _ in ouvert)


def write_cfonb120(mouvements: int) -> Iterator[str]:
    """Write a French statement: for each movement, two lines about it."""
    compte = "30004{}00001EUR2 00000123456"
    yield f"01{compte.format('    ')}  311025{'':50}{'0000000000000{'}{'':16}\n"
    for rang in range(mouvements):
        jour, cents = f"{rang % 28 + 1:02}1125", 100 + rang
        debut = f"{compte.format('A001')}18{jour}"
        libelle, montant = f"VIR SEPA CLIENT {rang % 500}", f"{cents // 10:013}{'{ABCDEFGHI'[cents % 10]}"
        yield f"04{debut}  {jour}{libelle:31}  {rang % 10**7:07}00{montant}{'':16}\n"
        yield f"05{debut}     NPY{f'CLIENT FICTIF {rang % 500}':70}  \n"
        yield f"05{debut}     LCC{f'FACTURE F-{rang} MERCI':70}  \n"
    total = sum(100 + rang for rang in range(mouvements))
    yield f"07{compte.format('    ')}  301125{'':50}{total // 10:013}{'{ABCDEFGHI'[total % 10]}{'':16}\n"


def write_mt940(mouvements: int) -> Iterator[str]:
    """Write a statement with numbered parts in « :86: »."""
    yield ":20:RELEVE\n:25:FR7630004000010000012345643\n:28C:1/1\n:60F:C251031EUR0,00\n"
    for rang in range(mouvements):
        jour, cents = rang % 28 + 1, 100 + rang
        yield f":61:2511{jour:02}11{jour:02}C{cents // 100},{cents % 100:02}NTRFNONREF//B{rang:012}\n"
        yield f":86:166?00VIREMENT RECU?20EREF+E2E-{rang}?21SVWZ+FACTURE F-{rang}?22MERCI\n"
        yield f"?30TESTFRPP?31FR1420041010050500013M02606?32CLIENT FICTIF {rang % 500}\n"
    total = sum(100 + rang for rang in range(mouvements))
    yield f":62F:C251130EUR{total // 100},{total % 100:02}\n-\n"


def write_camt053(mouvements: int) -> Iterator[str]:
    """Write a statement of version 8: status, codes, references, both parties, the agent, remittance."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
    yield "<BkToCstmrStmt><Stmt><Id>1</Id>"
    yield "<Acct><Id><IBAN>FR7630004000010000012345643</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
    total = sum(100 + rang for rang in range(mouvements))
    for code, cents in (("OPBD", 0), ("CLBD", total)):
        yield (
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{cents // 100}.{cents % 100:02}</Amt>"
            "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-11-30</Dt></Dt></Bal>\n"
        )
    for rang in range(mouvements):
        jour, cents = f"2025-11-{rang % 28 + 1:02}", 100 + rang
        yield (
            f"<Ntry><NtryRef>{rang}</NtryRef><Amt Ccy='EUR'>{cents // 100}.{cents % 100:02}</Amt>"
            "<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
            f"<BookgDt><Dt>{jour}</Dt></BookgDt><ValDt><Dt>{jour}</Dt></ValDt><AcctSvcrRef>B{rang:012}</AcctSvcrRef>\n"
            "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
            f"<NtryDtls><TxDtls><Refs><EndToEndId>E2E-{rang}</EndToEndId></Refs>"
            f"<Amt Ccy='EUR'>{cents // 100}.{cents % 100:02}</Amt><CdtDbtInd>CRDT</CdtDbtInd>\n"
            f"<RltdPties><Dbtr><Pty><Nm>Client fictif {rang % 500}</Nm></Pty></Dbtr>"
            "<DbtrAcct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></DbtrAcct></RltdPties>"
            "<RltdAgts><DbtrAgt><FinInstnId><BICFI>TESTFRPP</BICFI></FinInstnId></DbtrAgt></RltdAgts>\n"
            f"<RmtInf><Ustrd>Facture F-{rang}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
        )
    yield "</Stmt></BkToCstmrStmt></Document>\n"


def write_ofx(mouvements: int) -> Iterator[str]:
    """Write a statement of version 1 (SGML), no tag closed but those of blocks."""
    yield "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\n\n"
    yield "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR\n"
    yield "<BANKACCTFROM><BANKID>30004<BRANCHID>00001<ACCTID>00000123456<ACCTTYPE>CHECKING</BANKACCTFROM>\n"
    yield "<BANKTRANLIST>\n"
    for rang in range(mouvements):
        cents = 100 + rang
        yield (
            f"<STMTTRN>\n<TRNTYPE>CREDIT\n<DTPOSTED>202511{rang % 28 + 1:02}\n<TRNAMT>{cents // 100}.{cents % 100:02}\n"
            f"<FITID>B{rang:012}\n<NAME>CLIENT FICTIF {rang % 500}\n<MEMO>FACTURE F-{rang}\n</STMTTRN>\n"
        )
    yield "</BANKTRANLIST><LEDGERBAL><BALAMT>0.00<DTASOF>20251130</LEDGERBAL>"
    yield "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"


def write_csv_releve(mouvements: int) -> Iterator[str]:
    """Write an export with debit and credit apart."""
    yield "Date d'opération;Date de valeur;Libellé;Débit;Crédit\n"
    for rang in range(mouvements):
        jour, cents = f"{rang % 28 + 1:02}/11/2025", 100 + rang
        yield f"{jour};{jour};VIR SEPA CLIENT FICTIF {rang % 500} FACTURE F-{rang};;{cents // 100},{cents % 100:02}\n"


_FORMATS: dict[str, Callable[[int], Iterator[str]]] = {
    "camt053": write_camt053,
    "cfonb120": write_cfonb120,
    "csv_releve": write_csv_releve,
    "mt940": write_mt940,
    "ofx": write_ofx,
}

"""Write the bank statement (CAMT.053) of the days that follow the accounts: what the bank sends every week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from lxml import etree
from lxml.builder import ElementMaker  # type: ignore[import-not-found]  # left out of lxml-stubs

from exigible.bureau.demonstration.societe import ARRETE, SOCIETE, compute_iban, load_clients
from exigible.droit.argent import ZERO

_ESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
_e = ElementMaker(namespace=_ESPACE, nsmap={None: _ESPACE})

SOLDE_OUVERTURE = Decimal("23418.65")


@dataclass(frozen=True, slots=True)
class _Mouvement:
    """A booked line, `age` days before the first load; `client` empty for the bank's own fees."""

    age: int
    montant: Decimal
    libelle: str
    client: str = ""
    reference: str = ""


MOUVEMENTS = (
    # Exact reference and amount: recognised alone.
    _Mouvement(6, Decimal("2712.00"), "VIREMENT COOP IMAGINAIRE", "CAGRI", "M2020"),
    _Mouvement(5, Decimal("3468.00"), "FACTURE E4003", "CAGRI"),
    # The exact amount of M2013 without its reference: a person must say; meanwhile the debtor is not chased.
    _Mouvement(4, Decimal("396.00"), "VIR INST BOULANGERIE MODELE", "CBOUL"),
    # The reference of M2006, but only a part of what is left.
    _Mouvement(3, Decimal("1500.00"), "ACOMPTE FACTURE M2006", "CINFO", "M2006"),
    _Mouvement(2, Decimal("-18.50"), "COMMISSION DE MOUVEMENT"),
)


def render_camt053(aujourd_hui: date) -> bytes:
    """Write the statement, version 8: opening balance, movements, closing balance that adds up."""
    debut, fin = aujourd_hui - timedelta(days=ARRETE - 1), aujourd_hui - timedelta(days=1)
    cloture = SOLDE_OUVERTURE + sum((mouvement.montant for mouvement in MOUVEMENTS), ZERO)
    nom = f"REL{fin:%Y%m%d}"
    document = _e.Document(
        _e.BkToCstmrStmt(
            _e.GrpHdr(_e.MsgId(nom), _e.CreDtTm(f"{aujourd_hui:%Y-%m-%d}T04:00:00")),
            _e.Stmt(
                _e.Id(nom),
                _e.CreDtTm(f"{aujourd_hui:%Y-%m-%d}T04:00:00"),
                _e.FrToDt(_e.FrDtTm(f"{debut:%Y-%m-%d}T00:00:00"), _e.ToDtTm(f"{fin:%Y-%m-%d}T23:59:59")),
                _e.Acct(
                    _e.Id(_e.IBAN(SOCIETE.iban)),
                    _e.Ccy("EUR"),
                    _e.Ownr(_e.Nm(f"{SOCIETE.nom} {SOCIETE.forme}")),
                    _e.Svcr(_e.FinInstnId(_e.BICFI(SOCIETE.bic), _e.Nm("Banque Fictive"))),
                ),
                _solde("OPBD", SOLDE_OUVERTURE, debut),
                _solde("CLBD", cloture, fin),
                *_build_lignes(MOUVEMENTS, aujourd_hui),
            ),
        )
    )
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _solde(code: str, montant: Decimal, jour: date) -> etree._Element:
    return _e.Bal(_e.Tp(_e.CdOrPrtry(_e.Cd(code))), *_montant(montant), _e.Dt(_e.Dt(jour.isoformat())))


def _montant(montant: Decimal) -> tuple[etree._Element, etree._Element]:
    return _e.Amt(str(abs(montant)), Ccy="EUR"), _e.CdtDbtInd("CRDT" if montant > 0 else "DBIT")


def _build_lignes(mouvements: Sequence[_Mouvement], aujourd_hui: date) -> list[etree._Element]:
    return [_ligne(rang, mouvement, aujourd_hui) for rang, mouvement in enumerate(mouvements, start=1)]


def _ligne(rang: int, mouvement: _Mouvement, aujourd_hui: date) -> etree._Element:
    jour = aujourd_hui - timedelta(days=mouvement.age)
    identifiant = f"DEMO{jour:%Y%m%d}{rang:04}"
    famille = ("PMNT", "RCDT", "ESCT") if mouvement.montant > 0 else ("ACMT", "MDOP", "CHRG")
    return _e.Ntry(
        _e.NtryRef(str(rang)),
        *_montant(mouvement.montant),
        _e.Sts(_e.Cd("BOOK")),
        _e.BookgDt(_e.Dt(jour.isoformat())),
        _e.ValDt(_e.Dt(jour.isoformat())),
        _e.AcctSvcrRef(identifiant),
        _e.BkTxCd(_e.Domn(_e.Cd(famille[0]), _e.Fmly(_e.Cd(famille[1]), _e.SubFmlyCd(famille[2])))),
        _e.NtryDtls(_transaction(mouvement, identifiant)),
        _e.AddtlNtryInf(mouvement.libelle),
    )


def _transaction(mouvement: _Mouvement, identifiant: str) -> etree._Element:
    transaction = _e.TxDtls(
        _e.Refs(_e.AcctSvcrRef(identifiant), _e.EndToEndId(mouvement.reference or "NOTPROVIDED")),
        *_montant(mouvement.montant),
    )
    if mouvement.client:
        client = load_clients()[mouvement.client]
        compte = _e.Id(_e.IBAN(compute_iban(str(int(client.siren)))))
        transaction.append(_e.RltdPties(_e.Dbtr(_e.Pty(_e.Nm(client.nom))), _e.DbtrAcct(compte)))
    transaction.append(_e.RmtInf(_e.Ustrd(mouvement.libelle)))
    return transaction

"""Write the XML inside a Factur-X: an invoice in Cross Industry Invoice syntax, profile BASIC or EN 16931."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from lxml import etree
from lxml.builder import ElementMaker  # type: ignore[import-not-found]  # left out of lxml-stubs

from exigible.bureau.demonstration.societe import SOCIETE, Client, Facture, compute_tva

_RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
_UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
_NOMS = {"rsm": _RSM, "ram": _RAM, "udt": _UDT}
_rsm = ElementMaker(namespace=_RSM, nsmap=_NOMS)
_ram = ElementMaker(namespace=_RAM, nsmap=_NOMS)
_udt = ElementMaker(namespace=_UDT, nsmap=_NOMS)

PENALITES = (
    "En cas de retard : pénalités au taux de la Banque centrale européenne majoré de 10 points "
    "(article L. 441-10 du code de commerce), exigibles sans rappel."
)
INDEMNITE = "Entre professionnels, indemnité forfaitaire de 40 € pour frais de recouvrement (article D. 441-5)."
ESCOMPTE = "Pas d’escompte pour paiement anticipé."


class Profil(StrEnum):
    """The two Factur-X profiles written here."""

    BASIC = "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic"
    EN16931 = "urn:cen.eu:en16931:2017"


@dataclass(frozen=True, slots=True)
class FactureDatee:
    """An invoice on real days. Amounts in euros; VAT is 20 % and exact to the cent."""

    numero: str
    client: Client
    emission: date
    echeance: date
    objet: str
    ttc: Decimal

    @property
    def ht(self) -> Decimal:
        """Price before VAT."""
        return (self.ttc / Decimal("1.2")).quantize(self.ttc)

    @property
    def tva(self) -> Decimal:
        """VAT."""
        return self.ttc - self.ht


def build_facture(facture: Facture, client: Client, aujourd_hui: date) -> FactureDatee:
    """Put an invoice of the demonstration on the days counted back from `aujourd_hui`."""
    return FactureDatee(
        facture.numero,
        client,
        aujourd_hui - timedelta(days=facture.age),
        aujourd_hui - timedelta(days=facture.retard),
        facture.objet,
        facture.ttc,
    )


def render_cii(facture: FactureDatee, profil: Profil) -> bytes:
    """Write the invoice as XML, UTF-8, valid against the schema of its profile."""
    document = _rsm.CrossIndustryInvoice(
        _rsm.ExchangedDocumentContext(_ram.GuidelineSpecifiedDocumentContextParameter(_ram.ID(profil.value))),
        _rsm.ExchangedDocument(
            _ram.ID(facture.numero),
            _ram.TypeCode("380"),
            _ram.IssueDateTime(_jour(facture.emission)),
            _note(PENALITES, "PMD"),
            _note(INDEMNITE, "PMT"),
            _note(ESCOMPTE, "AAB"),
        ),
        _rsm.SupplyChainTradeTransaction(
            _ligne(facture),
            _ram.ApplicableHeaderTradeAgreement(_vendeur(profil), _acheteur(facture.client)),
            _ram.ApplicableHeaderTradeDelivery(
                _ram.ActualDeliverySupplyChainEvent(_ram.OccurrenceDateTime(_jour(facture.emission)))
            ),
            _reglement(facture, profil),
        ),
    )
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _jour(jour: date) -> etree._Element:
    return _udt.DateTimeString(f"{jour:%Y%m%d}", format="102")


def _note(texte: str, sujet: str) -> etree._Element:
    return _ram.IncludedNote(_ram.Content(texte), _ram.SubjectCode(sujet))


def _ligne(facture: FactureDatee) -> etree._Element:
    return _ram.IncludedSupplyChainTradeLineItem(
        _ram.AssociatedDocumentLineDocument(_ram.LineID("1")),
        _ram.SpecifiedTradeProduct(_ram.Name(facture.objet)),
        _ram.SpecifiedLineTradeAgreement(_ram.NetPriceProductTradePrice(_ram.ChargeAmount(str(facture.ht)))),
        _ram.SpecifiedLineTradeDelivery(_ram.BilledQuantity("1", unitCode="C62")),
        _ram.SpecifiedLineTradeSettlement(
            _ram.ApplicableTradeTax(_ram.TypeCode("VAT"), _ram.CategoryCode("S"), _ram.RateApplicablePercent("20.00")),
            _ram.SpecifiedTradeSettlementLineMonetarySummation(_ram.LineTotalAmount(str(facture.ht))),
        ),
    )


def _vendeur(profil: Profil) -> etree._Element:
    contact = (
        _ram.DefinedTradeContact(
            _ram.PersonName("Service comptable"),
            _ram.TelephoneUniversalCommunication(_ram.CompleteNumber(SOCIETE.telephone)),
            _ram.EmailURIUniversalCommunication(_ram.URIID(SOCIETE.courriel)),
        ),
    )
    return _ram.SellerTradeParty(
        _ram.Name(f"{SOCIETE.nom} {SOCIETE.forme}"),
        _organisation(SOCIETE.siren),
        *(contact if profil is Profil.EN16931 else ()),
        _adresse(SOCIETE.code_postal, SOCIETE.adresse, SOCIETE.ville),
        _courriel(SOCIETE.courriel),
        _numero_tva(SOCIETE.tva),
    )


def _acheteur(client: Client) -> etree._Element:
    rues = [rue for rue in (client.adresse, client.complement) if rue]
    return _ram.BuyerTradeParty(
        _ram.ID(client.code),
        _ram.Name(client.nom),
        _organisation(client.siren),
        _adresse(client.code_postal, rues, client.ville),
        _courriel(client.courriel),
        _numero_tva(compute_tva(client.siren)),
    )


def _organisation(siren: str) -> etree._Element:
    return _ram.SpecifiedLegalOrganization(_ram.ID(siren, schemeID="0002"))


def _adresse(code_postal: str, rues: Iterable[str], ville: str) -> etree._Element:
    balises = (_ram.LineOne, _ram.LineTwo)
    return _ram.PostalTradeAddress(
        _ram.PostcodeCode(code_postal),
        *(balise(rue) for balise, rue in zip(balises, rues, strict=False)),
        _ram.CityName(ville),
        _ram.CountryID("FR"),
    )


def _courriel(courriel: str) -> etree._Element:
    return _ram.URIUniversalCommunication(_ram.URIID(courriel, schemeID="EM"))


def _numero_tva(tva: str) -> etree._Element:
    return _ram.SpecifiedTaxRegistration(_ram.ID(tva, schemeID="VA"))


def _reglement(facture: FactureDatee, profil: Profil) -> etree._Element:
    compte = [_ram.PayeePartyCreditorFinancialAccount(_ram.IBANID(SOCIETE.iban))]
    if profil is Profil.EN16931:
        compte.append(_ram.PayeeSpecifiedCreditorFinancialInstitution(_ram.BICID(SOCIETE.bic)))
    return _ram.ApplicableHeaderTradeSettlement(
        _ram.PaymentReference(facture.numero),
        _ram.InvoiceCurrencyCode("EUR"),
        _ram.SpecifiedTradeSettlementPaymentMeans(_ram.TypeCode("58"), *compte),
        _ram.ApplicableTradeTax(
            _ram.CalculatedAmount(str(facture.tva)),
            _ram.TypeCode("VAT"),
            _ram.BasisAmount(str(facture.ht)),
            _ram.CategoryCode("S"),
            _ram.RateApplicablePercent("20.00"),
        ),
        _ram.SpecifiedTradePaymentTerms(
            _ram.Description("Paiement à 30 jours"), _ram.DueDateDateTime(_jour(facture.echeance))
        ),
        _ram.SpecifiedTradeSettlementHeaderMonetarySummation(
            _ram.LineTotalAmount(str(facture.ht)),
            _ram.TaxBasisTotalAmount(str(facture.ht)),
            _ram.TaxTotalAmount(str(facture.tva), currencyID="EUR"),
            _ram.GrandTotalAmount(str(facture.ttc)),
            _ram.DuePayableAmount(str(facture.ttc)),
        ),
    )

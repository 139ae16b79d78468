"""Cross Industry Invoice (UN/CEFACT): alone or inside a PDF; Factur-X of every profile, ZUGFeRD 1 and 2, XRechnung."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import EcheanceLue, Origine, Tiers
from exigible.echanges.facture_electronique import (
    TAILLE_XML_MAX,
    FactureXml,
    LecteurValeurs,
    build_creance,
    get_montant_en,
    get_seul,
    list_textes,
    sort_echeances,
    write_resume,
)
from exigible.echanges.identifiants import Identifiants, read_identifiants
from exigible.echanges.racines_xml import Racine
from exigible.echanges.valeurs import strip_texte
from exigible.echanges.xml_sur import find, find_all, get_texte, local_name, parse_xml


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where each part stands: ZUGFeRD 1 (2014) named the same parts otherwise than the standard that came after."""

    document: str
    entente: str
    livraison: str
    reglement: str
    totaux: str
    profil: str


_CII = _Plan(
    "ExchangedDocument",
    "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement",
    "SupplyChainTradeTransaction/ApplicableHeaderTradeDelivery",
    "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement",
    "SpecifiedTradeSettlementHeaderMonetarySummation",
    "ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID",
)
_ZUGFERD_1 = _Plan(
    "HeaderExchangedDocument",
    "SpecifiedSupplyChainTradeTransaction/ApplicableSupplyChainTradeAgreement",
    "SpecifiedSupplyChainTradeTransaction/ApplicableSupplyChainTradeDelivery",
    "SpecifiedSupplyChainTradeTransaction/ApplicableSupplyChainTradeSettlement",
    "SpecifiedTradeSettlementMonetarySummation",
    "SpecifiedExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID",
)
_RACINES = {"CrossIndustryInvoice": _CII, "CrossIndustryDocument": _ZUGFERD_1, "Invoice": _ZUGFERD_1}
_ESPACE_2013 = "urn:un:unece:uncefact:data:standard:CBFBUY"
_COMPTES = "SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount"


def is_racine_cii(racine: Racine) -> bool:
    """Tell whether the root of a document is that of an invoice of this family, its first drafts included."""
    return racine.nom in _RACINES and (racine.nom != "Invoice" or racine.espace.startswith(_ESPACE_2013))


def read_cii(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read an invoice that is an XML file of its own."""
    return read_facture_cii(contenu.read(TAILLE_XML_MAX), contenu.nom, "cii", collecte)


def read_facture_cii(donnees: bytes, nom: str, nom_format: str, collecte: Collecte) -> Lecture:
    """Read the invoice of a CII document; amounts as printed. Raises ErreurSaisie on an XML that can't be read."""
    racine = parse_xml(donnees, nom)
    plan = _RACINES.get(local_name(racine))
    if plan is None:
        collecte.add(
            "format_non_lu",
            phrase("Le document « {racine} » n'est pas une facture connue.", racine=local_name(racine)[:80]),
        )
        return Lecture(format=nom_format)
    resume = _read_resume(racine, plan)
    try:
        creance = build_creance(_read_facture(racine, plan, nom, collecte), nom, collecte)
    except ErreurSaisie as erreur:
        collecte.add_exception(erreur)
        return Lecture(format=nom_format, resume=resume)
    return Lecture(format=nom_format, creances=(creance,), tiers=(creance.debiteur,), resume=resume)


def _read_facture(racine: etree._Element, plan: _Plan, nom: str, collecte: Collecte) -> FactureXml:
    valeurs = LecteurValeurs(collecte)
    document, reglement = find(racine, plan.document), find(racine, plan.reglement)
    devise = get_texte(reglement, "InvoiceCurrencyCode") or "EUR"
    totaux = find(reglement, plan.totaux) if reglement is not None else None
    acheteur = find(racine, f"{plan.entente}/BuyerTradeParty")
    livraison = find(racine, f"{plan.livraison}/ActualDeliverySupplyChainEvent/OccurrenceDateTime")
    emission = find(document, "IssueDateTime") if document is not None else None
    return FactureXml(
        numero=get_texte(document, "ID"),
        type_code=get_texte(document, "TypeCode"),
        emission=valeurs.read_date(_get_date(emission), "IssueDateTime"),
        total=valeurs.read_montant(get_montant_en(totaux, "GrandTotalAmount", devise), "GrandTotalAmount"),
        du=valeurs.read_montant(get_montant_en(totaux, "DuePayableAmount", devise), "DuePayableAmount"),
        acompte=valeurs.read_montant_secondaire(
            get_montant_en(totaux, "TotalPrepaidAmount", devise), "TotalPrepaidAmount"
        ),
        arrondi=valeurs.read_montant_secondaire(get_montant_en(totaux, "RoundingAmount", devise), "RoundingAmount"),
        devise=devise,
        acheteur=_read_partie(acheteur, nom) if acheteur is not None else None,
        echeances=_read_echeances(reglement, valeurs),
        execution=valeurs.read_date_secondaire(_get_date(livraison), "OccurrenceDateTime"),
        libelle=get_texte(reglement, "PaymentReference") or "",
        anterieures=tuple(
            dict.fromkeys(
                [
                    *list_textes(reglement, "InvoiceReferencedDocument/IssuerAssignedID"),
                    *list_textes(reglement, "InvoiceReferencedDocument/ID"),
                ]
            )
        ),
        chemin=f"{plan.document}/ID",
        champs=("IssueDateTime", "GrandTotalAmount", "BuyerTradeParty"),
    )


def _read_echeances(reglement: etree._Element | None, valeurs: LecteurValeurs) -> tuple[EcheanceLue, ...]:
    conditions = find_all(reglement, "SpecifiedTradePaymentTerms") if reglement is not None else []
    echeances: list[EcheanceLue] = []
    for condition in conditions:
        jour = valeurs.read_date_secondaire(_get_date(find(condition, "DueDateDateTime")), "DueDateDateTime")
        if jour is not None:
            part = valeurs.read_montant_secondaire(get_texte(condition, "PartialPaymentAmount"), "PartialPaymentAmount")
            echeances.append(EcheanceLue(date=jour, montant=part))
    return sort_echeances(echeances)


def _get_date(element: etree._Element | None) -> str | None:
    """Give the text of a date, in its own element or, as in 2013, at once."""
    if element is None:
        return None
    return get_seul(element, "DateTimeString", "DateTime", "Date") or strip_texte(element.text or "") or None


def _read_partie(partie: etree._Element, nom: str) -> Tiers:
    adresse = find(partie, "PostalTradeAddress")
    pays = get_texte(adresse, "CountryID")
    numeros = _read_identifiants(partie, pays)
    lignes = (get_texte(adresse, champ) for champ in ("LineOne", "LineTwo", "LineThree", "StreetName"))
    return Tiers(
        code=get_texte(partie, "ID"),
        nom=get_seul(partie, "Name", "SpecifiedLegalOrganization/TradingBusinessName") or "",
        siren=numeros.siren,
        siret=numeros.siret,
        tva=numeros.tva,
        adresse=tuple(ligne for ligne in lignes if ligne),
        code_postal=get_texte(adresse, "PostcodeCode"),
        ville=get_texte(adresse, "CityName"),
        pays=pays,
        email=_read_email(partie),
        telephone=get_texte(partie, "DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber"),
        origine=Origine(nom, chemin=local_name(partie)),
    )


def _read_identifiants(partie: etree._Element, pays: str | None) -> Identifiants:
    """SIREN, SIRET and VAT number, wherever the issuer wrote them: legal id, global id, address, tax registration."""
    numeros = [
        (element.get("schemeID"), element.text or "")
        for chemin in ("SpecifiedLegalOrganization/ID", "GlobalID", "URIUniversalCommunication/URIID")
        for element in find_all(partie, chemin)
        if chemin != "URIUniversalCommunication/URIID" or element.get("schemeID")
    ]
    tva = next(
        (e.text for e in find_all(partie, "SpecifiedTaxRegistration/ID") if e.get("schemeID") == "VA" and e.text), None
    )
    return read_identifiants(numeros, tva, pays)


def _read_email(partie: etree._Element) -> str | None:
    contact = get_texte(partie, "DefinedTradeContact/EmailURIUniversalCommunication/URIID")
    if contact:
        return contact
    for element in find_all(partie, "URIUniversalCommunication/URIID"):
        if element.get("schemeID") == "EM":
            return strip_texte(element.text or "") or None
    return None


def _read_resume(racine: etree._Element, plan: _Plan) -> dict[str, str]:
    """Profile, type, prepaid amount, and who issued the invoice: the office checks that it is the creditor."""
    reglement = find(racine, plan.reglement)
    vendeur = find(racine, f"{plan.entente}/SellerTradeParty")
    valeurs = {
        "profil": get_texte(racine, plan.profil),
        "type": get_texte(racine, f"{plan.document}/TypeCode"),
        "acompte": get_texte(reglement, f"{plan.totaux}/TotalPrepaidAmount"),
        "iban": get_texte(reglement, f"{_COMPTES}/IBANID"),
        "reference_paiement": get_texte(reglement, "PaymentReference"),
        "conditions": get_texte(reglement, "SpecifiedTradePaymentTerms/Description"),
        "vendeur": get_texte(vendeur, "Name"),
    }
    if vendeur is not None:
        numeros = _read_identifiants(vendeur, get_texte(vendeur, "PostalTradeAddress/CountryID"))
        valeurs |= {"vendeur_siren": numeros.siren, "vendeur_siret": numeros.siret, "vendeur_tva": numeros.tva}
    return write_resume(valeurs)

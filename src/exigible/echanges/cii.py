"""Cross Industry Invoice (UN/CEFACT D16B): alone, or inside a Factur-X PDF; every profile, from Minimum to Extended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from lxml import etree

from exigible.droit.argent import parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import CreanceLue, Origine, Tiers
from exigible.echanges.valeurs import compact_identifiant, parse_date, read_siren, read_siren_tva
from exigible.echanges.xml_sur import find, find_all, get_texte, local_name, parse_xml

TAILLE_XML_MAX = 20_000_000
# UNTDID 1001: the codes that mean a credit note, self-billed or corrected ones included.
_TYPES_AVOIR = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"})
_FACTURE_RECTIFICATIVE = "384"
_SIREN, _SIRET = "0002", "0009"
_DOCUMENT = "ExchangedDocument"
_ENTENTE = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement"
_LIVRAISON = (
    "SupplyChainTradeTransaction/ApplicableHeaderTradeDelivery/ActualDeliverySupplyChainEvent/OccurrenceDateTime"
)
_REGLEMENT = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement"
_TOTAUX = f"{_REGLEMENT}/SpecifiedTradeSettlementHeaderMonetarySummation"
_PROFIL = "ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID"


def read_cii(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read an invoice that is an XML file of its own."""
    return read_facture_cii(contenu.read(TAILLE_XML_MAX), contenu.nom, "cii", collecte)


def read_facture_cii(donnees: bytes, nom: str, nom_format: str, collecte: Collecte) -> Lecture:
    """Read the invoice of a CII document; amounts as printed. Raises ErreurSaisie on an XML that can't be read."""
    racine = parse_xml(donnees, nom)
    if local_name(racine) != "CrossIndustryInvoice":
        collecte.add(
            "format_non_lu",
            phrase("Facture ZUGFeRD 1 reconnue, mais pas encore lue : seules les versions 2 et suivantes le sont."),
        )
        return Lecture(format=nom_format)
    resume = _read_resume(racine)
    try:
        creance = _read_creance(racine, nom, collecte)
    except ErreurSaisie as erreur:
        collecte.add_exception(erreur)
        return Lecture(format=nom_format, resume=resume)
    return Lecture(format=nom_format, creances=(creance,), tiers=(creance.debiteur,), resume=resume)


def _read_creance(racine: etree._Element, nom: str, collecte: Collecte) -> CreanceLue:
    numero = get_texte(racine, f"{_DOCUMENT}/ID")
    if not numero:
        raise ErreurSaisie("numero_absent", phrase("La facture électronique n'a pas de numéro."), f"{_DOCUMENT}/ID")
    emission = _read_date(find(racine, f"{_DOCUMENT}/IssueDateTime"), "IssueDateTime")
    if emission is None:
        raise ErreurSaisie(
            "date_absente", phrase("La facture « {numero} » n'a pas de date.", numero=numero), "IssueDateTime"
        )
    acheteur = find(racine, f"{_ENTENTE}/BuyerTradeParty")
    if acheteur is None:
        raise ErreurSaisie(
            "nom_absent", phrase("La facture « {numero} » ne nomme pas l'acheteur.", numero=numero), "BuyerTradeParty"
        )
    montant, reste = _read_montants(racine, numero)
    type_code = get_texte(racine, f"{_DOCUMENT}/TypeCode")
    if type_code == _FACTURE_RECTIFICATIVE:
        collecte.warn(
            "facture_rectificative",
            phrase("La facture « {numero} » en rectifie une autre : vérifiez qu'elle la remplace.", numero=numero),
        )
    devise = get_texte(racine, f"{_REGLEMENT}/InvoiceCurrencyCode") or "EUR"
    if devise != "EUR":
        message = phrase(
            "La facture « {numero} » est en {devise} : seuls les euros sont recouvrés.", numero=numero, devise=devise
        )
        collecte.warn("devise_etrangere", message)
    echeance = _read_echeance(racine, numero, collecte)
    avoir = type_code in _TYPES_AVOIR or montant < 0
    nature: Literal["facture", "avoir"] = "avoir" if avoir else "facture"
    return CreanceLue(
        numero=numero,
        date_emission=emission,
        date_echeance=echeance,
        motif_sans_echeance=None if echeance else phrase("la facture électronique ne porte pas d'échéance"),
        montant_ttc=montant,
        reste_du=reste,
        devise=devise,
        debiteur=_read_partie(acheteur, nom),
        avoir=avoir,
        nature=nature,
        date_execution=_read_date(find(racine, _LIVRAISON), "OccurrenceDateTime"),
        libelle=get_texte(racine, f"{_REGLEMENT}/PaymentReference") or "",
        origine=Origine(nom, chemin=f"{_DOCUMENT}/ID"),
    )


def _read_montants(racine: etree._Element, numero: str) -> tuple[Decimal, Decimal]:
    """The total with tax and what remains to pay, as printed; either stands for the other when it is alone."""
    du = get_texte(racine, f"{_TOTAUX}/DuePayableAmount")
    total = get_texte(racine, f"{_TOTAUX}/GrandTotalAmount") or du
    if total is None:
        message = phrase("La facture « {numero} » n'a pas de montant total.", numero=numero)
        raise ErreurSaisie("montant_absent", message, "GrandTotalAmount")
    return parse_montant(total, "GrandTotalAmount"), parse_montant(du or total, "DuePayableAmount")


def _read_echeance(racine: etree._Element, numero: str, collecte: Collecte) -> date | None:
    """The due date; of several, the last, since nothing may be chased before: the reader is told of the others."""
    conditions = find_all(racine, f"{_REGLEMENT}/SpecifiedTradePaymentTerms/DueDateDateTime")
    dates = sorted({jour for element in conditions if (jour := _read_date(element, "DueDateDateTime"))})
    if len(dates) > 1:
        collecte.warn(
            "plusieurs_echeances",
            phrase(
                "La facture « {numero} » a plusieurs échéances ({dates}) : la dernière est retenue pour le tout.",
                numero=numero,
                dates=tuple(format_jour(jour) for jour in dates),
            ),
        )
    return dates[-1] if dates else None


def _read_date(element: etree._Element | None, champ: str) -> date | None:
    texte = get_texte(element, "DateTimeString") or get_texte(element, "DateTime")
    return parse_date(texte, champ) if texte else None


def _read_partie(partie: etree._Element, nom: str) -> Tiers:
    siren, siret, tva = _read_identifiants(partie)
    adresse = find(partie, "PostalTradeAddress")
    lignes = (get_texte(adresse, champ) for champ in ("LineOne", "LineTwo", "LineThree"))
    return Tiers(
        code=get_texte(partie, "ID"),
        nom=get_texte(partie, "Name") or get_texte(partie, "SpecifiedLegalOrganization/TradingBusinessName") or "",
        siren=siren,
        siret=siret,
        tva=tva,
        adresse=tuple(ligne for ligne in lignes if ligne),
        code_postal=get_texte(adresse, "PostcodeCode"),
        ville=get_texte(adresse, "CityName"),
        pays=get_texte(adresse, "CountryID"),
        email=_read_email(partie),
        telephone=get_texte(partie, "DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber"),
        origine=Origine(nom, chemin=local_name(partie)),
    )


def _read_identifiants(partie: etree._Element) -> tuple[str | None, str | None, str | None]:
    """SIREN, SIRET and VAT number, wherever the issuer wrote them: legal id, global id, tax registration."""
    siren = siret = tva = None
    for chemin in ("SpecifiedLegalOrganization/ID", "GlobalID"):
        for element in find_all(partie, chemin):
            if element.get("schemeID") in (_SIREN, _SIRET, None, "SIREN", "SIRET"):
                lu, lu_siret = read_siren(element.text or "")
                siren, siret = siren or lu, siret or lu_siret
    for element in find_all(partie, "SpecifiedTaxRegistration/ID"):
        if element.get("schemeID") == "VA" and element.text:
            tva = compact_identifiant(element.text)
    return siren or (read_siren_tva(tva) if tva else None), siret, tva


def _read_email(partie: etree._Element) -> str | None:
    contact = get_texte(partie, "DefinedTradeContact/EmailURIUniversalCommunication/URIID")
    if contact:
        return contact
    for element in find_all(partie, "URIUniversalCommunication/URIID"):
        if element.get("schemeID") == "EM":
            return (element.text or "").strip() or None
    return None


def _read_resume(racine: etree._Element) -> dict[str, str]:
    """Profile, type, prepaid amount, and who issued the invoice: the office checks that it is the creditor."""
    valeurs = {
        "profil": get_texte(racine, _PROFIL),
        "type": get_texte(racine, f"{_DOCUMENT}/TypeCode"),
        "acompte": get_texte(racine, f"{_TOTAUX}/TotalPrepaidAmount"),
        "iban": get_texte(
            racine, f"{_REGLEMENT}/SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID"
        ),
        "reference_paiement": get_texte(racine, f"{_REGLEMENT}/PaymentReference"),
        "vendeur": get_texte(racine, f"{_ENTENTE}/SellerTradeParty/Name"),
    }
    vendeur = find(racine, f"{_ENTENTE}/SellerTradeParty")
    if vendeur is not None:
        siren, siret, tva = _read_identifiants(vendeur)
        valeurs |= {"vendeur_siren": siren, "vendeur_siret": siret, "vendeur_tva": tva}
    return {cle: valeur for cle, valeur in valeurs.items() if valeur}

"""Universal Business Language (OASIS) 2.0 to 2.4: invoices and credit notes, EN 16931, Peppol, XRechnung or plain."""

from __future__ import annotations

from lxml import etree

from exigible.droit.erreurs import ErreurSaisie
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

_AVOIRS = frozenset({"CreditNote", "SelfBilledCreditNote"})
_RACINES = _AVOIRS | {"Invoice", "SelfBilledInvoice", "FreightInvoice"}
ESPACE_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_ACHETEUR = "AccountingCustomerParty"
_VENDEUR = "AccountingSupplierParty"
_TVA_FRANCE = "9957"


def is_racine_ubl(racine: Racine) -> bool:
    """Tell whether the root of a document is that of an invoice or credit note of this family."""
    return racine.nom in _RACINES and racine.espace.startswith(ESPACE_UBL)


def read_ubl(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read an invoice or a credit note that is an XML file of its own."""
    return read_facture_ubl(contenu.read(TAILLE_XML_MAX), contenu.nom, collecte)


def read_facture_ubl(donnees: bytes, nom: str, collecte: Collecte) -> Lecture:
    """Read the invoice of a UBL document; amounts as printed. Raises ErreurSaisie on an XML that can't be read."""
    racine = parse_xml(donnees, nom)
    resume = _read_resume(racine)
    try:
        creance = build_creance(_read_facture(racine, nom, collecte), nom, collecte)
    except ErreurSaisie as erreur:
        collecte.add_exception(erreur)
        return Lecture(format="ubl", resume=resume)
    return Lecture(format="ubl", creances=(creance,), tiers=(creance.debiteur,), resume=resume)


def _read_facture(racine: etree._Element, nom: str, collecte: Collecte) -> FactureXml:
    valeurs = LecteurValeurs(collecte)
    devise = get_texte(racine, "DocumentCurrencyCode") or _guess_devise(racine)
    totaux = find(racine, "LegalMonetaryTotal")
    return FactureXml(
        numero=get_texte(racine, "ID"),
        type_code=_get_type(racine),
        emission=valeurs.read_date(get_texte(racine, "IssueDate"), "IssueDate"),
        total=valeurs.read_montant(get_montant_en(totaux, "TaxInclusiveAmount", devise), "TaxInclusiveAmount"),
        du=valeurs.read_montant(get_montant_en(totaux, "PayableAmount", devise), "PayableAmount"),
        acompte=valeurs.read_montant_secondaire(get_montant_en(totaux, "PrepaidAmount", devise), "PrepaidAmount"),
        arrondi=valeurs.read_montant_secondaire(
            get_montant_en(totaux, "PayableRoundingAmount", devise), "PayableRoundingAmount"
        ),
        devise=devise,
        acheteur=_read_partie(racine, nom),
        echeances=_read_echeances(racine, valeurs),
        execution=valeurs.read_date_secondaire(get_texte(racine, "Delivery/ActualDeliveryDate"), "ActualDeliveryDate"),
        libelle=get_texte(racine, "PaymentMeans/PaymentID") or "",
        anterieures=tuple(
            dict.fromkeys(
                [
                    *list_textes(racine, "BillingReference/InvoiceDocumentReference/ID"),
                    *list_textes(racine, "BillingReference/CreditNoteDocumentReference/ID"),
                ]
            )
        ),
        credit=local_name(racine) in _AVOIRS,
        chemin=f"{local_name(racine)}/ID",
        champs=("IssueDate", "TaxInclusiveAmount", _ACHETEUR),
    )


def _get_type(racine: etree._Element) -> str | None:
    return get_seul(racine, "InvoiceTypeCode", "CreditNoteTypeCode")


def _guess_devise(racine: etree._Element) -> str:
    """The currency that the payable amount carries: plain UBL may leave that of the document out."""
    montant = find(racine, "LegalMonetaryTotal/PayableAmount")
    return (montant.get("currencyID") if montant is not None else None) or "EUR"


def _read_echeances(racine: etree._Element, valeurs: LecteurValeurs) -> tuple[EcheanceLue, ...]:
    """The due dates: instalments of the payment terms, else the date of the document, else that of its means."""
    echeances: list[EcheanceLue] = []
    for condition in find_all(racine, "PaymentTerms"):
        texte = get_seul(condition, "PaymentDueDate", "InstallmentDueDate")
        jour = valeurs.read_date_secondaire(texte, "PaymentTerms/PaymentDueDate")
        if jour is not None:
            part = valeurs.read_montant_secondaire(get_texte(condition, "Amount"), "PaymentTerms/Amount")
            echeances.append(EcheanceLue(date=jour, montant=part))
    if len({echeance.date for echeance in echeances}) > 1:
        return sort_echeances(echeances)
    du_document = valeurs.read_date_secondaire(get_texte(racine, "DueDate"), "DueDate")
    if du_document is not None:
        return (EcheanceLue(date=du_document),)
    moyens = [
        EcheanceLue(date=jour)
        for texte in list_textes(racine, "PaymentMeans/PaymentDueDate")
        if (jour := valeurs.read_date_secondaire(texte, "PaymentMeans/PaymentDueDate"))
    ]
    return sort_echeances(echeances or moyens)


def _read_partie(racine: etree._Element, nom: str) -> Tiers | None:
    partie = find(racine, f"{_ACHETEUR}/Party")
    if partie is None:
        return None
    adresse = find(partie, "PostalAddress")
    if adresse is None:
        adresse = find(partie, "PartyLegalEntity/RegistrationAddress")
    pays = get_texte(adresse, "Country/IdentificationCode")
    numeros = _read_identifiants(partie, pays)
    commercial, legal = get_texte(partie, "PartyName/Name"), get_texte(partie, "PartyLegalEntity/RegistrationName")
    nom_partie = commercial or legal or _read_personne(partie)
    return Tiers(
        code=get_seul(racine, f"{_ACHETEUR}/SupplierAssignedAccountID", f"{_ACHETEUR}/CustomerAssignedAccountID")
        or get_texte(partie, "PartyIdentification/ID"),
        nom=nom_partie,
        raison_sociale=legal if legal != nom_partie else None,
        siren=numeros.siren,
        siret=numeros.siret,
        tva=numeros.tva,
        adresse=_read_lignes(adresse),
        code_postal=get_texte(adresse, "PostalZone"),
        ville=get_texte(adresse, "CityName"),
        pays=pays,
        email=_read_email(partie),
        telephone=get_texte(partie, "Contact/Telephone"),
        origine=Origine(nom, chemin=_ACHETEUR),
    )


def _read_lignes(adresse: etree._Element | None) -> tuple[str, ...]:
    """The lines of an address; plain UBL writes the number of the building apart from its street."""
    numero, rue = get_texte(adresse, "BuildingNumber"), get_texte(adresse, "StreetName")
    premiere = " ".join(texte for texte in (numero, rue) if texte)
    autres = [get_texte(adresse, champ) for champ in ("AdditionalStreetName", "BlockName", "Postbox")]
    return tuple(ligne for ligne in (premiere, *autres, *list_textes(adresse, "AddressLine/Line")) if ligne)


def _read_personne(partie: etree._Element) -> str:
    morceaux = (get_texte(partie, f"Person/{champ}") for champ in ("FirstName", "MiddleName", "FamilyName"))
    return " ".join(morceau for morceau in morceaux if morceau)


def _read_email(partie: etree._Element) -> str | None:
    contact = get_texte(partie, "Contact/ElectronicMail")
    if contact:
        return contact
    adresse = find(partie, "EndpointID")
    return strip_texte(adresse.text or "") or None if adresse is not None and adresse.get("schemeID") == "EM" else None


def _read_identifiants(partie: etree._Element, pays: str | None) -> Identifiants:
    """SIREN, SIRET and VAT number, wherever they are: legal entity, identifications, electronic address, tax scheme.

    A number of an identification or an address speaks only with its scheme: it may be any customer code.
    """
    numeros = [
        (element.get("schemeID"), element.text or "")
        for chemin in ("PartyLegalEntity/CompanyID", "PartyIdentification/ID", "EndpointID")
        for element in find_all(partie, chemin)
        if chemin == "PartyLegalEntity/CompanyID" or element.get("schemeID")
    ]
    tva = next(
        (
            numero
            for regime in find_all(partie, "PartyTaxScheme")
            if (numero := get_texte(regime, "CompanyID")) and get_texte(regime, "TaxScheme/ID") in ("VAT", "TVA", None)
        ),
        next((texte for schema, texte in numeros if schema == _TVA_FRANCE), None),
    )
    return read_identifiants(numeros, tva, pays)


def _read_resume(racine: etree._Element) -> dict[str, str]:
    """Profile, type, prepaid amount, and who issued the invoice: the office checks that it is the creditor."""
    vendeur = find(racine, f"{_VENDEUR}/Party")
    valeurs = {
        "racine": local_name(racine),
        "profil": get_texte(racine, "CustomizationID"),
        "type": _get_type(racine),
        "acompte": get_texte(racine, "LegalMonetaryTotal/PrepaidAmount"),
        "iban": get_texte(racine, "PaymentMeans/PayeeFinancialAccount/ID"),
        "reference_paiement": get_texte(racine, "PaymentMeans/PaymentID"),
        "conditions": get_texte(racine, "PaymentTerms/Note"),
        "vendeur": get_seul(vendeur, "PartyName/Name", "PartyLegalEntity/RegistrationName"),
    }
    if vendeur is not None:
        numeros = _read_identifiants(vendeur, get_texte(vendeur, "PostalAddress/Country/IdentificationCode"))
        valeurs |= {"vendeur_siren": numeros.siren, "vendeur_siret": numeros.siret, "vendeur_tva": numeros.tva}
    return write_resume(valeurs)

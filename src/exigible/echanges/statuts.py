"""Life-cycle statuses of electronic invoices (UN/CEFACT CDAR D22B, as the French reform uses it: AFNOR XP Z12-012).

A status is what a platform, the buyer or the seller says of an invoice: never a payment nor a dispute by itself.
"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files

from lxml import etree

from exigible.droit.argent import ZERO
from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import Origine, StatutLu
from exigible.echanges.facture_electronique import (
    TAILLE_XML_MAX,
    LecteurValeurs,
    get_seul,
    list_textes,
    write_resume,
)
from exigible.echanges.identifiants import read_identifiants
from exigible.echanges.valeurs import clean_texte
from exigible.echanges.xml_sur import find, find_all, get_ligne, get_texte, parse_xml

_TABLE = tomllib.loads(files("exigible.echanges").joinpath("statuts_cdv.toml").read_text(encoding="utf-8"))
LIBELLES: dict[str, str] = _TABLE["statuts"]
MOTIFS: dict[str, str] = _TABLE["motifs"]
OBLIGATOIRES = frozenset(_TABLE["obligatoires"]["codes"])
_ENCAISSE = "MEN"
_REFERENCE = "ReferenceReferencedDocument"
_HEURE_APRES = 8


def read_statuts(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read the statuses of a message, one for each invoice it speaks of. Raises ErreurSaisie on a damaged XML."""
    racine = parse_xml(contenu.read(TAILLE_XML_MAX), contenu.nom)
    statuts = [
        statut
        for accuse in find_all(racine, "AcknowledgementDocument")
        for document in find_all(accuse, _REFERENCE)
        if (statut := _read_statut(racine, accuse, document, contenu.nom, collecte))
    ]
    if not statuts:
        collecte.add("statut_absent", phrase("Le message de cycle de vie ne cite aucune facture."))
    return Lecture(format="cdar", statuts=tuple(statuts), resume=_read_resume(racine))


def _read_statut(
    racine: etree._Element, accuse: etree._Element, document: etree._Element, nom: str, collecte: Collecte
) -> StatutLu | None:
    numero = get_texte(document, "IssuerAssignedID")
    if not numero:
        message = phrase("Un statut du message ne dit pas de quelle facture il parle.")
        collecte.add("numero_absent", message, ligne=get_ligne(document), chemin=f"{_REFERENCE}/IssuerAssignedID")
        return None
    valeurs = LecteurValeurs(collecte)
    code = get_seul(document, "ProcessConditionCode", "SpecifiedDocumentStatus/ProcessConditionCode")
    if code not in LIBELLES:
        message = phrase(
            "Facture « {numero} » : le statut « {code} » n'est pas connu.", numero=numero, code=code or phrase("absent")
        )
        collecte.warn("statut_inconnu", message, ligne=get_ligne(document))
    montants = _read_montants(document, valeurs)
    encaisses = [montant for genre, montant in montants if genre == _ENCAISSE]
    emetteur, destinataire = find(racine, "ExchangedDocument/IssuerTradeParty"), _find_destinataire(racine)
    return StatutLu(
        numero=numero,
        date_emission=_read_jour(find(document, "FormattedIssueDateTime"), valeurs),
        date=_read_jour(find(accuse, "IssueDateTime"), valeurs)
        or _read_jour(find(racine, "ExchangedDocument/IssueDateTime"), valeurs),
        code=code,
        libelle=LIBELLES.get(code or "") or clean_texte(get_texte(document, "ProcessCondition") or ""),
        obligatoire=code in OBLIGATOIRES,
        motifs=_read_motifs(document),
        actions=_read_couples(document, "RequestedActionCode", "RequestedAction"),
        montant_encaisse=sum(encaisses, ZERO) if encaisses else None,
        montants=tuple(montants),
        date_encaissement=_read_encaissement(document, valeurs),
        devise=_read_devise(document),
        vendeur_siren=_read_siren(find(document, "IssuerTradeParty")) or _find_vendeur(racine),
        emetteur=get_texte(emetteur, "Name"),
        emetteur_siren=_read_siren(emetteur),
        emetteur_role=get_texte(emetteur, "RoleCode"),
        destinataire=get_texte(destinataire, "Name"),
        destinataire_siren=_read_siren(destinataire),
        identifiant=get_texte(racine, "ExchangedDocument/ID"),
        origine=Origine(nom, ligne=get_ligne(document), chemin=f"{_REFERENCE}/IssuerAssignedID"),
    )


def _read_montants(document: etree._Element, valeurs: LecteurValeurs) -> list[tuple[str, Decimal]]:
    montants = []
    for trait in find_all(document, "SpecifiedDocumentStatus/SpecifiedDocumentCharacteristic"):
        montant = valeurs.read_montant_secondaire(get_texte(trait, "ValueAmount"), "ValueAmount")
        if montant is not None:
            montants.append((get_texte(trait, "TypeCode") or "", montant))
    return montants


def _read_encaissement(document: etree._Element, valeurs: LecteurValeurs) -> date | None:
    """Read when what is received was, the last day when there are several."""
    jours = [
        _read_jour(find(trait, "ValueDateTime"), valeurs)
        for trait in find_all(document, "SpecifiedDocumentStatus/SpecifiedDocumentCharacteristic")
        if get_texte(trait, "TypeCode") == _ENCAISSE
    ]
    return max((jour for jour in jours if jour), default=None)


def _read_devise(document: etree._Element) -> str:
    montants = find_all(document, "SpecifiedDocumentStatus/SpecifiedDocumentCharacteristic/ValueAmount")
    return next((devise for montant in montants if (devise := montant.get("currencyID"))), "EUR")


def _read_motifs(document: etree._Element) -> tuple[tuple[str, str], ...]:
    """The reasons, each by its code and what the message says of it, or else its label, then the notes."""
    motifs = [(code, texte or MOTIFS.get(code, "")) for code, texte in _read_couples(document, "ReasonCode", "Reason")]
    dits = {texte for _, texte in motifs}
    notes = [clean_texte(note) for note in list_textes(document, "SpecifiedDocumentStatus/IncludedNote/Content")]
    return (*motifs, *(("", note) for note in dict.fromkeys(notes) if note not in dits))


def _read_couples(document: etree._Element, champ_code: str, champ_texte: str) -> tuple[tuple[str, str], ...]:
    couples = []
    for statut in find_all(document, "SpecifiedDocumentStatus"):
        code, texte = get_texte(statut, champ_code) or "", clean_texte(get_texte(statut, champ_texte) or "")
        if code or texte:
            couples.append((code, texte))
    return tuple(dict.fromkeys(couples))


def _read_jour(element: etree._Element | None, valeurs: LecteurValeurs) -> date | None:
    """Read the civil day of a date, with its hour or not: the hour is dropped, it never moves the day."""
    texte = get_seul(element, "DateTimeString", "DateTime", "Date")
    if texte and texte[:_HEURE_APRES].isdigit():
        texte = texte[:_HEURE_APRES]
    return valeurs.read_date_secondaire(texte, "DateTimeString")


def _find_destinataire(racine: etree._Element) -> etree._Element | None:
    """The business that is told of the status, rather than the public portal when both are."""
    tous = find_all(racine, "ExchangedDocument/RecipientTradeParty")
    return next((partie for partie in tous if get_texte(partie, "RoleCode") != "DFH"), tous[0] if tous else None)


def _find_vendeur(racine: etree._Element) -> str | None:
    for chemin in ("ExchangedDocument/IssuerTradeParty", "ExchangedDocument/RecipientTradeParty"):
        for partie in find_all(racine, chemin):
            if get_texte(partie, "RoleCode") == "SE":
                return _read_siren(partie)
    return None


def _read_siren(partie: etree._Element | None) -> str | None:
    if partie is None:
        return None
    numeros = [
        (element.get("schemeID"), element.text or "")
        for chemin in ("GlobalID", "SpecifiedLegalOrganization/ID", "URIUniversalCommunication/URIID")
        for element in find_all(partie, chemin)
        if element.get("schemeID")
    ]
    return read_identifiants(numeros).siren


def _read_resume(racine: etree._Element) -> dict[str, str]:
    contexte = find(racine, "ExchangedDocumentContext")
    return write_resume(
        {
            "profil": get_texte(contexte, "GuidelineSpecifiedDocumentContextParameter/ID"),
            "processus": get_texte(contexte, "BusinessProcessSpecifiedDocumentContextParameter/ID"),
            "message": get_texte(racine, "ExchangedDocument/ID"),
            "phase": get_texte(racine, "AcknowledgementDocument/TypeCode"),
        }
    )

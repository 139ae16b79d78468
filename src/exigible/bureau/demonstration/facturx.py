"""Make a Factur-X: a PDF/A-3 that people read, with the invoice that programs read attached to it."""

from __future__ import annotations

import io
from datetime import date
from importlib.resources import files

import msgspec
import pikepdf
import typst
from lxml import etree
from lxml.builder import ElementMaker  # type: ignore[import-not-found]  # left out of lxml-stubs

from exigible.bureau.demonstration.cii import ESCOMPTE, INDEMNITE, PENALITES, FactureDatee, Profil, render_cii
from exigible.bureau.demonstration.societe import SOCIETE
from exigible.droit.argent import format_montant

_FX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
_PROPRIETE = "http://www.aiim.org/pdfa/ns/property#"
_EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
_fx = ElementMaker(namespace=_FX, nsmap={"fx": _FX})
_rdf = ElementMaker(namespace=_RDF)
_schema = ElementMaker(namespace=_SCHEMA)
_propriete = ElementMaker(namespace=_PROPRIETE)
_RESSOURCE = {f"{{{_RDF}}}parseType": "Resource"}
_PROPRIETES = {
    "DocumentType": "INVOICE",
    "DocumentFileName": "factur-x.xml",
    "Version": "1.0",
    "ConformanceLevel": "",
}
_NIVEAUX = {Profil.BASIC: "BASIC", Profil.EN16931: "EN 16931"}


def render_facturx(facture: FactureDatee, profil: Profil) -> bytes:
    """Give the PDF of an invoice; the same invoice gives the same bytes."""
    pdf = typst.compile(
        files(__package__).joinpath("donnees", "facture.typ").read_bytes(),
        sys_inputs={
            "facture": msgspec.json.encode(_describe(facture)).decode(),
            "xml": render_cii(facture, profil).decode(),
        },
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-3b"],
        timestamp=0,
    )
    return _declare(pdf, profil)


def _describe(facture: FactureDatee) -> dict[str, object]:
    client = facture.client
    return {
        "numero": facture.numero,
        "annee": facture.emission.year,
        "mois": facture.emission.month,
        "jour": facture.emission.day,
        "emission": _format_jour(facture.emission),
        "echeance": _format_jour(facture.echeance),
        "vendeur": [
            f"{SOCIETE.nom} {SOCIETE.forme}",
            *SOCIETE.adresse,
            f"{SOCIETE.code_postal} {SOCIETE.ville}",
            SOCIETE.telephone,
            SOCIETE.courriel,
        ],
        "acheteur": [
            ligne
            for ligne in (client.nom, client.adresse, client.complement, f"{client.code_postal} {client.ville}")
            if ligne
        ],
        "objet": facture.objet,
        "ht": format_montant(facture.ht),
        "tva": format_montant(facture.tva),
        "ttc": format_montant(facture.ttc),
        "iban": " ".join(SOCIETE.iban[i : i + 4] for i in range(0, len(SOCIETE.iban), 4)),
        "mentions": [PENALITES, INDEMNITE, ESCOMPTE],
        "pied": f"{SOCIETE.nom}, {SOCIETE.forme} au capital de {SOCIETE.capital}, RCS {SOCIETE.rcs}, "
        f"TVA {SOCIETE.tva}. Société, adresses et identifiants fictifs.",
    }


def _format_jour(jour: date) -> str:
    return f"{jour:%d/%m/%Y}"


def _declare(pdf: bytes, profil: Profil) -> bytes:
    """Say in the PDF's metadata that it is a Factur-X, and of which profile (typst cannot)."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        xmp = etree.fromstring(document.Root.Metadata.read_bytes())
        description = xmp.find(f".//{{{_RDF}}}Description")
        schemas = xmp.find(f".//{{{_EXTENSION}}}schemas/{{{_RDF}}}Bag")
        if description is None or schemas is None:
            raise ValueError("typst no longer writes the PDF/A metadata that Factur-X completes")
        schemas.append(_describe_schema())
        for nom, valeur in (_PROPRIETES | {"ConformanceLevel": _NIVEAUX[profil]}).items():
            description.append(_fx(nom, valeur))
        paquet = etree.tostring(xmp.getroottree(), encoding="UTF-8")
        document.Root.Metadata = document.make_stream(paquet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        sortie = io.BytesIO()
        document.save(sortie, deterministic_id=True)
    return sortie.getvalue()


def _describe_schema() -> etree._Element:
    proprietes = (
        _rdf.li(
            _propriete.name(nom),
            _propriete.valueType("Text"),
            _propriete.category("external"),
            _propriete.description(f"Factur-X {nom}"),
            _RESSOURCE,
        )
        for nom in _PROPRIETES
    )
    return _rdf.li(
        _schema.schema("Factur-X PDFA Extension Schema"),
        _schema.namespaceURI(_FX),
        _schema.prefix("fx"),
        _schema.property(_rdf.Seq(*proprietes)),
        _RESSOURCE,
    )

"""Factur-X and ZUGFeRD 2: the XML invoice attached to a PDF."""

from __future__ import annotations

import io
import re
import zlib
from itertools import islice

import pikepdf

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.cii import TAILLE_XML_MAX, read_facture_cii
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.contenu import Contenu

TAILLE_PDF_MAX = 50_000_000
_NOMS = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
_BRUT_INCONNU_MAX = 100_000
_PIECES_MAX = 20
_FIN, _QUEUE = b"%%EOF", 1024  # the mark that ends a PDF stands within its last 1024 bytes (ISO 32000-1, annex H)
_PIECE = re.compile(rb"/EmbeddedFile\b.{0,2000}?\bstream\r?\n", re.DOTALL)


def read_facturx(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read the invoice attached to a PDF; from a damaged PDF too, with a warning, while the invoice itself is whole.

    Raises ErreurSaisie: `pdf_sans_xml`, `pdf_protege`, `pdf_abime`, `fichier_trop_gros`.
    """
    donnees = contenu.read(TAILLE_PDF_MAX)
    abime = _FIN not in donnees[-_QUEUE:]
    try:
        with pikepdf.open(io.BytesIO(donnees)) as pdf:
            xml = _extract_xml(pdf)
    except pikepdf.PasswordError as erreur:
        raise ErreurSaisie(
            "pdf_protege",
            phrase("Le PDF « {nom} » est protégé par un mot de passe : retirez-le d'abord.", nom=contenu.nom),
        ) from erreur
    except (pikepdf.PdfError, zlib.error, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        abime, xml = True, None
    if abime:
        xml = xml or _rescue_xml(donnees)
    if xml is None and abime:
        raise ErreurSaisie(
            "pdf_abime",
            phrase("Le PDF « {nom} » est abîmé ou tronqué : demandez-le de nouveau.", nom=contenu.nom),
        )
    if xml is None:
        raise ErreurSaisie(
            "pdf_sans_xml",
            phrase(
                "Le PDF « {nom} » ne contient pas de facture électronique (Factur-X) : saisissez-la à la main ou "
                "importez-la par une liste.",
                nom=contenu.nom,
            ),
        )
    if len(xml) > TAILLE_XML_MAX:
        raise ErreurSaisie(
            "fichier_trop_gros",
            phrase("La facture attachée au PDF « {nom} » est démesurée.", nom=contenu.nom),
        )
    try:
        lecture = read_facture_cii(xml, contenu.nom, "facturx", collecte)
    except ErreurSaisie as erreur:
        collecte.add_exception(erreur)
        return Lecture(format="facturx")
    if abime:
        collecte.warn(
            "pdf_abime",
            phrase(
                "Le PDF « {nom} » est abîmé ou tronqué, mais la facture électronique qu'il contient est entière : elle "
                "est lue. Demandez le PDF de nouveau, il servira de preuve.",
                nom=contenu.nom,
            ),
        )
    return lecture


def _extract_xml(pdf: pikepdf.Pdf) -> bytes | None:
    """The attached invoice: by its standard name, else the first attached XML that is one."""
    pieces = {nom.casefold(): nom for nom in pdf.attachments}
    ordre = [pieces[nom] for nom in _NOMS if nom in pieces]
    ordre += [nom for pli, nom in pieces.items() if pli.endswith(".xml") and nom not in ordre]
    for nom in ordre:
        donnees = _decompress(pdf.attachments[nom].get_file().obj)
        if b"CrossIndustry" in donnees[:4096]:
            return donnees
    return None


def _rescue_xml(donnees: bytes) -> bytes | None:
    """The invoice of a PDF whose table of contents is lost: the only attached stream that holds one, whole."""
    trouves = set()
    for debut in islice(_PIECE.finditer(donnees), _PIECES_MAX):
        flux = zlib.decompressobj()
        try:
            xml = flux.decompress(donnees[debut.end() : debut.end() + TAILLE_XML_MAX], TAILLE_XML_MAX + 1)
        except zlib.error:
            continue
        if flux.eof and b"CrossIndustry" in xml[:4096]:
            trouves.add(xml)
    return trouves.pop() if len(trouves) == 1 else None


def _decompress(flux: pikepdf.Object) -> bytes:
    """The bytes of an attachment, unfolded at most one byte beyond what we accept."""
    brut = flux.read_raw_bytes()
    filtre = flux.get("/Filter")
    if filtre is None:
        return brut
    simple = filtre if isinstance(filtre, pikepdf.Name) else (filtre[0] if len(filtre) == 1 else None)
    if simple == pikepdf.Name.FlateDecode and "/DecodeParms" not in flux:
        return zlib.decompressobj().decompress(brut, TAILLE_XML_MAX + 1)
    if len(brut) > _BRUT_INCONNU_MAX:
        raise ValueError(len(brut))
    return flux.read_bytes()

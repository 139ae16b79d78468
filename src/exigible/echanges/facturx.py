"""Factur-X, ZUGFeRD 1 and 2, XRechnung: the XML invoice attached to a PDF."""

from __future__ import annotations

import codecs
import io
import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import pikepdf
from msgspec.structs import replace

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.cii import is_racine_cii, read_facture_cii
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.contenu import Contenu
from exigible.echanges.facture_electronique import TAILLE_XML_MAX
from exigible.echanges.racines_xml import Racine, find_racine
from exigible.echanges.reconnaitre import Format
from exigible.echanges.tableaux import build_non_lu
from exigible.echanges.ubl import is_racine_ubl, read_facture_ubl

TAILLE_PDF_MAX = 50_000_000
_NOMS = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
_COMMANDE = "SCRDMCCBDACIOMessageStructure"
_DEBUT = 1 << 16
_BRUT_INCONNU_MAX = 100_000
_FILTRES_MAX = 4
_FILTRES_DE_TEXTE = (pikepdf.Name.ASCIIHexDecode, pikepdf.Name.ASCII85Decode)  # they unfold to less than they hold
_PIECES_MAX = 20
_FIN, _QUEUE = b"%%EOF", 1024  # the mark that ends a PDF stands within its last 1024 bytes (ISO 32000-1, annex H)
_PIECE, _FLUX = re.compile(rb"/EmbeddedFile\b"), re.compile(rb"\bstream\r?\n")
_MARQUES_MAX, _FICHE_MAX = 1_000, 2_000

# Without this a few kilobytes of PDF unfold to gigabytes as soon as they are opened. For the whole process, which is
# well: the other PDFs that it opens are merged without unfolding their streams, and none of their parts is that big.
_DEPLIE_MAX = 128 << 20
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=_DEPLIE_MAX,
    run_length_max_memory=_DEPLIE_MAX,
    png_max_memory=_DEPLIE_MAX,
    tiff_max_memory=_DEPLIE_MAX,
)


def read_facturx(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read the invoice attached to a PDF; from a damaged PDF too, with a warning, while the invoice itself is whole.

    Raises ErreurSaisie: `pdf_sans_xml`, `pdf_protege`, `pdf_abime`, `fichier_trop_gros`.
    """
    donnees = contenu.read(TAILLE_PDF_MAX)
    pieces = _open_pieces(donnees, contenu.nom)
    if pieces.commande:
        return build_non_lu(Format.ORDERX, collecte)
    xml = _check_xml(pieces, contenu.nom)
    try:
        lecture = _read_xml(xml, contenu.nom, collecte)
    except ErreurSaisie as erreur:
        collecte.add_exception(erreur)
        return Lecture(format="facturx")
    if pieces.autres:
        collecte.warn(
            "plusieurs_factures",
            phrase(
                "Le PDF « {nom} » porte {nombre} factures électroniques différentes : seule la première est lue.",
                nom=contenu.nom,
                nombre=pieces.autres + 1,
            ),
        )
    if pieces.abime:
        collecte.warn(
            "pdf_abime",
            phrase(
                "Le PDF « {nom} » est abîmé ou tronqué, mais la facture électronique qu'il contient est entière : elle "
                "est lue. Demandez le PDF de nouveau, il servira de preuve.",
                nom=contenu.nom,
            ),
        )
    return lecture


class _Pieces(NamedTuple):
    """What a PDF carries: its invoice, how many others differ, whether it is an order, whether the PDF is damaged."""

    xml: bytes | None
    autres: int = 0
    commande: bool = False
    abime: bool = False


def _open_pieces(donnees: bytes, nom: str) -> _Pieces:
    """Open a PDF, damaged or not. Raises ErreurSaisie when it is protected."""
    abime = _FIN not in donnees[-_QUEUE:]
    try:
        with pikepdf.open(io.BytesIO(donnees)) as pdf:
            xml, autres = _extract_xml(pdf)
            pieces = _Pieces(xml, autres, xml is None and _has_commande(pdf), abime)
    except pikepdf.PasswordError as erreur:
        raise ErreurSaisie(
            "pdf_protege",
            phrase("Le PDF « {nom} » est protégé par un mot de passe : retirez-le d'abord.", nom=nom),
        ) from erreur
    except (pikepdf.PdfError, zlib.error, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        pieces = _Pieces(None, abime=True)
    if pieces.abime and pieces.xml is None:
        return pieces._replace(xml=_rescue_xml(donnees))
    return pieces


def _check_xml(pieces: _Pieces, nom: str) -> bytes:
    """Give the invoice. Raises ErreurSaisie when there is none, or one beyond measure."""
    if pieces.xml is None and pieces.abime:
        raise ErreurSaisie(
            "pdf_abime",
            phrase("Le PDF « {nom} » est abîmé ou tronqué : demandez-le de nouveau.", nom=nom),
        )
    if pieces.xml is None:
        raise ErreurSaisie(
            "pdf_sans_xml",
            phrase(
                "Le PDF « {nom} » ne contient pas de facture électronique (Factur-X) : saisissez-la à la main ou "
                "importez-la par une liste.",
                nom=nom,
            ),
        )
    if len(pieces.xml) > TAILLE_XML_MAX:
        raise ErreurSaisie(
            "fichier_trop_gros",
            phrase("La facture attachée au PDF « {nom} » est démesurée.", nom=nom),
        )
    return pieces.xml


def _extract_xml(pdf: pikepdf.Pdf) -> tuple[bytes | None, int]:
    """The attached invoice, and how many others differ from it: by its standard name, else the first that is one.

    Some writers declare the attachment for the document (/AF) and forget to list it among the embedded files.
    """
    pieces: dict[str, pikepdf.Object] = {}
    for rang, (nom, flux) in enumerate(islice(_iter_pieces(pdf), _PIECES_MAX)):
        pli = nom.casefold().strip()
        pieces.setdefault(pli if pli not in pieces else f"{pli} {rang}", flux)
    ordre = [nom for nom in _NOMS if nom in pieces]
    ordre += sorted((nom for nom in pieces if nom not in ordre), key=lambda nom: not nom.endswith(".xml"))
    trouves: dict[bytes, str] = {}
    for nom in ordre:
        donnees = _decompress(pieces[nom])
        if _is_facture(donnees):
            if nom in _NOMS:
                return donnees, 0
            trouves.setdefault(donnees, nom)
    return next(iter(trouves), None), max(len(trouves) - 1, 0)


def _has_commande(pdf: pikepdf.Pdf) -> bool:
    """Whether an order (Order-X) is attached."""
    racines = (_find_racine(_decompress(flux)) for _, flux in islice(_iter_pieces(pdf), _PIECES_MAX))
    return any(racine is not None and racine.nom == _COMMANDE for racine in racines)


def _iter_pieces(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    for nom, piece in pdf.attachments.items():
        yield nom, piece.get_file().obj
    associes = pdf.Root.get("/AF")
    for fiche in associes if isinstance(associes, pikepdf.Array) else ():
        flux = fiche.get("/EF") if isinstance(fiche, pikepdf.Dictionary) else None
        contenu = flux.get("/UF") or flux.get("/F") if isinstance(flux, pikepdf.Dictionary) else None
        if isinstance(contenu, pikepdf.Stream):
            yield str(fiche.get("/UF") or fiche.get("/F") or ""), contenu


def _find_racine(donnees: bytes) -> Racine | None:
    """Find the root of an attachment, whatever comes before it (a licence in a comment, for one)."""
    debut = donnees[:_DEBUT]
    encodage = "utf-16" if debut.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    return find_racine(debut.decode(encodage, "replace"))


def _is_facture(donnees: bytes) -> bool:
    racine = _find_racine(donnees)
    return racine is not None and (is_racine_cii(racine) or is_racine_ubl(racine))


def _read_xml(xml: bytes, nom: str, collecte: Collecte) -> Lecture:
    racine = _find_racine(xml)
    if racine is not None and is_racine_ubl(racine):
        return replace(read_facture_ubl(xml, nom, collecte), format="facturx")
    return read_facture_cii(xml, nom, "facturx", collecte)


def _rescue_xml(donnees: bytes) -> bytes | None:
    """The invoice of a PDF whose table of contents is lost: the only attached stream that holds one, whole."""
    trouves = set()
    marques = (marque.end() for marque in islice(_PIECE.finditer(donnees), _MARQUES_MAX))
    debuts = (trouve.end() for fin in marques if (trouve := _FLUX.search(donnees, fin, fin + _FICHE_MAX)))
    for debut in islice(debuts, _PIECES_MAX):
        flux = zlib.decompressobj()
        try:
            xml = flux.decompress(donnees[debut : debut + TAILLE_XML_MAX], TAILLE_XML_MAX + 1)
        except zlib.error:
            continue
        if flux.eof and _is_facture(xml):
            trouves.add(xml)
    return trouves.pop() if len(trouves) == 1 else None


def _decompress(flux: pikepdf.Object) -> bytes:
    """The bytes of an attachment, unfolded at most one byte beyond what we accept."""
    brut = flux.read_raw_bytes()
    filtre = flux.get("/Filter")
    if filtre is None:
        return brut
    filtres = [filtre] if isinstance(filtre, pikepdf.Name) else list(filtre)
    if set(filtres) == {pikepdf.Name.FlateDecode} and "/DecodeParms" not in flux:
        for _ in filtres[:_FILTRES_MAX]:
            brut = zlib.decompressobj().decompress(brut, TAILLE_XML_MAX + 1)
        return brut
    if len(brut) > _BRUT_INCONNU_MAX or sum(nom not in _FILTRES_DE_TEXTE for nom in filtres) > 1:
        raise ValueError(len(brut))
    return flux.read_bytes()

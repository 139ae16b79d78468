"""Factur-X and ZUGFeRD 2: the XML invoice attached to a PDF."""

from __future__ import annotations

import io
import zlib

import pikepdf

from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.cii import TAILLE_XML_MAX, read_facture_cii
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.contenu import Contenu

TAILLE_PDF_MAX = 50_000_000
_NOMS = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
_BRUT_INCONNU_MAX = 100_000


def read_facturx(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read the invoice attached to a PDF.

    Raises ErreurSaisie: `pdf_sans_xml`, `pdf_protege`, `pdf_abime`, `fichier_trop_gros`.
    """
    donnees = contenu.read(TAILLE_PDF_MAX)
    try:
        with pikepdf.open(io.BytesIO(donnees)) as pdf:
            xml = _extract_xml(pdf)
    except pikepdf.PasswordError as erreur:
        raise ErreurSaisie(
            "pdf_protege",
            f"Le PDF « {contenu.nom} » est protégé par un mot de passe : retirez-le d'abord.",
        ) from erreur
    except (pikepdf.PdfError, zlib.error, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as erreur:
        raise ErreurSaisie(
            "pdf_abime", f"Le PDF « {contenu.nom} » est abîmé ou tronqué : demandez-le de nouveau."
        ) from erreur
    if xml is None:
        raise ErreurSaisie(
            "pdf_sans_xml",
            f"Le PDF « {contenu.nom} » ne contient pas de facture électronique (Factur-X) : saisissez-la à la main "
            "ou importez-la par une liste.",
        )
    if len(xml) > TAILLE_XML_MAX:
        raise ErreurSaisie("fichier_trop_gros", f"La facture attachée au PDF « {contenu.nom} » est démesurée.")
    try:
        return read_facture_cii(xml, contenu.nom, "facturx", collecte)
    except ErreurSaisie as erreur:
        collecte.add_exception(erreur)
        return Lecture(format="facturx")


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

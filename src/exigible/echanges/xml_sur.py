"""XML from strangers: no DTD, no entity, no network, no huge tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from lxml import etree

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.valeurs import strip_texte

_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s[^>]{0,200}\?>")
_CHEMINS: dict[str, str] = {}


def parse_xml(donnees: bytes, nom: str) -> etree._Element:
    """Parse a whole document. Raises ErreurSaisie (`xml_refuse`, `xml_abime`)."""
    try:
        racine = _parse(donnees)
    except etree.XMLSyntaxError as erreur:
        sans_declaration = _parse_utf8(donnees) if erreur.lineno == 1 else None
        if sans_declaration is None:
            raise _explain(erreur, nom) from erreur
        racine = sans_declaration
    except ValueError as erreur:
        raise ErreurSaisie("xml_abime", phrase("Le fichier « {nom} » n'est pas un XML lisible.", nom=nom)) from erreur
    _refuse_dtd(racine, nom)
    return racine


def _parse(donnees: bytes, encodage: str | None = None) -> etree._Element:
    parseur = etree.XMLParser(
        encoding=encodage,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )
    return etree.fromstring(donnees, parseur)


def _parse_utf8(donnees: bytes) -> etree._Element | None:
    """Parse as UTF-8 a document whose declaration is wrong (an encoding that does not exist); None if it is not so."""
    debut = _DECLARATION.match(donnees)
    if debut is None:
        return None
    try:
        return _parse(donnees[debut.end() :], "utf-8")
    except etree.XMLSyntaxError:
        return None


def iter_xml(flux: IO[bytes], nom: str, balises: tuple[str, ...]) -> Iterator[etree._Element]:
    """Give each element named in `balises` once it is closed, then empty it; memory does not grow with the file.

    Raises ErreurSaisie (`xml_refuse`, `xml_abime`) where the document stops being readable; what came before was given.
    """
    suite = etree.iterparse(
        flux,
        events=("end",),
        tag=[f"{{*}}{balise}" for balise in balises],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    premier = True
    try:
        for _, element in suite:
            if premier:
                _refuse_dtd(element, nom)
                premier = False
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        if premier:
            _refuse_dtd(suite.root, nom)
    except etree.XMLSyntaxError as erreur:
        raise _explain(erreur, nom) from erreur


def local_name(element: etree._Element) -> str:
    """Give the name of an element without its namespace."""
    nom: str = element.tag
    return nom[nom.rfind("}") + 1 :]


def get_ligne(element: etree._Element) -> int | None:
    """Give the line where an element starts."""
    ligne: object = element.sourceline
    return ligne if isinstance(ligne, int) else None


def get_texte(element: etree._Element | None, chemin: str) -> str | None:
    """Give the text at a path of local names (`RmtInf/Ustrd`), or None when absent or empty."""
    if element is None:
        return None
    trouve = find(element, chemin)
    return strip_texte(trouve.text or "") or None if trouve is not None else None


def find(element: etree._Element, chemin: str) -> etree._Element | None:
    """Give the first element at a path of local names, whatever their namespace."""
    return element.find(_qualify(chemin))


def find_all(element: etree._Element, chemin: str) -> list[etree._Element]:
    """Give all the elements at a path of local names, whatever their namespace."""
    return element.findall(_qualify(chemin))


def _qualify(chemin: str) -> str:
    return _CHEMINS.get(chemin) or _CHEMINS.setdefault(chemin, "/".join(f"{{*}}{nom}" for nom in chemin.split("/")))


def _refuse_dtd(element: etree._Element, nom: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise ErreurSaisie(
            "xml_refuse",
            phrase(
                "Le fichier « {nom} » déclare un type de document ou des entités XML (DOCTYPE) : refusé par sécurité.",
                nom=nom,
            ),
        )


def _explain(erreur: etree.XMLSyntaxError, nom: str) -> ErreurSaisie:
    ligne = erreur.lineno or 1
    if "ntity" in str(erreur) or "amplification" in str(erreur):
        return ErreurSaisie(
            "xml_refuse",
            phrase(
                "Le fichier « {nom} » utilise des entités XML (ligne {ligne}) : il est refusé par sécurité.",
                nom=nom,
                ligne=ligne,
            ),
        )
    return explain_abime(nom, ligne)


def explain_abime(nom: str, ligne: int) -> ErreurSaisie:
    """Say at which line an XML is cut short or damaged, whatever read it."""
    return ErreurSaisie(
        "xml_abime",
        phrase(
            "Le fichier « {nom} » est tronqué ou abîmé à la ligne {ligne} : exportez-le de nouveau.",
            nom=nom,
            ligne=ligne,
        ),
        ligne=str(ligne),
    )

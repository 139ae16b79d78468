"""What the two SEPA files have in common: elements, parties, totals; checked against the ISO 20022 schema."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from lxml import etree

from exigible.dossier.faits import Adresse
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase
from exigible.echanges.sorties.ordres import CompteSepa, PartieSepa
from exigible.echanges.sorties.texte_sepa import check_reference, clean_texte

_ESPACE = "urn:iso:std:iso:20022:tech:xsd:"
_NOM, _VILLE, _CODE_POSTAL = 70, 35, 16
LIBELLE_MAX = 140


class Arbre:
    """A document under way in the namespace of its message."""

    def __init__(self, message: str, racine: str) -> None:
        self.message = message
        self._espace = f"{_ESPACE}{message}"
        # The default namespace has no prefix, which the stubs of lxml do not know.
        espaces: Any = {None: self._espace}
        self.document = etree.Element(f"{{{self._espace}}}Document", nsmap=espaces)
        self.corps = self.add(self.document, racine)

    def add(self, parent: etree._Element, chemin: str, texte: str | None = None) -> etree._Element:
        """Add `A/B/C`, one in the other; the last holds the text and is returned."""
        for nom in chemin.split("/"):
            parent = etree.SubElement(parent, f"{{{self._espace}}}{nom}")
        parent.text = texte
        return parent

    def add_entete(self, reference: str, cree_le: datetime, emetteur: str, montants: Iterable[Decimal]) -> None:
        """Add the header: reference of the file, instant (written in UTC), number, sum, who sends."""
        entete = self.add(self.corps, "GrpHdr")
        self.add(entete, "MsgId", check_reference(reference, "reference"))
        self.add(entete, "CreDtTm", f"{cree_le.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        self.add_totaux(entete, montants)
        self.add(entete, "InitgPty/Nm", clean_texte(emetteur, _NOM))

    def add_totaux(self, parent: etree._Element, montants: Iterable[Decimal]) -> None:
        """Add the number of orders and their sum."""
        tous = list(montants)
        self.add(parent, "NbOfTxs", str(len(tous)))
        self.add(parent, "CtrlSum", write_montant(sum(tous, ZERO)))

    def add_partie(self, parent: etree._Element, balise: str, partie: PartieSepa) -> None:
        """Add a name, and an address in full or not at all: free lines are refused since 15 November 2026."""
        element = self.add(parent, balise)
        self.add(element, "Nm", clean_texte(partie.nom, _NOM))
        adresse = partie.adresse
        if not clean_texte(adresse.ville, _VILLE) or not _is_pays(adresse.pays):
            return
        postale = self.add(element, "PstlAdr")
        for nom, valeur, longueur in (
            ("StrtNm", _find_rue(adresse), _NOM),
            ("PstCd", adresse.code_postal, _CODE_POSTAL),
            ("TwnNm", adresse.ville, _VILLE),
        ):
            if propre := clean_texte(valeur, longueur):
                self.add(postale, nom, propre)
        self.add(postale, "Ctry", adresse.pays.upper())

    def add_banque(self, parent: etree._Element, balise: str, compte: CompteSepa) -> None:
        """Add the bank of an account, which its IBAN tells when its BIC is not known."""
        if compte.bic:
            self.add(parent, f"{balise}/FinInstnId/BICFI", compte.bic)
        else:
            self.add(parent, f"{balise}/FinInstnId/Othr/Id", "NOTPROVIDED")

    def render(self) -> bytes:
        """Give the bytes. Raises ErreurExigible (`fichier_sepa_invalide`) if the schema refuses them."""
        try:
            _load_schema(self.message).assertValid(self.document)
        except etree.DocumentInvalid as erreur:
            dit = phrase(
                "Le fichier n'a pas été écrit : son schéma {nom} le refuse ({detail}).",
                nom=self.message,
                detail=str(erreur)[:300],
            )
            raise ErreurExigible("fichier_sepa_invalide", dit) from erreur
        return etree.tostring(self.document, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _find_rue(adresse: Adresse) -> str:
    """The street is the last line above the postcode; what precedes says where in the building."""
    return next((ligne for ligne in reversed(adresse.lignes) if ligne.strip()), "")


def _is_pays(code: str) -> bool:
    return len(code) == len("FR") and code.isascii() and code.isalpha()


def write_montant(montant: Decimal) -> str:
    """Write `1234.50`."""
    return f"{montant:.2f}"


@cache
def _load_schema(message: str) -> etree.XMLSchema:
    fichier = resources.files("exigible.echanges.sorties") / "schemas" / f"{message}.xsd"
    return etree.XMLSchema(etree.fromstring(fichier.read_bytes()))

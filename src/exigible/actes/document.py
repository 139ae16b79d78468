"""A document as plain data, in reading order: what every engine (PDF, DOCX, e-mail, plain text) sets, and no other.

Every text is already worded: no engine writes a word of its own but page numbers.
"""

from __future__ import annotations

import msgspec

from exigible.actes.decompte.releve import Releve
from exigible.actes.lettre import Entete, Etiquette, Paiement
from exigible.actes.logo.image import Logo
from exigible.actes.typst.texte import Fragment, Paragraphe


class Texte(msgspec.Struct, frozen=True, tag="texte"):
    """A paragraph."""

    paragraphe: Paragraphe


class Titre(msgspec.Struct, frozen=True, tag="titre"):
    """A heading; `niveau` 1 or 2."""

    niveau: int
    paragraphe: Paragraphe


class Liste(msgspec.Struct, frozen=True, tag="liste"):
    """A list; numbers begin at 1."""

    numerotee: bool
    elements: tuple[Paragraphe, ...]


class Tableau(msgspec.Struct, frozen=True, tag="tableau"):
    """A table: `alignements` is one letter a column, g(auche), d(roite) or c(entre). The first column takes the space.

    `total`: the last row, in bold; empty when there is none. `legende` says what the table is, for who cannot see it.
    """

    legende: str
    titres: tuple[str, ...]
    alignements: str
    lignes: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


class Somme(msgspec.Struct, frozen=True):
    """One line of what is claimed: what, how it is computed, how much."""

    libelle: str
    detail: str
    montant: str


class Sommes(msgspec.Struct, frozen=True, tag="sommes"):
    """What is claimed, line by line, in a frame, with its total."""

    lignes: tuple[Somme, ...]
    total: Somme


class Citation(msgspec.Struct, frozen=True, tag="citation"):
    """A text of law quoted as it stands, paragraph by paragraph, under its reference."""

    reference: str
    alineas: tuple[str, ...]


class Encadre(msgspec.Struct, frozen=True, tag="encadre"):
    """What must be very apparent: paragraphs in a frame."""

    paragraphes: tuple[Paragraphe, ...]


class Note(msgspec.Struct, frozen=True, tag="note"):
    """What is set small, at the end: information that the law wants and that few read."""

    paragraphes: tuple[Paragraphe, ...]


class Etiquettes(msgspec.Struct, frozen=True, tag="etiquettes"):
    """Labels and their values, one a line."""

    paires: tuple[Etiquette, ...]


class Partie(msgspec.Struct, frozen=True, tag="partie"):
    """A party to a judicial act: its role, who it is, in full."""

    role: str
    lignes: tuple[str, ...]


class AFaire(msgspec.Struct, frozen=True, tag="a_faire"):
    """Boxes to tick by hand."""

    elements: tuple[Paragraphe, ...]


class ARemplir(msgspec.Struct, frozen=True, tag="a_remplir"):
    """A place to write by hand: its label, how many lines of dots."""

    libelle: str
    lignes: int = 1


class ReglerPar(msgspec.Struct, frozen=True, tag="paiement"):
    """How to pay, with the code that a banking application reads."""

    paiement: Paiement


class Signatures(msgspec.Struct, frozen=True, tag="signatures"):
    """Where people sign, side by side: each a few lines, the first in bold. It never leaves what is before it.

    `images`: the picture of a signature for each column, or None; empty when there is none at all.
    """

    colonnes: tuple[tuple[str, ...], ...]
    images: tuple[Logo | None, ...] = ()


class Saut(msgspec.Struct, frozen=True, tag="saut"):
    """A new page."""


class Annexe(msgspec.Struct, frozen=True, tag="annexe"):
    """The statement, on a page of its own."""

    titre: str
    releve: Releve


Bloc = (
    Texte
    | Titre
    | Liste
    | Tableau
    | Sommes
    | Citation
    | Encadre
    | Note
    | Etiquettes
    | Partie
    | AFaire
    | ARemplir
    | ReglerPar
    | Signatures
    | Saut
    | Annexe
)


class Lettre(msgspec.Struct, frozen=True, tag="lettre"):
    """What makes a document a letter: window, references, place and day, subject."""

    destinataire: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    lieu_date: str
    objet: str


class Acte(msgspec.Struct, frozen=True, tag="acte"):
    """What makes a document an act: whom it is for, its title, what stands under it."""

    juridiction: tuple[str, ...]
    intitule: str
    sous_titre: str = ""


class Document(msgspec.Struct, frozen=True):
    """A whole document. `projet`: why it may not be used as it is, printed on its face; empty when it may.

    `entete` is None for an act that bears no letterhead. `tete` says what kind of paper it is.
    """

    titre: str
    auteur: str
    pied: str
    tete: Lettre | Acte
    blocs: tuple[Bloc, ...]
    entete: Entete | None = None
    projet: str = ""


def make_texte(texte: str, *, gras: bool = False) -> Texte:
    """A paragraph of one run."""
    return Texte((Fragment(texte, gras),))

"""What a wording is once read: its blocks in order, before any value is put in. Pure data, each with its line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Morceau:
    """A run of a sentence, bold or not; `variable` names a value to be put there, and `texte` is then empty."""

    texte: str
    gras: bool = False
    variable: str = ""


Phrase = tuple[Morceau, ...]


@dataclass(frozen=True, slots=True)
class Alinea:
    """A paragraph."""

    ligne: int
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Intertitre:
    """A heading; `niveau` 1 or 2."""

    ligne: int
    niveau: int
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list, numbered or not."""

    ligne: int
    numerotee: bool
    elements: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Appel:
    """The place of a block that the program makes: a table, a quoted article, a signature."""

    ligne: int
    nom: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Terme:
    """One fact that a condition names; `nie`: it must not hold."""

    fait: str
    nie: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """What is written only when all the facts named hold (`alors`), and what is written otherwise (`sinon`)."""

    ligne: int
    termes: tuple[Terme, ...]
    alors: tuple[Noeud, ...]
    sinon: tuple[Noeud, ...] = ()


Noeud = Alinea | Intertitre | Enumeration | Appel | Condition
Redaction = tuple[Noeud, ...]

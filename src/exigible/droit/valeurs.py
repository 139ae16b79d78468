"""A dated value of a table of the law: those of the package, and those that users add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce

from exigible.droit.erreurs import ErreurBareme
from exigible.droit.phrase import Phrase, phrase


@dataclass(frozen=True, slots=True)
class Valeur:
    """A value of a table, in force from `debut` to `fin`, both included (`fin` None: still in force).

    `valeurs` holds one number, or several when the series is a list (brackets). `a_verifier_debut`: only the first day
    is doubtful; `get_valeur` marks the value `a_verifier` within a year of it. `terminee`: nothing follows `fin`, even
    provisionally. `saisie_le`: the day on which a user entered it; None for a value of the package.
    """

    debut: date
    fin: date | None
    valeurs: tuple[Decimal, ...]
    source: str
    a_verifier: bool
    note: str
    article: str = ""
    provisoire: bool = False
    reference: str = ""
    a_verifier_debut: bool = False
    unite: str = ""
    terminee: bool = False
    saisie_le: date | None = None

    def __hash__(self) -> int:
        """Hash what tells values apart: rates are looked up by value a million times."""
        return hash((self.debut, self.valeurs))

    @property
    def valeur(self) -> Decimal:
        """The only number. Raises ErreurBareme (`valeur_multiple`) when the series is a list."""
        if len(self.valeurs) != 1:
            message = phrase("La valeur du {jour} est une liste : lisez chacun de ses nombres.", jour=self.debut)
            raise ErreurBareme("valeur_multiple", message)
        return self.valeurs[0]

    @property
    def texte(self) -> Phrase:
        """The numbers, written for people with their unit."""
        return format_valeurs(self.valeurs, self.unite)


@dataclass(frozen=True, slots=True)
class ValeurAjoutee:
    """A value that a user adds to a table, or puts in the place of the one that has the same first day.

    `debut`: its first day; `source`: what the user read; `enregistree_le`: the day of entry; `auteur`: who entered it.
    """

    bareme: str
    serie: str
    debut: date
    valeurs: tuple[Decimal, ...]
    source: str
    enregistree_le: date
    auteur: str = ""

    @property
    def reference(self) -> Phrase:
        """What is printed beside the value."""
        return phrase(
            "valeur saisie par l'utilisateur le {jour}, source : {source}",
            jour=self.enregistree_le,
            source=self.source,
        )


def format_valeurs(valeurs: Sequence[Decimal], unite: str) -> Phrase:
    """Write the numbers of a value for people, with their unit."""
    textes = [_format_nombre(nombre, unite) for nombre in valeurs]
    return reduce(lambda debut, suite: phrase("{debut} ; {suite}", debut=debut, suite=suite), textes)


def _format_nombre(nombre: Decimal, unite: str) -> Phrase:
    if unite.startswith("pour cent"):
        return phrase("{nombre:taux}", nombre=nombre)
    if unite.startswith("euros"):
        return phrase("{nombre}", nombre=nombre)
    return phrase("{nombre:nombre} {unite}", nombre=nombre, unite=unite)

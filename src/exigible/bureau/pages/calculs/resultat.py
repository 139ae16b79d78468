"""What a calculator answers, ready to be shown: figures, tables, reasons, articles, sources, warnings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exigible.bureau.pages.templatetags.exigible import montant, phrase
from exigible.bureau.phrases import is_francais
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One figure: its name, its value already written, what must be read beside it; `fort`: the answer itself."""

    nom: str
    valeur: str
    detail: str = ""
    fort: bool = False


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column of a table; `nombre`: aligned right."""

    titre: str
    nombre: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A cell: its text, and in small what explains it."""

    texte: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table, its first column naming the rows; `total`: what its last row says, in the last numeric column."""

    titre: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[Case, ...], ...]

    def list_lignes(self) -> list[list[tuple[Colonne, Case]]]:
        """Each row, every cell with its column."""
        return [list(zip(self.colonnes, ligne, strict=True)) for ligne in self.lignes]


@dataclass(frozen=True, slots=True)
class Volet:
    """One of several answers laid out one under the other: its name, whether it is good news, its reasons."""

    nom: str
    etat: str
    favorable: bool
    textes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resultat:
    """A whole answer. `explications`: how it was found; `mise_en_garde`: what the page must say before it is used."""

    chiffres: tuple[Chiffre, ...]
    tableaux: tuple[Tableau, ...] = ()
    volets: tuple[Volet, ...] = ()
    explications: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    avertissements: tuple[Avertissement, ...] = ()

    def list_avertissements(self) -> list[str]:
        """The warnings, in the reader's language where it is known."""
        return [say(avertissement.message) for avertissement in self.avertissements]

    def list_sources(self) -> list[str]:
        """The sources, each once, in French where the core says them in French only."""
        return [say(source) for source in dict.fromkeys(self.sources)]


def say(texte: str) -> str:
    """A sentence of the core in the reader's language; what exists in French only is marked so: it, or its note."""
    if is_francais():
        return phrase(texte)
    if not isinstance(texte, Phrase):
        return mark_francais(texte)
    note = texte.parametres.get("note", "")
    if not isinstance(note, str) or isinstance(note, Phrase) or not note:
        return phrase(texte)
    avant, _note, apres = phrase(texte).partition(note)
    return format_html("{}{}{}", avant, mark_francais(note), apres)


def mark_francais(texte: str) -> SafeString:
    """A French text in a page of another language, for screen readers to say it right."""
    return format_html('<span lang="fr">{}</span>', texte)


def build_colonnes(textes: Sequence[str], nombres: Iterable[int] = ()) -> tuple[Colonne, ...]:
    """The columns of a table from their headings; `nombres`: the ranks of those aligned right."""
    a_droite = set(nombres)
    return tuple(Colonne(texte, rang in a_droite) for rang, texte in enumerate(textes))


def build_tranche(de: Decimal, a: Decimal | None) -> tuple[Case, Case]:
    """The two bounds of a bracket."""
    return Case(montant(de)), Case(montant(a) if a is not None else _("sans limite"))


def build_jour(jour: date) -> str:
    """A day as the pages write it."""
    return f"{jour:%d/%m/%Y}"

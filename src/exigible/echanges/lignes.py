"""A row of a table seen through the fields recognised in its header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from exigible.droit.argent import parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.ecritures import FRANCAISE, Ecriture, read_montant
from exigible.echanges.enregistrements import Origine
from exigible.echanges.entetes import Entete
from exigible.echanges.valeurs import clean_texte, convert_texte, shorten

_JOURS_EN_CHIFFRES = (19_000_101, 29_991_231)
"""A number as big as these is a day written 20261121: spreadsheets count theirs by far smaller ones."""


@dataclass(frozen=True, slots=True)
class LigneLue:
    """One row: its number in the file (from 1), its cells (text, numbers, dates), and where each field stands."""

    fichier: str
    numero: int
    cellules: Sequence[object]
    colonnes: Mapping[str, int]
    ecriture: Ecriture = FRANCAISE

    def get(self, champ: str) -> object:
        """The cell of a field; None when the column is absent or the cell empty."""
        position = self.colonnes.get(champ)
        if position is None or position >= len(self.cellules):
            return None
        cellule = self.cellules[position]
        if isinstance(cellule, str):
            return clean_texte(cellule) or None
        return cellule

    def get_texte(self, champ: str) -> str | None:
        """The cell as text, or None."""
        return convert_texte(self.get(champ)) or None

    def get_date(self, champ: str) -> date | None:
        """The cell as a day, or None. Raises ErreurSaisie."""
        valeur = self.get(champ)
        return None if valeur is None else convert_date(valeur, champ, self.ecriture)

    def get_montant(self, champ: str) -> Decimal | None:
        """The cell as an amount at the cent, or None. Raises ErreurSaisie."""
        valeur = self.get(champ)
        return None if valeur is None else convert_montant(valeur, champ)

    def is_vide(self) -> bool:
        """Say whether every cell is empty."""
        return not any(convert_texte(cellule) for cellule in self.cellules)

    @property
    def origine(self) -> Origine:
        """Where the row stands."""
        return Origine(self.fichier, self.numero)


def explain_refus(erreur: ErreurSaisie, ligne: LigneLue, entete: Entete, collecte: Collecte) -> None:
    """Keep the refusal of a row, naming its line and its column as the file writes them."""
    position = ligne.colonnes.get(erreur.champ or "")
    colonne = entete.noms[position] if position is not None else None
    faute = lower_first(erreur.message)
    if colonne:
        message = phrase(
            "Ligne {ligne}, colonne « {colonne} » : {faute}", ligne=ligne.numero, colonne=colonne, faute=faute
        )
    else:
        message = phrase("Ligne {ligne} : {faute}", ligne=ligne.numero, faute=faute)
    collecte.add(erreur.code, message, ligne=ligne.numero, champ=colonne or erreur.champ)


def add_csv_illisible(collecte: Collecte, ligne: int) -> None:
    """Say from which line on a CSV cannot be cut into cells: an open quote, a cell beyond measure."""
    collecte.add(
        "csv_illisible",
        phrase(
            "Ligne {ligne} : un guillemet ouvert n'est pas refermé, ou une cellule est démesurée ; la suite du "
            "fichier n'a pas été lue.",
            ligne=ligne,
        ),
        ligne=ligne,
    )


def lower_first(texte: str) -> str:
    """Begin a sentence as French does after a colon; what it says in another language is not changed."""
    suite = texte[:1].lower() + texte[1:]
    return Phrase(suite, texte.modele, texte.parametres) if isinstance(texte, Phrase) else suite


def convert_date(valeur: object, champ: str, ecriture: Ecriture = FRANCAISE) -> date:
    """Read the date of a cell: a real date of a spreadsheet, or text. Raises ErreurSaisie as `parse_date`."""
    if isinstance(valeur, datetime):
        return valeur.date()
    if isinstance(valeur, date):
        return valeur
    if isinstance(valeur, str):
        return ecriture.read_date(valeur, champ)
    if isinstance(valeur, int | float) and _JOURS_EN_CHIFFRES[0] <= valeur <= _JOURS_EN_CHIFFRES[1]:
        return ecriture.read_date(convert_texte(valeur), champ)
    raise ErreurSaisie(
        "date_illisible",
        phrase(
            "La cellule contient le nombre « {valeur} » au lieu d'une date : donnez-lui un format de date dans le "
            "tableur.",
            valeur=shorten(str(valeur)),
        ),
        champ,
        valeur=shorten(str(valeur)),
    )


def convert_montant(valeur: object, champ: str | None = None) -> Decimal:
    """Read the amount of a cell: a number of a spreadsheet, through its shortest decimal writing, or text.

    Raises ErreurSaisie as `parse_montant`: no more than two decimals.
    """
    if isinstance(valeur, str):
        return read_montant(valeur, champ)
    if isinstance(valeur, bool) or not isinstance(valeur, int | float):
        raise ErreurSaisie(
            "montant_illisible",
            phrase("La cellule contient « {valeur} » au lieu d'un montant.", valeur=shorten(str(valeur))),
            champ,
            valeur=shorten(str(valeur)),
        )
    exact = Decimal(repr(valeur))
    return parse_montant(f"{exact:f}" if exact.is_finite() else str(exact), champ)

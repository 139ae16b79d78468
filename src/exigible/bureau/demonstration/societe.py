"""Who is in the demonstration: the creditor, its customers, and what they bought, as written in `donnees/*.csv`.

Nobody here exists: no SIREN begins with 000, no bank has the code 99999, no post code begins with 99, `.example` is
reserved by RFC 2606 and the telephone numbers are those that Arcep keeps for fiction.
Ages are days before the day of first load; `retard` counts days after the due date (negative: still to come).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files
from typing import TypeVar

import msgspec

ARRETE = 8
"""The accounts are kept up to this many days before the day of first load; the bank statement covers what follows."""

_BANQUE_FICTIVE = "99999"
_GUICHET_FICTIF = "00001"
_VALEUR_FR = "1527"
_LONGUEUR_COMPTE = 11


class Societe(msgspec.Struct, frozen=True, kw_only=True):
    """The creditor, as its invoices and letters present it."""

    nom: str
    forme: str
    capital: str
    siren: str
    tva: str
    rcs: str
    adresse: tuple[str, ...]
    code_postal: str
    ville: str
    courriel: str
    telephone: str
    iban: str
    bic: str
    signataire: str
    fonction: str
    mediateur: str


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A customer; what is empty is unknown to the creditor, on purpose for two of them."""

    code: str
    nom: str
    forme: str = ""
    qualite: str = ""
    siren: str = ""
    adresse: str = ""
    complement: str = ""
    code_postal: str = ""
    ville: str = ""
    courriel: str = ""
    telephone: str = ""


class Ouverture(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice of the year before, in the opening balance. `montant` is taxes included."""

    numero: str
    client: str
    age: int
    montant: Decimal
    objet: str


class Vente(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice of the year, or a credit note when `ht` is negative; VAT is 20 %."""

    numero: str
    client: str
    age: int
    ht: Decimal
    objet: str

    @property
    def tva(self) -> Decimal:
        """VAT in euros: exact, as every net price is a multiple of 5."""
        return (self.ht * 20 / 100).quantize(self.ht)


class Reglement(msgspec.Struct, frozen=True, kw_only=True):
    """A payment, lettered with the pieces of `factures` (numbers and a space between), or left alone when empty."""

    client: str
    age: int
    montant: Decimal
    contrepartie: str
    libelle: str
    factures: str = ""


class AutreLigne(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an entry that is no sale: opening balance (no age), purchases, bank charges, depreciation."""

    journal: str
    piece: str
    libelle: str
    compte: str
    debit: Decimal
    credit: Decimal
    auxiliaire: str = ""
    age: int | None = None


class Facture(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice known by a list or a Factur-X. `ttc` is taxes included, `regle` what was paid of it."""

    support: str
    numero: str
    client: str
    age: int
    retard: int
    ttc: Decimal
    regle: Decimal
    objet: str
    envoye: str = ""
    envoye_age: int | None = None


_Genre = TypeVar("_Genre")


def _load(nom: str, genre: type[_Genre]) -> tuple[_Genre, ...]:
    texte = files(__package__).joinpath("donnees", nom).read_text(encoding="utf-8")
    lignes = csv.DictReader(texte.splitlines(), delimiter=";")
    return tuple(msgspec.convert(_drop_vides(ligne), genre, strict=False) for ligne in lignes)


def _drop_vides(ligne: Mapping[str, str]) -> dict[str, str]:
    return {cle: valeur for cle, valeur in ligne.items() if valeur}


def load_clients() -> dict[str, Client]:
    """Give the customers by code."""
    return {client.code: client for client in _load("clients.csv", Client)}


def load_ouvertures() -> tuple[Ouverture, ...]:
    """Give the customers' invoices of the opening balance."""
    return _load("ouverture.csv", Ouverture)


def load_ventes() -> tuple[Vente, ...]:
    """Give the invoices and credit notes of the accounts."""
    return _load("ventes.csv", Vente)


def load_reglements() -> tuple[Reglement, ...]:
    """Give the customers' payments of the accounts."""
    return _load("reglements.csv", Reglement)


def load_autres_lignes() -> tuple[AutreLigne, ...]:
    """Give the other entries of the accounts, line by line."""
    return _load("autres_ecritures.csv", AutreLigne)


def load_factures(support: str) -> tuple[Facture, ...]:
    """Give the invoices of one `support`: xlsx, csv or facturx."""
    return tuple(facture for facture in _load("factures.csv", Facture) if facture.support == support)


def compute_iban(compte: str) -> str:
    """Make the French IBAN of an account number (digits) at the fictitious bank, both check keys right."""
    rang = compte.zfill(_LONGUEUR_COMPTE)
    cle = 97 - (89 * int(_BANQUE_FICTIVE) + 15 * int(_GUICHET_FICTIF) + 3 * int(rang)) % 97
    bban = f"{_BANQUE_FICTIVE}{_GUICHET_FICTIF}{rang}{cle:02}"
    return f"FR{98 - int(f'{bban}{_VALEUR_FR}00') % 97:02}{bban}"


def compute_tva(siren: str) -> str:
    """Make the VAT number that goes with a SIREN."""
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"


SOCIETE = Societe(
    nom="Atelier Exemple (démonstration)",
    forme="SAS",
    capital="10 000 €",
    siren="000001008",
    tva=compute_tva("000001008"),
    rcs="Villefictive 000 001 008",
    adresse=("1 rue de l’Exemple",),
    code_postal="99100",
    ville="Villefictive",
    courriel="compta@atelier-exemple.example",
    telephone="01 99 00 00 01",
    iban=compute_iban("1008"),
    bic="DEMOFRPPXXX",
    signataire="Camille Démonstration",
    fonction="Gérante",
    mediateur="Médiation fictive de la consommation, 2 rue de l’Exemple, 99100 Villefictive",
)

"""What the accounts and the journals of a ledger are to a creditor, by their numbers and names (PCG, art. 932-1)."""

from __future__ import annotations

from enum import IntFlag
from typing import NamedTuple

from exigible.droit.phrase import phrase
from exigible.echanges.valeurs import fold_texte


class Famille(IntFlag):
    """A group of accounts; those that face a customer's in an entry are added up in one number."""

    CLIENT = 1
    DOUTEUX = 2
    EFFET = 4
    AVANCE = 8
    TRESORERIE = 16
    VENTE = 32
    PERTE = 64
    AUTRE = 128


NUMEROS = {Famille.CLIENT: "411", Famille.DOUTEUX: "416", Famille.EFFET: "413", Famille.AVANCE: "4191"}
"""How the accounts whose lines name a customer begin."""

LIBELLES = {
    Famille.DOUTEUX: phrase("clients douteux"),
    Famille.EFFET: phrase("effets à recevoir"),
    Famille.AVANCE: phrase("avances et acomptes reçus"),
}

_PREFIXES = (
    *((numero, famille) for famille, numero in NUMEROS.items()),
    ("4457", Famille.VENTE),
    ("4458", Famille.VENTE),
    ("4198", Famille.VENTE),
    ("70", Famille.VENTE),
    ("654", Famille.PERTE),
    ("6714", Famille.PERTE),
    ("5", Famille.TRESORERIE),
)
_CODES_VENTES = ("ve", "vt", "fac")
_MOTS_VENTES = ("vente", "factur", "sales")
_MOTS_OUVERTURE = ("a nouveau", "report a nouv")
_CODES_OUVERTURE = ("an", "ano", "anouv", "ran", "rn", "nouv", "anx")


def name_famille(compte: str) -> Famille:
    """Name the group of an account by its number; `AUTRE` when it says nothing of customers nor of what they owe."""
    numero = compte.strip()
    return next((famille for prefixe, famille in _PREFIXES if numero.startswith(prefixe)), Famille.AUTRE)


class Journal(NamedTuple):
    """A journal of the ledger; `ventes`: of sales, `ouverture`: of the opening balances (« à-nouveaux »)."""

    code: str
    ventes: bool
    ouverture: bool


def name_journal(code: str, libelle: str) -> Journal:
    """Tell what a journal holds, by its code and its title."""
    court, titre = fold_texte(code), fold_texte(libelle)
    ventes = court.startswith(_CODES_VENTES) or any(mot in titre for mot in _MOTS_VENTES)
    return Journal(code.strip(), ventes, court in _CODES_OUVERTURE or says_ouverture(titre))


def says_ouverture(texte: str) -> bool:
    """Whether folded words speak of an opening balance."""
    return any(mots in texte for mots in _MOTS_OUVERTURE) or "ouverture" in texte.split()

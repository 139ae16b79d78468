"""The words that people use, read from `synonymes.toml`: names of columns, and qualities of a customer."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from exigible.echanges.valeurs import fold_texte

_MOTS_VIDES = frozenset({"de", "d", "la", "le", "l", "des", "en", "eur", "euro", "euros", "the", "of"})
_NUMEROS = {"numero": "n", "num": "n", "no": "n", "nr": "n", "number": "n"}

Table = Mapping[str, tuple[str, ...]]


def fold_colonne(nom: str) -> str:
    """Fold a header: « N° de facture » and « Numéro facture » both give `n facture`."""
    mots = (_NUMEROS.get(mot, mot) for mot in fold_texte(nom).split())
    return " ".join(mot for mot in mots if mot not in _MOTS_VIDES)


def _load_tables() -> dict[str, Table]:
    tables = tomllib.loads(files("exigible.echanges").joinpath("synonymes.toml").read_text(encoding="utf-8"))
    return {nom: {champ: tuple(mots) for champ, mots in table.items()} for nom, table in tables.items()}


_TABLES = _load_tables()
FACTURES, TIERS, RELEVE, GRAND_LIVRE, QUALITES, STATUTS, FORMES = (
    _TABLES[nom] for nom in ("factures", "tiers", "releve", "grand_livre", "qualites", "statuts", "formes")
)

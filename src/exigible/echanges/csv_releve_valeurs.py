"""Days, amounts and words in the cells of a CSV bank statement."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.releves_valeurs import read_montant
from exigible.echanges.valeurs import fold_texte

_JOUR = re.compile(r"(\d{1,4})([/.\-])(\d{1,2})\2(\d{2,4})(?:[T ,].*)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_EN_LETTRES = re.compile(r"(\d{1,2})(?:er)?[ \-]([a-z]+)[ \-](\d{4}|\d{2})", re.ASCII)
_MONTANT = re.compile(r"\s*[(+\-\u2212]?\s*€?\s*\d[\d ’'.,\u00a0\u202f\u2009]*\s*(?:€|EUR)?\s*[)\-]?\s*", re.ASCII)
_MOTS = tomllib.loads(files("exigible.echanges").joinpath("csv_releve.toml").read_text(encoding="utf-8"))["mots"]
_MOIS = {mot: rang for rang, mots in enumerate(_MOTS["mois"], 1) for mot in mots.split("|")}
_DEBITS, _CREDITS = frozenset(_MOTS["debit"]), frozenset(_MOTS["credit"])
_EN_ATTENTE = frozenset(_MOTS["en_attente"])
_LIGNE_SOLDE = re.compile(_MOTS["ligne_solde"])
_MOIS_MAX = 12
_SIECLE = 2000


@lru_cache(maxsize=8192)
def read_jour_releve(texte: str, *, americain: bool = False) -> date:
    """Read a day of any writing: 21/11/2026, 21/11/26, 2026-11-21, 20261121, 21 nov. 2026, an hour after it dropped.

    `americain`: the month comes first when bars part them. Raises ErreurSaisie (`date_illisible`, `date_inexistante`).
    """
    brut = texte.strip()
    if trouve := _JOUR.fullmatch(brut):
        un, separateur, deux, trois = trouve.groups()
        if len(un) == len("2026"):
            annee, mois, jour = int(un), int(deux), int(trois)
        else:
            annee = int(trois) + (_SIECLE if len(trois) == len("26") else 0)
            jour, mois = int(un), int(deux)
            if americain and separateur == "/":
                jour, mois = mois, jour
    elif trouve := _COMPACT.fullmatch(brut):
        annee, mois, jour = (int(part) for part in trouve.groups())
    elif (trouve := _EN_LETTRES.fullmatch(fold_texte(brut))) and trouve[2] in _MOIS:
        annee = int(trouve[3]) + (_SIECLE if len(trouve[3]) == len("26") else 0)
        jour, mois = int(trouve[1]), _MOIS[trouve[2]]
    else:
        raise ErreurSaisie(
            "date_illisible",
            phrase("La date « {brut} » n'est pas lisible : écrivez-la 21/11/2026.", brut=brut[:40]),
            "date",
        )
    try:
        return date(annee, mois, jour)
    except ValueError:
        raise ErreurSaisie("date_inexistante", phrase("La date « {brut} » n'existe pas.", brut=brut), "date") from None


def find_jour(texte: str, *, americain: bool = False) -> date | None:
    """Give the day of a cell, or None."""
    try:
        return read_jour_releve(texte, americain=americain)
    except ErreurSaisie:
        return None


def is_americain(cellules: Iterable[str]) -> bool:
    """Tell whether days are written month first: some have more than twelve in second, none in first."""
    second = False
    for cellule in cellules:
        trouve = _JOUR.fullmatch(cellule.strip())
        if trouve and trouve[2] == "/" and len(trouve[1]) <= len("12"):
            if int(trouve[1]) > _MOIS_MAX:
                return False
            second = second or int(trouve[3]) > _MOIS_MAX
    return second


def is_montant(texte: str) -> bool:
    """Tell whether a cell looks like an amount."""
    return _MONTANT.fullmatch(texte) is not None and find_jour(texte) is None


def find_montant(texte: str) -> Decimal | None:
    """Give the amount of a cell, or None."""
    try:
        return read_montant(texte) if is_montant(texte) else None
    except ErreurSaisie:
        return None


def read_sens(texte: str) -> int:
    """Give 1 for a credit, -1 for a debit, 0 when the cell says neither."""
    pli = fold_texte(texte)
    if pli in _DEBITS or texte.strip() == "-":
        return -1
    return 1 if pli in _CREDITS or texte.strip() == "+" else 0


def is_en_attente(statut: str) -> bool:
    """Tell whether a status says that the operation did not go through, or not yet."""
    return fold_texte(statut) in _EN_ATTENTE


def is_ligne_solde(texte: str) -> bool:
    """Tell whether a label among movements is that of a balance."""
    return _LIGNE_SOLDE.match(fold_texte(texte)) is not None


def read_nature_solde(texte: str) -> str | None:
    """Tell whether a text announces a balance: « debut », « fin », or None."""
    pli = fold_texte(texte)
    for nature in ("debut", "fin"):
        for mots in _MOTS[f"solde_{nature}"]:
            if pli == mots or pli.startswith(f"{mots} "):
                return nature
    return None

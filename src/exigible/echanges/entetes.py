"""Find the row of column names of a table, among its first twenty, and what the table is about."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from exigible.echanges.synonymes import FACTURES, RELEVE, TIERS, fold_colonne
from exigible.echanges.valeurs import clean_texte

LIGNES_ENTETE = 20
SEPARATEURS = (";", "\t", ",", "|")
_COLONNES_MAX = 400

Nature = Literal["factures", "tiers", "releve"]
_TABLES: Mapping[Nature, Mapping[str, tuple[str, ...]]] = {"factures": FACTURES, "tiers": TIERS, "releve": RELEVE}
_PROPRES_AUX_FACTURES = {"date_echeance", "reste_du", "date_emission", "montant_ttc"}


@dataclass(frozen=True, slots=True)
class Entete:
    """The row of names: its rank (from 0), what the table holds, and the column of each field recognised."""

    rang: int
    nature: Nature
    colonnes: Mapping[str, int]
    noms: tuple[str, ...]
    separateur: str = ""


def find_entete(lignes: Iterable[Sequence[object]]) -> Entete | None:
    """Choose, among the first twenty rows, the one where most columns are recognised (the first of equals)."""
    meilleur: Entete | None = None
    for rang, ligne in enumerate(islice(lignes, LIGNES_ENTETE)):
        candidat = _read_entete(rang, ligne)
        if candidat and (meilleur is None or len(candidat.colonnes) > len(meilleur.colonnes)):
            meilleur = candidat
    return meilleur


def find_entete_csv(texte: str) -> Entete | None:
    """Choose the delimiter and the row of names of a text: those that make most columns recognised."""
    meilleur: Entete | None = None
    for separateur in SEPARATEURS:
        try:
            lignes = list(islice(csv.reader(io.StringIO(texte, newline=""), delimiter=separateur), LIGNES_ENTETE))
        except csv.Error:
            continue
        candidat = find_entete(lignes)
        if candidat and (meilleur is None or len(candidat.colonnes) > len(meilleur.colonnes)):
            meilleur = Entete(candidat.rang, candidat.nature, candidat.colonnes, candidat.noms, separateur)
    return meilleur


def _read_entete(rang: int, ligne: Sequence[object]) -> Entete | None:
    noms = tuple(clean_texte(cellule) if isinstance(cellule, str) else "" for cellule in ligne[:_COLONNES_MAX])
    plies = [fold_colonne(nom) for nom in noms]
    trouves = {nature: _match_colonnes(plies, table) for nature, table in _TABLES.items()}
    nature = _choose_nature(trouves)
    return Entete(rang, nature, trouves[nature], noms) if nature else None


def _match_colonnes(plies: Sequence[str], table: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Give each field its column; a column serves one field only, the first that claims it."""
    positions = {pli: i for i, pli in reversed(list(enumerate(plies))) if pli}
    colonnes: dict[str, int] = {}
    prises: set[int] = set()
    for champ, noms in table.items():
        for nom in noms:
            position = positions.get(nom)
            if position is not None and position not in prises:
                colonnes[champ] = position
                prises.add(position)
                break
    return colonnes


def _choose_nature(trouves: Mapping[Nature, Mapping[str, int]]) -> Nature | None:
    """An invoice list names an invoice and something about its money or days; a list of parties has no money."""
    factures, tiers, releve = trouves["factures"], trouves["tiers"], trouves["releve"]
    debiteur = "nom" in factures or "code" in factures
    propres = _PROPRES_AUX_FACTURES & factures.keys()
    if "numero" in factures and (len(propres) > 1 or (debiteur and propres)):
        return "factures"
    if debiteur and ("date_echeance" in propres or {"date_emission", "reste_du"} <= propres):
        return "factures"
    if "date" in releve and "libelle" in releve and releve.keys() & {"montant", "debit", "credit"}:
        return "releve"
    if "nom" in tiers and len(tiers) > 1:
        return "tiers"
    return None

"""Find the row of column names of a table, among its first twenty, and what the table is about."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from exigible.echanges.colonnes import PROPRES_AUX_FACTURES, name_colonnes
from exigible.echanges.synonymes import FACTURES, RELEVE, TIERS, fold_colonne
from exigible.echanges.valeurs import clean_texte, convert_texte

LIGNES_ENTETE = 20
SEPARATEURS = (";", "\t", ",", "|")
_COLONNES_MAX = 400
_TITRES_MIN = 3
_TITRE_MAX = 60

Nature = Literal["factures", "tiers", "releve"]
_TABLES: Mapping[Nature, Mapping[str, tuple[str, ...]]] = {"factures": FACTURES, "tiers": TIERS, "releve": RELEVE}
_LISTES: tuple[Nature, ...] = ("factures", "tiers")
_SIGNES_DE_FACTURE = {"date_echeance", "reste_du", "date_emission", "montant_ttc"}


@dataclass(frozen=True, slots=True)
class Entete:
    """The row of names: its rank (from 0), what the table holds, and the column of each field recognised.

    `nature` is None when the names are only guessed to be titles.
    """

    rang: int
    nature: Nature | None
    colonnes: Mapping[str, int]
    noms: tuple[str, ...]
    separateur: str = ""


def find_entete(lignes: Iterable[Sequence[object]], colonnes: Mapping[str, str] | None = None) -> Entete | None:
    """Choose, among the first twenty rows, the one where most columns are recognised (the first of equals).

    With `colonnes` (the field of some columns by their folded title, empty to leave one aside): the first row that has
    all those titles, and nothing else.
    """
    meilleur: Entete | None = None
    for rang, ligne in enumerate(islice(lignes, LIGNES_ENTETE)):
        candidat = _impose_entete(rang, ligne, colonnes) if colonnes else _read_entete(rang, ligne)
        if candidat and (meilleur is None or (not colonnes and len(candidat.colonnes) > len(meilleur.colonnes))):
            meilleur = candidat
    return meilleur


def find_entete_csv(texte: str, colonnes: Mapping[str, str] | None = None) -> Entete | None:
    """Choose the delimiter and the row of names of a text: those that make most columns recognised."""
    candidats = (
        replace(entete, separateur=separateur)
        for separateur, lignes in _split_csv(texte)
        if (entete := find_entete(lignes, colonnes))
    )
    return max(candidats, key=lambda e: len(e.colonnes), default=None)


def guess_entete(lignes: Sequence[Sequence[object]]) -> Entete | None:
    """Choose the first row that looks like titles above data: a person will say what they mean."""
    for rang, ligne in enumerate(lignes[:LIGNES_ENTETE]):
        noms = _read_noms(ligne)
        suite = next((s for s in lignes[rang + 1 :] if any(convert_texte(c) for c in s)), None)
        if suite is not None and _is_titres(noms) and _is_donnees(suite, len(noms)):
            return Entete(rang, None, {}, noms)
    return None


def guess_entete_csv(texte: str) -> Entete | None:
    """Choose the delimiter and the row that look most like titles above data: those that make most columns."""
    candidats = (
        replace(entete, separateur=separateur)
        for separateur, lignes in _split_csv(texte)
        if (entete := guess_entete(lignes))
    )
    return max(candidats, key=lambda e: len(e.noms), default=None)


def _split_csv(texte: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Cut the first rows of a text by each delimiter that may be its own."""
    for separateur in SEPARATEURS:
        try:
            lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
            yield separateur, list(islice(lecteur, LIGNES_ENTETE))
        except csv.Error:
            continue


def _read_noms(ligne: Sequence[object]) -> tuple[str, ...]:
    return tuple(clean_texte(cellule) if isinstance(cellule, str) else "" for cellule in ligne[:_COLONNES_MAX])


def _is_titres(noms: Sequence[str]) -> bool:
    """Tell whether these may be titles: at least three different ones, short, with letters, none begun by a figure."""
    titres = {nom for nom in noms if nom}
    en_mots = all(any(map(str.isalpha, nom)) and not nom[0].isdigit() and len(nom) <= _TITRE_MAX for nom in titres)
    return len(titres) >= _TITRES_MIN and en_mots


def _is_donnees(ligne: Sequence[object], largeur: int) -> bool:
    """Tell whether a row may be data below titles: as wide as they are, with a figure somewhere."""
    textes = [convert_texte(cellule) for cellule in ligne]
    chiffree = any(caractere.isdigit() for texte in textes for caractere in texte)
    return len(textes) == largeur and sum(map(bool, textes)) >= _TITRES_MIN - 1 and chiffree


def _impose_entete(rang: int, ligne: Sequence[object], colonnes: Mapping[str, str]) -> Entete | None:
    """Read a row of names as a person said; the columns of which nothing is said are recognised as ever."""
    noms = _read_noms(ligne)
    positions = {cle: position for position, cle in enumerate(name_colonnes(noms))}
    if not colonnes.keys() <= positions.keys():
        return None
    dits = {champ: positions[cle] for cle, champ in colonnes.items() if champ}
    plies = ["" if cle in colonnes else fold_colonne(noms[position]) for cle, position in positions.items()]
    trouves = {
        nature: _match_colonnes(plies, {c: mots for c, mots in _TABLES[nature].items() if c not in dits}) | dits
        for nature in _LISTES
    }
    if PROPRES_AUX_FACTURES & dits.keys():
        return Entete(rang, "factures", trouves["factures"], noms)
    nature = _choose_nature({**trouves, "releve": {}}) or "tiers"
    return Entete(rang, nature, trouves[nature], noms)


def _read_entete(rang: int, ligne: Sequence[object]) -> Entete | None:
    noms = _read_noms(ligne)
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
    propres = _SIGNES_DE_FACTURE & factures.keys()
    if "numero" in factures and (len(propres) > 1 or (debiteur and propres)):
        return "factures"
    if debiteur and ("date_echeance" in propres or {"date_emission", "reste_du"} <= propres):
        return "factures"
    if "date" in releve and "libelle" in releve and releve.keys() & {"montant", "debit", "credit"}:
        return "releve"
    if "nom" in tiers and len(tiers) > 1:
        return "tiers"
    return None

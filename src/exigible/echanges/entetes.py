"""Find the row of column names of a table, among its first twenty, and what the table is about."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from exigible.echanges.colonnes import PROPRES_AUX_FACTURES, name_colonnes
from exigible.echanges.ecritures import FRANCAISE, Ecriture
from exigible.echanges.synonymes import FACTURES, GRAND_LIVRE, RELEVE, TIERS
from exigible.echanges.titres import fold_variantes, has_tranches
from exigible.echanges.valeurs import clean_texte, convert_texte

LIGNES_ENTETE = 20
SEPARATEURS = (";", "\t", ",", "|")
_COLONNES_MAX = 400
_TITRES_MIN = 3
_TITRE_MAX = 60

Nature = Literal["factures", "tiers", "releve", "grand_livre", "balance", "balance_agee"]
_TABLES: Mapping[Nature, Mapping[str, tuple[str, ...]]] = {
    "factures": FACTURES,
    "tiers": TIERS,
    "releve": RELEVE,
    "grand_livre": GRAND_LIVRE,
}
_LISTES: tuple[Nature, ...] = ("factures", "tiers")
_SIGNES_DE_FACTURE = {"date_echeance", "reste_du", "date_emission", "montant_ttc"}
_SIGNES_DE_LIVRE = {"journal", "lettrage", "echeance"}
_BALANCES = {"balance", "balance_agee"}
LIVRES = {"grand_livre", *_BALANCES}
"""What an accountant prints, that no bank sends."""
_PIECES_DE_LIVRE = {"n facture", "n piece", "piece", "n document", "n pce", "ref piece", "reference piece"}
_COMPTES = {"compte", "auxiliaire"}
_SOLDES = {"debit", "credit", "solde_debiteur", "solde_crediteur"}


@dataclass(frozen=True, slots=True)
class Entete:
    """The row of names: its rank (from 0), what the table holds, and the column of each field recognised.

    `nature` is None when the names are only guessed to be titles; `titre` is what stands above them.
    """

    rang: int
    nature: Nature | None
    colonnes: Mapping[str, int]
    noms: tuple[str, ...]
    separateur: str = ""
    ecriture: Ecriture = FRANCAISE
    titre: str = ""


class _Titres(NamedTuple):
    """Names that may be titles: the rank of their last row, how they are shown, in which words they may be known."""

    rang: int
    noms: tuple[str, ...]
    ecritures: tuple[Sequence[str], ...]


def find_entete(lignes: Iterable[Sequence[object]], colonnes: Mapping[str, str] | None = None) -> Entete | None:
    """Choose, among the first twenty rows, the one where most columns are recognised (the first of equals).

    With `colonnes` (the field of some columns by their folded title, empty to leave one aside): the first row that has
    all those titles, and nothing else.
    """
    meilleur: Entete | None = None
    debut = list(islice(lignes, LIGNES_ENTETE))
    for titres in _iter_titres(debut):
        candidat = _impose_entete(titres, colonnes) if colonnes else _read_entete(titres)
        if candidat and (meilleur is None or (not colonnes and len(candidat.colonnes) > len(meilleur.colonnes))):
            meilleur = candidat
    return replace(meilleur, titre=_join_titre(debut[: meilleur.rang])) if meilleur else None


def _join_titre(lignes: Sequence[Sequence[object]]) -> str:
    return " ".join(texte for ligne in lignes for cellule in ligne if (texte := convert_texte(cellule)))


def _iter_titres(lignes: Sequence[Sequence[object]]) -> Iterator[_Titres]:
    """Give each row as it may be one of titles, then each pair of rows: « Facture » above « N° » and « Date »."""
    simples = [_read_noms(ligne) for ligne in lignes]
    for rang, noms in enumerate(simples):
        yield _Titres(rang, noms, (noms,))
    for rang, (dessus, dessous) in enumerate(pairwise(simples)):
        if not _is_titres(dessous) or not any(dessus) or any(_is_chiffre(cellule) for cellule in lignes[rang + 1]):
            continue
        larges = _spread(dessus, len(dessous))
        noms = tuple(_join(haut, bas) for haut, bas in zip(larges, dessous, strict=True))
        inverses = tuple(_join(bas, haut) for haut, bas in zip(larges, dessous, strict=True))
        yield _Titres(rang + 1, noms, (inverses, noms, dessous))


def _spread(noms: Sequence[str], largeur: int) -> list[str]:
    """Write a title of the upper row above each of the columns that it covers, up to the next title."""
    larges, dernier = [], ""
    for position in range(largeur):
        dernier = (noms[position] if position < len(noms) else "") or dernier
        larges.append(dernier)
    return larges


def _join(premier: str, second: str) -> str:
    return " ".join(mot for mot in (premier, second) if mot) if second != premier else premier


def _is_chiffre(cellule: object) -> bool:
    return cellule is not None and not isinstance(cellule, str)


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


def _impose_entete(titres: _Titres, colonnes: Mapping[str, str]) -> Entete | None:
    """Read a row of names as a person said; the columns of which nothing is said are recognised as ever."""
    rang, noms, ecritures = titres
    positions = {cle: position for position, cle in enumerate(name_colonnes(noms))}
    if not colonnes.keys() <= positions.keys():
        return None
    dits = {champ: positions[cle] for cle, champ in colonnes.items() if champ}
    dites = {positions[cle] for cle in colonnes}
    plies = [
        ["" if i in dites else pli for i, pli in enumerate(pliee)]
        for ecriture in ecritures
        for pliee in fold_variantes(ecriture)
    ]
    trouves: dict[Nature, dict[str, int]] = {
        nature: _match_colonnes(plies, {c: mots for c, mots in _TABLES[nature].items() if c not in dits}) | dits
        for nature in _LISTES
    }
    if PROPRES_AUX_FACTURES & dits.keys():
        return Entete(rang, "factures", trouves["factures"], noms)
    nature = _choose_liste({**trouves, "releve": {}}) or "tiers"
    return Entete(rang, nature, trouves[nature], noms)


def _read_entete(titres: _Titres) -> Entete | None:
    rang, noms, ecritures = titres
    plies = [pliee for ecriture in ecritures for pliee in fold_variantes(ecriture)]
    trouves = {nature: _match_colonnes(plies, table) for nature, table in _TABLES.items()}
    nature = _choose_livre(trouves, plies) or _choose_liste(trouves)
    if nature is None:
        return None
    return Entete(rang, nature, trouves["grand_livre" if nature in _BALANCES else nature], noms)


def _match_colonnes(plies: Sequence[Sequence[str]], table: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Give each field its column; a column serves one field only, the first that claims it."""
    positions: dict[str, int] = {}
    for ecriture in plies:
        for position, pli in enumerate(ecriture):
            if pli:
                positions.setdefault(pli, position)
    colonnes: dict[str, int] = {}
    prises: set[int] = set()
    for champ, noms in table.items():
        for nom in noms:
            trouvee = positions.get(nom)
            if trouvee is not None and trouvee not in prises:
                colonnes[champ] = trouvee
                prises.add(trouvee)
                break
    return colonnes


def _choose_livre(trouves: Mapping[Nature, Mapping[str, int]], plies: Sequence[Sequence[str]]) -> Nature | None:
    """Name what an accountant prints: a ledger has days, debits and credits; a balance has no days."""
    livre, factures = trouves["grand_livre"], trouves["factures"]
    if "date" in livre or "date_piece" in livre:
        montants = {"debit", "credit"} <= livre.keys() or {"montant", "sens"} <= livre.keys()
        pieces = any(_PIECES_DE_LIVRE & set(pliee) for pliee in plies)  # a bank writes references
        signes = _SIGNES_DE_LIVRE & livre.keys() or (_COMPTES & livre.keys() and pieces)
        return "grand_livre" if montants and signes else None
    if "numero" in factures and _SIGNES_DE_FACTURE & factures.keys() - {"montant_ttc", "reste_du"}:
        return None
    if ({"nom", "code"} & factures.keys() or _COMPTES & livre.keys()) and any(map(has_tranches, plies)):
        return "balance_agee"
    return "balance" if _COMPTES & livre.keys() and len(_SOLDES & livre.keys()) > 1 else None


def _choose_liste(trouves: Mapping[Nature, Mapping[str, int]]) -> Nature | None:
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

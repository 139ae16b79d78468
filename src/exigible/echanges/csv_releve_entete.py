"""Find the row of column names of a CSV bank statement, wherever it stands among the first ones, or do without."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from itertools import islice

from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.csv_releve_valeurs import find_jour, is_montant
from exigible.echanges.releves_valeurs import read_montant
from exigible.echanges.synonymes import fold_colonne
from exigible.echanges.valeurs import clean_texte

LIGNES_ENTETE = 60
_SEPARATEURS = (";", "\t", ",", "|")
_COLONNES_MAX = 100
_COLONNES_MIN = 3
_LIGNES_MIN = 2

_TABLES = tomllib.loads(files("exigible.echanges").joinpath("csv_releve.toml").read_text(encoding="utf-8"))
_COLONNES: dict[str, list[str]] = _TABLES["colonnes"]
CHAMPS_RELEVE = tuple(_COLONNES)
"""The fields that a column of a statement may hold."""
_CHAMPS = {mot: (rang, champ) for champ, mots in _COLONNES.items() for rang, mot in enumerate(mots)}
_AUTRES = frozenset(_TABLES["autres"]["titres"])
# A list of invoices may have a balance too.
_FORTS = frozenset({"date_valeur", "debit", "credit", "sens", "solde_compte", "iban"})
_COMPTES_NUS = frozenset(_TABLES["autres"]["comptes"])
_DATES_DE_BANQUE = frozenset(_COLONNES["date"]) - frozenset(_TABLES["autres"]["dates"])


@dataclass(frozen=True, slots=True)
class EnteteReleve:
    """Where the titles stand (rank from 0, -1 without any), the column of each field, those of the label.

    `sur`: only a bank writes such titles. `noms`: the titles as they are shown, empty without any.
    """

    rang: int
    colonnes: Mapping[str, int]
    libelles: tuple[int, ...] = ()
    separateur: str = ";"
    sur: bool = False
    sans_titres: bool = False
    exemples: tuple[Sequence[str], ...] = field(default=(), compare=False)
    noms: tuple[str, ...] = field(default=(), compare=False)


def find_entete_releve(texte: str) -> EnteteReleve | None:
    """Choose the delimiter and the row of titles that make most columns recognised; None when this is no statement."""
    candidats = (
        replace(entete, separateur=separateur)
        for separateur, lignes in split_csv(texte)
        if (entete := find_entete_lignes(lignes))
    )
    return max(candidats, key=_count, default=None)


def find_entete_lignes(lignes: Sequence[Sequence[str]]) -> EnteteReleve | None:
    """Choose, among the first rows of a table, that of titles; None when this is no statement."""
    candidats = (entete for rang, ligne in enumerate(lignes) if (entete := _read_entete(rang, ligne)))
    meilleur = max(candidats, key=_count, default=None)
    if meilleur is None:
        return None
    exemples = tuple(lignes[meilleur.rang + 1 :])
    colonnes = _give_compte(meilleur, exemples)
    sur = meilleur.sur or "iban" in colonnes or _has_solde_et_debits(colonnes, exemples)
    return replace(meilleur, colonnes=colonnes, exemples=exemples, sur=sur)


def guess_entete_releve(texte: str) -> EnteteReleve | None:
    """Find, in a file without titles, a column of days, one of amounts (some negative) and one of words."""
    for separateur, lignes in split_csv(texte):
        if entete := guess_entete_lignes(lignes):
            return replace(entete, separateur=separateur)
    return None


def guess_entete_lignes(lignes: Sequence[Sequence[str]]) -> EnteteReleve | None:
    """Find the same columns in the first rows of a table without titles."""
    pleines = [(rang, ligne) for rang, ligne in enumerate(lignes) if any(c.strip() for c in ligne)]
    utiles = [(rang, ligne) for rang, ligne in pleines if len(ligne) >= _COLONNES_MIN and find_jour(ligne[0])]
    if len(utiles) < _LIGNES_MIN:
        return None
    suivantes = [ligne for rang, ligne in pleines if rang >= utiles[0][0]]
    if len(utiles) * 5 < len(suivantes) * 4:
        return None
    largeur = min(len(ligne) for _, ligne in utiles)
    montants = [c for c in range(1, largeur) if all(is_montant(ligne[c]) for _, ligne in utiles)]
    mots = [
        c
        for c in range(1, largeur)
        if c not in montants and sum(any(s.isalpha() for s in ligne[c]) for _, ligne in utiles) * 2 >= len(utiles)
    ]
    if not montants or not mots or not any(_is_negatif(ligne[montants[0]]) for _, ligne in utiles):
        return None
    return EnteteReleve(
        utiles[0][0] - 1,
        {"date": 0, "montant": montants[0]},
        tuple(mots),
        sans_titres=True,
        exemples=tuple(ligne for _, ligne in utiles),
        noms=("",) * max(len(ligne) for _, ligne in utiles),
    )


def _count(entete: EnteteReleve) -> int:
    return len(entete.colonnes) + len(entete.libelles)


def split_csv(texte: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Cut the first rows of a text by each delimiter that stands in it."""
    for separateur in _SEPARATEURS:
        if separateur not in texte:
            continue
        try:
            lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
            yield separateur, list(islice(lecteur, LIGNES_ENTETE))
        except csv.Error:
            continue


def _read_entete(rang: int, ligne: Sequence[str]) -> EnteteReleve | None:
    """Recognise a row of titles: a day, an amount and words."""
    if len(ligne) < _COLONNES_MIN:
        return None
    plies = [fold_titre(nom) for nom in ligne[:_COLONNES_MAX]]
    if _AUTRES & set(plies):
        return None
    colonnes, libelles = match_titres(plies)
    chiffre = "montant" in colonnes or "debit" in colonnes or "credit" in colonnes
    nomme = plies[colonnes["contrepartie"]] != "nom" if "contrepartie" in colonnes else False
    dit = bool(libelles) or nomme or "operation" in colonnes
    if "date_valeur" in colonnes and "date" not in colonnes:
        colonnes["date"] = colonnes.pop("date_valeur")
    if "date" not in colonnes or not chiffre or not dit:
        return None
    sur = bool(_FORTS & colonnes.keys()) or plies[colonnes["date"]] in _DATES_DE_BANQUE
    return EnteteReleve(rang, colonnes, libelles, sur=sur, noms=read_noms(ligne))


def fold_titre(nom: str) -> str:
    """Fold a title of a bank, which may part its words by low lines: « date_comptabilisation »."""
    return fold_colonne(nom.replace("_", " "))


def match_titres(plies: Sequence[str]) -> tuple[dict[str, int], tuple[int, ...]]:
    """Give the column of each field whose folded title is known, and those of the label, the surest first."""
    trouves: dict[str, tuple[int, int]] = {}
    libelles: list[tuple[int, int]] = []
    for position, pli in enumerate(plies):
        priorite, champ = _CHAMPS.get(pli, (0, ""))
        if champ == "libelle":
            libelles.append((priorite, position))
        elif champ and (champ not in trouves or priorite < trouves[champ][0]):
            trouves[champ] = (priorite, position)
    colonnes = {champ: position for champ, (_, position) in trouves.items()}
    return colonnes, tuple(position for _, position in sorted(libelles))


def read_noms(ligne: Sequence[str]) -> tuple[str, ...]:
    """Give the titles of a row as they are shown."""
    return tuple(clean_texte(nom) for nom in ligne[:_COLONNES_MAX])


def _give_compte(entete: EnteteReleve, exemples: Sequence[Sequence[str]]) -> Mapping[str, int]:
    """Tell whose account a bare title names: that of the other party just before it, or that some rows leave blank."""
    colonnes, compte = entete.colonnes, entete.colonnes.get("compte")
    if compte is None or "iban" in colonnes or "contrepartie" not in colonnes:
        return colonnes
    if fold_titre(entete.noms[compte]) not in _COMPTES_NUS:
        return colonnes
    largeur = max(compte, colonnes["date"]) + 1
    datees = [ligne for ligne in exemples if len(ligne) >= largeur and find_jour(ligne[colonnes["date"]])]
    if colonnes["contrepartie"] == compte - 1 or not all(ligne[compte].strip() for ligne in datees):
        return {("iban" if champ == "compte" else champ): rang for champ, rang in colonnes.items()}
    return colonnes


def _has_solde_et_debits(colonnes: Mapping[str, int], exemples: Sequence[Sequence[str]]) -> bool:
    """Tell whether some amounts are negative beside a balance or an account: a list of invoices has not both."""
    montant = colonnes.get("montant")
    if montant is None or not {"solde", "compte"} & colonnes.keys():
        return False
    return any(_is_negatif(ligne[montant]) for ligne in exemples if montant < len(ligne))


def _is_negatif(texte: str) -> bool:
    try:
        return read_montant(texte) < 0
    except ErreurSaisie:
        return False

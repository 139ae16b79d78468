"""The columns of a FEC (LPF A47 A-1): found by name in any case, tab or pipe between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exigible.droit.argent import ZERO, parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.valeurs import fold_texte, parse_date

SEPARATEURS = ("\t", "|", ";")
_MARQUES = frozenset({"journalcode", "ecriturenum", "ecrituredate", "comptenum"})
_OBLIGATOIRES = ("JournalCode", "EcritureNum", "EcritureDate", "CompteNum")
_SEUIL = 3
SENS = {
    **dict.fromkeys(("D", "DEBIT", "DÉBIT", "+1", "1", "+"), 1),
    **dict.fromkeys(("C", "CREDIT", "CRÉDIT", "-1", "-"), -1),
}
LIGNES_AVANT = 10
"""How many lines of titles may stand above the header."""
_DATES = (("validdate", 2), ("datelet", 1), ("piecedate", 0), ("ecrituredate", 0))


@dataclass(frozen=True, slots=True)
class ColonnesFec:
    """Where each column stands by its lower-case name, how many there are, and the two that carry the amount."""

    separateur: str
    guillemets: bool
    nombre: int
    positions: dict[str, int]
    noms_montants: tuple[str, str]
    manquantes: tuple[str, ...]


def is_entete_fec(ligne: str) -> bool:
    """Say whether a line is the header of a FEC: at least three of its four surest names."""
    noms = {_fold_nom(nom) for nom in ligne.split(_find_separateur(ligne))}
    return len(_MARQUES & noms) >= _SEUIL


def read_colonnes_fec(ligne: str) -> ColonnesFec:
    """Read the header; `manquantes` lists what the reader can't do without."""
    separateur = _find_separateur(ligne)
    noms = [_fold_nom(nom) for nom in ligne.split(separateur)]
    while noms and not noms[-1]:
        noms.pop()
    positions = {nom: i for i, nom in reversed(list(enumerate(noms)))}
    manquantes = [nom for nom in _OBLIGATOIRES if nom.casefold() not in positions]
    montants = ("debit", "credit") if {"debit", "credit"} <= positions.keys() else ("montant", "sens")
    if not set(montants) <= positions.keys():
        manquantes.append(phrase("Debit et Credit (ou Montant et Sens)"))
    return ColonnesFec(separateur, '"' in ligne, len(noms), positions, montants, tuple(manquantes))


def _fold_nom(nom: str) -> str:
    """« Écriture Num » and « ECRITURE_NUM » are EcritureNum."""
    return fold_texte(nom.replace("_", " ")).replace(" ", "")


def _find_separateur(ligne: str) -> str:
    return max(SEPARATEURS, key=ligne.count)


def is_suite_vide(cellules: Sequence[str], exces: int, colonnes: ColonnesFec) -> bool:
    """Tell at once, of nearly every line that ends with separators, that its other cells stand below their titles.

    The day of its validation is there and that of its lettering is not: nothing has moved them.
    """
    positions = colonnes.positions
    if any(cellules[-exces:]) or "validdate" not in positions or "datelet" not in positions:
        return False
    return cellules[positions["validdate"]].isdecimal() and not cellules[positions["datelet"]]


def join_libelle(cellules: Sequence[str], exces: int, colonnes: ColonnesFec) -> list[str]:
    """Put back together a label that holds the separator of the file."""
    debut = colonnes.positions.get("ecriturelib", 0)
    fin = debut + exces + 1
    return [*cellules[:debut], " ".join(cellules[debut:fin]), *cellules[fin:]]


def score_cellules(cellules: Sequence[str], colonnes: ColonnesFec) -> int:
    """Tell how well cells stand below their titles; 0 when they cannot: no single amount, words where days are."""
    try:
        points = _score_montants(cellules, colonnes)
        for nom, valeur in _DATES:
            texte = cellules[colonnes.positions[nom]].strip() if nom in colonnes.positions else ""
            if texte:
                parse_date(texte)
                points += valeur
    except ErreurSaisie:
        return 0
    return points


def _score_montants(cellules: Sequence[str], colonnes: ColonnesFec) -> int:
    """A point for each amount written, and one for a single amount that is not zero. Raises ErreurSaisie."""
    textes = [cellules[colonnes.positions[nom]].strip() for nom in colonnes.noms_montants]
    if colonnes.noms_montants[1] == "sens":
        parse_montant(textes[0])
        if textes[1].upper() not in SENS:
            raise ErreurSaisie("sens_inconnu", phrase("Le sens « {sens} » n'est ni D ni C.", sens=textes[1]), "Sens")
        return len(textes)
    montants = [parse_montant(texte) for texte in textes if texte]
    nuls = montants.count(ZERO)
    if len(montants) - nuls > 1:
        raise ErreurSaisie("montant_illisible", phrase("Un débit et un crédit sur la même ligne."), "Debit")
    return len(montants) + (len(montants) > nuls)

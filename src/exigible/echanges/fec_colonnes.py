"""The columns of a FEC (LPF A47 A-1): found by name in any case, tab or pipe between them."""

from __future__ import annotations

from dataclasses import dataclass

from exigible.droit.phrase import phrase

SEPARATEURS = ("\t", "|", ";")
_MARQUES = frozenset({"journalcode", "ecriturenum", "ecrituredate", "comptenum"})
_OBLIGATOIRES = ("JournalCode", "EcritureNum", "EcritureDate", "CompteNum")
_SEUIL = 3


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
    noms = {nom.strip(' "\r\n').casefold() for nom in ligne.split(_find_separateur(ligne))}
    return len(_MARQUES & noms) >= _SEUIL


def read_colonnes_fec(ligne: str) -> ColonnesFec:
    """Read the header; `manquantes` lists what the reader can't do without."""
    separateur = _find_separateur(ligne)
    noms = [nom.strip(' "\r\n').casefold() for nom in ligne.split(separateur)]
    while noms and not noms[-1]:
        noms.pop()
    positions = {nom: i for i, nom in reversed(list(enumerate(noms)))}
    manquantes = [nom for nom in _OBLIGATOIRES if nom.casefold() not in positions]
    montants = ("debit", "credit") if {"debit", "credit"} <= positions.keys() else ("montant", "sens")
    if not set(montants) <= positions.keys():
        manquantes.append(phrase("Debit et Credit (ou Montant et Sens)"))
    return ColonnesFec(separateur, '"' in ligne, len(noms), positions, montants, tuple(manquantes))


def _find_separateur(ligne: str) -> str:
    return max(SEPARATEURS, key=ligne.count)

"""Files made by the tests, and the folder of the real ones."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

COLONNES = [
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib"),
    *("PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate"),
    *("Montantdevise", "Idevise"),
]


@pytest.fixture
def donnees() -> Path:
    return Path(__file__).parent / "donnees"


@pytest.fixture
def build_fec() -> Callable[..., bytes]:
    """Make a FEC of lines (journal, number, date, account, auxiliary, piece, label, debit, credit, lettering)."""

    def build(
        lignes: Sequence[Sequence[str]],
        *,
        separateur: str = "\t",
        fin: str = "\n",
        encodage: str = "utf-8",
        entete: Sequence[str] = COLONNES,
    ) -> bytes:
        journaux = {"VE": "Ventes", "BQ": "Banque", "AN": "A nouveaux", "OD": "Operations diverses"}
        rangees = [list(entete)]
        for journal, numero, jour, compte, aux, piece, libelle, debit, credit, lettre in lignes:
            noms = [
                f"Société fictive {aux}" if aux else "",
                piece,
                jour,
                libelle,
                debit,
                credit,
                lettre,
                "",
                jour,
                "",
                "",
            ]
            rangees.append([journal, journaux[journal], numero, jour, compte, f"Compte {compte}", aux, *noms])
        return (fin.join(separateur.join(rangee) for rangee in rangees) + fin).encode(encodage)

    return build


@pytest.fixture
def build_xlsx() -> Callable[..., bytes]:
    """Make a workbook of one sheet from rows of cells."""

    def build(lignes: Sequence[Sequence[object]]) -> bytes:
        sortie = io.BytesIO()
        with xlsxwriter.Workbook(sortie, {"in_memory": True}) as classeur:
            feuille = classeur.add_worksheet("Factures")
            jour = classeur.add_format({"num_format": "dd/mm/yyyy"})
            for rang, ligne in enumerate(lignes):
                for colonne, cellule in enumerate(ligne):
                    if hasattr(cellule, "year"):
                        feuille.write_datetime(rang, colonne, cellule, jour)
                    else:
                        feuille.write(rang, colonne, cellule)
        return sortie.getvalue()

    return build

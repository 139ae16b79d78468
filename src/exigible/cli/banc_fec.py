"""The measure of a ledger: a FEC as a company keeps one, read to its open items; nothing of it is kept.

Sales with their tax and payments, purchases, wages: a line in four is a customer's, as in real ledgers, six in seven of
them lettered. The ledger is the same at every run.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from exigible.echanges.lecture import read_fichier

_COLONNES = (
    "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate "
    "EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise"
).replace(" ", "\t")
_CLIENTS = 5_000
_DEBUT = date(2026, 1, 1)
_NON_LETTREES = 7


def write_fec(chemin: Path, lignes: int) -> int:
    """Write a ledger of at least so many lines; return how many."""
    ecrites = 0
    with chemin.open("w", encoding="utf-8", newline="\n") as sortie:
        sortie.write(f"{_COLONNES}\n")
        for ecriture in _iter_ecritures():
            if ecrites >= lignes:
                break
            sortie.writelines(ecriture)
            ecrites += len(ecriture)
    return ecrites


def measure_fec(dossier: Path, lignes: int) -> dict[str, Any]:
    """Measure the reading of a ledger into neutral records, on one core."""
    fichier = dossier / "000000000FEC20261231.txt"
    ecrites = write_fec(fichier, lignes)
    debut = time.perf_counter_ns()
    lu = read_fichier(fichier)
    ecoule = time.perf_counter_ns() - debut
    return {
        "lignes": ecrites,
        "creances": len(lu.creances),
        "lecture_secondes": f"{Decimal(ecoule).scaleb(-9):.2f}",
        "lignes_par_seconde": ecrites * 10**9 // max(ecoule, 1),
    }


def _iter_ecritures() -> Iterator[list[str]]:
    """Give entry after entry, without end."""
    hasard, rang = Random(2026), 0  # noqa: S311 - the same figures at each run, nothing secret
    while True:
        rang += 1
        jour = _DEBUT + timedelta(days=rang // 40 % 365)
        hors_taxe = hasard.randrange(1_000, 1_000_000)
        taxe = hors_taxe // 5
        client = f"C{hasard.randrange(_CLIENTS)}"
        lettrage = f"L{rang}" if rang % _NON_LETTREES else ""
        tiers = ("411000", "Clients", client, f"Client {client}")
        yield _write(
            ("VE", "Ventes", rang, f"F-{rang}", f"Facture F-{rang}", jour),
            (*tiers, hors_taxe + taxe, lettrage),
            ("706000", "Prestations", "", "", -hors_taxe, ""),
            ("445710", "TVA", "", "", -taxe, ""),
        )
        if lettrage:
            yield _write(
                ("BQ", "Banque", rang, f"V-{rang}", f"Virement {client}", jour + timedelta(days=30)),
                ("512000", "Banque", "", "", hors_taxe + taxe, ""),
                (*tiers, -hors_taxe - taxe, lettrage),
            )
        achat = hors_taxe // 3
        yield _write(
            ("HA", "Achats", rang, f"A-{rang}", f"Achat {rang}", jour),
            ("607000", "Marchandises", "", "", achat, ""),
            ("445660", "TVA", "", "", achat // 5, ""),
            ("401000", "Fournisseurs", f"S{rang % 300}", f"Fournisseur {rang % 300}", -achat - achat // 5, ""),
        )


def _write(entete: tuple[str, str, int, str, str, date], *lignes: tuple[str, str, str, str, int, str]) -> list[str]:
    """Write the lines of one entry: (account, its name, auxiliary, its name, cents of debit, lettering)."""
    journal, titre, numero, piece, libelle, jour = entete
    jour_ecrit = f"{jour:%Y%m%d}"
    debut = f"{journal}\t{titre}\t{journal}{numero}\t{jour_ecrit}"
    fin = f"{piece}\t{jour_ecrit}\t{libelle}"
    return [
        f"{debut}\t{compte}\t{nom}\t{code}\t{tiers}\t{fin}\t{_write_montant(max(centimes, 0))}\t"
        f"{_write_montant(max(-centimes, 0))}\t{lettrage}\t\t{jour_ecrit}\t\t\n"
        for compte, nom, code, tiers, centimes, lettrage in lignes
    ]


def _write_montant(centimes: int) -> str:
    return f"{centimes // 100},{centimes % 100:02d}"

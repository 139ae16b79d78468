"""The list of what a batch made, as a file that a spreadsheet opens, and the folder where it all is."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from exigible.actes.decompte.xlsx import neutralize_formule
from exigible.actes.lot import Produit, Tranche
from exigible.actes.reliure import bind_fichiers
from exigible.droit.argent import format_nombre

IMPRESSION, MANIFESTE, LETTRES = "impression.pdf", "manifeste.csv", "lettres"
COLONNES = ("rang", "dossier", "debiteur", "acte", "montant", "pages", "premiere_page", "fichier", "sha256", "statut",
            "raison")  # fmt: skip
FAIT, REFUSE = "fait", "refuse"
_HORS_NOM = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One document of a batch. `premiere_page`: its first page in the file to be printed, from 1; 0 when refused."""

    rang: int
    cle: str
    debiteur: str
    acte: str
    montant: Decimal
    pages: int
    premiere_page: int
    fichier: str
    sha256: str
    statut: str
    raison: str = ""


class Compteur:
    """Numbers the documents of a batch, and their first pages, in their order."""

    def __init__(self, acte: str, *, recto_verso: bool) -> None:
        self._acte = acte
        self._pas = 2 if recto_verso else 1
        self._rang = 0
        self._pages = 0

    def add(self, cle: str, debiteur: str, montant: Decimal, pages: int, sha256: str, raison: str = "") -> Ligne:
        """Number the next one; no page: it was refused, and `raison` says why."""
        self._rang += 1
        premiere = self._pages + 1 if pages else 0
        self._pages += -(-pages // self._pas) * self._pas
        fichier = f"{LETTRES}/{name_fichier(self._rang, cle)}" if pages else ""
        statut = FAIT if pages else REFUSE
        return Ligne(self._rang, cle, debiteur, self._acte, montant, pages, premiere, fichier, sha256, statut, raison)

    def add_produit(self, produit: Produit) -> Ligne:
        """Number a document just made."""
        sha256 = produit.acte.sha256 if produit.acte is not None else ""
        raison = produit.refus.raison if produit.refus is not None else ""
        return self.add(produit.cle, produit.debiteur, produit.montant, produit.pages, sha256, raison)


def name_fichier(rang: int, cle: str) -> str:
    """`00001-411-DUPONT.pdf`: a name that any system takes, in the order of the batch."""
    sans_accents = unicodedata.normalize("NFKD", cle).encode("ascii", "ignore").decode()
    nom = _HORS_NOM.sub("-", sans_accents).strip("-")[:60]
    return f"{rang:05}-{nom}.pdf" if nom else f"{rang:05}.pdf"


def write_manifeste(lignes: Iterable[Ligne]) -> bytes:
    """Write the list as CSV (semicolons, UTF-8 with its mark): what a French spreadsheet opens as it is."""
    sortie = io.StringIO(newline="")
    feuille = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    feuille.writerow(COLONNES)
    for x in lignes:
        montant = format_nombre(x.montant) if x.statut == FAIT else ""
        cellules = (x.rang, x.cle, x.debiteur, x.acte, montant, x.pages or "", x.premiere_page or "", x.fichier,
                    x.sha256, x.statut, x.raison)  # fmt: skip
        feuille.writerow([neutralize_formule(str(cellule)) for cellule in cellules])
    return sortie.getvalue().encode("utf-8-sig")


def write_lot(racine: Path, acte: str, tranches: Iterable[Tranche], *, recto_verso: bool = False) -> Sequence[Ligne]:
    """Write a batch in a folder: one file a letter, one file to be printed, the list. Return the list.

    The file to be printed has its name once it is whole, and the list comes last: stopped, a batch has neither.

    Raises OSError when the folder cannot be written.
    """
    lettres = racine / LETTRES
    lettres.mkdir(parents=True, exist_ok=True)
    compteur = Compteur(acte, recto_verso=recto_verso)
    lignes: list[Ligne] = []
    relies: list[Path] = []
    for rang, tranche in enumerate(tranches):
        for produit in tranche.produits:
            ligne = compteur.add_produit(produit)
            lignes.append(ligne)
            if produit.acte is not None:
                (racine / ligne.fichier).write_bytes(produit.acte.pdf)
        if tranche.relie:
            relies.append(racine / f"{IMPRESSION}.{rang}")
            relies[-1].write_bytes(tranche.relie)
    if relies:
        partiel = racine / f"{IMPRESSION}.partiel"
        bind_fichiers(relies, partiel)
        partiel.replace(racine / IMPRESSION)
    for relie in relies:
        relie.unlink()
    (racine / MANIFESTE).write_bytes(write_manifeste(lignes))
    return lignes

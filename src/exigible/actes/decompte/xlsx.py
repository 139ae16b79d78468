"""The statement as a spreadsheet: real numbers and dates, so that it can be redone."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from exigible.actes.decompte.releve import write_titre
from exigible.actes.natures import find_noms
from exigible.actes.sommes import SommeReclamee, add_sommes, compute_sommes
from exigible.actes.typst.texte import clean_texte
from exigible.dossier.etat import EtatDossier
from exigible.dossier.obligation.lignes import list_lignes_du_compte, list_lignes_en_plus
from exigible.droit.decompte import Decompte

Cellule = str | int | Decimal | date | None
_Xlsx = Any  # xlsxwriter publishes no types

# A text that begins so would be run by the spreadsheet that opens a CSV saved from this one.
_AMORCES = ("=", "+", "-", "@", "\t", "\r")


def write_decompte_xlsx(etat: EtatDossier, *, connu_au: date | None = None) -> bytes:
    """The workbook of the statement on `etat.au` (included): summary, interest, payments, warnings.

    `connu_au`: the day whose knowledge `etat` was computed with, which its first sheet then says. Same state, same
    bytes.
    """
    titre = write_titre(etat.au, connu_au)
    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    classeur.set_properties(
        {
            "title": titre,
            "author": clean_texte(etat.creancier.description.nom),
            "created": datetime.combine(etat.au, time(), tzinfo=UTC).replace(tzinfo=None),
        }
    )
    feuilles = _Feuilles(classeur)
    lignes = (*etat.creances, *list_lignes_en_plus(etat))
    numeros = {ligne.cle: clean_texte(ligne.creance.numero) for ligne in lignes}
    sommes = compute_sommes(etat, [ligne.cle for ligne in list_lignes_du_compte(etat)], sans_conteste=False)
    noms, soldes = find_noms(etat, sommes), _list_soldes(sommes)
    quoi = (noms.premier, noms.exigible, noms.montant)
    feuilles.add("Décompte", (*quoi, *_TITRES_SOLDES), [*soldes, (), (titre,)] if connu_au else soldes)
    feuilles.add("Intérêts", (noms.premier, *_TITRES_LIGNES), _list_lignes(etat.decompte, numeros))
    feuilles.add("Paiements", ("Date", noms.premier, *_TITRES_PAIEMENTS), _list_paiements(etat.decompte, numeros))
    avertissements = list(dict.fromkeys((*etat.avertissements, *etat.regime.avertissements)))
    feuilles.add("À savoir", ("Avertissement",), [(titre,), *((a.message,) for a in avertissements)])
    classeur.close()
    return sortie.getvalue()


_TITRES_SOLDES = ("Principal dû", "Intérêts dus", "Indemnité", "Frais", "Total dû", "Contesté")
_TITRES_LIGNES = (
    "Du", "Au (inclus)", "Jours", "Base", "Taux annuel (%)", "Diviseur", "Intérêts", "Texte", "Source",
    "À vérifier",
)  # fmt: skip
_TITRES_PAIEMENTS = ("Montant imputé", "Frais", "Indemnité", "Intérêts", "Principal")


def _list_soldes(sommes: Sequence[SommeReclamee]) -> list[tuple[Cellule, ...]]:
    lignes: list[tuple[Cellule, ...]] = [
        (
            clean_texte(s.numero), s.etat.creance.echeance, s.solde.principal_initial, s.principal, s.interets,
            s.indemnites, s.frais, s.total, s.etat.conteste,
        )
        for s in sommes
    ]  # fmt: skip
    totaux = add_sommes(sommes)
    initial = sum((s.solde.principal_initial for s in sommes), Decimal(0))
    conteste = sum((s.etat.conteste for s in sommes), Decimal(0))
    parts = (totaux.principal, totaux.interets, totaux.indemnites, totaux.frais, totaux.total)
    return [*lignes, ("Total", None, initial, *parts, conteste)]


def _list_lignes(decompte: Decompte, numeros: dict[str, str]) -> list[tuple[Cellule, ...]]:
    return [
        (
            numeros[ligne.creance], ligne.du, ligne.au, ligne.jours, ligne.base, ligne.taux, ligne.diviseur,
            ligne.montant, ligne.article, ligne.source, "oui" if ligne.a_verifier else "",
        )
        for ligne in decompte.lignes
    ]  # fmt: skip


def _list_paiements(decompte: Decompte, numeros: dict[str, str]) -> list[tuple[Cellule, ...]]:
    return [
        (i.date, numeros[i.creance], i.montant, i.frais, i.indemnites, i.interets, i.principal)
        for i in decompte.imputations
    ]


class _Feuilles:
    """Writes tables, each cell by its own type."""

    def __init__(self, classeur: _Xlsx) -> None:
        self._classeur = classeur
        self._titre = classeur.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self._montant = classeur.add_format({"num_format": '#,##0.00 "€"'})
        self._jour = classeur.add_format({"num_format": "dd/mm/yyyy"})
        self._nombre = classeur.add_format({"num_format": "0.00"})

    def add(self, nom: str, titres: Sequence[str], lignes: Iterable[Sequence[Cellule]]) -> None:
        feuille = self._classeur.add_worksheet(nom)
        feuille.freeze_panes(1, 0)
        feuille.set_column(0, len(titres) - 1, 16 if len(titres) > 1 else 120)
        for colonne, titre in enumerate(titres):
            feuille.write_string(0, colonne, titre, self._titre)
        for rang, ligne in enumerate(lignes, start=1):
            for colonne, valeur in enumerate(ligne):
                self._write(
                    feuille, rang, colonne, valeur, self._montant if "%" not in titres[colonne] else self._nombre
                )

    def _write(self, feuille: _Xlsx, rang: int, colonne: int, valeur: Cellule, nombre: _Xlsx) -> None:
        if valeur is None:
            return
        if isinstance(valeur, date):
            feuille.write_datetime(rang, colonne, datetime.combine(valeur, time()), self._jour)
        elif isinstance(valeur, str):
            feuille.write_string(rang, colonne, neutralize_formule(valeur))
        else:
            feuille.write_number(rang, colonne, valeur, nombre if isinstance(valeur, Decimal) else None)


def neutralize_formule(texte: str) -> str:
    """A text that no spreadsheet will take for a formula: an apostrophe is put before `=`, `+`, `-`, `@`."""
    return f"'{texte}" if texte.startswith(_AMORCES) else texte

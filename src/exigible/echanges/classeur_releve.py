"""Bank statements in the sheets of a workbook: their rows go through the reader of CSV statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.classeurs import Classeur, Feuille
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.colonnes import is_releve
from exigible.echanges.colonnes_releve import (
    describe_entete,
    find_manque,
    impose_entete_lignes,
    warn_colonnes_autres,
)
from exigible.echanges.contenu import Contenu
from exigible.echanges.csv_releve import LecteurTableau
from exigible.echanges.csv_releve_entete import EnteteReleve, find_entete_lignes, guess_entete_lignes
from exigible.echanges.enregistrements import ColonneLue, CompteLu, MouvementLu
from exigible.echanges.entetes import LIVRES, find_entete
from exigible.echanges.releves import ReleveOuvert

FORMAT = "xlsx_releve"


class FeuilleReleve(NamedTuple):
    """A sheet that holds a statement, and where its titles stand."""

    nom: str
    entete: EnteteReleve


def find_feuilles_releve(
    debuts: Mapping[str, Sequence[Sequence[object]]], colonnes: Mapping[str, str] | None, collecte: Collecte
) -> list[FeuilleReleve]:
    """List the sheets, given with their first rows, that hold a statement; none beside a list of invoices.

    `colonnes`: the field of columns by their key, as a person said; none when it made a list of them.
    """
    if colonnes and not is_releve(colonnes):
        return []
    if colonnes:
        if imposees := _impose_feuilles(debuts, colonnes):
            return imposees
        warn_colonnes_autres(collecte)
    trouvees = []
    for nom, debut in debuts.items():
        liste = find_entete(debut)
        if liste is not None and liste.nature in LIVRES:
            return []
        est_liste = liste is not None and liste.nature != "releve"
        entete = _find_entete([_write_ligne(ligne) for ligne in debut], liste=est_liste)
        if entete is not None:
            trouvees.append(FeuilleReleve(nom, entete))
        elif liste is not None and liste.nature == "factures":
            return []
    return trouvees


def _impose_feuilles(
    debuts: Mapping[str, Sequence[Sequence[object]]], colonnes: Mapping[str, str]
) -> list[FeuilleReleve]:
    entetes = {nom: impose_entete_lignes([_write_ligne(x) for x in debut], colonnes) for nom, debut in debuts.items()}
    return [FeuilleReleve(nom, entete) for nom, entete in entetes.items() if entete]


def _find_entete(lignes: Sequence[Sequence[str]], *, liste: bool) -> EnteteReleve | None:
    """Find the titles of a statement. `liste`: it could be a list of invoices or of parties too."""
    entete = find_entete_lignes(lignes)
    if entete is None:
        return None if liste else guess_entete_lignes(lignes)
    return entete if entete.sur or not liste else None


def read_classeur_releve(
    contenu: Contenu, classeur: Classeur, feuilles: Sequence[FeuilleReleve], collecte: Collecte
) -> Lecture:
    """Read the statements of these sheets, one after the other."""

    def read_feuilles(_: Contenu, collecte: Collecte) -> Iterator[ColonneLue | MouvementLu | CompteLu]:
        for nom, entete in feuilles:
            yield from describe_entete(entete)
            if manque := find_manque(entete):
                raise ErreurSaisie("colonne_absente", manque)
            lecteur = LecteurTableau(contenu.nom, collecte, entete, nom if len(feuilles) > 1 else None)
            for rang, numero, cellules in _iter_lignes(classeur.open_feuille(nom)):
                yield from lecteur.take(rang, numero, cellules)
            yield from lecteur.finish()

    lu = ReleveOuvert(contenu, FORMAT, collecte, read_feuilles).collect()
    resume = lu.resume | {"feuille": ", ".join(feuille.nom for feuille in feuilles)}
    return Lecture(format=FORMAT, mouvements=lu.mouvements, comptes=lu.comptes, resume=resume, colonnes=lu.colonnes)


def _iter_lignes(feuille: Feuille) -> Iterator[tuple[int, int, list[str]]]:
    """Give the rows: rank from 0, number in the sheet, cells."""
    premiere = feuille.depart[0] + 1
    for rang, ligne in enumerate(feuille.iter_lignes()):
        yield rang, premiere + rang, _write_ligne(ligne)


def _write_ligne(ligne: Sequence[object]) -> list[str]:
    return [_write_cellule(cellule) for cellule in ligne]


def _write_cellule(cellule: object) -> str:
    """Write a cell as a CSV has it: a real day in ISO order, a number by its shortest writing, never rounded."""
    if isinstance(cellule, str):
        return cellule
    if isinstance(cellule, date):
        return f"{cellule:%Y-%m-%d}"
    if isinstance(cellule, float):
        exact = Decimal(repr(cellule))
        return f"{exact:f}".removesuffix(".0") if exact.is_finite() else ""
    return "" if cellule is None else str(cellule)

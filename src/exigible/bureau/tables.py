"""Compare the rows of a projection with what they should be, and write only what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from exigible.bureau.journal.lecture import cut_lots

Cle = tuple[Any, str]
Ligne = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Differences:
    """What separates a table from the journal: rows to add, to change, to remove, by key."""

    absentes: dict[Cle, Ligne]
    fausses: dict[Cle, tuple[Ligne, Ligne]]
    """What is in the table, then what should be."""
    en_trop: list[Cle]

    def split(self) -> dict[Any, Differences]:
        """Share the differences out between the owners of the rows."""
        parts: dict[Any, Differences] = {}
        for cle in (*self.absentes, *self.fausses, *self.en_trop):
            parts.setdefault(cle[0], Differences({}, {}, []))
        for cle, ligne in self.absentes.items():
            parts[cle[0]].absentes[cle] = ligne
        for cle, couple in self.fausses.items():
            parts[cle[0]].fausses[cle] = couple
        for cle in self.en_trop:
            parts[cle[0]].en_trop.append(cle)
        return parts

    def __bool__(self) -> bool:
        return bool(self.absentes or self.fausses or self.en_trop)


def list_champs(modele: type[Model]) -> list[str]:
    """Name the columns that a projection writes: all but the key that the database gives."""
    return [champ.attname for champ in modele._meta.concrete_fields if champ.attname != "id"]  # noqa: SLF001 - documented


def fit(modele: type[Model], ligne: Ligne) -> Ligne:
    """Cut texts to the length of their columns: the journal keeps them whole."""
    longueurs = {champ.attname: champ.max_length for champ in modele._meta.concrete_fields}  # noqa: SLF001 - documented
    return {
        nom: valeur[: longueurs.get(nom)] if isinstance(valeur, str) and longueurs.get(nom) else valeur
        for nom, valeur in ligne.items()
    }


def read_lignes(lignes: QuerySet[Any], cle: tuple[str, str]) -> dict[Cle, Ligne]:
    """Read the rows of a table by their natural key."""
    return {(ligne[cle[0]], ligne[cle[1]]): ligne for ligne in lignes.values(*list_champs(lignes.model))}


def compare_lignes(attendues: Mapping[Cle, Ligne], presentes: Mapping[Cle, Ligne]) -> Differences:
    """Say what to do to `presentes` for it to be `attendues`."""
    return Differences(
        absentes={cle: ligne for cle, ligne in attendues.items() if cle not in presentes},
        fausses={
            cle: (presentes[cle], ligne)
            for cle, ligne in attendues.items()
            if cle in presentes and presentes[cle] != ligne
        },
        en_trop=[cle for cle in presentes if cle not in attendues],
    )


def apply_differences(modele: type[Model], differences: Differences, unique: Sequence[str]) -> None:
    """Write what differs. Rows keep their key in the database when they only change. `unique`: the two key columns."""
    proprietaire, cle = unique
    par_proprietaire: dict[Any, list[str]] = {}
    for qui, nom in differences.en_trop:
        par_proprietaire.setdefault(qui, []).append(nom)
    for qui, noms in par_proprietaire.items():
        for lot in cut_lots(noms):
            modele.objects.filter(**{proprietaire: qui, f"{cle}__in": lot}).delete()
    a_ecrire = [*differences.absentes.values(), *(attendue for _, attendue in differences.fausses.values())]
    if a_ecrire:
        champs = [c.name for c in modele._meta.concrete_fields if c.name not in {"id", *unique}]  # noqa: SLF001 - documented
        modele.objects.bulk_create(
            [modele(**ligne) for ligne in a_ecrire],
            update_conflicts=True,
            unique_fields=list(unique),
            update_fields=champs,
        )

"""Compare the rows of a projection with what they should be, and write only what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import AutoField, Model, QuerySet

from exigible.bureau.champs import EurosField
from exigible.bureau.journal.lecture import cut_lots

_TELS_QUELS = frozenset(
    (models.CharField, models.TextField, models.IntegerField, models.PositiveIntegerField, models.BooleanField)
)
"""The fields whose values, already of their type, go to the database as they are; not the fields made from them."""
_REPETES = (models.ForeignKey, models.DateField, models.UUIDField, EurosField)
_LONGUEURS: dict[Any, dict[str, int]] = {}
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
    longueurs = _list_longueurs(modele)
    return {
        nom: valeur[: longueurs[nom]] if nom in longueurs and isinstance(valeur, str) else valeur
        for nom, valeur in ligne.items()
    }


def _list_longueurs(modele: type[Model]) -> dict[str, int]:
    if modele not in _LONGUEURS:
        champs = modele._meta.concrete_fields  # noqa: SLF001 - documented
        _LONGUEURS[modele] = {champ.attname: champ.max_length for champ in champs if champ.max_length}
    return _LONGUEURS[modele]


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
    write_lignes(
        modele, [*differences.absentes.values(), *(attendue for _, attendue in differences.fausses.values())], unique
    )


def write_lignes(modele: type[Model], lignes: Sequence[Mapping[str, Any]], unique: Sequence[str] = ()) -> None:
    """Insert rows, given by column; a row that has the same `unique` fields as one of the table changes it instead.

    One statement for all and no object: twice as fast as `bulk_create`, which tells apart each value of each row.
    """
    if not lignes:
        return
    options = modele._meta  # noqa: SLF001 - documented
    champs = [c for c in options.concrete_fields if not isinstance(c, AutoField)]
    cles = [options.get_field(nom) for nom in unique]
    colonnes = ", ".join(_quote(c.column) for c in champs)
    ordre = f"INSERT INTO {_quote(options.db_table)} ({colonnes}) VALUES ({', '.join(['%s'] * len(champs))})"  # noqa: S608 - names of our models
    if cles:
        changees = ", ".join(f"{_quote(c.column)} = EXCLUDED.{_quote(c.column)}" for c in champs if c not in cles)
        ordre += f" ON CONFLICT ({', '.join(_quote(c.column) for c in cles)}) DO UPDATE SET {changees}"
    _run_pour_toutes(ordre, champs, lignes)


def update_lignes(modele: type[Model], lignes: Sequence[Mapping[str, Any]]) -> None:
    """Change columns of rows found by their key (`pk` column among them); all the rows name the same columns."""
    if not lignes:
        return
    options = modele._meta  # noqa: SLF001 - documented
    cle = options.pk
    champs = [c for c in options.concrete_fields if c.attname in lignes[0] and c is not cle]
    changees = ", ".join(f"{_quote(c.column)} = %s" for c in champs)
    ordre = f"UPDATE {_quote(options.db_table)} SET {changees} WHERE {_quote(cle.column)} = %s"  # noqa: S608 - names of our models
    _run_pour_toutes(ordre, [*champs, cle], lignes)


def _run_pour_toutes(ordre: str, champs: Sequence[Any], lignes: Sequence[Mapping[str, Any]]) -> None:
    """Run one statement for each row, its values as the fields write them; a missing column takes its default."""
    base = connections[DEFAULT_DB_ALIAS]
    colonnes = [_write_colonne(champ, lignes, base) for champ in champs]
    with base.cursor() as curseur:
        curseur.executemany(ordre, list(zip(*colonnes, strict=True)))


def _write_colonne(champ: Any, lignes: Sequence[Mapping[str, Any]], base: Any) -> list[Any]:
    """Write a column of some rows as its field does, each value once where the same ones come again and again."""
    nom = champ.attname
    valeurs = [ligne[nom] if nom in ligne else champ.get_default() for ligne in lignes]
    if type(champ) in _TELS_QUELS:
        return valeurs
    if not isinstance(champ, _REPETES):
        return [champ.get_db_prep_save(valeur, base) for valeur in valeurs]
    ecrites = {valeur: champ.get_db_prep_save(valeur, base) for valeur in set(valeurs)}
    return [ecrites[valeur] for valeur in valeurs]


def _quote(nom: str) -> str:
    return connection.ops.quote_name(nom)

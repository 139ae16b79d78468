"""What the database itself forbids: to change or delete what is in the journal, whoever asks, on both engines.

Erasing a content or the bytes of a file (setting them to NULL) is the one thing allowed, once. SQLite also gets a guard
on insertion, because `INSERT OR REPLACE` would delete a row without firing the trigger on deletion. Beware on SQLite:
a migration that remakes a guarded table drops its triggers; it must call `install_gardes` again (`verifier` says so).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Garde:
    """A guarded table: which columns may be erased (all together), what identifies a row besides its key."""

    table: str
    cle: str
    unique: tuple[str, ...]
    effacables: tuple[str, ...] = ()
    fixes: tuple[str, ...] = ()


GARDES = (
    Garde("journal_maillon", "id", ("chaine_id", "rang")),
    Garde("journal_sceau", "id", ("cabinet_id", "jour")),
    Garde("journal_contenu", "maillon_id", ("maillon_id",), ("sel", "contenu"), ("maillon_id",)),
    Garde(
        "journal_piece",
        "id",
        ("cabinet_id", "sha256"),
        ("contenu",),
        ("id", "cabinet_id", "sha256", "nom", "type_mime", "taille", "cree_le"),
    ),
)
_REFUS = "le journal ne se modifie pas"
_FONCTION = "journal_refuse_ecriture()"


def install_gardes(connexion: Any) -> None:
    """Create the triggers that are missing."""
    instructions = _write_postgresql() if connexion.vendor == "postgresql" else _write_sqlite()
    with connexion.cursor() as curseur:
        for instruction in instructions:
            curseur.execute(instruction)


def remove_gardes(connexion: Any) -> None:
    """Drop the triggers: only to undo the migration that made them."""
    with connexion.cursor() as curseur:
        for garde in GARDES:
            for action in _list_actions(connexion.vendor):
                sur = f" ON {garde.table}" if connexion.vendor == "postgresql" else ""
                curseur.execute(f"DROP TRIGGER IF EXISTS {garde.table}_{action}{sur}")
        if connexion.vendor == "postgresql":
            curseur.execute(f"DROP FUNCTION IF EXISTS {_FONCTION}")


def list_gardes_absentes(connexion: Any) -> list[str]:
    """Names of the triggers that should be there and are not."""
    requete = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connexion.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connexion.cursor() as curseur:
        curseur.execute(requete)
        presentes = {ligne[0] for ligne in curseur.fetchall()}
    attendues = [f"{g.table}_{action}" for g in GARDES for action in _list_actions(connexion.vendor)]
    return [nom for nom in attendues if nom not in presentes]


def _list_actions(vendor: str) -> tuple[str, ...]:
    return ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete", "insert")


def _condition_effacement(garde: Garde, distinct: str) -> str:
    """Write the condition « this update does anything but erase ». `distinct` compares two values, NULL included."""
    if not garde.effacables:
        return "TRUE"
    efface = " AND ".join(f"NEW.{c} IS NULL" for c in garde.effacables)
    change = " OR ".join(f"NEW.{c} {distinct} OLD.{c}" for c in garde.fixes)
    return f"NOT ({efface}) OR {change}"


def _write_sqlite() -> list[str]:
    instructions = []
    for g in GARDES:
        # Names come from GARDES above, never from a user.
        existe = " AND ".join(f"{c} = NEW.{c}" for c in g.unique)
        conditions = {
            "update": f"WHEN {_condition_effacement(g, 'IS NOT')}",
            "delete": "",
            "insert": f"WHEN EXISTS (SELECT 1 FROM {g.table} WHERE {g.cle} = NEW.{g.cle} OR ({existe}))",  # noqa: S608
        }
        for action, condition in conditions.items():
            debut = f"CREATE TRIGGER IF NOT EXISTS {g.table}_{action} BEFORE {action} ON {g.table} {condition}"
            instructions.append(f"{debut} BEGIN SELECT RAISE(ABORT, '{g.table} : {_REFUS}'); END")
    return instructions


def _write_postgresql() -> list[str]:
    refus = f"RAISE EXCEPTION '% : {_REFUS}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'"
    corps = f"RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refus}; END $$"
    instructions = [f"CREATE OR REPLACE FUNCTION {_FONCTION} {corps}"]
    for g in GARDES:
        portees = {
            "update": f"FOR EACH ROW WHEN ({_condition_effacement(g, 'IS DISTINCT FROM')})",
            "delete": "FOR EACH ROW",
            "truncate": "FOR EACH STATEMENT",
        }
        for action, portee in portees.items():
            debut = f"CREATE OR REPLACE TRIGGER {g.table}_{action} BEFORE {action} ON {g.table} {portee}"
            instructions.append(f"{debut} EXECUTE FUNCTION {_FONCTION}")
    return instructions

"""What the database itself forbids: to change or delete what is in the journal, whoever asks, on both engines.

Erasing a content or the bytes of a file (setting them to NULL) is the one thing allowed. A new entry must follow the
last one of its chain, so that a chain cannot fork; the head of a chain only goes forward. SQLite also guards insertion,
because `INSERT OR REPLACE` would delete a row without firing the trigger on deletion. On PostgreSQL the guards hold for
replication roles too (`ENABLE ALWAYS`). Beware on SQLite: a migration that remakes a guarded table drops its triggers;
it must call `install_gardes` again (`verifier` says so).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exigible.dossier.journal import ORIGINE

_SUIT = (
    f"(NEW.rang = 1 AND NEW.precedent = '{ORIGINE}') OR EXISTS (SELECT 1 FROM journal_maillon m "  # noqa: S608 - constants
    "WHERE m.chaine_id = NEW.chaine_id AND m.rang = NEW.rang - 1 AND m.empreinte = NEW.precedent)"
)


@dataclass(frozen=True, slots=True)
class Garde:
    """A guarded table: what identifies a row besides its key, which columns never change, what an update may do.

    `admet`: the one update allowed, as a condition on OLD and NEW; `suit`: the condition that a new row must meet.
    """

    table: str
    cle: str
    unique: tuple[str, ...]
    fixes: tuple[str, ...] = ()
    admet: str = ""
    suit: str = ""


GARDES = (
    Garde(
        "journal_chaine",
        "id",
        ("id",),
        ("id", "cabinet_id", "sorte"),
        "NEW.tete_rang > OLD.tete_rang OR (NEW.tete_rang = OLD.tete_rang AND NEW.tete_empreinte = OLD.tete_empreinte)",
    ),
    Garde("journal_maillon", "id", ("chaine_id", "rang"), suit=_SUIT),
    Garde("journal_sceau", "id", ("cabinet_id", "jour")),
    Garde("journal_tete", "id", ("sceau_id", "chaine")),
    Garde("journal_contenu", "maillon_id", ("maillon_id",), ("maillon_id",), "NEW.sel IS NULL AND NEW.contenu IS NULL"),
    Garde(
        "journal_piece",
        "id",
        ("cabinet_id", "sha256"),
        ("id", "cabinet_id", "sha256", "type_mime", "taille", "cree_le"),
        "NEW.contenu IS NULL AND (NEW.nom = OLD.nom OR NEW.nom = '')",
    ),
)
_REFUS = "le journal ne se modifie pas"
_ANCIENNE_FONCTION = "journal_refuse_ecriture()"
_PRESENTES_POSTGRESQL = """
    SELECT t.tgname, t.tgrelid::regclass::text, t.tgtype, t.tgenabled,
           t.tgqual IS NULL AND t.tgattr::text = '', p.prosrc
    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"""
# How PostgreSQL writes a trigger's kind: row 1, before 2, insert 4, delete 8, update 16, truncate 32.
_GENRES = {"insert": 7, "delete": 11, "update": 19, "truncate": 34}


def install_gardes(connexion: Any) -> None:
    """Create the triggers that are missing or were altered, on the tables that exist."""
    absentes = set(list_gardes_absentes(connexion))
    ecrire = _write_postgresql if connexion.vendor == "postgresql" else _write_sqlite
    with connexion.cursor() as curseur:
        if connexion.vendor == "postgresql":  # a table whose checks are pending cannot be altered
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for garde in _list_gardes(connexion):
            for action in _list_actions(garde, connexion.vendor):
                if (nom := f"{garde.table}_{action}") in absentes:
                    _drop(connexion, curseur, garde.table, nom)
                    for instruction in ecrire(garde, action):
                        curseur.execute(instruction)
        if connexion.vendor == "postgresql":
            curseur.execute("SET CONSTRAINTS ALL DEFERRED")


def remove_gardes(connexion: Any) -> None:
    """Drop the triggers: only for a migration."""
    with connexion.cursor() as curseur:
        for garde in _list_gardes(connexion):
            for action in ("insert", "update", "delete", "truncate"):
                _drop(connexion, curseur, garde.table, f"{garde.table}_{action}")
                if connexion.vendor == "postgresql":
                    curseur.execute(f"DROP FUNCTION IF EXISTS {garde.table}_{action}()")
        if connexion.vendor == "postgresql":
            curseur.execute(f"DROP FUNCTION IF EXISTS {_ANCIENNE_FONCTION}")


def list_gardes_absentes(connexion: Any) -> list[str]:
    """Names of the triggers that should be there and are not, or no longer say what they should."""
    presentes = _read_postgresql(connexion) if connexion.vendor == "postgresql" else _read_sqlite(connexion)
    return [
        f"{garde.table}_{action}"
        for garde in _list_gardes(connexion)
        for action in _list_actions(garde, connexion.vendor)
        if presentes.get(f"{garde.table}_{action}") != _describe(garde, action, connexion.vendor)
    ]


def _list_gardes(connexion: Any) -> list[Garde]:
    """List the guards of the tables that exist: a migration that comes before the others knows fewer."""
    with connexion.cursor() as curseur:
        tables = set(connexion.introspection.table_names(curseur))
    return [g for g in GARDES if g.table in tables]


def _list_actions(garde: Garde, vendor: str) -> tuple[str, ...]:
    if vendor == "sqlite":
        return ("update", "delete", "insert")
    return ("update", "delete", "truncate", *(("insert",) if garde.suit else ()))


def _drop(connexion: Any, curseur: Any, table: str, nom: str) -> None:
    curseur.execute(f"DROP TRIGGER IF EXISTS {nom}" + (f" ON {table}" if connexion.vendor == "postgresql" else ""))


def _describe(garde: Garde, action: str, vendor: str) -> object:
    """Say what the database should hold for a trigger, as it is read back."""
    if vendor == "sqlite":
        return _write_sqlite(garde, action)[0]
    return (garde.table, _GENRES[action], "A", True, _write_corps(garde, action))


def _read_sqlite(connexion: Any) -> dict[str, object]:
    with connexion.cursor() as curseur:
        curseur.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(curseur.fetchall())


def _read_postgresql(connexion: Any) -> dict[str, object]:
    with connexion.cursor() as curseur:
        curseur.execute(_PRESENTES_POSTGRESQL)
        return {
            nom: (table, genre, etat.decode() if isinstance(etat, bytes) else etat, simple, corps)
            for nom, table, genre, etat, simple, corps in curseur.fetchall()
        }


def _write_condition(garde: Garde, distinct: str) -> str:
    """Write the one update that is allowed; `distinct` compares two values, NULL included."""
    inchangees = " AND ".join(f"NOT (NEW.{c} {distinct} OLD.{c})" for c in garde.fixes)
    return f"({garde.admet}) AND {inchangees}"


# Names and conditions come from GARDES above, never from a user.


def _write_sqlite(garde: Garde, action: str) -> list[str]:
    existe = " AND ".join(f"{c} = NEW.{c}" for c in garde.unique)
    deja = f"EXISTS (SELECT 1 FROM {garde.table} WHERE {garde.cle} = NEW.{garde.cle} OR ({existe}))"  # noqa: S608
    conditions = {
        "update": f" WHEN NOT ({_write_condition(garde, 'IS NOT')})" if garde.admet else "",
        "delete": "",
        "insert": f" WHEN {deja}" + (f" OR NOT ({garde.suit})" if garde.suit else ""),
    }
    debut = f"CREATE TRIGGER {garde.table}_{action} BEFORE {action} ON {garde.table}{conditions[action]}"
    return [f"{debut} BEGIN SELECT RAISE(ABORT, '{garde.table} : {_REFUS}'); END"]


def _write_corps(garde: Garde, action: str) -> str:
    admis = {
        "update": _write_condition(garde, "IS DISTINCT FROM") if garde.admet else "",
        "insert": garde.suit,
    }.get(action, "")
    passe = f"IF {admis} THEN RETURN NEW; END IF; " if admis else ""
    refus = f"RAISE EXCEPTION '{garde.table} : {_REFUS}' USING ERRCODE = 'integrity_constraint_violation'"
    return f" BEGIN {passe}{refus}; END "


def _write_postgresql(garde: Garde, action: str) -> list[str]:
    nom, portee = f"{garde.table}_{action}", "STATEMENT" if action == "truncate" else "ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {nom}() RETURNS trigger LANGUAGE plpgsql AS $${_write_corps(garde, action)}$$",
        f"CREATE TRIGGER {nom} BEFORE {action} ON {garde.table} FOR EACH {portee} EXECUTE FUNCTION {nom}()",
        f"ALTER TABLE {garde.table} ENABLE ALWAYS TRIGGER {nom}",
    ]

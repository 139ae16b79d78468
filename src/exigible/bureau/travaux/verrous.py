"""A database that another writer holds: how to know it, how to try again, how to say it."""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection

from exigible.droit.phrase import Phrase, phrase

P = ParamSpec("P")
T = TypeVar("T")

_ESSAIS = 4
_PAUSE = 0.1
_SQLITE = ("database is locked", "database table is locked", "database schema is locked")
# Serialization failure, deadlock, lock not available in time.
_POSTGRESQL = {"40001", "40P01", "55P03"}


def is_occupee(erreur: BaseException) -> bool:
    """Tell whether a failure only says that another writer was at work: nothing was written, trying again is right."""
    if not isinstance(erreur, DatabaseError):
        return False
    code = getattr(erreur.__cause__, "sqlstate", None)
    if code is not None:
        return code in _POSTGRESQL
    return isinstance(erreur, OperationalError) and str(erreur).startswith(_SQLITE)


def describe_occupee() -> Phrase:
    """Say it to a person, and what to do."""
    return phrase(
        "La base est occupée par un autre enregistrement : celui-ci n'a pas été fait. Réessayez dans un instant ; si "
        "cela dure, attendez la fin de l'import ou du travail du jour en cours."
    )


def retry_occupee(ecrire: Callable[P, T]) -> Callable[P, T]:
    """Make a short transaction of ours, tried again a few times when another writer was in the way.

    Only a whole transaction may be tried again: inside the caller's, the failure goes up to it. The waits of all the
    attempts together stay below twice the delay that the database itself waits (`DELAI_VERROU_SECONDES`).
    """

    @functools.wraps(ecrire)
    def try_again(*args: P.args, **noms: P.kwargs) -> T:
        fin = time.monotonic() + settings.DELAI_VERROU_SECONDES
        for essai in range(1, _ESSAIS):
            try:
                return ecrire(*args, **noms)
            except DatabaseError as erreur:
                if connection.in_atomic_block or not is_occupee(erreur) or time.monotonic() >= fin:
                    raise
            time.sleep(_PAUSE * 2**essai * random.uniform(0.5, 1.5))  # noqa: S311 - so that two losers do not meet again
        return ecrire(*args, **noms)

    return try_again

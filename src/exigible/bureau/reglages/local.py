"""Settings of an installation: data under `EXIGIBLE_VAR`, database `EXIGIBLE_BASE` (default: an SQLite file there).

The demonstration has its own file, so that one's data never mix with it.
"""

import os

from exigible.bureau.reglages.base import *
from exigible.bureau.reglages.base import DEMONSTRATION
from exigible.bureau.reglages.environnement import describe_sqlite, get_var, parse_base, read_secret

VAR = get_var()
SECRET_KEY = read_secret(VAR)
_FICHIER = "demonstration.sqlite3" if DEMONSTRATION else "exigible.sqlite3"
_BASE = os.environ.get("EXIGIBLE_BASE", "")
DATABASES = {"default": parse_base(_BASE) if _BASE else describe_sqlite(VAR / _FICHIER)}

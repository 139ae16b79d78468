"""Settings of the tests: nothing is kept, passwords are fast to check. `EXIGIBLE_BASE` names the server to test on."""

import os

from exigible.bureau.reglages.base import *
from exigible.bureau.reglages.environnement import describe_sqlite, parse_base

SECRET_KEY = "cle-des-tests-sans-valeur"  # noqa: S105 - it protects nothing
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]

_BASE = os.environ.get("EXIGIBLE_BASE", "")
DATABASES = {"default": parse_base(_BASE) if _BASE else describe_sqlite(BUREAU / "tests.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
    # A database in memory has no journal on disk: WAL and FULL are tested on files, in test_stockage.py.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA recursive_triggers=ON;"

"""The office's tests run Django with its test settings, on the database that EXIGIBLE_BASE names, SQLite by default."""

import os

import django
import pytest
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exigible.bureau.reglages.test")
django.setup()


@pytest.fixture(autouse=True)
def _francais():
    """A request in English leaves its language behind in the thread: each test starts in French."""
    with translation.override("fr"):
        yield


@pytest.fixture
def cabinet(db):
    from exigible.bureau.comptes.services import create_cabinet

    return create_cabinet("Cabinet d'essai")

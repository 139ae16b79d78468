"""The office's tests run Django with its test settings, on the database that EXIGIBLE_BASE names, SQLite by default."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exigible.bureau.reglages.test")
django.setup()

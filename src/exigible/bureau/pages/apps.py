"""The pages as a Django application (no models)."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Templates, static files and template tags of the office."""

    name = "exigible.bureau.pages"
    label = "pages"

"""Application « imports »."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Storage of « imports »."""

    name = "exigible.bureau.imports"
    label = "imports"

"""Application « preuve »."""

from django.apps import AppConfig


class PreuveConfig(AppConfig):
    """Storage of « preuve »."""

    name = "exigible.bureau.preuve"
    label = "preuve"

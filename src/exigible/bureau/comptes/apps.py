"""Application « comptes »."""

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """Storage of « comptes »."""

    name = "exigible.bureau.comptes"
    label = "comptes"

"""Application « envois »."""

from django.apps import AppConfig


class EnvoisConfig(AppConfig):
    """Storage of « envois »."""

    name = "exigible.bureau.envois"
    label = "envois"

"""Application « banque »."""

from django.apps import AppConfig


class BanqueConfig(AppConfig):
    """Storage of « banque »."""

    name = "exigible.bureau.banque"
    label = "banque"

"""Application « tiers »."""

from django.apps import AppConfig


class TiersConfig(AppConfig):
    """Storage of « tiers »."""

    name = "exigible.bureau.tiers"
    label = "tiers"

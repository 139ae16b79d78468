"""Application « travaux »."""

from django.apps import AppConfig


class TravauxConfig(AppConfig):
    """Storage of « travaux »."""

    name = "exigible.bureau.travaux"
    label = "travaux"

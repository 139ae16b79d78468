"""Application « journal »."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Storage of « journal »."""

    name = "exigible.bureau.journal"
    label = "journal"

"""Application « preuve »."""

from django.apps import AppConfig


class PreuveConfig(AppConfig):
    """Storage of « preuve »."""

    name = "exigible.bureau.preuve"
    label = "preuve"

    def ready(self) -> None:
        """Say where the work « liasse » is, without importing what typesets."""
        from exigible.bureau.travaux.services import NATURES

        NATURES["liasse"] = "exigible.bureau.preuve.liasses.LIASSE"

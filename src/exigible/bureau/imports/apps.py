"""Application « imports »."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Storage of « imports »."""

    name = "exigible.bureau.imports"
    label = "imports"

    def ready(self) -> None:
        """Say where the work « import » is, without importing the readers of files."""
        from exigible.bureau.travaux.services import NATURES

        NATURES["import"] = "exigible.bureau.imports.application.IMPORT"

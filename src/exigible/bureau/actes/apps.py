"""Application « actes »."""

from django.apps import AppConfig


class ActesConfig(AppConfig):
    """Storage of « actes »."""

    name = "exigible.bureau.actes"
    label = "actes"

    def ready(self) -> None:
        """Say where the works on batches are, and what they keep."""
        from exigible.bureau.actes import lots_models  # noqa: F401 - Django finds its tables here
        from exigible.bureau.travaux.services import NATURES

        NATURES["lot"] = "exigible.bureau.actes.lots.LOT"
        NATURES["lot_approbation"] = "exigible.bureau.actes.lots.APPROBATION"

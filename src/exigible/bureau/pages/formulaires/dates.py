"""The day on which a page is asked to stand."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from exigible.bureau.horloge import PARIS
from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, JourField


class FormulaireAu(FormulaireMisEnForme):
    """« Arrêté au »: a day, included, by effect day; « connu au » keeps what was recorded by then."""

    au = JourField(label=_("Arrêté au"))
    connu_au = JourField(label=_("Avec ce qui était enregistré le"), required=False)

    def read_connu_au(self) -> datetime | None:
        """The last instant of the day chosen (Europe/Paris); None for all that is recorded."""
        jour: date | None = self.cleaned_data["connu_au"]
        return None if jour is None else datetime.combine(jour, time.max, PARIS)

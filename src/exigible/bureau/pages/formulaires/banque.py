"""Forms of the bank page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme


class FormulaireAffecter(FormulaireMisEnForme):
    """The dossier that a credit pays; the claims chosen are checked by the service."""

    dossier = forms.UUIDField()


class FormulaireMotifBanque(FormulaireMisEnForme):
    """Why a line is set aside, or its decision undone."""

    motif = forms.CharField(label=_("Motif"), max_length=500)

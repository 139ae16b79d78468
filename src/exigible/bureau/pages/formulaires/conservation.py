"""The retention of a cabinet, and the confirmation without which nothing is erased."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme
from exigible.dossier.conservation import DUREE_PLAFOND, DUREE_PLANCHER

MOT = "EFFACER"
"""What one types to erase: it cannot be done by an idle click."""


class FormulaireDuree(FormulaireMisEnForme):
    """For how many full years settled dossiers are kept."""

    annees = forms.IntegerField(
        label=_("Années pleines après la clôture de l’exercice"),
        min_value=DUREE_PLANCHER,
        max_value=DUREE_PLAFOND,
        help_text=_("Dix au moins : les documents comptables se conservent dix ans (C. com. L123-22)."),
        error_messages={
            "min_value": _("La loi demande dix ans au moins (C. com. L123-22)."),
            "max_value": _("Cent ans au plus."),
        },
    )


class FormulaireEffacement(FormulaireMisEnForme):
    """Confirms the erasure of what was shown."""

    empreinte = forms.CharField(widget=forms.HiddenInput)
    mot = forms.CharField(
        label=_("Pour confirmer, écrivez EFFACER"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_mot(self) -> Any:
        """The word, in capitals."""
        mot = self.cleaned_data["mot"].strip()
        if mot != MOT:
            raise ValidationError(_("Écrivez EFFACER, en capitales : ce qui est effacé ne revient pas."), code="mot")
        return mot

"""Forms of the panel of « Aujourd'hui »: report a call, send a reminder, put off, pass over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, JourField
from exigible.bureau.pages.formulaires.courriers import CANAUX
from exigible.bureau.pages.formulaires.radios import RadiosInput
from exigible.bureau.pages.formulaires.suivi import ISSUES_APPEL


class FormulaireAppelDuJour(FormulaireMisEnForme):
    """How the call of the day ended."""

    issue = forms.ChoiceField(label=_("Résultat de l’appel"), choices=ISSUES_APPEL, widget=RadiosInput)
    interlocuteur = forms.CharField(label=_("Interlocuteur"), max_length=120, required=False)
    compte_rendu = forms.CharField(
        label=_("Compte rendu"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class FormulaireMessageDuJour(FormulaireMisEnForme):
    """The message that the person sends from the person's own mailbox or by post, as sent."""

    canal = forms.ChoiceField(label=_("Envoyé par"), choices=CANAUX)
    texte = forms.CharField(label=_("Message"), max_length=10000, widget=forms.Textarea(attrs={"rows": 13}))


class FormulaireReporter(FormulaireMisEnForme):
    """Puts the action off to a later day."""

    jusqu_au = JourField(label=_("Reporter au"))
    motif = forms.CharField(label=_("Motif"), max_length=500, required=False)

    def __init__(self, *args: Any, aujourd_hui: date, **options: Any) -> None:
        self.aujourd_hui = aujourd_hui
        super().__init__(*args, **options)

    def clean_jusqu_au(self) -> date:
        """A later day only."""
        jour: date = self.cleaned_data["jusqu_au"]
        if jour <= self.aujourd_hui:
            raise ValidationError(_("Choisissez un jour à venir."), code="passe")
        return jour


class FormulaireIgnorerAction(FormulaireMisEnForme):
    """Passes over the action, with the reason."""

    motif = forms.CharField(label=_("Motif"), max_length=500)

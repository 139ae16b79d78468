"""Facts recorded from a signal, which then no longer asks; and a signal set aside, with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import FormulaireFait
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.faits import Fait, SignalEcarte
from exigible.dossier.signaux import close_signal, list_signaux

MOTIF = "fait enregistré d’après le signal"
"""Kept in the journal as it is written."""


class AvecSignal(FormulaireFait):
    """A fact that a signal may have prepared: once it is recorded, what the signal held is held no more."""

    signal = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def list_ecritures(self) -> list[tuple[Fait, date]]:
        """The fact, then the end of the hold."""
        contexte, cle = self.contexte, self.cleaned_data["signal"]
        fins = close_signal(contexte.effectives, cle, MOTIF) if cle and contexte.corrigee is None else ()
        return [*super().list_ecritures(), *((fin, contexte.aujourd_hui) for fin in fins)]


class FormulaireSignalEcarte(FormulaireFait):
    """A signal that a person looked at, and of which nothing is to be recorded."""

    type_fait = SignalEcarte
    titre = _("Écarter un signal")
    icone = "ban"
    aide = _("Rien n’est enregistré ; le signal ne demandera plus rien, et les relances qu’il retenait reprennent.")

    signal = forms.ChoiceField(label=_("Signal"))
    motif = forms.CharField(label=_("Pourquoi"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    field_order = ("signal", "jour", "motif")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        signaux = list_signaux(self.contexte.effectives, self.contexte.etat.au)
        choix = [(s.cle, capfirst(translate_phrase(s.titre))) for s in signaux]
        garde = getattr(self.contexte.origine, "signal", "")
        self.fields["signal"].choices = [*choix, *([(garde, garde)] if garde else [])]

    def list_ecritures(self) -> list[tuple[Fait, date]]:
        """The decision, then the end of what the signal held."""
        motif = self.cleaned_data["motif"]
        fins = close_signal(self.contexte.effectives, self.cleaned_data["signal"], motif)
        return [*super().list_ecritures(), *((fin, self.date_effet) for fin in fins)]

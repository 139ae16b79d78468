"""The period of an export of entries, and the accounts of the firm."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, JourField
from exigible.bureau.phrases import translate_phrase
from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.sorties.ecritures import PlanDeComptes

_COMPTE_MAX = 20
_CHAMPS = ("client", "interets", "indemnites", "frais", "pertes", "frais_bancaires", "banque", "journal")


class FormulaireEcritures(FormulaireMisEnForme):
    """Which days, and on which accounts: those of the general chart unless the firm has others."""

    du = JourField(label=_("Du"))
    au = JourField(label=_("Au, compris"))
    journal = forms.RegexField(r"^[A-Za-z0-9]{1,5}$", label=_("Code du journal"), max_length=5)
    client = forms.CharField(label=_("Clients"), max_length=_COMPTE_MAX)
    interets = forms.CharField(label=_("Pénalités et intérêts"), max_length=_COMPTE_MAX)
    indemnites = forms.CharField(label=_("Indemnités de 40 €"), max_length=_COMPTE_MAX)
    frais = forms.CharField(label=_("Frais récupérés"), max_length=_COMPTE_MAX)
    pertes = forms.CharField(label=_("Créances abandonnées"), max_length=_COMPTE_MAX)

    frais_bancaires = forms.CharField(label=_("Frais de la banque"), max_length=_COMPTE_MAX)
    banque = forms.CharField(label=_("Banque"), max_length=_COMPTE_MAX)

    @staticmethod
    def show(aujourd_hui: date, comptes: PlanDeComptes) -> dict[str, Any]:
        """What the fields show at first: the month under way, the accounts of the last export."""
        return {"du": aujourd_hui.replace(day=1), "au": aujourd_hui} | {c: getattr(comptes, c) for c in _CHAMPS}

    def clean(self) -> dict[str, Any]:
        """A period that goes forward, accounts that are."""
        valeurs = super().clean() or self.cleaned_data
        du, au = valeurs.get("du"), valeurs.get("au")
        if du and au and au < du:
            self.add_error("au", _("La période s’achève avant de commencer."))
        if not self.errors:
            try:
                valeurs["comptes"] = PlanDeComptes(**{champ: valeurs[champ] for champ in _CHAMPS})
            except ErreurSaisie as erreur:
                self.add_error(erreur.champ, translate_phrase(erreur.message))
        return valeurs

    @property
    def periode(self) -> tuple[date, date]:
        """The days chosen, both included."""
        return self.cleaned_data["du"], self.cleaned_data["au"]

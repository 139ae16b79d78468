"""« À compléter »: what is missing of a debtor, one row each."""

from __future__ import annotations

from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme
from exigible.bureau.pages.formulaires.parties import QUALITES
from exigible.dossier.faits import Adresse, DebiteurDecrit
from exigible.droit.regimes import QualitePartie


class LignesField(forms.CharField):
    """Lines of text, without empty ones; a browser writes their ends its own way, which is no change."""

    def to_python(self, value: Any) -> str:
        """Give the lines, separated by one character."""
        lignes = (ligne.strip() for ligne in str(super().to_python(value)).splitlines())
        return "\n".join(ligne for ligne in lignes if ligne)


class FormulaireLigne(FormulaireMisEnForme):
    """The quality and address of one debtor; a row left as it was records nothing."""

    qualite = forms.ChoiceField(label=_("Qualité"), choices=QUALITES)
    nom = forms.CharField(label=_("Nom"), max_length=200)
    rue = LignesField(label=_("Adresse"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    code_postal = forms.CharField(label=_("Code postal"), max_length=12, required=False)
    ville = forms.CharField(label=_("Ville"), max_length=80, required=False)

    def __init__(self, *args: Any, debiteur: DebiteurDecrit, **options: Any) -> None:
        self.debiteur = debiteur
        adresse = debiteur.adresse
        options["initial"] = {
            "qualite": debiteur.qualite.value,
            "nom": debiteur.nom,
            "rue": "\n".join(ligne for ligne in adresse.lignes if ligne),
            "code_postal": adresse.code_postal,
            "ville": adresse.ville,
        }
        super().__init__(*args, **options)

    def build_fait(self) -> DebiteurDecrit:
        """The debtor with what was typed; the rest is kept."""
        valeurs = self.cleaned_data
        adresse = Adresse(
            lignes=tuple(valeurs["rue"].splitlines()),
            code_postal=valeurs["code_postal"],
            ville=valeurs["ville"],
            pays=self.debiteur.adresse.pays,
        )
        return msgspec.structs.replace(
            self.debiteur, qualite=QualitePartie(valeurs["qualite"]), nom=valeurs["nom"], adresse=adresse
        )


class FormulaireQualiteCommune(forms.Form):
    """One quality for all the ticked debtors."""

    qualite_commune = forms.ChoiceField(
        label=_("Qualité des clients cochés"),
        choices=[choix for choix in QUALITES if choix[0] != QualitePartie.INCONNUE.value],
        widget=forms.Select(attrs={"class": "form-select"}),
    )

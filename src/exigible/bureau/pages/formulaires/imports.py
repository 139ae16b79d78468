"""The file to import, and the questions that its reading raises."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, JourField, check_passe
from exigible.droit.delais import parse_conditions
from exigible.droit.erreurs import ErreurSaisie

TAILLE_MAX = 250 * 1024 * 1024

DEJA_ENVOYE = [
    ("", _("Rien, ou le fichier le dit ligne par ligne")),
    ("courtoisie", _("Un rappel de courtoisie")),
    ("relance", _("Une relance")),
    ("mise_en_demeure", _("Une mise en demeure")),
]


class PlusieursFichiersInput(forms.ClearableFileInput):
    """A file input that takes several files, on which one may drop them."""

    allow_multiple_selected = True


class PlusieursFichiersField(forms.FileField):
    """One or more files."""

    widget = PlusieursFichiersInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file is checked; the fault names it."""
        fichiers = data if isinstance(data, list | tuple) and data else [data or None]
        return [self._clean_un(fichier, initial) for fichier in fichiers]

    def _clean_un(self, fichier: Any, initial: Any) -> Any:
        valide = super().clean(fichier, initial)
        if valide is not None and valide.size > TAILLE_MAX:
            raise ValidationError(
                _("Le fichier « %(nom)s » dépasse 250 Mo : découpez-le, par exemple par exercice."),
                code="taille",
                params={"nom": valide.name},
            )
        return valide


class FormulaireImport(FormulaireMisEnForme):
    """The files and the creditor they belong to."""

    creancier = forms.ChoiceField(label=_("Pour le créancier"))
    fichiers = PlusieursFichiersField(
        label=_("Fichiers"),
        error_messages={"empty": _("Ce fichier est vide."), "required": _("Choisissez au moins un fichier.")},
    )

    def __init__(self, *args: Any, creanciers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["creancier"].choices = creanciers
        if len(creanciers) == 1:
            self.fields["creancier"].initial = creanciers[0][0]
            self.fields["creancier"].widget = forms.HiddenInput()


class FormulaireQuestions(FormulaireMisEnForme):
    """What the file does not say: payment terms, and what the debtors were already sent."""

    conditions = forms.CharField(
        label=_("Délai de paiement de ce créancier"),
        required=False,
        max_length=80,
        help_text=_("Par exemple : 30 jours, 45 jours fin de mois, à réception."),
    )
    deja_envoye = forms.ChoiceField(label=_("Déjà envoyé pour ces factures"), choices=DEJA_ENVOYE, required=False)
    deja_envoye_le = JourField(label=_("Envoyé le"), required=False)

    def __init__(self, *args: Any, aujourd_hui: date, **options: Any) -> None:
        self.aujourd_hui = aujourd_hui
        super().__init__(*args, **options)

    def clean_conditions(self) -> str:
        """Terms that the law's arithmetic can read."""
        texte: str = self.cleaned_data["conditions"]
        if texte:
            try:
                parse_conditions(texte)
            except ErreurSaisie as erreur:
                raise ValidationError(erreur.message, code=erreur.code) from erreur
        return texte

    def clean_deja_envoye_le(self) -> date | None:
        """It was sent already."""
        jour: date | None = self.cleaned_data["deja_envoye_le"]
        if jour is not None:
            check_passe(jour, self.aujourd_hui)
        return jour

    def clean(self) -> dict[str, Any]:
        """What was sent has a day."""
        valeurs = super().clean()
        if valeurs.get("deja_envoye") and not valeurs.get("deja_envoye_le") and "deja_envoye_le" not in self.errors:
            self.add_error("deja_envoye_le", _("Indiquez le jour de cet envoi."))
        return valeurs

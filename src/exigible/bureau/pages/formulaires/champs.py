"""Fields that the forms share: amounts, days, identifiers, and the look of their widgets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import iban as norme_iban
from stdnum.exceptions import ValidationError as NumeroInvalide
from stdnum.fr import siren as norme_siren

from exigible.bureau.phrases import translate_phrase
from exigible.droit.argent import format_nombre, parse_montant
from exigible.droit.erreurs import ErreurSaisie

FORMATS_JOUR = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y")


class MontantField(forms.CharField):
    """A strictly positive amount in euros, written the French way; gives a `Decimal` to the cent, or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {
            "inputmode": "decimal",
            "autocomplete": "off",
            "placeholder": "1 234,56",
            "data-unite": "€",
        }

    def prepare_value(self, value: Any) -> Any:
        """Show a Decimal the French way; leave alone what the person typed."""
        return format_nombre(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """Read the amount; a fault says what to write."""
        if isinstance(value, Decimal):
            return value
        texte = super().to_python(value)
        if not texte:
            return None
        try:
            montant = parse_montant(texte)
        except ErreurSaisie as erreur:
            raise ValidationError(translate_phrase(erreur.message), code=erreur.code) from erreur
        if montant <= 0:
            raise ValidationError(_("Indiquez un montant supérieur à zéro."), code="montant_negatif")
        return montant


class JourField(forms.DateField):
    """A day; the browser's own picker, and French writing when it has none."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", FORMATS_JOUR)
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault(
            "error_messages", {"invalid": _("Cette date n’existe pas ou n’est pas lisible : écrivez 21/11/2026.")}
        )
        super().__init__(**options)


class SirenField(forms.CharField):
    """A SIREN of nine digits, spaces allowed, its key checked."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value: Any) -> str:
        """Give the nine digits, or an empty text."""
        texte = super().clean(value)
        if not texte:
            return ""
        try:
            return str(norme_siren.validate(texte))
        except NumeroInvalide as erreur:
            raise ValidationError(
                _("Ce n’est pas un SIREN : neuf chiffres, dont le dernier est une clé de contrôle."), code="siren"
            ) from erreur


class IbanField(forms.CharField):
    """An IBAN, spaces allowed, its key checked."""

    def clean(self, value: Any) -> str:
        """Give the IBAN without spaces, or an empty text."""
        texte = super().clean(value)
        if not texte:
            return ""
        try:
            return str(norme_iban.validate(texte))
        except NumeroInvalide as erreur:
            raise ValidationError(
                _("Cet IBAN n’est pas valable : vérifiez qu’aucun caractère ne manque."), code="iban"
            ) from erreur


class CasesInput(forms.CheckboxSelectMultiple):
    """Check boxes laid out by our own template."""

    template_name = "pages/saisie/cases.html"


class CasesField(forms.MultipleChoiceField):
    """Several choices as check boxes, given in the order they are shown."""

    def __init__(self, *, choices: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(choices=choices, widget=CasesInput, **options)


class FormulaireMisEnForme(forms.Form):
    """A form whose widgets carry the classes of the design, the faulty ones marked; `large` fields want a whole row.

    `groupes`: titles and names of fields, for a long form; those that no group names come first, without a title.
    """

    groupes: ClassVar[tuple[tuple[str | Promise, tuple[str, ...]], ...]] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for champ in self.fields.values():
            add_class(champ.widget, get_classe(champ.widget))
            champ.large = isinstance(champ.widget, forms.Textarea | forms.FileInput | CasesInput)

    @property
    def sections(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        """The fields to show, group by group."""
        groupes = [(titre, [nom for nom in noms if nom in self.fields]) for titre, noms in self.groupes]
        ranges = {nom for _titre, noms in groupes for nom in noms}
        seuls = [nom for nom in self.fields if nom not in ranges]
        return [(titre, [self[nom] for nom in noms]) for titre, noms in [("", seuls), *groupes] if noms]

    def add_error(self, field: str | None, error: Any) -> None:
        """Mark the widget of a faulty field."""
        super().add_error(field, error)
        if field in self.fields:
            add_class(self.fields[field].widget, "is-invalid")


def get_classe(widget: forms.Widget) -> str:
    """The class of the design for a widget."""
    if isinstance(widget, CasesInput):
        return ""
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def add_class(widget: forms.Widget, classe: str) -> None:
    """Add a CSS class to a widget, once."""
    classes = str(widget.attrs.get("class", "")).split()
    if classe and classe not in classes:
        widget.attrs["class"] = " ".join([*classes, classe])


def check_passe(jour: date, aujourd_hui: date) -> None:
    """Refuse a day to come for something that has happened. Raises ValidationError."""
    if jour > aujourd_hui:
        raise ValidationError(_("Cette date est à venir : indiquez le jour où cela s’est produit."), code="futur")


class FormulaireDuPasse(FormulaireMisEnForme):
    """Records on the day `jour` what has happened."""

    def __init__(self, *args: Any, aujourd_hui: date, **options: Any) -> None:
        self.aujourd_hui = aujourd_hui
        super().__init__(*args, **options)

    def clean_jour(self) -> date:
        """What is recorded has happened."""
        jour: date = self.cleaned_data["jour"]
        check_passe(jour, self.aujourd_hui)
        return jour

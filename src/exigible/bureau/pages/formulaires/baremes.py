"""The form that adds a published value to a table of the law."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, JourField
from exigible.bureau.pages.templatetags.exigible import majuscule
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.faits_creancier import ValeurDeBaremeSaisie
from exigible.droit.ajouts import check_ajout, parse_nombre
from exigible.droit.bareme import Bareme, ValeurAjoutee, list_baremes, load_bareme
from exigible.droit.erreurs import ErreurSaisie

_SEPARATEUR = ";"
_CHAMPS = {"bareme": "serie"}


def list_choix() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every series, under the name of its table."""
    tables = [load_bareme(nom) for nom in list_baremes()]
    return [(majuscule(table.libelle), [_name_serie(table, serie) for serie in table.series]) for table in tables]


def _name_serie(table: Bareme, serie: str) -> tuple[str, str]:
    nom, unite = translate_phrase(table.get_libelle(serie)), translate_phrase(table.unites[serie])
    return f"{table.nom}:{serie}", f"{nom} ({unite})"


class FormulaireValeur(FormulaireMisEnForme):
    """A value that was published and that the program does not know yet, or knows wrongly."""

    serie = forms.ChoiceField(label=_("Valeur"), choices=list_choix)
    debut = JourField(label=_("Premier jour"), help_text=_("Le jour où la valeur entre en vigueur."))
    valeurs = forms.CharField(
        label=_("Nombre"),
        max_length=200,
        help_text=_("2,75 par exemple ; des tranches se séparent par un point-virgule."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Le texte publié et sa date ; les décomptes la citent."),
    )
    partout = forms.BooleanField(label=_("Pour tous les créanciers de l’entreprise"), required=False)

    def __init__(self, *args: Any, plusieurs: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not plusieurs:
            del self.fields["partout"]

    def clean(self) -> dict[str, Any]:
        """What the table accepts; a fault is said beside its field."""
        valeurs: dict[str, Any] = super().clean() or self.cleaned_data
        if {"serie", "debut", "valeurs", "source"} <= valeurs.keys():
            try:
                valeurs["nombres"] = tuple(parse_nombre(n, "valeurs") for n in valeurs["valeurs"].split(_SEPARATEUR))
                self._check(valeurs)
            except ErreurSaisie as erreur:
                champ = erreur.champ or ""
                self.add_error(_CHAMPS.get(champ, champ), ValidationError(translate_phrase(erreur.message)))
        return valeurs

    def _check(self, valeurs: dict[str, Any]) -> None:
        bareme, _deux_points, serie = valeurs["serie"].partition(":")
        check_ajout(ValeurAjoutee(bareme, serie, valeurs["debut"], valeurs["nombres"], valeurs["source"], date.max))

    def build_fait(self) -> ValeurDeBaremeSaisie:
        """The value typed."""
        bareme, _deux_points, serie = self.cleaned_data["serie"].partition(":")
        return ValeurDeBaremeSaisie(
            bareme=bareme,
            serie=serie,
            debut=self.cleaned_data["debut"],
            valeurs=self.cleaned_data["nombres"],
            source=self.cleaned_data["source"],
        )

"""A calculator: a form sent by its address, whose answer comes with the command line that gives the same."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode

from exigible.bureau.pages.calculs.champs import ChoixField, LignesField
from exigible.bureau.pages.calculs.resultat import Resultat
from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme
from exigible.bureau.phrases import translate_phrase
from exigible.droit.erreurs import ErreurExigible

LANGUE = "langue"
"""The parameter of the address that chooses the language, beside those of the question."""

_NOMS_MONTRES = 5
_LONGUEUR_MONTREE = 40


class Calculatrice(FormulaireMisEnForme):
    """Its fields bear the names of the options of `exigible calcul <nom>`; `options` gives those that differ.

    `principaux`: the fields always shown, the others are folded; `exemple`: the parameters of an address to try;
    `champs_du_droit`: which field is at fault when the core names another; `champ_du_bareme`: the one to blame when a
    table has no value for the day.
    """

    nom: ClassVar[str]
    titre: ClassVar[str | Promise]
    resume: ClassVar[str | Promise]
    icone: ClassVar[str]
    principaux: ClassVar[tuple[str, ...]]
    exemple: ClassVar[Mapping[str, str]]
    options: ClassVar[Mapping[str, str]] = {}
    champs_du_droit: ClassVar[Mapping[str, str]] = {}
    champ_du_bareme: ClassVar[str] = "date"

    resultat: Resultat | None = None

    def compute(self, valeurs: Mapping[str, Any]) -> Resultat:
        """Answer. Raises ErreurExigible, whose field is then shown at fault."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Answer when every field could be read; what the law refuses is said beside its field."""
        valeurs: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.resultat = self.compute(valeurs)
            except ErreurExigible as erreur:
                self.add_error(self._find_champ(erreur), ValidationError(translate_phrase(erreur.message)))
        return valeurs

    def _find_champ(self, erreur: ErreurExigible) -> str | None:
        if erreur.code == "date_hors_bareme":
            return self.find_champ_du_bareme(erreur)
        champ = self.champs_du_droit.get(erreur.champ or "", erreur.champ)
        return champ if champ in self.fields else None

    def find_champ_du_bareme(self, erreur: ErreurExigible) -> str:  # noqa: ARG002 - some calculators read it
        """The field to blame when a table has no value for the day."""
        return self.champ_du_bareme

    @property
    def champs_principaux(self) -> list[forms.BoundField]:
        """The fields always shown."""
        return [self[nom] for nom in self.principaux]

    @property
    def champs_plies(self) -> list[forms.BoundField]:
        """The others."""
        return [self[nom] for nom in self.fields if nom not in self.principaux]

    @property
    def est_deplie(self) -> bool:
        """Whether one of the folded fields is in use or at fault."""
        if not self.is_bound:
            return False
        plies = {nom for nom in self.fields if nom not in self.principaux}
        return bool(plies & (set(self.errors) | {nom for nom, _brut in self._list_remplis()}))

    def _list_remplis(self) -> list[tuple[str, Any]]:
        """The fields that say something else than their default, as typed."""
        remplis = []
        for nom, champ in self.fields.items():
            brut = champ.widget.value_from_datadict(self.data, self.files, nom)
            if brut and not (isinstance(champ, ChoixField) and brut == champ.defaut):
                remplis.append((nom, brut))
        return remplis

    def build_requete(self) -> str:
        """The shortest address that asks the same question: its part after the question mark."""
        parametres: list[tuple[str, str]] = []
        for nom, brut in self._list_remplis():
            champ = self.fields[nom]
            if isinstance(champ, LignesField):
                parametres += champ.list_parametres(nom, brut)
            else:
                parametres.append((nom, "on" if brut is True else str(brut).strip()))
        return urlencode(parametres)

    def write_commande(self) -> str:
        """The command that gives the same answer, ready for a shell."""
        arguments = ["exigible", "calcul", self.nom]
        for nom, champ in self.fields.items():
            valeur = self.cleaned_data.get(nom)
            if valeur in (None, "", False, ()) or (isinstance(champ, ChoixField) and valeur == champ.defaut):
                continue
            if isinstance(champ, LignesField):
                arguments += [argument for lue in valeur for argument in champ.write_arguments(lue)]
            else:
                arguments += self.write_argument(nom, valeur)
        return shlex.join(arguments)

    def write_argument(self, nom: str, valeur: Any) -> list[str]:
        """One option and its value."""
        option = self.options.get(nom, f"--{nom.replace('_', '-')}")
        if valeur is True:
            return [option]
        if isinstance(valeur, date):
            return [option, valeur.isoformat()]
        return [option, f"{valeur:f}" if isinstance(valeur, Decimal) else str(valeur)]

    @property
    def parametres_ignores(self) -> list[str]:
        """What the address says that this page does not know: a reader must not believe that it counted."""
        connus = {LANGUE}
        for nom, champ in self.fields.items():
            connus |= set(champ.list_noms(nom)) if isinstance(champ, LignesField) else {nom}
        return [nom[:_LONGUEUR_MONTREE] for nom in self.data if nom not in connus][:_NOMS_MONTRES]

    @classmethod
    def is_interrogee(cls, parametres: QueryDict) -> bool:
        """Whether an address asks something."""
        return any(nom in cls.base_fields for nom in parametres)

    @classmethod
    def build_exemple(cls) -> str:
        """The example's part of the address."""
        return urlencode(cls.exemple)

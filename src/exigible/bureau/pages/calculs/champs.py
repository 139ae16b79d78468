"""Fields of the calculators: read by the same functions as the command line, bounded, and kept in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from exigible.bureau.phrases import translate_phrase
from exigible.droit.ajouts import parse_nombre
from exigible.droit.argent import parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import parse_jour

LIGNES_MAX = 50
_LIGNES_MIN = 2
_DECIMALES_MAX = 6
_TAUX_MAX = 10_000


class DateField(forms.CharField):
    """A day between 1900 and 2199, `2026-11-21` or `21/11/2026`, in the browser's own picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def prepare_value(self, value: Any) -> Any:
        """Show the picker the day that an address written by hand gives the French way."""
        try:
            return parse_jour(value) if isinstance(value, str) and value else value
        except ErreurSaisie:
            return value

    def to_python(self, value: Any) -> date | None:
        """Read the day; a fault says what to write."""
        texte = super().to_python(value)
        return read_sans_faute(parse_jour, texte) if texte else None


class TauxField(forms.CharField):
    """A positive number with at most six decimals: a yearly rate per cent, or a multiple."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs = {"inputmode": "decimal", "autocomplete": "off", "placeholder": "12,15"} | self.widget.attrs

    def to_python(self, value: Any) -> Decimal | None:
        """Read the number."""
        texte = super().to_python(value)
        if not texte:
            return None
        nombre = read_sans_faute(parse_nombre, texte.removesuffix("%"))
        exposant = nombre.as_tuple().exponent
        if not 0 <= nombre < _TAUX_MAX or not isinstance(exposant, int) or exposant < -_DECIMALES_MAX:
            raise ValidationError(_("Écrivez un nombre comme 12,15, sans signe."), code="taux_illisible")
        return nombre


class ChoixField(forms.ChoiceField):
    """A choice whose first value holds when the address does not say: it is left out of the address."""

    def __init__(self, *, choices: Sequence[tuple[str, Any]], **options: Any) -> None:
        self.defaut = choices[0][0]
        super().__init__(choices=choices, initial=self.defaut, **options)

    def clean(self, value: Any) -> Any:
        """Read the choice."""
        return super().clean(value or self.defaut)


def read_sans_faute(read: Callable[[str], Any], texte: str) -> Any:
    """Read a text with a function of the core; its refusal becomes the error of the field."""
    try:
        return read(texte)
    except ErreurSaisie as erreur:
        raise ValidationError(translate_phrase(erreur.message), code=erreur.code) from erreur


@dataclass(frozen=True)
class Cellule:
    """One column of repeated lines: the name of its parameter, its label, what it holds; `choix`: a list to pick."""

    nom: str
    libelle: str | Promise
    genre: str = "text"
    choix: Callable[[], Iterable[tuple[str, Any]]] | None = None

    def list_groupes(self, valeur: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The choices by group, each with whether it is the one chosen."""
        groupes = []
        for cle, contenu in self.choix() if self.choix else ():
            options = contenu if isinstance(contenu, list | tuple) else [(cle, contenu)]
            titre = cle if isinstance(contenu, list | tuple) else ""
            groupes.append((titre, [(code, nom, code == valeur) for code, nom in options]))
        return groupes


class LignesInput(forms.Widget):
    """Lines of several cells, as many as filled and one more; every cell repeats the same parameter of the address."""

    template_name = "pages/calculs/lignes.html"
    use_fieldset = True

    def __init__(self, cellules: Sequence[Cellule], ligne: str | Promise) -> None:
        super().__init__()
        self.cellules, self.ligne = tuple(cellules), ligne

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, ...]]:  # noqa: ARG002 - Django's signature
        """The lines that hold something."""
        colonnes = [[v.strip() for v in data.getlist(f"{name}_{cellule.nom}")] for cellule in self.cellules]
        return [ligne for ligne in zip_longest(*colonnes, fillvalue="") if any(ligne)]

    def id_for_label(self, id_: str) -> str:
        """The first cell."""
        return f"{id_}_1_{self.cellules[0].nom}"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Lay out the lines."""
        contexte: dict[str, Any] = super().get_context(name, value, attrs)
        lignes = list(value or [])[:LIGNES_MAX]
        vide = ("",) * len(self.cellules)
        lignes += [vide] * max(_LIGNES_MIN - len(lignes), min(1, LIGNES_MAX - len(lignes)))
        contexte["lignes"] = [
            [self._build_cellule(name, rang, *paire) for paire in zip(self.cellules, ligne, strict=True)]
            for rang, ligne in enumerate(lignes, start=1)
        ]
        return contexte

    def _build_cellule(self, nom: str, rang: int, cellule: Cellule, valeur: str) -> dict[str, Any]:
        return {
            "nom": f"{nom}_{cellule.nom}",
            "id": f"id_{nom}_{rang}_{cellule.nom}",
            "genre": cellule.genre,
            "libelle": cellule.libelle,
            "ligne": f"{self.ligne} {rang} : ",
            "valeur": _prepare_jour(valeur) if cellule.genre == "date" else valeur,
            "groupes": cellule.list_groupes(valeur),
        }


class LignesField(forms.Field):
    """Up to fifty lines, each read by `read_ligne`; a faulty one is named by its rank."""

    widget: LignesInput

    def __init__(self, cellules: Sequence[Cellule], ligne: str | Promise, **options: Any) -> None:
        super().__init__(required=False, widget=LignesInput(cellules, ligne), **options)
        self.ligne = ligne

    def to_python(self, value: Sequence[tuple[str, ...]]) -> tuple[Any, ...]:
        """Read the lines."""
        if len(value) > LIGNES_MAX:
            raise ValidationError(
                _("Pas plus de %(n)s lignes : regroupez-les.") % {"n": LIGNES_MAX}, code="trop_de_lignes"
            )
        lues, fautes = [], []
        for rang, ligne in enumerate(value, start=1):
            try:
                lues.append(self.read_ligne(ligne))
            except ErreurSaisie as erreur:
                fautes.append(f"{self.ligne} {rang} : {translate_phrase(erreur.message)}")
        if fautes:
            raise ValidationError(fautes)
        return tuple(lues)

    def read_ligne(self, ligne: tuple[str, ...]) -> Any:
        """Read one line. Raises ErreurSaisie."""
        raise NotImplementedError

    def write_arguments(self, lue: Any) -> list[str]:
        """The options of the command line that say the same line."""
        raise NotImplementedError

    def list_parametres(self, nom: str, lignes: Sequence[tuple[str, ...]]) -> list[tuple[str, str]]:
        """The parameters of the address that say the same lines."""
        noms = self.list_noms(nom)
        return [paire for ligne in lignes for paire in zip(noms, ligne, strict=True)]

    def list_noms(self, nom: str) -> list[str]:
        """The parameters of the address that hold the cells of a line, in order."""
        return [f"{nom}_{cellule.nom}" for cellule in self.widget.cellules]


class PaiementsField(LignesField):
    """Payments received: a day and an amount each; gives `(day, amount)` pairs."""

    def read_ligne(self, ligne: tuple[str, ...]) -> tuple[date, Decimal]:
        """Read one payment."""
        jour, montant = ligne
        lu = parse_montant(montant)
        if lu <= 0:
            raise ErreurSaisie("versement_nul", _("Un paiement doit être supérieur à zéro."))
        return parse_jour(jour), lu

    def write_arguments(self, lue: tuple[date, Decimal]) -> list[str]:
        """`--paiement 2026-02-15:3000.00`."""
        return ["--paiement", f"{lue[0].isoformat()}:{lue[1]:f}"]


def _prepare_jour(valeur: str) -> str:
    try:
        return parse_jour(valeur).isoformat() if valeur else ""
    except ErreurSaisie:
        return valeur


def list_choix(libelles: Mapping[Any, Any], vide: Any = None) -> list[tuple[str, Any]]:
    """The choices of a list from the words of its codes, with what the empty one says if there is one."""
    choix = [(str(code), libelle) for code, libelle in libelles.items()]
    return choix if vide is None else [("", vide), *choix]

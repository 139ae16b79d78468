"""Fields whose choices are words of the core; what a form chooses among in its dossier: persons, decisions, proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import Contexte, FormulaireFait
from exigible.bureau.pages.formulaires.suivi import check_taille
from exigible.bureau.pages.noms import name_decisions, name_personnes
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.faits import DEBITEUR, Fait, PieceJointe

A_CHOISIR = ("", _("Choisissez…"))
_OUI, _NON = _("Oui"), _("Non")


class CodeField(forms.ChoiceField):
    """One word of the core among those named; gives the word, or None where `vide` names the absence of one.

    Without `vide` nor a first value, nothing is chosen in the person's stead.
    """

    def __init__(self, noms: Mapping[Any, str | Promise], *, vide: str | Promise | None = None, **options: Any) -> None:
        choix = [(str(code.value), nom) for code, nom in noms.items()]
        absence = A_CHOISIR[1] if vide is None and "initial" not in options else vide
        self.sortes = {str(code.value): code for code in noms}
        options.setdefault("required", vide is None)
        super().__init__(choices=choix if absence is None else [("", absence), *choix], **options)

    def clean(self, value: Any) -> StrEnum | None:
        """Give the word of the core."""
        return self.sortes.get(super().clean(value))


class OuiNonField(forms.ChoiceField):
    """Yes, no, or not known: gives a boolean or None."""

    _VALEURS = {"oui": True, "non": False}

    def __init__(self, *, oui: str | Promise = _OUI, non: str | Promise = _NON, **options: Any) -> None:
        choix = [("", _("Je ne sais pas")), ("oui", oui), ("non", non)]
        super().__init__(choices=choix, required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        """Show a boolean as its word."""
        return {True: "oui", False: "non"}[value] if isinstance(value, bool) else value

    def clean(self, value: Any) -> bool | None:
        """Give what is known."""
        return self._VALEURS.get(super().clean(value))


class AvecPiece(FormulaireFait):
    """A fact with its proof: a file already in the dossier, or one joined at once."""

    piece = forms.ChoiceField(label=_("Pièce déjà au dossier"), required=False)
    fichier = forms.FileField(label=_("Ou joindre un fichier"), required=False, help_text=_("20 Mo au plus."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        jointes = {i.fait.piece: i.fait.nom for i in self.contexte.effectives if isinstance(i.fait, PieceJointe)}
        garde = str(getattr(self.contexte.origine, "piece", ""))
        if garde:
            jointes.setdefault(garde, str(_("celle de l’inscription corrigée")))
        self.fields["piece"].choices = [("", _("aucune")), *jointes.items()]
        if not jointes:
            del self.fields["piece"]
            self.fields["fichier"].label = _("Joindre un fichier")
        self.sha256 = ""

    def clean_fichier(self) -> Any:
        """Refuse what is too large for a dossier's evidence."""
        return check_taille(self.cleaned_data["fichier"])

    def read_valeurs(self) -> dict[str, Any]:
        """The digest of the file joined, which the view gives, else the one chosen."""
        valeurs = super().read_valeurs()
        return valeurs | {"piece": self.sha256} if self.sha256 else valeurs

    def list_ecritures(self) -> list[tuple[Fait, date]]:
        """The file joined is a piece of the dossier too."""
        ecritures = super().list_ecritures()
        if not self.sha256:
            return ecritures
        nom = self.cleaned_data["fichier"].name
        return [*ecritures, (PieceJointe(piece=self.sha256, nom=nom), self.contexte.aujourd_hui)]


def list_personnes(contexte: Contexte) -> list[tuple[str, str]]:
    """The debtor, then the persons liable with him."""
    autres = name_personnes(contexte.effectives)
    return [(DEBITEUR, contexte.etat.debiteur.nom), *((cle, nom) for cle, nom in autres.items() if cle != DEBITEUR)]


def list_decisions(contexte: Contexte) -> list[tuple[str, str]]:
    """The decisions recorded in the dossier."""
    return list(name_decisions(contexte.effectives).items())


def list_procedures(contexte: Contexte) -> list[tuple[str, str]]:
    """The procedures of the dossier, each with the day it was opened."""
    procedures = contexte.etat.procedures
    return [(p.cle, f"{translate_phrase(p.graphe.nom)} ({p.ouverte_le:%d/%m/%Y})") for p in procedures]


def keep_choix(choix: Sequence[tuple[str, str]], garde: str) -> list[tuple[str, str]]:
    """The choices, and the key that the fact being corrected holds even if nothing names it any more."""
    connus = {cle for cle, _nom in choix}
    return [*choix, *([(garde, garde)] if garde and garde not in connus else [])]


class SurUnePersonne(AvecPiece):
    """Something that befalls the debtor or a person liable with him."""

    seules_garanties: bool = False

    personne = forms.ChoiceField(label=_("Personne"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        personnes = list_personnes(self.contexte)[1 if self.seules_garanties else 0 :]
        garde = str(getattr(self.contexte.origine, "personne", ""))
        choix = keep_choix(personnes, garde)
        self.fields["personne"].choices = [A_CHOISIR, *choix] if len(choix) != 1 else choix


class SurUneDecision(AvecPiece):
    """Something that happens to a decision of the dossier."""

    decision = forms.ChoiceField(label=_("Décision"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        garde = str(getattr(self.contexte.origine, "decision", ""))
        choix = keep_choix(list_decisions(self.contexte), garde)
        self.fields["decision"].choices = [A_CHOISIR, *choix] if len(choix) != 1 else choix

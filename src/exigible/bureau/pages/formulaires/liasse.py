"""The exhibits of a bundle as a form: which are in, in which order, under which title; and the act they go with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme
from exigible.bureau.preuve.pieces import PieceDePreuve

_RETENUE, _RANG, _TITRE = "retenue", "rang", "titre"
TITRE_MAX = 200


@dataclass(frozen=True)
class Rangee:
    """An exhibit and its three fields."""

    piece: PieceDePreuve
    retenue: forms.BoundField
    rang: forms.BoundField
    titre: forms.BoundField


class FormulairePieces(FormulaireMisEnForme):
    """The exhibits of a dossier, those left out after the others."""

    def __init__(
        self, *args: Any, retenues: Sequence[PieceDePreuve], toutes: Sequence[PieceDePreuve], **options: Any
    ) -> None:
        dedans = {piece.sha256 for piece in retenues}
        self.pieces = [*retenues, *(piece for piece in toutes if piece.sha256 not in dedans)]
        super().__init__(*args, **options)
        for numero, piece in enumerate(self.pieces, start=1):
            self._add(piece, numero, dedans)

    def _add(self, piece: PieceDePreuve, numero: int, dedans: Collection[str]) -> None:
        case = {"class": "form-check-input", "aria-label": _("Verser : %s") % piece.intitule}
        self.fields[f"{_RETENUE}-{piece.sha256}"] = forms.BooleanField(
            required=False, initial=piece.sha256 in dedans, widget=forms.CheckboxInput(attrs=case)
        )
        nombre = {"class": "form-control", "inputmode": "numeric", "aria-label": _("Rang de %s") % piece.intitule}
        self.fields[f"{_RANG}-{piece.sha256}"] = forms.IntegerField(
            min_value=1,
            max_value=9999,
            initial=numero,
            widget=forms.NumberInput(attrs=nombre),
            error_messages={"invalid": _("Un nombre entier."), "required": _("Donnez un rang.")},
        )
        texte = {"class": "form-control", "aria-label": _("Intitulé de %s") % piece.intitule}
        self.fields[f"{_TITRE}-{piece.sha256}"] = forms.CharField(
            max_length=TITRE_MAX, required=False, initial=piece.intitule, widget=forms.TextInput(attrs=texte)
        )

    def iter_rangees(self) -> Iterator[Rangee]:
        """The exhibits, each with its fields."""
        for piece in self.pieces:
            yield Rangee(piece, *(self[f"{nom}-{piece.sha256}"] for nom in (_RETENUE, _RANG, _TITRE)))

    @property
    def choisies(self) -> list[tuple[str, str]]:
        """Those that are in, in the order of their ranks: SHA-256 and title. Equal ranks keep the order shown."""
        valeurs = self.cleaned_data
        dedans = [piece for piece in self.pieces if valeurs[f"{_RETENUE}-{piece.sha256}"]]
        ordonnees = sorted(dedans, key=lambda piece: int(valeurs[f"{_RANG}-{piece.sha256}"]))
        return [(p.sha256, valeurs[f"{_TITRE}-{p.sha256}"] or p.intitule) for p in ordonnees]

"""A form with lines below it: heads of a decision, costs of a bill. Lines are added and removed with or without JS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django import forms
from django.utils.functional import Promise

from exigible.bureau.pages.formulaires.base import Contexte, FormulaireFait
from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme

AJOUTER, RETIRER = "ajouter_ligne", "retirer_ligne"
"""The buttons that change the lines and record nothing; the second bears the rank of the line, from 0."""

LIGNES_MAX = 40


class FormulaireLigne(FormulaireMisEnForme):
    """One line; one that may be empty (`empty_permitted`) and is left as it was shown says nothing."""

    def __init__(self, *args: Any, rang: int, contexte: Contexte, **options: Any) -> None:
        self.rang = rang
        self.contexte = contexte
        super().__init__(
            *args,
            prefix=f"ligne{rang}",
            empty_permitted=rang > 0,
            use_required_attribute=False,
            **options,
        )

    @property
    def remplie(self) -> bool:
        """Whether the line says something."""
        return not self.empty_permitted or self.has_changed()


class FormulaireALignes(FormulaireFait):
    """A fact, or several, said in lines: `ligne` is the form of one; they come before the group `lignes_avant`."""

    ligne: ClassVar[type[FormulaireLigne]]
    titre_ligne: ClassVar[str | Promise]
    bouton_ligne: ClassVar[str | Promise]
    lignes_avant: ClassVar[str | Promise]
    aide_lignes: ClassVar[str | Promise] = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        departs = self.initial.get("rangees") or [{}]
        nombre = _read_nombre(self.data) if self.is_bound else len(departs)
        donnees = self.data if self.is_bound else None
        self.rangees = [
            self.ligne(donnees, rang=rang, contexte=self.contexte, initial=departs[rang] if donnees is None else None)
            for rang in range(nombre)
        ]

    @property
    def extensible(self) -> bool:
        """Whether a line may be added."""
        return len(self.rangees) < LIGNES_MAX

    @property
    def remplies(self) -> list[FormulaireLigne]:
        """The lines that say something."""
        return [ligne for ligne in self.rangees if ligne.remplie]

    def is_valid(self) -> bool:
        """Check every line too, so that all faults are shown at once."""
        lignes = [ligne.is_valid() for ligne in self.rangees]
        return super().is_valid() and all(lignes)

    def change_lignes(self, demande: Mapping[str, Any]) -> Self:
        """Return the same form as typed, a line more or a line less; nothing is checked yet."""
        lignes = [_read_tape(ligne) for ligne in self.rangees]
        retiree = demande.get(RETIRER, "")
        if retiree.isdecimal() and len(lignes) > 1 and int(retiree) < len(lignes):
            del lignes[int(retiree)]
        elif AJOUTER in demande and self.extensible:
            lignes.append({})
        return type(self)(contexte=self.contexte, initial=_read_tape(self) | {"rangees": lignes})


def _read_nombre(donnees: Mapping[str, Any]) -> int:
    """How many lines were shown; one at least."""
    dit = donnees.get("rangees", "")
    return min(max(int(dit), 1), LIGNES_MAX) if dit.isdecimal() else 1


def _read_tape(formulaire: forms.Form) -> dict[str, Any]:
    """What was typed, as it was typed. A file has to be chosen again."""
    return {
        nom: champ.widget.value_from_datadict(formulaire.data, formulaire.files, formulaire.add_prefix(nom))
        for nom, champ in formulaire.fields.items()
        if not isinstance(champ, forms.FileField)
    }

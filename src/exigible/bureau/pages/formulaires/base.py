"""A form that records facts: its fields bear the names of the fact's, so that correcting one fills the same form."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import CasesField, FormulaireMisEnForme, JourField, check_passe
from exigible.bureau.pages.templatetags.exigible import montant as write_montant
from exigible.dossier.etat import EtatDossier, Stade
from exigible.dossier.faits import Fait
from exigible.dossier.journal import Inscription


@dataclass(frozen=True)
class Contexte:
    """What a form of a dossier knows: the dossier on the day, the entries that hold, the entry being corrected."""

    etat: EtatDossier
    effectives: Sequence[Inscription]
    aujourd_hui: date
    corrigee: Inscription | None = None

    @property
    def origine(self) -> Fait | None:
        """The fact being corrected."""
        return self.corrigee.fait if self.corrigee and isinstance(self.corrigee.fait, Fait) else None


class FormulaireFait(FormulaireMisEnForme):
    """Records one fact of `type_fait` on the day `jour`.

    A subclass declares fields named as the fact's and overrides `read_valeurs` where they differ.
    """

    type_fait: ClassVar[type[Fait]]
    titre: ClassVar[str | Promise]
    bouton: ClassVar[str | Promise] = _("Enregistrer")
    icone: ClassVar[str] = "plus"
    aide: ClassVar[str | Promise] = ""
    creances_closes: ClassVar[bool] = False

    jour = JourField(label=_("Date"))

    def __init__(self, *args: Any, contexte: Contexte, **options: Any) -> None:
        self.contexte = contexte
        initial = {"jour": contexte.aujourd_hui}
        if contexte.corrigee and contexte.origine:
            initial |= {"jour": contexte.corrigee.date_effet} | self.read_initial(contexte.origine)
        options["initial"] = initial | (options.get("initial") or {})
        super().__init__(*args, **options)
        champ = self.fields.get("creances")
        if isinstance(champ, CasesField):
            champ.choices = self.list_creances()

    def list_creances(self) -> list[tuple[str, str]]:
        """The claims one may choose: those still open, and those of the fact being corrected."""
        deja = set(getattr(self.contexte.origine, "creances", ()))
        return [
            (c.cle, f"{c.creance.numero} — {write_montant(c.total)}")
            for c in self.contexte.etat.creances
            if self.creances_closes or c.stade is not Stade.SOLDEE or c.cle in deja
        ]

    def clean_jour(self) -> date:
        """What is recorded has happened."""
        jour: date = self.cleaned_data["jour"]
        check_passe(jour, self.contexte.aujourd_hui)
        return jour

    def read_initial(self, origine: Fait) -> dict[str, Any]:
        """What the fields show when `origine` is corrected."""
        return {champ: getattr(origine, champ) for champ in origine.__struct_fields__}

    def read_valeurs(self) -> dict[str, Any]:
        """The fact's values as typed."""
        champs = set(self.type_fait.__struct_fields__)
        valeurs = {nom: valeur for nom, valeur in self.cleaned_data.items() if nom in champs}
        if "creances" in valeurs:
            valeurs["creances"] = tuple(valeurs["creances"])
        return valeurs

    def build_fait(self) -> Fait:
        """The fact to record; a correction keeps what the form does not show (its key, its evidence)."""
        valeurs = self.read_valeurs()
        if self.contexte.origine is not None:
            return msgspec.structs.replace(self.contexte.origine, **valeurs)
        if "cle" in self.type_fait.__struct_fields__:
            valeurs.setdefault("cle", uuid.uuid4().hex)
        return self.type_fait(**valeurs)

    def list_ecritures(self) -> list[tuple[Fait, date]]:
        """Every fact to write with its effect day: the one that a correction replaces first, then what goes with it."""
        return [(self.build_fait(), self.date_effet)]

    @property
    def date_effet(self) -> date:
        """The day from which the fact has effect."""
        jour: date = self.cleaned_data["jour"]
        return jour

"""Faults collected while reading: none stops the rest, and a thousand alike are shown as a few and a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

import msgspec

from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import Phrase, Valeur, phrase, render_modele, write_valeur
from exigible.echanges.enregistrements import (
    ColonneLue,
    CompteLu,
    CompteRenduLu,
    CreanceLue,
    ErreurLecture,
    Gravite,
    MouvementLu,
    StatutLu,
    Tiers,
)
from exigible.echanges.valeurs import drop_invisibles

PLAFOND = 200
_PHRASE_MAX, _MOTS_MAX = 800, 100

Message: TypeAlias = "str | Callable[[], str]"
"""A sentence, or how to make it: a huge file may be at fault on every line, and most are only counted."""


class Lecture(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader gives; its faults are in the `Collecte` it was handed."""

    format: str | None
    creances: tuple[CreanceLue, ...] = ()
    mouvements: tuple[MouvementLu, ...] = ()
    tiers: tuple[Tiers, ...] = ()
    comptes: tuple[CompteLu, ...] = ()
    resume: dict[str, str] = {}
    colonnes: tuple[ColonneLue, ...] = ()
    statuts: tuple[StatutLu, ...] = ()
    a_part: tuple[CreanceLue, ...] = ()
    comptes_rendus: tuple[CompteRenduLu, ...] = ()


class Collecte:
    """The faults of one file; at most `PLAFOND` of each code are kept, the others are counted."""

    def __init__(self) -> None:
        self._erreurs: list[ErreurLecture] = []
        self._nombre: Counter[str] = Counter()
        self._caches: dict[str, tuple[int, Gravite]] = {}

    def add(
        self,
        code: str,
        message: Message,
        *,
        ligne: int | None = None,
        champ: str | None = None,
        chemin: str | None = None,
        gravite: Gravite = "erreur",
        plafond: int = PLAFOND,
    ) -> None:
        """Keep one fault, or only count it once `plafond` faults with this code are kept."""
        self._nombre[code] += 1
        if self._nombre[code] > plafond:
            self._caches[code] = (plafond, gravite)
            return
        texte = _clean_message(message() if callable(message) else message)
        self._erreurs.append(
            ErreurLecture(ligne=ligne, code=code, message=texte, champ=champ, gravite=gravite, chemin=chemin)
        )

    def warn(
        self,
        code: str,
        message: Message,
        *,
        ligne: int | None = None,
        champ: str | None = None,
        chemin: str | None = None,
        plafond: int = PLAFOND,
    ) -> None:
        """Keep one warning: the record is taken all the same."""
        self.add(code, message, ligne=ligne, champ=champ, chemin=chemin, gravite="avertissement", plafond=plafond)

    def add_exception(
        self, erreur: ErreurExigible, *, ligne: int | None = None, champ: str | None = None, chemin: str | None = None
    ) -> None:
        """Keep a refusal raised by the shared parsers, with the place where it was met."""
        self.add(erreur.code, erreur.message, ligne=ligne, champ=champ or erreur.champ, chemin=chemin)

    def list_erreurs(self) -> tuple[ErreurLecture, ...]:
        """All the faults kept, then one line for each code that had more."""
        suites = [
            ErreurLecture(code=code, message=_say_suite(self._nombre[code] - plafond), gravite=gravite)
            for code, (plafond, gravite) in self._caches.items()
        ]
        return (*self._erreurs, *suites)


def _clean_message(message: str) -> str:
    """A sentence shows what the file says: nothing of it may command the terminal or the page, or run for pages."""
    propre = drop_invisibles(message)
    if propre == message and len(message) <= _PHRASE_MAX:
        return message
    if not isinstance(message, Phrase):
        return propre if len(propre) <= _MOTS_MAX else f"{propre[:_MOTS_MAX]}…"
    parametres = {nom: _clean_valeur(valeur) for nom, valeur in message.parametres.items()}
    return Phrase(render_modele(message.modele, parametres, write_valeur), message.modele, parametres)


def _clean_valeur(valeur: Valeur) -> Valeur:
    if isinstance(valeur, tuple):
        return tuple(map(_clean_message, valeur))
    return _clean_message(valeur) if isinstance(valeur, str) else valeur


def _say_suite(nombre: int) -> Phrase:
    if nombre == 1:
        return phrase("Et 1 autre cas semblable, non détaillé ici.")
    return phrase("Et {nombre} autres cas semblables, non détaillés ici.", nombre=nombre)

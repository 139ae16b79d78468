"""The one language of conditions of the law's tables: `[champ, opérateur, valeur]`, over a typed context.

A context maps declared fields to facts. A fact that is absent (without object) makes a condition false; one that is
present but unknown (None) leaves it undecided, and the caller closes: compliance takes an undecided condition as met,
limitation keeps the shortest time of the rules that remain possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import phrase

Fait = bool | int | Decimal | date | time | str | tuple[str, ...] | None
Faits = Mapping[str, Fait]

OPERATEURS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "eq": lambda fait, valeur: fait == valeur,
    "ne": lambda fait, valeur: fait != valeur,
    "dans": lambda fait, valeur: fait in valeur,
    "hors": lambda fait, valeur: fait not in valeur,
    "vrai": lambda fait, _: fait is True,
    "faux": lambda fait, _: fait is False,
    "sup": lambda fait, valeur: fait > valeur,
    "sup_eq": lambda fait, valeur: fait >= valeur,
    "inf": lambda fait, valeur: fait < valeur,
    "inf_eq": lambda fait, valeur: fait <= valeur,
    "contient": lambda fait, valeur: valeur in fait,
    "present": lambda _fait, _: True,
}
_OPERATEURS_DE_LISTE: Final = frozenset({"dans", "hors"})
_OPERATEURS_SANS_VALEUR: Final = frozenset({"vrai", "faux", "present"})
_ABSENT: Final = object()


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a rule, its value already typed."""

    champ: str
    operateur: str
    valeur: object

    def evaluate(self, faits: Faits) -> bool | None:
        """Whether it is met: False when the fact is absent, None when it is unknown."""
        fait = faits.get(self.champ, _ABSENT)
        if fait is _ABSENT:
            return False
        return None if fait is None else OPERATEURS[self.operateur](fait, self.valeur)


def evaluate_conditions(conditions: Iterable[Condition], faits: Faits) -> bool | None:
    """Whether all conditions are met; None when some are undecided and no other is false."""
    verdicts = {condition.evaluate(faits) for condition in conditions}
    if False in verdicts:
        return False
    return None if None in verdicts else True


@dataclass(frozen=True, slots=True)
class Lexique:
    """The fields that a file of rules may speak of. `sujet` names the file in errors (« de conformité »).

    `champs`: field → type (a key of `TYPES`). `codes`: field → the only values admitted for it, when they are listed.
    """

    sujet: str
    champs: Mapping[str, str]
    codes: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        inconnus = sorted(set(self.champs.values()) - set(TYPES))
        if inconnus:
            raise self.refuse("[champs]", f"type inconnu « {inconnus[0]} »")
        if sans_champ := sorted(set(self.codes) - set(self.champs)):
            raise self.refuse("[codes]", f"champ non déclaré « {sans_champ[0]} »")

    def refuse(self, regle: str, detail: str) -> ErreurExigible:
        """Build the error of a faulty rule (`regle_invalide`)."""
        return ErreurExigible(
            "regle_invalide",
            phrase("Règle {sujet} {regle} : {detail}.", sujet=self.sujet, regle=regle, detail=detail),
            regle=regle,
        )

    def read_fait(self, champ: str, valeur: object) -> Fait:
        """Type a fact as its field is declared; None stays None (unknown).

        Raises ErreurSaisie (`champ_non_declare`, `fait_illisible`, `code_inconnu`).
        """
        if champ not in self.champs:
            raise ErreurSaisie(
                "champ_non_declare",
                phrase(
                    "Le champ « {champ} » n'est pas déclaré dans les règles {sujet}.", champ=champ, sujet=self.sujet
                ),
                champ,
            )
        if valeur is None:
            return None
        try:
            fait = TYPES[self.champs[champ]](valeur)
        except (TypeError, ValueError, InvalidOperation):
            raise ErreurSaisie(
                "fait_illisible",
                phrase(
                    "Le champ « {champ} » attend une valeur de type {type}, pas « {valeur} ».",
                    champ=champ,
                    type=self.champs[champ],
                    valeur=str(valeur),
                ),
                champ,
            ) from None
        self._check_codes(champ, fait)
        return fait

    def read_faits(self, contexte: Mapping[str, object]) -> dict[str, Fait]:
        """Type a whole context. Raises ErreurSaisie on its first faulty field."""
        return {champ: self.read_fait(champ, valeur) for champ, valeur in contexte.items()}

    def check_champs(self, regle: str, champs: Iterable[str]) -> None:
        """Refuse a rule that names an undeclared field (ErreurExigible `regle_invalide`)."""
        for champ in champs:
            if champ not in self.champs:
                raise self.refuse(regle, f"champ non déclaré « {champ} »")

    def type_valeur(self, regle: str, champ: str, valeur: object) -> Fait:
        """Type a value written in a rule, as its field. Raises ErreurExigible (`regle_invalide`)."""
        try:
            return self.read_fait(champ, valeur)
        except ErreurSaisie as erreur:
            raise self.refuse(regle, erreur.message.removesuffix(".")) from erreur

    def build_condition(self, regle: str, champ: str, operateur: str, valeur: object) -> Condition:
        """Build a condition of `regle`. Raises ErreurExigible (`regle_invalide`): field, operator or value unknown."""
        if operateur not in OPERATEURS:
            raise self.refuse(regle, f"opérateur inconnu « {operateur} »")
        self.check_champs(regle, [champ])
        if operateur in _OPERATEURS_SANS_VALEUR:
            return Condition(champ, operateur, None)
        if operateur in _OPERATEURS_DE_LISTE and isinstance(valeur, list):
            return Condition(champ, operateur, tuple(self.type_valeur(regle, champ, element) for element in valeur))
        if operateur == "contient":
            return Condition(champ, operateur, _read_texte(valeur))
        return Condition(champ, operateur, self.type_valeur(regle, champ, valeur))

    def _check_codes(self, champ: str, fait: Fait) -> None:
        connus = self.codes.get(champ)
        lus = fait if isinstance(fait, tuple) else (str(fait),)
        inconnus = sorted(set(lus) - connus) if connus is not None else []
        if inconnus:
            raise ErreurSaisie(
                "code_inconnu",
                phrase("Le code « {inconnu} » n'est pas déclaré parmi les {champ}.", inconnu=inconnus[0], champ=champ),
                champ,
            )


def _read_booleen(valeur: object) -> bool:
    if not isinstance(valeur, bool):
        raise TypeError
    return valeur


def _read_entier(valeur: object) -> int:
    if isinstance(valeur, bool) or not isinstance(valeur, int):
        raise TypeError
    return valeur


def _read_decimal(valeur: object) -> Decimal:
    if isinstance(valeur, bool) or not isinstance(valeur, Decimal | int | str):
        raise TypeError
    lu = Decimal(valeur)
    if not lu.is_finite():
        raise ValueError
    return lu


def _read_date(valeur: object) -> date:
    return valeur if isinstance(valeur, date) else date.fromisoformat(_read_texte(valeur))


def _read_heure(valeur: object) -> time:
    return valeur if isinstance(valeur, time) else time.fromisoformat(_read_texte(valeur))


def _read_texte(valeur: object) -> str:
    if not isinstance(valeur, str):
        raise TypeError
    return str(valeur)


def _read_liste(valeur: object) -> tuple[str, ...]:
    if isinstance(valeur, str) or not isinstance(valeur, Iterable):
        raise TypeError
    return tuple(_read_texte(element) for element in valeur)


TYPES: Final[Mapping[str, Callable[[object], Fait]]] = {
    "booleen": _read_booleen,
    "entier": _read_entier,
    "decimal": _read_decimal,
    "date": _read_date,
    "heure": _read_heure,
    "texte": _read_texte,
    "liste": _read_liste,
}

"""What the core says when something is wrong (an error) or must be known (a warning).

Both carry a stable code for programs, the French sentence for people, and the parameters
from which an office can build the same sentence in another language.
"""

from __future__ import annotations

from dataclasses import dataclass, field


class ErreurExigible(Exception):
    """A refusal that a person can understand: one French sentence, where, and what to do.

    `code` is lower case with underscores; `champ` names the faulty field or option, if any.
    """

    def __init__(self, code: str, message: str, champ: str | None = None, **parametres: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.champ = champ
        self.parametres = parametres


class ErreurSaisie(ErreurExigible):
    """A value that cannot be read: amount, date, rate, identifier."""


class ErreurBareme(ErreurExigible):
    """No known value: the day lies outside the dates of a table (code `date_hors_bareme`)."""


@dataclass(frozen=True, slots=True)
class Avertissement:
    """Something the reader must know before relying on a result."""

    code: str
    message: str
    parametres: dict[str, str] = field(default_factory=dict, hash=False)

"""What a guard is: a function with a name, and the condition it checks in French."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from exigible.dossier.procedures.situation import Situation
from exigible.droit.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Garde:
    """A condition: `nom` as the graph writes it, `condition` as people read it, `juge` answers yes, no or unknown."""

    nom: str
    condition: Phrase
    juge: Callable[[Situation], bool | None]


def garde(condition: Phrase) -> Callable[[Callable[[Situation], bool | None]], Garde]:
    """Make a guard of a function; its name is the function's."""
    return lambda juge: Garde(juge.__name__, condition, juge)


def list_gardes(module: ModuleType) -> list[Garde]:
    """List the guards of a module."""
    return [valeur for valeur in vars(module).values() if isinstance(valeur, Garde)]

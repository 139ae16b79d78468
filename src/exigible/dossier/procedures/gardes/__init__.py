"""The conditions that the graph names: each says whether it holds, or None when the facts do not tell.

A step that happened is never undone by a condition that is not known; a sanction of the law never falls by itself
while it is not certain (`plier.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

from exigible.dossier.procedures.gardes import execution, instances
from exigible.dossier.procedures.gardes.base import Garde, list_gardes

GARDES: Mapping[str, Garde] = {garde.nom: garde for module in (instances, execution) for garde in list_gardes(module)}

__all__ = ["GARDES", "Garde"]

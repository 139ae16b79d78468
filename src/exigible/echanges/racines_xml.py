"""What an XML document is, by its root element and the namespace of it: prefixes and comments say nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

_AVANT = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_BALISE = re.compile(r"<(?:([\w.\-]+):)?([\w.\-]+)((?:\s+[\w.:\-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)")
_ESPACE = re.compile(r"xmlns(?::([\w.\-]+))?\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class Racine(NamedTuple):
    """The root of a document: its local name, and its namespace (empty when it has none)."""

    nom: str
    espace: str


def find_racine(texte: str) -> Racine | None:
    """Find the root element in the beginning of a document; None when it does not look like one."""
    place = _AVANT.match(texte)
    debut = place.end() if place else 0
    if doctype := _DOCTYPE.match(texte, debut):
        suite = _AVANT.match(texte, doctype.end())
        debut = suite.end() if suite else doctype.end()
    balise = _BALISE.match(texte, debut)
    if balise is None:
        return None
    prefixe, nom, attributs = balise.groups()
    espaces = {trouve[1] or "": trouve[2] or trouve[3] or "" for trouve in _ESPACE.finditer(attributs)}
    return Racine(nom, espaces.get(prefixe or "", ""))

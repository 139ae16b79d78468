"""The words of the tables of the law that are shown in both languages: `babel.cfg` names their keys."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO


def extract_textes(
    fichier: BinaryIO,
    _mots: Collection[str],
    _commentaires: Collection[str],
    options: Mapping[str, str],
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Give Babel the texts of one TOML table held under the keys of the option `cles`."""
    cles = frozenset(options["cles"].split())
    for texte in _find_textes(tomllib.load(fichier), cles, retenu=False):
        yield 0, "", texte, []


def _find_textes(valeur: Any, cles: frozenset[str], *, retenu: bool) -> Iterator[str]:
    """Each text under one of the keys, at any depth."""
    if isinstance(valeur, dict):
        for cle, contenu in valeur.items():
            yield from _find_textes(contenu, cles, retenu=retenu or cle in cles)
    elif isinstance(valeur, list):
        for contenu in valeur:
            yield from _find_textes(contenu, cles, retenu=retenu)
    elif retenu and isinstance(valeur, str):
        yield valeur

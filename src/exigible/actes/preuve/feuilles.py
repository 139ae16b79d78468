"""Typeset the sheets that the bundle adds: stamps, images, plain texts, and a note where a file cannot be printed.

Unlike acts they claim no archival standard: a text of an exhibit may hold any character, and none may stop the bundle.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

import typst

import exigible.actes.typst

_HORODATAGE = datetime(2000, 1, 1, tzinfo=UTC)
"""These sheets are only copied into another file: their own date is never seen."""


@dataclass(frozen=True, slots=True)
class Tampon:
    """What is stamped at the top of a page: which exhibit (nothing: none), and its rank in the bundle."""

    etiquette: str
    rang: str
    paysage: bool


@cache
def _load_polices() -> typst.Fonts:
    dossier = Path(exigible.actes.typst.__file__).parent / "polices"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(dossier)])


@cache
def _load_modele() -> bytes:
    return resources.files("exigible.actes.preuve").joinpath("feuilles.typ").read_bytes()


def render_tampons(tampons: Sequence[Tampon], rappel: str, racine: Path) -> bytes:
    """One transparent page a stamp; `rappel`: what every page recalls."""
    lignes = [{"etiquette": t.etiquette, "rang": t.rang, "paysage": t.paysage} for t in tampons]
    return _compile({"sorte": "tampons", "rappel": rappel, "tampons": lignes}, racine)


def render_image(chemin: Path) -> bytes:
    """One page that holds an image whole. Raises typst.TypstError when it cannot be read."""
    return _compile({"sorte": "image", "chemin": f"/{chemin.name}"}, chemin.parent)


def render_texte(texte: str, racine: Path) -> bytes:
    """The pages of a plain text, as it stands."""
    return _compile({"sorte": "texte", "texte": texte}, racine)


def render_constat(titre: str, raison: str, paires: Sequence[tuple[str, str]], racine: Path) -> bytes:
    """One page that says what the file is and why it is not printed."""
    return _compile({"sorte": "constat", "titre": titre, "raison": raison, "paires": paires}, racine)


def _compile(donnees: Mapping[str, Any], racine: Path) -> bytes:
    compilateur = typst.Compiler(
        _load_modele(),
        root=str(racine),
        font_paths=_load_polices(),
        ignore_system_fonts=True,
        sys_inputs={"donnees": json.dumps(donnees, ensure_ascii=False)},
        package_path=str(racine),
        package_cache_path=str(racine),
    )
    return cast("bytes", compilateur.compile(format="pdf", timestamp=_HORODATAGE, pdf_tags=False))

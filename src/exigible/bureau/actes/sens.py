"""What the names of a wording mean, in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from exigible.actes.textes.textes import load_textes

_TEXTE = "texte "


@cache
def load_sens() -> Mapping[str, str]:
    """Read the meanings of the common names."""
    source = resources.files("exigible.bureau.actes").joinpath("sens.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(source, type=dict[str, str])


def get_sens(nom: str) -> str:
    """Return what a name means; for a text of law, its reference; nothing for a name that only one act knows."""
    if nom.startswith(_TEXTE):
        texte = load_textes().get(nom.removeprefix(_TEXTE))
        return texte.reference if texte is not None else ""
    return load_sens().get(nom, "")

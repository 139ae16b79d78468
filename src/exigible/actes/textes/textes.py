"""Quote a text of law: `[texte L111-8]` in a wording puts it there as it stands, and nobody rewrites it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec

from exigible.actes.document import Citation
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import apply_typographie
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase

_PREFIXE = "texte "
_NUMERO = re.compile(r"^([LRD])(?=\d)")


class TexteDeLoi(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text as it must be quoted; `alineas`: those quoted, none named: all; `obsolete`: why it has likely changed."""

    code: str
    article: str
    source: str
    texte: str
    alineas: tuple[int, ...] = ()
    obsolete: str = ""

    @property
    def reference(self) -> str:
        """`Code de procédure civile, article 832`."""
        numero = _NUMERO.sub(r"\1. ", self.article)
        return apply_typographie(f"{self.code}, article {numero}{self._write_alineas()}")

    def _write_alineas(self) -> str:
        if not self.alineas:
            return ""
        numeros = " et ".join(map(str, self.alineas))
        return f" (alinéa{'s' if self.alineas[1:] else ''} {numeros})"


class _Fichier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    etat: str
    texte: tuple[TexteDeLoi, ...]


@cache
def _load() -> _Fichier:
    source = resources.files("exigible.actes.textes").joinpath("textes.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(source, type=_Fichier)


def load_textes() -> dict[str, TexteDeLoi]:
    """Read the texts, by article."""
    return {texte.article: texte for texte in _load().texte}


@cache
def describe_textes() -> Vocabulaire:
    """Name the blocks that quote a text."""
    return Vocabulaire(
        blocs={
            f"{_PREFIXE}{article}": (Citation(t.reference, tuple(t.texte.strip().splitlines())),)
            for article, t in load_textes().items()
        }
    )


def warn_textes(noms: Iterable[str]) -> tuple[Avertissement, ...]:
    """Say, of the texts quoted by a wording (names of its blocks), which state of the law they are taken from."""
    textes = load_textes()
    cites = [textes[nom.removeprefix(_PREFIXE)] for nom in sorted(noms) if nom.startswith(_PREFIXE)]
    return tuple(
        Avertissement(
            "texte_a_verifier",
            phrase(
                "{reference} est cité dans son état « {etat} » : comparez-le à Légifrance avant l'envoi.",
                reference=texte.reference,
                etat=_load().etat,
            ),
            {"article": texte.article},
        )
        for texte in cites
    )


def explain_obsoletes(noms: Iterable[str]) -> tuple[str, ...]:
    """Say why a wording that quotes some of these texts is only a draft."""
    textes = load_textes()
    cites = [textes[nom.removeprefix(_PREFIXE)] for nom in sorted(noms) if nom.startswith(_PREFIXE)]
    return tuple(f"{texte.reference} : {texte.obsolete}" for texte in cites if texte.obsolete)

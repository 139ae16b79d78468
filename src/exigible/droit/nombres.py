"""Numbers that people spell: rewritten in figures in durations (`quinze jours` is `15 jours`), or read whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

_NOMBRES = {
    "quatre-vingt-dix": 90,
    "quarante-cinq": 45,
    "soixante": 60,
    "trente": 30,
    "vingt": 20,
    "quinze": 15,
    "douze": 12,
    "dix": 10,
    "huit": 8,
    "sept": 7,
    "six": 6,
    "cinq": 5,
    "quatre": 4,
    "trois": 3,
    "deux": 2,
}
# A part of a longer number (« soixante-quinze ») is not rewritten: what is left is not understood, and is said.
_MOT = re.compile(rf"(?<![\w-])({'|'.join(mot.replace('-', '[ -]') for mot in _NOMBRES)})(?![\w-])")


def replace_nombres(texte: str) -> str:
    """Rewrite the spelt numbers of a text in lower case."""
    return _MOT.sub(lambda trouve: str(_NOMBRES[trouve[1].replace(" ", "-")]), texte)


_UNITES = (
    *("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize"),
    *("quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf"),
)
_DIZAINES = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre vingt"}
_QUATRE_VINGTS = 80
_PLUS_GRAND = 999_999_999
_LIAISON = re.compile(r"[\s\-\u2010\u2011]+")
_RANGS = (("million", 1_000_000, ""), ("mille", 1000, "un"))  # « mille » alone is one thousand


def parse_nombre(texte: str) -> int | None:
    """Read a whole number spelt in words, from 1 to 999 999 999: `mille deux cents`, `quatre-vingt-un`; else None.

    Hyphens may be put or left out (spellings before and after 1990), as may « et » and the mark of the plural.
    """
    reste = _LIAISON.sub(" ", texte.strip().lower()).replace("millions", "million")
    parties: list[tuple[str, int]] = []
    for rang, poids, seul in _RANGS:
        avant, trouve, apres = reste.partition(rang)
        if trouve:
            parties.append((avant.strip() or seul, poids))
            reste = apres
    if reste.strip() or not parties:
        parties.append((reste.strip(), 1))
    centaines = _load_centaines()
    if any(mots not in centaines for mots, _poids in parties):
        return None
    return sum(centaines[mots] * poids for mots, poids in parties)


@cache
def _load_centaines() -> Mapping[str, int]:
    """Every spelling of 1 to 999, spaces for hyphens."""
    petits = {mots: nombre for nombre in range(1, 100) for mots in _spell_sous_cent(nombre)}
    table = dict(petits)
    for centaines in range(1, 10):
        combien = _UNITES[centaines - 1]
        for cent in ("cent",) if centaines == 1 else (f"{combien} cent", f"{combien} cents"):
            table[cent] = centaines * 100
            table |= {f"{cent} {mots}": centaines * 100 + petit for mots, petit in petits.items()}
    return table


def _spell_sous_cent(nombre: int) -> Iterator[str]:
    if nombre <= len(_UNITES):
        yield _UNITES[nombre - 1]
        return
    dizaine = max(base for base in _DIZAINES if base <= nombre)
    nom, reste = _DIZAINES[dizaine], nombre - dizaine
    if reste == 0:
        yield nom
        if dizaine == _QUATRE_VINGTS:
            yield f"{nom}s"
        return
    yield f"{nom} {_UNITES[reste - 1]}"
    if reste in {1, 11}:
        yield f"{nom} et {_UNITES[reste - 1]}"


def write_nombre(nombre: int) -> str:
    """Spell a whole number from 0 to 999 999 999 as bank forms do: `mille deux cent trente-quatre`, `quatre-vingts`.

    Raises ValueError beyond.
    """
    if not 0 <= nombre <= _PLUS_GRAND:
        raise ValueError(f"nombre hors de 0 à {_PLUS_GRAND} : {nombre}")
    millions, reste = divmod(nombre, 1_000_000)
    milliers, unites = divmod(reste, 1000)
    mots = []
    if millions:
        mots.append(f"{_write_centaines(millions, dernier=True)} {'millions' if millions > 1 else 'million'}")
    if milliers:
        mots.append("mille" if milliers == 1 else f"{_write_centaines(milliers, dernier=False)} mille")
    if unites or not mots:
        mots.append(_write_centaines(unites, dernier=True))
    return " ".join(mots)


def _write_centaines(nombre: int, *, dernier: bool) -> str:
    """Spell up to 999; `dernier`: « cent » and « vingt », multiplied and last of the number, take the plural."""
    centaines, reste = divmod(nombre, 100)
    if not centaines:
        return _write_dizaines(reste, dernier=dernier)
    tete = "cent" if centaines == 1 else f"{_UNITES[centaines - 1]} cent"
    if reste:
        return f"{tete} {_write_dizaines(reste, dernier=dernier)}"
    return f"{tete}s" if dernier and centaines > 1 else tete


def _write_dizaines(nombre: int, *, dernier: bool) -> str:
    if nombre == 0:
        return "zéro"
    if nombre < min(_DIZAINES):
        return _UNITES[nombre - 1].replace(" ", "-")
    dizaine = max(d for d in _DIZAINES if d <= nombre)
    mot, reste = _DIZAINES[dizaine].replace(" ", "-"), nombre - dizaine
    if not reste:
        return f"{mot}s" if dernier and dizaine == _QUATRE_VINGTS else mot
    if reste in {1, 11} and dizaine != _QUATRE_VINGTS:
        return f"{mot} et {_UNITES[reste - 1]}"
    return f"{mot}-{_UNITES[reste - 1].replace(' ', '-')}"

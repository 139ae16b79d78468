"""Required mentions as data: which apply, and whether a text carries them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

import msgspec

from exigible.actes.typst.texte import normalize_espaces
from exigible.droit.regimes import QualitePartie

_ELISION = re.compile(r"\b([Dd]|[Qq]u)['’](?=[AEIOUÀÂÉÈÊÎÔŒ])")


class Mention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mention: `preuves` are the texts that must all be found, `{…}` standing for a value of the letter.

    `cas`: the debtor's qualities concerned, none named: all; `si`: conditions that must all hold. `statut`: loi, usage
    or politique.
    """

    code: str
    libelle: str
    article: str
    statut: str
    preuves: tuple[str, ...]
    cas: tuple[QualitePartie, ...] = ()
    si: tuple[str, ...] = ()


class _Fichier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    mention: tuple[Mention, ...]


Valeurs = Mapping[str, tuple[str, ...]]


@cache
def load_mentions(paquet: str) -> tuple[Mention, ...]:
    """Read `mentions.toml` of an act's package, once."""
    texte = resources.files(paquet).joinpath("mentions.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(texte, type=_Fichier).mention


def select_mentions(
    mentions: Sequence[Mention], qualite: QualitePartie, faits: Mapping[str, bool]
) -> tuple[Mention, ...]:
    """The mentions wanted for this debtor, given the conditions `faits` (all those named must be there)."""
    return tuple(m for m in mentions if (not m.cas or qualite in m.cas) and all(faits[condition] for condition in m.si))


def list_preuves(mention: Mention, valeurs: Valeurs) -> tuple[str, ...]:
    """The texts to be found, values put in. A proof that is a single value with several texts wants them all."""
    preuves: list[str] = []
    for preuve in mention.preuves:
        if "{" not in preuve:
            preuves.append(preuve)
            continue
        nom = preuve.removeprefix("{").removesuffix("}")
        if preuve == f"{{{nom}}}" and "{" not in nom:
            preuves += valeurs[nom]
        else:
            preuves.append(preuve.format_map({cle: " ".join(textes) for cle, textes in valeurs.items()}))
    return tuple(normalize_espaces(preuve) for preuve in preuves)


def find_absentes(mentions: Sequence[Mention], valeurs: Valeurs, texte: str) -> tuple[Mention, ...]:
    """The mentions that `texte` does not carry; one that names a value which nobody knows is not there."""
    lisible = _level(normalize_espaces(texte))
    return tuple(m for m in mentions if not _is_presente(m, valeurs, lisible))


def _level(texte: str) -> str:
    """A name that follows « de » is elided or not according to who wrote the sentence: it is the same mention."""
    return _ELISION.sub(r"\1e ", texte)


def _is_presente(mention: Mention, valeurs: Valeurs, lisible: str) -> bool:
    try:
        preuves = list_preuves(mention, valeurs)
    except KeyError:
        return False
    return all(_level(preuve) in lisible for preuve in preuves)

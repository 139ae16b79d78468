"""What every reading must obey, whatever the bytes: a result or faults in short sentences, never an exception."""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from exigible.echanges.enregistrements import FichierLu, simplify
from exigible.echanges.lecture import read_fichiers

PHRASE_MAX = 1_000
_TRAITRES = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)  # they command a terminal, or turn text


def check_lecture(donnees: bytes) -> tuple[FichierLu, ...]:
    """Read the bytes as a file. Raises AssertionError, and whatever a reader would let out."""
    lus = read_fichiers(donnees, "mutant")
    for lu in lus:
        ecrit = msgspec.json.encode(simplify(replace(lu, nom="", erreurs=()))).decode()
        assert not _TRAITRES.search(ecrit), ascii(ecrit)
        assert "\\u00" not in ecrit, ecrit
        for erreur in lu.erreurs:
            assert erreur.message.rstrip().endswith("."), erreur.message
            assert len(erreur.message) <= PHRASE_MAX, erreur.message[:PHRASE_MAX]
            assert not _TRAITRES.search(erreur.message), ascii(erreur.message)
        assert lu.format or lu.erreurs
    return lus

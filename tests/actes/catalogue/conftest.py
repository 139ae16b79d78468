"""The acts of the catalogue, each played on dossiers of every kind: `cas/<act>.toml` says which, with what answers."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from dossiers_des_actes import AU, load_dossier

from exigible.actes.demande import PieceVersee, build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte

ICI = Path(__file__).parent


class Cas(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An act on a dossier. `erreur`: the code of the refusal that is expected, instead of a document."""

    dossier: str
    nom: str = ""
    au: date = AU
    saisies: dict[str, str] = {}
    creances: tuple[str, ...] | None = None
    pieces: tuple[str, ...] = ()
    erreur: str = ""
    incomplet: bool = False
    projet: bool = False


class _Fichier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cas: tuple[Cas, ...]


@dataclass(frozen=True)
class Essai:
    """A case of an act."""

    acte: str
    cas: Cas = field(hash=False)

    @property
    def nom(self):
        return f"{self.acte}-{self.cas.nom or self.cas.dossier}"


@cache
def list_essais():
    return tuple(
        Essai(fichier.stem, cas)
        for fichier in sorted((ICI / "cas").glob("*.toml"))
        for cas in msgspec.toml.decode(fichier.read_bytes(), type=_Fichier).cas
    )


def prepare(essai):
    """Write the document of a case."""
    cas = essai.cas
    pieces = tuple(PieceVersee(rang, intitule) for rang, intitule in enumerate(cas.pieces, start=1))
    demande = build_demande(
        get_modele(essai.acte),
        load_dossier(cas.dossier, cas.au),
        creances=cas.creances,
        reference="411-TEST",
        saisies=cas.saisies,
        pieces=pieces,
    )
    return prepare_acte(demande)

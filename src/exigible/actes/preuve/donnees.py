"""What a bundle is made of, and what is known of it once it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from exigible.actes.demande import Demande
from exigible.actes.preuve.extrait import Extrait
from exigible.dossier.etat import EtatDossier
from exigible.droit.erreurs import Avertissement


@dataclass(frozen=True, slots=True)
class Piece:
    """An exhibit to put in the bundle, in its rank. `nom`: the name of its file; `copier` writes its bytes to a path.

    `fait`: the rank of the entry of the journal that cites it, None when none does.
    """

    intitule: str
    nom: str
    copier: Callable[[Path], None]
    jour: date | None = None
    fait: int | None = None


@dataclass(frozen=True, slots=True)
class Horodatage:
    """What a time-stamping authority answered, or why there is none: a sentence, and the files to put in the folder."""

    phrase: str
    fichiers: Mapping[str, bytes] = field(default_factory=dict)


Horodater = Callable[[bytes], Horodatage]


@dataclass(frozen=True, slots=True)
class Sujet:
    """What the bundle is about: the petition to write, the whole state of the dossier, the exhibits in their order.

    `journal`: the extract to certify, None for a dossier that has no journal. `description`: the file that described
    such a dossier.
    """

    demande: Demande
    etat: EtatDossier
    pieces: Sequence[Piece]
    journal: Extrait | None = None
    description: bytes | None = None


@dataclass(frozen=True, slots=True)
class PieceEcrite:
    """An exhibit in the folder: its number, its file (path from the folder), its pages (None: it cannot be printed)."""

    numero: int
    intitule: str
    jour: date | None
    fichier: str
    sha256: str
    pages: int | None
    remarque: str
    fait: int | None


@dataclass(frozen=True, slots=True)
class Liasse:
    """A bundle once written. `empreinte`: the SHA-256 of its manifest. `projet`: why the petition may not be filed."""

    dossier: Path
    empreinte: str
    pages: int
    pieces: tuple[PieceEcrite, ...]
    projet: tuple[str, ...]
    horodatage: str
    avertissements: tuple[Avertissement, ...]

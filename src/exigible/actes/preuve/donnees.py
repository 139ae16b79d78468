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
class ActeApprouve:
    """An act as a person approved it: its exact bytes, its day, the rank of the entry of the journal that cites them.

    `nom`, `titre`: those of the act. `docx`: the same as a file to be edited, None without one. `pieces`: the SHA-256
    of the exhibits that it numbers, in their order; none when it numbers none, or when nobody noted them.
    """

    nom: str
    titre: str
    pdf: bytes
    docx: bytes | None
    jour: date
    fait: int
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sujet:
    """What the bundle is about: the petition to write, the whole state of the dossier, the exhibits in their order.

    `journal`: the extract to certify, None for a dossier that has no journal. `description`: the file that described
    such a dossier. `approuve`: the petition as it was approved, which then stands for what would be written.
    `joints`: what is filed with it, approved too.
    """

    demande: Demande
    etat: EtatDossier
    pieces: Sequence[Piece]
    journal: Extrait | None = None
    description: bytes | None = None
    approuve: ActeApprouve | None = None
    joints: Sequence[ActeApprouve] = ()

    @property
    def approuves(self) -> tuple[ActeApprouve, ...]:
        """All that was approved."""
        return (*([self.approuve] if self.approuve is not None else []), *self.joints)


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
    """A bundle once written. `empreinte`: the SHA-256 of its manifest. `projet`: why the petition may not be filed.

    `provenance`: whether the petition is the one that was approved, as a sentence; empty without a journal.
    """

    dossier: Path
    empreinte: str
    pages: int
    pieces: tuple[PieceEcrite, ...]
    projet: tuple[str, ...]
    provenance: str
    horodatage: str
    avertissements: tuple[Avertissement, ...]

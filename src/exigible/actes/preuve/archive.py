"""A folder as a ZIP: always the same bytes for the same files, whatever the day and the machine."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

_JOUR = (1980, 1, 1, 0, 0, 0)
_LISIBLE = 0o100644
_DEJA_SERRES = frozenset({".docx", ".gif", ".jpeg", ".jpg", ".pdf", ".png", ".webp", ".xlsx", ".zip"})


def write_archive(dossier: Path, sortie: Path) -> None:
    """Write the files of a folder in a ZIP, under its name, in the order of their paths; none is held in memory.

    A new file is readable by its owner alone.
    """
    sortie.touch(mode=0o600)
    with zipfile.ZipFile(sortie, "w") as archive:
        for chemin in sorted(c for c in dossier.rglob("*") if c.is_file()):
            membre = zipfile.ZipInfo(f"{dossier.name}/{chemin.relative_to(dossier).as_posix()}", _JOUR)
            membre.external_attr = _LISIBLE << 16
            serre = chemin.suffix.lower() in _DEJA_SERRES
            membre.compress_type = zipfile.ZIP_STORED if serre else zipfile.ZIP_DEFLATED
            membre.file_size = chemin.stat().st_size
            with chemin.open("rb") as source, archive.open(membre, "w") as cible:
                shutil.copyfileobj(source, cible)

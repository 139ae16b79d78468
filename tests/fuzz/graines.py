"""Where fuzzing starts from: the real files of the readers' tests, and the small ones of `corpus`, by format."""

from __future__ import annotations

from pathlib import Path

ICI = Path(__file__).resolve().parent
REELS = ICI.parent / "echanges" / "donnees"
CORPUS = ICI / "corpus"
_PAS_DES_GRAINES = {".json", ".md"}


def list_formats() -> list[str]:
    """Name the formats that have files, each being a folder."""
    dossiers = {dossier.name for racine in (REELS, CORPUS) for dossier in racine.iterdir() if dossier.is_dir()}
    return sorted(nom for nom in dossiers - {"LICENCES"} if list_graines(nom))


def list_graines(nom_format: str) -> list[Path]:
    """List the files of a format, always in the same order."""
    trouves = [chemin for racine in (REELS, CORPUS) for chemin in (racine / nom_format).glob("*")]
    return sorted(chemin for chemin in trouves if chemin.is_file() and chemin.suffix not in _PAS_DES_GRAINES)

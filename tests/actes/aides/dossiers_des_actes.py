"""The dossiers on which acts are played: the samples that travel with the package, and those of the tests alone."""

from datetime import date
from functools import cache
from pathlib import Path

from exigible.actes import exemples
from exigible.dossier.description import fold_description, parse_description

AU = date(2026, 11, 21)
_RACINES = (Path(exemples.__file__).parent, Path(__file__).parents[1] / "catalogue" / "dossiers")
DOSSIERS = {fichier.stem: fichier for racine in _RACINES for fichier in sorted(racine.glob("*.json"))}


@cache
def load_dossier(nom, au=AU):
    """The state of a dossier on a day."""
    return fold_description(parse_description(DOSSIERS[nom].read_bytes()), au)

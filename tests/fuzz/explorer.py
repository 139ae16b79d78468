"""Coverage-guided fuzzing of one format with atheris: `explorer.py <format> <seconds> <found> <crashes>`.

Its mutations are those of the suite and libFuzzer's own, half and half; what reaches new code goes to the folder
`found`, what harms a reader to `crashes`.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["exigible.echanges"]):
    from controle import check_lecture
from graines import list_graines
from mutations import GESTES, Geste, mutate, mutate_dedans

_NOMS = sorted(GESTES)
_MEMOIRE_MO, _SECONDES_PAR_FICHIER, _POIDS_MIN = 2_048, 10, 20_000


def change(donnees: bytes, maximum: int, graine: int) -> bytes:
    """Change a file once more, the way that libFuzzer asks for one."""
    hasard = random.Random(graine)  # noqa: S311 - the same changes for the same seed, nothing secret
    if not donnees or hasard.random() < 0.5:
        change_octets: bytes = atheris.Mutate(donnees, maximum)
        return change_octets
    nombre = hasard.randrange(1, 5)
    gestes = [
        Geste(hasard.choice(_NOMS), hasard.random(), hasard.random(), hasard.randrange(65_536)) for _ in range(nombre)
    ]
    try:
        mute = (mutate_dedans if hasard.random() < 0.7 else mutate)(donnees, gestes)
    except Exception:  # noqa: BLE001 - an archive or a PDF too damaged to be opened is changed from outside
        mute = mutate(donnees, gestes)
    return mute[:maximum]


def main() -> None:
    """Run libFuzzer for so long."""
    nom_format, secondes, trouves, fautes = sys.argv[1:]
    graines = list_graines(nom_format)
    for graine in graines:
        (Path(trouves) / graine.name).write_bytes(graine.read_bytes())
    poids = max(_POIDS_MIN, 2 * max(graine.stat().st_size for graine in graines))
    options = (
        f"-max_total_time={secondes}",
        f"-max_len={poids}",
        f"-timeout={_SECONDES_PAR_FICHIER}",
        f"-rss_limit_mb={_MEMOIRE_MO}",
        f"-artifact_prefix={fautes}/",
        "-print_final_stats=1",
    )
    atheris.Setup([sys.argv[0], *options, trouves], check_lecture_octets, custom_mutator=change)
    atheris.Fuzz()


def check_lecture_octets(donnees: bytes) -> None:
    """Read one file; what it raises is what is looked for."""
    check_lecture(donnees)


if __name__ == "__main__":
    main()

"""Reads, in a process with bounded memory, each file that comes on its input, and says how it went.

In: eight bytes of length, then the bytes. Out: a line of JSON: `faute` (a traceback, or null), `secondes` of CPU, the
`codes` of what was said and its `texte`.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import traceback

MEMOIRE = 512 << 20
LONGUEUR = 8


def main() -> None:
    """Serve until the input ends."""
    from controle import check_lecture

    _, dur = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, dur))
    entree, sortie = sys.stdin.buffer, sys.stdout
    while taille := entree.read(LONGUEUR):
        donnees = entree.read(int.from_bytes(taille, "big"))
        debut, faute, dits = time.process_time(), None, []
        try:
            dits = [erreur for lu in check_lecture(donnees) for erreur in lu.erreurs]
        except BaseException:  # noqa: BLE001 - whatever a reader lets out is what is looked for
            faute = traceback.format_exc()
        reponse = {
            "faute": faute,
            "secondes": time.process_time() - debut,
            "codes": [erreur.code for erreur in dits],
            "texte": " ".join(erreur.message for erreur in dits),
        }
        sortie.write(json.dumps(reponse) + "\n")
        sortie.flush()


if __name__ == "__main__":
    main()

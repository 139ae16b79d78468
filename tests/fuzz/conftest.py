"""The process that reads for these tests: bounded in memory, and started again when a file killed it."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lecteur_borne import LONGUEUR

ATTENTE = 60


class Lecteur:
    """Sends files to the process, and says how it went: `faute` is the traceback, or how the process ended."""

    def __init__(self, programme: list[str] | None = None) -> None:
        self._programme = programme or [sys.executable, str(Path(__file__).with_name("lecteur_borne.py"))]
        self._processus: subprocess.Popen[bytes] | None = None

    def read(self, donnees: bytes) -> dict[str, Any]:
        if self._processus is None:
            self._processus = subprocess.Popen(self._programme, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        entree, sortie = self._processus.stdin, self._processus.stdout
        assert entree is not None
        assert sortie is not None
        entree.write(len(donnees).to_bytes(LONGUEUR, "big") + donnees)
        entree.flush()
        prete, _, _ = select.select([sortie], [], [], ATTENTE)
        reponse = sortie.readline() if prete else b""
        if not reponse:
            return {"faute": f"the reader died or hung: {self.close()}"}
        resultat: dict[str, Any] = json.loads(reponse)
        return resultat

    def close(self) -> int:
        if self._processus is None:
            return 0
        self._processus.kill()
        code = self._processus.wait()
        for tuyau in (self._processus.stdin, self._processus.stdout):
            if tuyau:
                tuyau.close()
        self._processus = None
        return code


@pytest.fixture(scope="session")
def build_lecteur() -> type[Lecteur]:
    return Lecteur


@pytest.fixture(scope="module")
def lecteur() -> Iterator[Lecteur]:
    ouvert = Lecteur()
    yield ouvert
    ouvert.close()

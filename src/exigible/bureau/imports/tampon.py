"""The movements of a statement, laid on the disk as they are read, then given back a few thousand at a time.

Memory does not follow the length of the file. What lies there goes with the object: nothing is kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import cast

import msgspec

from exigible.droit.phrase import encode_phrase
from exigible.echanges.enregistrements import MouvementLu

LOT = 5_000
"""How many movements are in memory at once."""
_Place = tuple[int, int, int, bytes]


class Tampon:
    """The movements of one file, in a temporary database of its own: their day, amount in cents, rank and record."""

    def __init__(self, mouvements: Iterable[MouvementLu]) -> None:
        """Take them all."""
        # An empty name: SQLite keeps it in memory up to two megabytes, then in a file without a name.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("CREATE TABLE lus (rang INTEGER PRIMARY KEY, jour INTEGER, centimes INTEGER, lu BLOB)")
        self._encodeur = msgspec.msgpack.Encoder(enc_hook=encode_phrase)
        self._decodeur = msgspec.msgpack.Decoder(MouvementLu)
        self.nombre = 0
        suite = iter(mouvements)
        while lot := list(islice(suite, LOT)):
            self._base.executemany("INSERT INTO lus VALUES (?, ?, ?, ?)", map(self._place, lot))
        if self.nombre > LOT:
            self._base.execute("CREATE INDEX ordre ON lus (jour, centimes, rang)")

    def _place(self, mouvement: MouvementLu) -> _Place:
        self.nombre += 1
        centimes = int(mouvement.montant.scaleb(2))
        return self.nombre, mouvement.date.toordinal(), centimes, self._encodeur.encode(mouvement)

    def iter_lots(self) -> Iterator[list[MouvementLu]]:
        """Give the movements a few thousand at a time, the oldest days first, in the order of the file within each lot.

        Those of the same day and amount are all in one lot, however many they are.
        """
        lot: list[tuple[int, bytes]] = []
        dernier: tuple[int, int] | None = None
        ordre = "SELECT jour, centimes, rang, lu FROM lus ORDER BY jour, centimes, rang"
        for jour, centimes, rang, octets in cast("Iterator[_Place]", self._base.execute(ordre)):
            if len(lot) >= LOT and (jour, centimes) != dernier:
                yield self._decode(lot)
                lot = []
            lot.append((rang, octets))
            dernier = (jour, centimes)
        if lot:
            yield self._decode(lot)

    def _decode(self, lot: list[tuple[int, bytes]]) -> list[MouvementLu]:
        return [self._decodeur.decode(octets) for _, octets in sorted(lot)]

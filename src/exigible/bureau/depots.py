"""Files as they come up: written to the disk, never beyond what is accepted, whatever the visitor sends."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

TAILLE_MAX = 250 * 1024 * 1024
"""The largest file accepted, in bytes; beyond it the rest is counted and dropped, and the form says so."""
TAILLE_ENVOI_MAX = 1024 * 1024 * 1024
"""All the files of one form together: beyond it the request is refused."""


class DepotBorne(TemporaryFileUploadHandler):
    """Keep at most `TAILLE_MAX` bytes and one of each file: its `size` stays that of what was sent."""

    _envoyes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what is still within bounds. Raises RequestDataTooBig."""
        self._envoyes += len(raw_data)
        if self._envoyes > TAILLE_ENVOI_MAX:
            self.upload_interrupted()
            raise RequestDataTooBig
        if start <= TAILLE_MAX:
            super().receive_data_chunk(raw_data, start)

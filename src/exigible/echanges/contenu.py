"""The bytes of a file: opened several times, never held whole in memory when they lie on disk."""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from pathlib import Path
from typing import BinaryIO

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

TAILLE_DEBUT = 1 << 16
_BLOC = 1 << 20

# PDF, ZIP and the workbooks made of one, old XLS: no text, whose encoding would be looked for in vain.
_BINAIRES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


# Accented letters as UTF-8 writes them; in Windows-1252 they would read « Ã© », which no French word holds.
_ACCENTS_UTF8 = re.compile(rb"\xc3[\x80-\xbf]")
# Accented letters inside words as DOS writes them (CP850: é è ê â ç É); in Windows-1252 they would be low quotes or
# daggers there. The dash and the ellipsis of Windows-1252 are left out: they do stand between letters.
_ACCENTS_DOS = re.compile(
    rb"(?<=[A-Za-z])[\x82\x83\x87\x88\x8a](?=[a-z])|(?<=[A-Z])\x90(?![a-z])|(?<=[a-z])\x82(?![a-z\x80-\xff])"
)
# Those of Windows-1252; in CP850 they would be capitals or frames amid a word (but 0xF8, ø here, is ° there).
_ACCENTS_WINDOWS = re.compile(rb"(?<=[A-Za-z])(?:[\xe0-\xf7\xf9-\xfc](?=[a-z])|[\xc0\xc2\xc7-\xcb\xce\xcf](?=[A-Z]))")


class Contenu:
    """A file to read: its name, size in bytes, SHA-256, first 64 KiB and text encoding.

    The encoding is the one its first mark says, else UTF-8 when the whole is strictly so, else Windows-1252 (which
    contains what French accounting programs write as Latin-1) or, when only its accents make words, CP850 (old DOS
    programs). Guessing by statistics misreads short French files.
    `mele`: text of UTF-8 and another at once, `douteux`: of Windows-1252 and CP850, which no reading would give right.
    """

    def __init__(self, source: Path | bytes, nom: str | None = None) -> None:
        """Read the file once from end to end. Raises ErreurSaisie (`fichier_inaccessible`)."""
        self._source = source
        self.nom = nom if nom is not None else (source.name if isinstance(source, Path) else "fichier")
        if isinstance(source, Path) and source.exists() and not source.is_file():
            raise _inaccessible(self.nom, phrase("ce n'est pas un fichier"))
        condense = hashlib.sha256()
        decodeur = codecs.getincrementaldecoder("utf-8")()
        utf8 = True
        dos = windows = False
        self.taille = 0
        self.debut = b""
        with self.open() as flux:
            while bloc := flux.read(_BLOC):
                if not self.taille:
                    self.debut = bloc[:TAILLE_DEBUT]
                self.taille += len(bloc)
                condense.update(bloc)
                if self.debut.startswith(_BINAIRES):
                    continue
                utf8 = utf8 and _is_utf8(decodeur, bloc)
                if not utf8:
                    dos = dos or _ACCENTS_DOS.search(bloc) is not None
                    windows = windows or _ACCENTS_WINDOWS.search(bloc) is not None
        utf8 = utf8 and _is_utf8(decodeur, b"", fin=True)
        self.sha256 = condense.hexdigest()
        bom = next((nom for marque, nom in _BOMS if self.debut.startswith(marque)), None)
        ancien = "cp850" if dos and not windows else "cp1252"
        self.encodage = bom or ("utf-8" if utf8 else ancien)
        self.douteux = self.encodage == "cp1252" and dos
        self.mele = self.encodage == "cp1252" and len(_ACCENTS_UTF8.findall(self.debut)) > 1

    def open(self) -> BinaryIO:
        """Open the bytes from their beginning. Raises ErreurSaisie (`fichier_inaccessible`)."""
        if isinstance(self._source, bytes):
            return io.BytesIO(self._source)
        try:
            return self._source.open("rb")
        except FileNotFoundError:
            raise _inaccessible(self.nom, phrase("il n'existe pas")) from None
        except OSError as erreur:
            raise _inaccessible(self.nom, erreur.strerror or phrase("erreur de lecture")) from erreur

    def open_texte(self, newline: str | None = "") -> io.TextIOWrapper:
        """Open as text in the encoding found; an impossible byte becomes the replacement character.

        Ends of lines are kept as they are, unless `newline` is None, which makes them all line feeds.
        """
        return io.TextIOWrapper(self.open(), encoding=self.encodage, errors="replace", newline=newline)

    def decode_debut(self) -> str:
        """Give the first 64 KiB as text (a character cut at the end is dropped)."""
        texte = codecs.getincrementaldecoder(self.encodage)("replace").decode(self.debut)
        return texte.removeprefix("\ufeff")

    def find_ligne_illisible(self) -> int:
        """Give the first line that is not UTF-8, from 1; 0 when all are."""
        with self.open() as flux:
            for numero, ligne in enumerate(flux, start=1):
                if not _is_utf8(codecs.getincrementaldecoder("utf-8")(), ligne, fin=True):
                    return numero
        return 0

    def read(self, maximum: int) -> bytes:
        """Give the whole, or raise ErreurSaisie (`fichier_trop_gros`) beyond `maximum` bytes."""
        if self.taille > maximum:
            raise ErreurSaisie(
                "fichier_trop_gros",
                phrase(
                    "Le fichier « {nom} » pèse {taille} Mo : ce format n'est lu que jusqu'à {maximum} Mo. Découpez-le "
                    "ou exportez une période plus courte.",
                    nom=self.nom,
                    taille=self.taille // 1_000_000,
                    maximum=maximum // 1_000_000,
                ),
            )
        with self.open() as flux:
            return flux.read()


def _is_utf8(decodeur: codecs.IncrementalDecoder, bloc: bytes, *, fin: bool = False) -> bool:
    try:
        decodeur.decode(bloc, fin)
    except UnicodeDecodeError:
        return False
    return True


def _inaccessible(nom: str, raison: str) -> ErreurSaisie:
    return ErreurSaisie(
        "fichier_inaccessible",
        phrase("Le fichier « {nom} » ne peut pas être ouvert : {raison}.", nom=nom, raison=raison),
        "fichier",
    )

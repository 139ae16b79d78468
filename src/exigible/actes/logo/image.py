"""Read a logo: PNG or JPEG, told by its first bytes and never by its name, its size found in its header."""

from __future__ import annotations

import struct
from datetime import date
from decimal import ROUND_DOWN, Decimal

import msgspec

from exigible.actes.typst.compilation import compile_pdf
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import phrase

PAQUET = "exigible.actes.logo"

OCTETS_MAX = 1_000_000
COTE_MAX = 4000
"""Pixels: beyond, a small file could ask for gigabytes once opened."""

HAUTEUR_MAX = Decimal(18)
LARGEUR_MAX = Decimal(50)
"""Millimetres in the letterhead."""

_DIXIEME = Decimal("0.1")
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Start of frame: the segment that holds the size. C4, C8 and CC of the same range are tables, not frames.
_CADRES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ILLISIBLE = phrase("Cette image n'est pas lisible : enregistrez-la de nouveau en PNG ou en JPEG, puis choisissez-la.")


class Logo(msgspec.Struct, frozen=True):
    """A logo ready to print: its bytes, `png` or `jpg`, and its size in millimetres, as texts."""

    octets: tuple[int, ...]
    format: str
    largeur: str
    hauteur: str


def read_logo(contenu: bytes, largeur_max: Decimal = LARGEUR_MAX, hauteur_max: Decimal = HAUTEUR_MAX) -> Logo:
    """The image, as large as its place allows (millimetres; by default, the letterhead).

    Raises ErreurSaisie (`logo_*`) on what is not a usable image.
    """
    if len(contenu) > OCTETS_MAX:
        raise ErreurSaisie(
            "logo_trop_lourd", phrase("Cette image dépasse 1 Mo : réduisez-la, puis choisissez-la."), "logo"
        )
    if contenu.startswith(_PNG):
        nature, cotes = "png", _measure_png(contenu)
    elif contenu.startswith(_JPEG):
        nature, cotes = "jpg", _measure_jpeg(contenu)
    else:
        raise ErreurSaisie("logo_inconnu", phrase("Ce fichier n'est ni une image PNG ni une image JPEG."), "logo")
    if cotes is None or not all(cotes):
        raise ErreurSaisie("logo_illisible", _ILLISIBLE, "logo")
    if max(cotes) > COTE_MAX:
        largeur, hauteur = cotes
        raise ErreurSaisie(
            "logo_trop_grand",
            phrase(
                "Cette image mesure {largeur} × {hauteur} points : réduisez-la à {maximum} points de côté au plus.",
                largeur=largeur,
                hauteur=hauteur,
                maximum=COTE_MAX,
            ),
            "logo",
        )
    echelle = min(largeur_max / cotes[0], hauteur_max / cotes[1])
    largeur_mm, hauteur_mm = (_measure_mm(cote, echelle) for cote in cotes)
    return Logo(tuple(contenu), nature, str(largeur_mm), str(hauteur_mm))


def check_logo(contenu: bytes) -> str:
    """Make sure that a logo can be printed, by printing it; return its format, `png` or `jpg`.

    Raises ErreurSaisie (`logo_*`).
    """
    logo = read_logo(contenu)
    try:
        compile_pdf(PAQUET, logo, date(2000, 1, 1))  # the day is written in a file that nobody keeps
    except ErreurExigible as erreur:
        raise ErreurSaisie("logo_illisible", _ILLISIBLE, "logo") from erreur
    return logo.format


def _measure_png(contenu: bytes) -> tuple[int, int] | None:
    """Width and height, in the first block."""
    bloc = contenu[len(_PNG) : len(_PNG) + 16]
    if len(bloc) < 16 or bloc[4:8] != b"IHDR":  # noqa: PLR2004 - length, name, width, height: four bytes each
        return None
    largeur, hauteur = struct.unpack(">II", bloc[8:])
    return largeur, hauteur


def _measure_jpeg(contenu: bytes) -> tuple[int, int] | None:
    """Width and height, in the segment that opens the frame; segments before it are skipped."""
    place = 2
    while place + 9 <= len(contenu) and contenu[place] == 0xFF:  # noqa: PLR2004 - each segment opens so
        sorte = contenu[place + 1]
        if sorte == 0xFF:  # noqa: PLR2004 - padding between segments
            place += 1
            continue
        (longueur,) = struct.unpack_from(">H", contenu, place + 2)
        if sorte in _CADRES:
            hauteur, largeur = struct.unpack_from(">HH", contenu, place + 5)
            return largeur, hauteur
        place += 2 + longueur
    return None


def _measure_mm(cote: int, echelle: Decimal) -> Decimal:
    """A side once printed: never nothing, however thin the image."""
    return max(_DIXIEME, (cote * echelle).quantize(_DIXIEME, rounding=ROUND_DOWN))

"""What is done to a real file before it is read: gestures on its bytes, on the members of an archive, on a PDF's own.

A gesture is a name, two places (from 0 to 1, along the file) and a number; the same gestures give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pikepdf

_BLOC_MAX = 4_096
_LONGUE = 200_000
_POIDS_MAX = 4_000_000
ENCODAGES = ("utf-8-sig", "utf-16", "utf-16-be", "cp1252", "cp850", "utf-7", "utf-32")
INSERTIONS = (
    *(
        b"\x00",
        b"\x00" * 64,
        b"\r",
        b"\n",
        b"\t",
        b";",
        b"|",
        b'"',
        b"'",
        b"<",
        b"&",
        b"-",
        b":",
        b"{",
        b"\x1a",
        b"\xff",
    ),
    *(b"9" * 400, b"-1", b"1e999", b"NaN", b"0,001", b"99999999", b"20260230", b"]]>", b"<!--", b"<![CDATA["),
    *(b"&#0;", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xd9\xa3", b"<!DOCTYPE a>", b"\x1b[31m", b"=1+1", b"%s{0}{nom}"),
    *(b"\n:61:", b"\n:86:", b"\n-}{1:", b"\n04", b"\n05", b"\n07", b"</STMTTRN>", b"<STMTTRN>", b"endstream", b"obj"),
    *(b"/Filter /FlateDecode", b"/EmbeddedFile", b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"z" * _LONGUE),
)


class Geste(NamedTuple):
    """One change: its name, where, up to or from where, and a number that each gesture reads in its own way."""

    nom: str
    place: float
    ailleurs: float
    nombre: int


def _flip(octets: bytearray, debut: int, _fin: int, nombre: int) -> None:
    octets[debut] ^= 1 << nombre % 8


def _overwrite(octets: bytearray, debut: int, _fin: int, nombre: int) -> None:
    octets[debut] = nombre % 256


def _cut(octets: bytearray, debut: int, _fin: int, _nombre: int) -> None:
    del octets[debut:]


def _behead(octets: bytearray, debut: int, _fin: int, _nombre: int) -> None:
    del octets[:debut]


def _remove(octets: bytearray, debut: int, _fin: int, nombre: int) -> None:
    del octets[debut : debut + nombre % _BLOC_MAX]


def _repeat(octets: bytearray, debut: int, fin: int, nombre: int) -> None:
    bloc = bytes(octets[debut : debut + nombre % _BLOC_MAX])
    octets[fin:fin] = bloc * (1 + nombre % 50)


def _move(octets: bytearray, debut: int, fin: int, nombre: int) -> None:
    bloc = bytes(octets[debut : debut + nombre % _BLOC_MAX])
    del octets[debut : debut + len(bloc)]
    octets[fin:fin] = bloc


def _insert(octets: bytearray, debut: int, _fin: int, nombre: int) -> None:
    octets[debut:debut] = INSERTIONS[nombre % len(INSERTIONS)]


def _replace_nombre(octets: bytearray, debut: int, _fin: int, nombre: int) -> None:
    """Put something absurd in place of the digits that follow."""
    while debut < len(octets) and not 0x30 <= octets[debut] <= 0x39:
        debut += 1
    fin = debut
    while fin < len(octets) and 0x30 <= octets[fin] <= 0x39:
        fin += 1
    octets[debut:fin] = INSERTIONS[nombre % len(INSERTIONS)]


def _swap_lignes(octets: bytearray, debut: int, fin: int, _nombre: int) -> None:
    lignes = octets.split(b"\n")
    un, deux = debut * len(lignes) // (len(octets) + 1), fin * len(lignes) // (len(octets) + 1)
    lignes[un], lignes[deux] = lignes[deux], lignes[un]
    octets[:] = b"\n".join(lignes)


def _reencode(octets: bytearray, _debut: int, _fin: int, nombre: int) -> None:
    octets[:] = octets.decode("utf-8", "replace").encode(ENCODAGES[nombre % len(ENCODAGES)], "replace")


def _end_lignes(octets: bytearray, _debut: int, _fin: int, nombre: int) -> None:
    octets[:] = octets.replace(b"\r\n", b"\n").replace(b"\n", (b"", b"\r", b"\r\n", b"\n\n", b"\x85")[nombre % 5])


GESTES: dict[str, Callable[[bytearray, int, int, int], None]] = {
    "basculer": _flip,
    "ecraser": _overwrite,
    "couper": _cut,
    "decapiter": _behead,
    "retirer": _remove,
    "repeter": _repeat,
    "deplacer": _move,
    "inserer": _insert,
    "nombre": _replace_nombre,
    "echanger": _swap_lignes,
    "reencoder": _reencode,
    "lignes": _end_lignes,
}


def mutate(donnees: bytes, gestes: Iterable[Geste]) -> bytes:
    """Apply the gestures to the bytes, one after the other."""
    octets = bytearray(donnees)
    for geste in gestes:
        if octets:
            debut, fin = int(geste.place * len(octets)), int(geste.ailleurs * len(octets))
            GESTES[geste.nom](octets, debut, fin, geste.nombre)
            del octets[_POIDS_MAX:]
    return bytes(octets)


def strike(donnees: bytes, coups: Iterable[tuple[str, float, bytes]]) -> bytes:
    """Cut, overwrite, repeat, take out or insert, here and there, with bytes that mean something to a format."""
    octets = bytearray(donnees)
    for nom, place, neufs in coups:
        debut = int(place * len(octets)) if octets else 0
        if nom == "couper":
            del octets[debut:]
        elif nom == "ecraser":
            octets[debut : debut + len(neufs)] = neufs
        elif nom == "repeter":
            octets[debut:debut] = octets[debut : debut + 300]
        elif nom == "oter":
            del octets[debut : debut + 40]
        else:
            octets[debut:debut] = neufs
    return bytes(octets)


def mutate_dedans(donnees: bytes, gestes: list[Geste]) -> bytes:
    """Apply the gestures to what an archive, a workbook or a PDF holds, and close it well; else to the bytes."""
    if donnees.startswith(b"PK\x03\x04"):
        return _mutate_archive(donnees, gestes)
    if donnees.startswith(b"%PDF-"):
        return _mutate_pdf(donnees, gestes)
    return mutate(donnees, gestes)


def _mutate_archive(donnees: bytes, gestes: list[Geste]) -> bytes:
    """Change one member, or give it the content of another one."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(donnees)) as source, zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as cible:
        noms = source.namelist()
        vise, autre = (noms[int(place * len(noms))] for place in (gestes[0].place, gestes[0].ailleurs))
        for nom in noms:
            contenu = source.read(autre if nom == vise and gestes[0].nombre % 4 == 0 else nom)
            cible.writestr(nom, mutate(contenu, gestes[1:]) if nom == vise else contenu)
    return sortie.getvalue()


def _mutate_pdf(donnees: bytes, gestes: list[Geste]) -> bytes:
    """Change one of the streams of a PDF (its attached invoice is the likeliest), or swap two of its objects."""
    with pikepdf.open(io.BytesIO(donnees)) as pdf:
        objets = [objet for objet in pdf.objects if isinstance(objet, pikepdf.Stream)]
        attaches = [objet for objet in objets if objet.get("/Type") == "/EmbeddedFile"]
        vises = attaches or objets
        vise = vises[int(gestes[0].place * len(vises))]
        if gestes[0].nombre % 4 == 0:
            autre = pdf.objects[int(gestes[0].ailleurs * len(pdf.objects))]
            if isinstance(autre, pikepdf.Dictionary):
                autre[f"/{('Kids', 'EF', 'AF', 'Names', 'Filter')[gestes[0].nombre % 5]}"] = vise
        else:
            vise.write(zlib.compress(mutate(vise.read_bytes(), gestes[1:])), filter=pikepdf.Name.FlateDecode)
        sortie = io.BytesIO()
        pdf.save(sortie)
    return sortie.getvalue()

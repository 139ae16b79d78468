"""Draw each page of each act of the catalogue, on its first test case, for the documentation: `docs/actes/`.

Needs `pdftoppm` (Debian: poppler-utils); without it the pictures stay as they are. Sixteen greys are enough to see how
a page is laid out, and a picture weighs some ten kilobytes.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from importlib import import_module
from pathlib import Path
from typing import Any

from exigible.actes.modele import Modele, load_catalogue
from exigible.actes.rendu import render_pdf
from exigible.droit.erreurs import ErreurExigible

RACINE = Path(__file__).parents[1]
SORTIE = RACINE / "docs" / "actes"
POINTS_PAR_POUCE = "60"
NOMS = {
    "amiable": "Phase amiable",
    "judiciaire": "Devant le juge",
    "execution": "Exécution",
    "insolvabilite": "Insolvabilité",
    "comptes": "Comptes",
}


def main() -> int:
    """Write the pictures and the page that lists them. Return the status of the command."""
    outil = shutil.which("pdftoppm")
    if outil is None:
        print("pdftoppm est absent : les images des documents ne sont pas refaites.", file=sys.stderr)
        return 0
    sys.path[:0] = [str(RACINE), str(RACINE / "tests" / "actes" / "aides")]
    cas = import_module("tests.actes.catalogue.conftest")

    essais: dict[str, Any] = {}
    for essai in cas.list_essais():
        if not essai.cas.erreur and not essai.cas.incomplet:
            essais.setdefault(essai.acte, essai)
    SORTIE.mkdir(parents=True, exist_ok=True)
    for ancienne in SORTIE.glob("*.png"):
        ancienne.unlink()
    faites: list[tuple[Modele, list[str]]] = []
    refuses = 0
    for nom, modele in load_catalogue().items():
        if nom not in essais:
            continue
        try:
            pdf = render_pdf(cas.prepare(essais[nom]))
        except ErreurExigible as refus:
            print(f"{nom} : {refus}", file=sys.stderr)
            refuses += 1
        else:
            faites.append((modele, draw_pages(outil, nom, pdf)))
    (SORTIE / "index.md").write_text(write_index(faites), encoding="utf-8")
    print(f"{len(faites)} documents, {sum(len(pages) for _, pages in faites)} pages dessinées dans {SORTIE}.")
    return 1 if refuses else 0


def draw_pages(outil: str, nom: str, pdf: bytes) -> list[str]:
    """Draw the pages of a document; return the names of the pictures."""
    noms = []
    with tempfile.TemporaryDirectory() as dossier:
        fichier = Path(dossier, "acte.pdf")
        fichier.write_bytes(pdf)
        commande = [outil, "-gray", "-r", POINTS_PAR_POUCE, str(fichier), str(Path(dossier, "page"))]
        subprocess.run(commande, check=True)
        for rang, image in enumerate(sorted(Path(dossier).glob("page*.pgm")), start=1):
            noms.append(f"{nom}-{rang}.png")
            (SORTIE / noms[-1]).write_bytes(shrink(image.read_bytes()))
    return noms


def shrink(pgm: bytes) -> bytes:
    """A binary PGM picture as a PNG of sixteen greys."""
    _, taille, _, points = pgm.split(b"\n", 3)
    largeur, hauteur = map(int, taille.split())
    impair = largeur % 2
    lignes = bytearray()
    for rang in range(hauteur):
        ligne = points[rang * largeur : (rang + 1) * largeur] + b"\xff" * impair
        lignes.append(0)
        lignes += bytes((gauche & 0xF0) | (droite >> 4) for gauche, droite in zip(ligne[::2], ligne[1::2], strict=True))
    entete = struct.pack(">IIBBBBB", largeur, hauteur, 4, 0, 0, 0, 0)
    morceaux = ((b"IHDR", entete), (b"IDAT", zlib.compress(bytes(lignes), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_write_morceau(nom, contenu) for nom, contenu in morceaux)


def _write_morceau(nom: bytes, contenu: bytes) -> bytes:
    return struct.pack(">I", len(contenu)) + nom + contenu + struct.pack(">I", zlib.crc32(nom + contenu))


def write_index(faites: list[tuple[Modele, list[str]]]) -> str:
    """The page that lists the acts by family, with their pages."""
    lignes = [
        "# Les documents, page par page",
        "",
        "Chaque document du catalogue, écrit sur un dossier d'essai (parties fictives). `make docs` refait ces images.",
    ]
    famille = ""
    for modele, pages in faites:
        if modele.famille.value != famille:
            famille = modele.famille.value
            lignes += ["", f"## {NOMS[famille]}"]
        lignes += ["", f"### {modele.titre}", "", modele.usage, ""]
        lignes += [f"![{modele.titre}, page {n}]({nom})" for n, nom in enumerate(pages, start=1)]
    return "\n".join(lignes) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())

"""Bind PDF files into one to be printed: pages only, what several files hold alike kept once, memory bounded.

What is bound is for a printer. Evidence is each letter on its own, with its tags and its archival marks.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import pikepdf

_OUVERTS_MAX = 64
"""Files open at the same time: more are first bound by as many."""
_A_PARTAGER = ("/FontFile3", "/ToUnicode", "/CIDSet")


def bind_pdfs(pdfs: Sequence[bytes], *, recto_verso: bool = False) -> tuple[bytes, tuple[int, ...]]:
    """Bind documents in their order; return them with the number of pages of each, blank pages left out.

    `recto_verso`: each begins on the front of a sheet. Same documents, same bytes.
    """
    pages: list[int] = []
    with pikepdf.new() as relie:
        connus: dict[bytes, pikepdf.Object] = {}
        for pdf in pdfs:
            with pikepdf.open(io.BytesIO(pdf)) as document:
                pages.append(len(document.pages))
                _add_pages(relie, document, connus)
            if recto_verso and len(relie.pages) % 2:
                _add_blanche(relie)
        sortie = io.BytesIO()
        _save(relie, sortie)
    return sortie.getvalue(), tuple(pages)


def bind_fichiers(fichiers: Sequence[Path], sortie: Path) -> None:
    """Bind files already bound, in their order, into `sortie`; they are left as they are."""
    for intermediaire in _bind_par_tas(list(fichiers), sortie):
        intermediaire.unlink()


def _bind_par_tas(fichiers: list[Path], sortie: Path) -> Iterator[Path]:
    """Bind by heaps until few files are left; yield the intermediate ones once they are of no use."""
    temporaires: list[Path] = []
    tour = 0
    while len(fichiers) > _OUVERTS_MAX:
        tas = [fichiers[debut : debut + _OUVERTS_MAX] for debut in range(0, len(fichiers), _OUVERTS_MAX)]
        fichiers = []
        for rang, groupe in enumerate(tas):
            chemin = sortie.with_name(f"{sortie.name}.{tour}-{rang}")
            _bind_groupe(groupe, chemin)
            fichiers.append(chemin)
        temporaires += fichiers
        tour += 1
    _bind_groupe(fichiers, sortie)
    yield from temporaires


def _bind_groupe(fichiers: Sequence[Path], sortie: Path) -> None:
    """Each file becomes a branch of the tree of pages: one by one they take a time that grows as their square."""
    with pikepdf.new() as relie:
        branches = []
        for fichier in fichiers:
            with pikepdf.open(fichier) as document:
                branches.append(_copy_branche(relie, document))
        relie.Root.Pages.Kids = pikepdf.Array(branches)
        relie.Root.Pages.Count = sum(int(branche.Count) for branche in branches)
        with sortie.open("wb") as flux:
            _save(relie, flux)


def _copy_branche(relie: pikepdf.Pdf, document: pikepdf.Pdf) -> pikepdf.Object:
    """The pages of a file, copied together as plain dictionaries (a page is only added alone), then named pages."""
    feuilles = [page.obj for page in document.pages]
    for feuille in feuilles:
        del feuille["/Type"], feuille["/Parent"]
    copies = relie.copy_foreign(document.make_indirect(pikepdf.Array(feuilles)))
    branche = relie.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Pages, Parent=relie.Root.Pages, Count=len(feuilles), Kids=copies)
    )
    for copie in copies:
        copie.Type, copie.Parent = pikepdf.Name.Page, branche
    return branche


def _add_pages(relie: pikepdf.Pdf, document: pikepdf.Pdf, connus: dict[bytes, pikepdf.Object]) -> None:
    """Add the pages of a document, without its structure; fonts of the same bytes are one."""
    debut = len(relie.pages)
    for page in document.pages:
        if "/StructParents" in page:
            del page["/StructParents"]
    relie.pages.extend(document.pages)
    for numero in range(debut, len(relie.pages)):
        ressources = relie.pages[numero].resources
        for police in ressources.get("/Font", pikepdf.Dictionary()).values():
            descripteurs = [d.get("/FontDescriptor") for d in police.get("/DescendantFonts", ())]
            for porteur in (police, *(d for d in descripteurs if d is not None)):
                for cle in _A_PARTAGER:
                    _share(relie, porteur, cle, porteur.get(cle), connus)
        couleurs = ressources.get("/ColorSpace", pikepdf.Dictionary())
        for nom, espace in couleurs.items():
            _share(relie, couleurs, nom, espace[-1] if isinstance(espace, pikepdf.Array) else None, connus)


def _share(
    relie: pikepdf.Pdf,
    porteur: pikepdf.Object,
    cle: str,
    flux: pikepdf.Object | None,
    connus: dict[bytes, pikepdf.Object],
) -> None:
    """Put under `cle` what another document already brought, when its stream has the same bytes."""
    if isinstance(flux, pikepdf.Stream):
        empreinte = cle.encode() + hashlib.sha256(flux.read_raw_bytes()).digest()
        porteur[cle] = connus.setdefault(empreinte, relie.make_indirect(porteur[cle]))


def _add_blanche(relie: pikepdf.Pdf) -> None:
    gauche, bas, droite, haut = (Decimal(str(cote)) for cote in relie.pages[-1].mediabox.as_list())
    relie.add_blank_page(page_size=(droite - gauche, haut - bas))


def _save(relie: pikepdf.Pdf, sortie: BinaryIO) -> None:
    relie.save(sortie, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)

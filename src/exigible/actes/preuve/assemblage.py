"""All the parts in one PDF: bookmarks, one numbering from the first page to the last, each exhibit stamped.

Our own pages are copied as they are (nothing stands in their top 14 mm); the pages of exhibits are drawn, smaller if
they must, under the stamp, which hides nothing of them. Files are read while the bundle is written: memory holds none.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from exigible.actes.preuve.feuilles import Tampon, render_tampons
from exigible.actes.preuve.pages import is_paysage

_MM = 72 / 25.4
_A4 = (210 * _MM, 297 * _MM)
_MARGE, _HAUT, _BAS = 8 * _MM, 16 * _MM, 8 * _MM


@dataclass(frozen=True, slots=True)
class Volet:
    """A part of the bundle: its bookmark, its pages. `piece`: the number of the exhibit, None for what is ours."""

    titre: str
    pdf: pikepdf.Pdf
    piece: int | None = None
    groupe: str = ""

    @property
    def etiquette(self) -> str:
        """What its pages are stamped with."""
        return "" if self.piece is None else f"Pièce n° {self.piece}"


def open_pdf(octets: bytes) -> pikepdf.Pdf:
    """Open what was just typeset."""
    return pikepdf.open(io.BytesIO(octets))


def list_debuts(volets: Sequence[Volet]) -> tuple[int, ...]:
    """The page on which each part begins, from 1."""
    debuts, suivante = [], 1
    for volet in volets:
        debuts.append(suivante)
        suivante += len(volet.pdf.pages)
    return tuple(debuts)


def assemble(volets: Sequence[Volet], sortie: Path, *, titre: str, rappel: str, sujet: str) -> int:
    """Write the bundle; return how many pages it has. Same parts, same bytes.

    `rappel`: what is recalled at the top of each page. `sujet`: written in clear in the properties of the file.
    """
    liasse = pikepdf.Pdf.new()
    for volet in volets:
        for page in volet.pdf.pages:
            _add_page(liasse, page, entiere=volet.piece is None)
    total = len(liasse.pages)
    _stamp(liasse, list(_iter_tampons(volets, liasse, total)), rappel, sortie.parent)
    _add_signets(liasse, volets)
    liasse.docinfo["/Title"] = titre
    liasse.docinfo["/Subject"] = sujet
    liasse.Root.Lang = pikepdf.String("fr-FR")
    liasse.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    liasse.Root.PageMode = pikepdf.Name.UseOutlines
    # No object streams: the properties stay readable in the bytes, for a verifier that knows nothing of PDF.
    liasse.save(sortie, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return total


def _add_page(liasse: pikepdf.Pdf, page: pikepdf.Page, *, entiere: bool) -> None:
    if entiere:
        liasse.pages.append(page)
        neuve = liasse.pages[-1]
        for cle in ("/StructParents", "/Tabs"):  # the tags of the document stay in its own file
            if cle in neuve.obj:
                del neuve.obj[cle]
        return
    largeur, hauteur = _A4[::-1] if is_paysage(page) else _A4
    neuve = liasse.add_blank_page(page_size=(largeur, hauteur))
    cadre = pikepdf.Rectangle(_MARGE, _BAS, largeur - _MARGE, hauteur - _HAUT)
    _lay(liasse, neuve, page, cadre, f"/Piece{len(liasse.pages)}")


def _lay(liasse: pikepdf.Pdf, page: pikepdf.Page, dessus: pikepdf.Page, cadre: pikepdf.Rectangle, nom: str) -> None:
    """Draw a page over another, in a frame; `nom` is its own in the whole file (pikepdf would draw one at random)."""
    forme = liasse.copy_foreign(dessus.as_form_xobject())
    ressource = page.add_resource(forme, pikepdf.Name.XObject, pikepdf.Name(nom))
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n")
    page.contents_add(
        page.calc_form_xobject_placement(
            forme, ressource, cadre, invert_transformations=True, allow_shrink=True, allow_expand=False
        )
    )


def _iter_tampons(volets: Sequence[Volet], liasse: pikepdf.Pdf, total: int) -> Iterator[Tampon]:
    rang = 0
    for volet in volets:
        pages = len(volet.pdf.pages)
        for numero in range(1, pages + 1):
            rang += 1
            suite = f" ({numero}/{pages})" if volet.etiquette and pages > 1 else ""
            paysage = is_paysage(liasse.pages[rang - 1])
            yield Tampon(f"{volet.etiquette}{suite}", f"Page {rang} / {total}", paysage)


def _stamp(liasse: pikepdf.Pdf, tampons: Sequence[Tampon], rappel: str, racine: Path) -> None:
    feuilles = open_pdf(render_tampons(tampons, rappel, racine))
    for rang, (page, feuille) in enumerate(zip(liasse.pages, feuilles.pages, strict=True), start=1):
        _lay(liasse, page, feuille, pikepdf.Rectangle(page.mediabox), f"/Tampon{rang}")


def _add_signets(liasse: pikepdf.Pdf, volets: Sequence[Volet]) -> None:
    groupes: dict[str, pikepdf.OutlineItem] = {}
    with liasse.open_outline() as plan:
        for volet, debut in zip(volets, list_debuts(volets), strict=True):
            signet = pikepdf.OutlineItem(volet.titre, debut - 1)
            if not volet.groupe:
                plan.root.append(signet)
                continue
            if volet.groupe not in groupes:
                groupes[volet.groupe] = pikepdf.OutlineItem(volet.groupe, debut - 1)
                plan.root.append(groupes[volet.groupe])
            groupes[volet.groupe].children.append(signet)

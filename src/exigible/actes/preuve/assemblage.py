"""All the parts in one PDF: bookmarks, one numbering from the first page to the last, each exhibit stamped.

Our own pages are copied as they are (nothing stands in their top 14 mm); the pages of exhibits are drawn, smaller if
they must, under the stamp, which hides nothing of them. Files are read while the bundle is written: memory holds none.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf

from exigible.actes.preuve.balises import ARTEFACT, FIGURE, FIN, Balises
from exigible.actes.preuve.feuilles import Tampon, render_tampons
from exigible.actes.preuve.pages import is_paysage

_MM = 72 / 25.4
_A4 = (210 * _MM, 297 * _MM)
_OPTIONS = ("--deterministic-id", "--no-warn", "--warning-exit-0")
_MARGE, _HAUT, _BAS = 8 * _MM, 16 * _MM, 8 * _MM


@dataclass(frozen=True, slots=True)
class Volet:
    """A part of the bundle: its bookmark, its pages. `piece`: the number of the exhibit, None for what is ours.

    `mention`: what the pages of a paper of ours are stamped with, besides their rank.
    """

    titre: str
    pdf: pikepdf.Pdf
    piece: int | None = None
    groupe: str = ""
    mention: str = ""

    @property
    def etiquette(self) -> str:
        """What its pages are stamped with."""
        return self.mention if self.piece is None else f"Pièce n° {self.piece}"


@dataclass(frozen=True, slots=True)
class Jointe:
    """A file carried by the bundle itself: its bytes, as they are in the folder."""

    fichier: Path
    type_mime: str
    description: str
    lien: str
    """What it is to the bundle, as PDF names it: `Data` (what a page shows), `Supplement`."""


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


def assemble(
    volets: Sequence[Volet],
    sortie: Path,
    *,
    titre: str,
    rappel: str,
    sujet: str,
    jour: date,
    jointes: Sequence[Jointe] = (),
) -> int:
    """Write the bundle; return how many pages it has. Same parts, same bytes.

    `rappel`: what is recalled at the top of each page. `sujet`: written in clear in the properties of the file.
    `jour`: the day of the files that it carries.
    """
    with (
        tempfile.TemporaryDirectory(prefix="exigible-liasse-") as brouillon,
        _gather(volets, Path(brouillon)) as liasse,
    ):
        brutes = iter(list(liasse.pages))
        del liasse.pages[:]
        balises = Balises(liasse)
        for volet in volets:
            _add_volet(liasse, volet, brutes, balises)
        balises.write()
        total = len(liasse.pages)
        _stamp(liasse, list(_iter_tampons(volets, liasse, total)), rappel, sortie.parent)
        _add_signets(liasse, volets)
        _attach(liasse, jointes, jour)
        liasse.docinfo["/Title"] = titre
        liasse.docinfo["/Subject"] = sujet
        liasse.Root.Lang = pikepdf.String("fr-FR")
        liasse.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        liasse.Root.PageMode = pikepdf.Name.UseOutlines
        # No object streams: the properties stay readable in the bytes, for a verifier that knows nothing of PDF.
        liasse.save(sortie, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return total


def _gather(volets: Sequence[Volet], brouillon: Path) -> pikepdf.Pdf:
    """Put the pages of all the exhibits in one file on the disk, and open it.

    What goes from a file open here to another is held in memory until the end: a hundred heavy exhibits would all be.
    """
    fichiers = []
    for rang, volet in enumerate(volets):
        if volet.piece is not None:
            fichiers.append(str(brouillon / f"{rang}.pdf"))
            volet.pdf.save(fichiers[-1])
    if not fichiers:
        return pikepdf.Pdf.new()
    sortie = str(brouillon / "pieces.pdf")
    pikepdf.Job(["qpdf", "--empty", *_OPTIONS, "--pages", *fichiers, "--", sortie]).run()
    pdf = pikepdf.open(sortie, access_mode=pikepdf.AccessMode.stream)
    for cle in set(pdf.Root.keys()) - {"/Type", "/Pages"}:
        del pdf.Root[cle]
    return pdf


def _add_volet(liasse: pikepdf.Pdf, volet: Volet, brutes: Iterator[pikepdf.Page], balises: Balises) -> None:
    """Add the pages of a part; `brutes`: those of the exhibits, in turn."""
    debut, pages = len(liasse.pages), len(volet.pdf.pages)
    if volet.piece is None:
        liasse.pages.extend(volet.pdf.pages)
        if "/StructTreeRoot" in volet.pdf.Root:
            balises.add_document(volet.pdf, liasse.pages[debut:], volet.titre)
        return
    for numero in range(1, pages + 1):
        page = next(brutes)
        largeur, hauteur = _A4[::-1] if is_paysage(page) else _A4
        neuve = liasse.add_blank_page(page_size=(largeur, hauteur))
        cadre = pikepdf.Rectangle(_MARGE, _BAS, largeur - _MARGE, hauteur - _HAUT)
        _lay(neuve, page.as_form_xobject(), cadre, f"/Piece{len(liasse.pages)}", FIGURE)
        balises.add_figure(neuve, f"{volet.titre}, page {numero} sur {pages} : image du fichier remis avec la liasse.")


def _attach(liasse: pikepdf.Pdf, jointes: Sequence[Jointe], jour: date) -> None:
    """Carry files within the bundle, each said to be associated with it (ISO 32000-2, 14.13)."""
    date_pdf = f"D:{jour:%Y%m%d}000000Z"
    associes = pikepdf.Array()
    for jointe in jointes:
        fichier = pikepdf.AttachedFileSpec(
            liasse,
            jointe.fichier.read_bytes(),
            filename=jointe.fichier.name,
            description=jointe.description,
            mime_type=jointe.type_mime,
            creation_date=date_pdf,
            mod_date=date_pdf,
        )
        fichier.relationship = pikepdf.Name(f"/{jointe.lien}")
        liasse.attachments[jointe.fichier.name] = fichier
        associes.append(fichier.obj)
    if jointes:
        liasse.Root.AF = associes


def _lay(page: pikepdf.Page, forme: pikepdf.Object, cadre: pikepdf.Rectangle, nom: str, balise: bytes) -> None:
    """Draw over a page, in a frame; `nom` is its own in the whole file (pikepdf would draw one at random)."""
    ressource = page.add_resource(forme, pikepdf.Name.XObject, pikepdf.Name(nom))
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n")
    dessin = page.calc_form_xobject_placement(
        forme, ressource, cadre, invert_transformations=True, allow_shrink=True, allow_expand=False
    )
    page.contents_add(balise + dessin + FIN)


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
        forme = liasse.copy_foreign(feuille.as_form_xobject())
        _lay(page, forme, pikepdf.Rectangle(page.mediabox), f"/Tampon{rang}", ARTEFACT)


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

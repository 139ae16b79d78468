"""The paper of a DOCX file: page, styles, language, footer, properties; and the raw elements that its library lacks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

import docx
from docx.document import Document as Fichier
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

Element = Any  # of lxml, which publishes no types: what the library does not name is written raw

LANGUE = "fr-FR"
LARGEUR_UTILE = Mm(168)
"""The width between the margins of an A4 sheet, those of the PDF."""

TEXTE, NOTE, TABLEAU, REFERENCE = "Normal", "Note", "Tableau", "Référence"
ENCADRE, CITATION, PROJET = "Encadré", "Citation de texte", "Projet"

# A lawyer's machine has it, or a font of the same widths: the fonts of the PDF would be replaced by any other.
_POLICE = "Arial"
_ACCENT, _GRIS, _ALERTE = RGBColor(0x1F, 0x4A, 0x6B), RGBColor(0x5D, 0x6B, 0x78), RGBColor(0x9A, 0x34, 0x12)
_ATTRIBUTS_DE_POLICE = ("ascii", "hAnsi", "cs", "eastAsia")
_THEMES = ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme")
# What stands after the borders in the properties of a paragraph: the order is that of the schema.
_APRES_BORDURES = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
_ORIGINE = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP file can say


def open_papier(titre: str, auteur: str, pied: str, jour: date) -> Fichier:
    """An empty A4 file in French, with its styles, its footer (`pied`, page x/y) and its properties."""
    fichier = docx.Document()
    _drop_restes(fichier)
    _set_proprietes(fichier, titre, auteur, jour)
    _set_page(fichier)
    _set_styles(fichier)
    _write_pied(fichier.sections[0].footer.paragraphs[0], pied)
    return fichier


def save_papier(fichier: Fichier) -> bytes:
    """The bytes of the file, without the hour of its making: same document, same bytes."""
    brut, sortie = io.BytesIO(), io.BytesIO()
    fichier.save(brut)
    with zipfile.ZipFile(brut) as lu, zipfile.ZipFile(sortie, "w") as ecrit:
        for nom in lu.namelist():
            entree = zipfile.ZipInfo(nom, _ORIGINE)
            entree.compress_type = zipfile.ZIP_DEFLATED
            entree.create_system = 0
            ecrit.writestr(entree, lu.read(nom))
    return sortie.getvalue()


def make_element(nom: str, **attributs: str) -> Element:
    """An element of the word-processing namespace: `make_element("w:fldSimple", instr="PAGE")`."""
    element = OxmlElement(nom)
    for attribut, valeur in attributs.items():
        element.set(qn(f"w:{attribut}"), valeur)
    return element


def restart_numeros(fichier: Fichier, paragraphes: Iterable[Paragraph], style: str) -> None:
    """Number these paragraphs from 1, whatever list came before."""
    numbering = fichier.part.numbering_part.element
    modele = fichier.styles[style].element.pPr.numPr.numId.val
    numero = numbering.add_num(numbering.num_having_numId(modele).abstractNumId.val)
    numero.add_lvlOverride(ilvl=0).add_startOverride(1)
    for paragraphe in paragraphes:
        proprietes: Any = paragraphe._p.get_or_add_pPr()  # noqa: SLF001 - the library has no lists, nor types for them
        lien = proprietes.get_or_add_numPr()
        lien.get_or_add_ilvl().val = 0
        lien.get_or_add_numId().val = numero.numId


def add_pointilles(paragraphe: Paragraph) -> None:
    """A line of dots to the right margin, to write upon."""
    paragraphe.paragraph_format.tab_stops.add_tab_stop(LARGEUR_UTILE, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    paragraphe.add_run("\t")


def share_largeur(poids: Sequence[int]) -> tuple[Length, ...]:
    """Cut the width of the page in proportion, to the whole unit."""
    total = sum(poids)
    return tuple(Length(LARGEUR_UTILE * part // total) for part in poids)


def set_marges(table: Table) -> None:
    """Leave a millimetre on each side of the text of a cell: a column of days must hold on one line."""
    marges = make_element("w:tblCellMar")
    for cote in ("w:left", "w:right"):
        marges.append(make_element(cote, w="57", type="dxa"))
    suite: Element = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 - no public name
    suite.addprevious(marges)


def _drop_restes(fichier: Fichier) -> None:
    """The library's model carries the picture of another page, and counts its words."""
    liens = fichier.part.package.rels
    for cle in [cle for cle, lien in liens.items() if lien.reltype.endswith(("/thumbnail", "/extended-properties"))]:
        liens.pop(cle)


def _set_proprietes(fichier: Fichier, titre: str, auteur: str, jour: date) -> None:
    proprietes = fichier.core_properties
    proprietes.title, proprietes.author, proprietes.last_modified_by = titre[:255], auteur[:255], auteur[:255]
    proprietes.language, proprietes.comments, proprietes.keywords = LANGUE, "", ""
    proprietes.created = proprietes.modified = datetime.combine(jour, time())
    proprietes.revision = 1


def _set_page(fichier: Fichier) -> None:
    page = fichier.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(22), Mm(20), Mm(16), Mm(20)
    page.footer_distance = Mm(9)
    for langue in fichier.settings.element.iter(qn("w:themeFontLang")):
        langue.set(qn("w:val"), LANGUE)


def _set_styles(fichier: Fichier) -> None:
    for langue in fichier.styles.element.iter(qn("w:lang")):
        langue.set(qn("w:val"), LANGUE)
    _set_style(_get(fichier, TEXTE), taille=Pt(10), apres=Pt(7))
    _set_style(_get(fichier, "Title"), taille=Pt(16), gras=True, couleur=_ACCENT, avant=Pt(10), apres=Pt(4))
    _get(fichier, "Title").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _frame(_get(fichier, "Title"), ())
    _set_style(_get(fichier, "Subtitle"), taille=Pt(10), couleur=_GRIS, apres=Pt(12))
    _get(fichier, "Subtitle").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_style(_get(fichier, "Heading 1"), taille=Pt(13), gras=True, couleur=_ACCENT, avant=Pt(14), apres=Pt(6))
    _set_style(_get(fichier, "Heading 2"), taille=Pt(11), gras=True, couleur=_ACCENT, avant=Pt(10), apres=Pt(4))
    for liste in ("List Bullet", "List Number"):
        _set_style(_get(fichier, liste), taille=Pt(10), apres=Pt(4))
    _set_style(_get(fichier, "Footer"), taille=Pt(8), couleur=_GRIS)
    for tabulations in _get(fichier, "Footer").element.findall(f"{qn('w:pPr')}/{qn('w:tabs')}"):
        tabulations.getparent().remove(tabulations)
    _set_style(_add(fichier, TABLEAU), taille=Pt(8), avant=Pt(2), apres=Pt(2))
    _set_style(_add(fichier, NOTE), taille=Pt(8), couleur=_GRIS, apres=Pt(3))
    _set_style(_add(fichier, REFERENCE), taille=Pt(9), apres=Pt(1))
    _set_style(_add(fichier, ENCADRE), taille=Pt(10), apres=Pt(4))
    _frame(_get(fichier, ENCADRE), ("top", "left", "bottom", "right"))
    _set_style(_add(fichier, CITATION), taille=Pt(9), apres=Pt(3))
    _get(fichier, CITATION).paragraph_format.left_indent = Mm(5)
    _frame(_get(fichier, CITATION), ("left",))
    _set_style(_add(fichier, PROJET), taille=Pt(9), gras=True, couleur=_ALERTE, apres=Pt(10))
    _frame(_get(fichier, PROJET), ("top", "left", "bottom", "right"), "9A3412")


def _get(fichier: Fichier, nom: str) -> ParagraphStyle:
    style = fichier.styles[nom]
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - only names of paragraph styles are asked
    return style


def _add(fichier: Fichier, nom: str) -> ParagraphStyle:
    style = fichier.styles.add_style(nom, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - it was asked as such
    style.base_style = fichier.styles[TEXTE]
    style.quick_style = True
    return style


def _set_style(
    style: ParagraphStyle,
    *,
    taille: Length,
    gras: bool = False,
    couleur: RGBColor | None = None,
    avant: Length | None = None,
    apres: Length | None = None,
) -> None:
    style.font.size, style.font.bold, style.font.name = taille, gras, _POLICE
    style.font.color.rgb = couleur
    style.font.italic = False
    style.paragraph_format.line_spacing = 1
    style.paragraph_format.space_before, style.paragraph_format.space_after = avant or Pt(0), apres or Pt(0)
    polices = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribut in _ATTRIBUTS_DE_POLICE:
        polices.set(qn(f"w:{attribut}"), _POLICE)
    for theme in _THEMES:
        polices.attrib.pop(qn(f"w:{theme}"), None)


def _frame(style: ParagraphStyle, cotes: Sequence[str], couleur: str = "1C2733") -> None:
    """Put borders around (`cotes`); paragraphs that follow one another share their frame. None: take them off."""
    proprietes = style.element.get_or_add_pPr()
    for ancienne in proprietes.findall(qn("w:pBdr")):
        proprietes.remove(ancienne)
    bordures = make_element("w:pBdr")
    for cote in cotes:
        bordures.append(make_element(f"w:{cote}", val="single", sz="8", space="6", color=couleur))
    if cotes:
        proprietes.insert_element_before(bordures, *_APRES_BORDURES)


def _write_pied(paragraphe: Paragraph, pied: str) -> None:
    tabulations = paragraphe.paragraph_format.tab_stops
    tabulations.add_tab_stop(LARGEUR_UTILE, WD_TAB_ALIGNMENT.RIGHT)
    paragraphe.add_run(f"{pied}\tpage\u00a0")
    _add_champ(paragraphe, "PAGE")
    paragraphe.add_run("/")
    _add_champ(paragraphe, "NUMPAGES")


def _add_champ(paragraphe: Paragraph, instruction: str) -> None:
    """A value that the word processor computes."""
    champ = make_element("w:fldSimple", instr=instruction)
    valeur = paragraphe.add_run("1")
    champ.append(valeur._r)  # noqa: SLF001 - the library has no fields
    paragraphe._p.append(champ)  # noqa: SLF001 - no public name

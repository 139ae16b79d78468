"""A document as DOCX: the same blocks as the PDF, in styles and lists that a lawyer edits with any word processor.

The QR code is left out (it is a drawing, and what it says stands beside it); the fonts are the reader's own.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from docx.document import Document as Fichier
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from exigible.actes.document import (
    Acte,
    AFaire,
    Annexe,
    ARemplir,
    Bloc,
    Citation,
    Document,
    Encadre,
    Etiquettes,
    Lettre,
    Liste,
    Note,
    Partie,
    ReglerPar,
    Saut,
    Signatures,
    Sommes,
    Tableau,
    Texte,
    Titre,
)
from exigible.actes.lettre import Entete, Etiquette
from exigible.actes.preparation import ActePrepare
from exigible.actes.sorties.docx_papier import (
    CITATION,
    ENCADRE,
    NOTE,
    PROJET,
    REFERENCE,
    TABLEAU,
    TEXTE,
    add_pointilles,
    make_element,
    open_papier,
    restart_numeros,
    save_papier,
    set_marges,
    share_largeur,
)
from exigible.actes.sorties.releve import expand_annexe
from exigible.actes.typst.texte import Fragment, Paragraphe

_COTES = {"g": WD_ALIGN_PARAGRAPH.LEFT, "d": WD_ALIGN_PARAGRAPH.RIGHT, "c": WD_ALIGN_PARAGRAPH.CENTER}
_PUCES, _NUMEROS, _GRILLE = "List Bullet", "List Number", "Table Grid"
_CASE = "☐\u00a0"
_LARGEUR_DE_MOT, _LARGEUR_MAX, _MARGES = 6, 30, 2


def render_docx(prepare: ActePrepare) -> bytes:
    """Write a document as DOCX. Same demand, same bytes."""
    document = prepare.document
    fichier = open_papier(document.titre, document.auteur, document.pied, prepare.demande.etat.au)
    styles = {str(style.name): style.style_id for style in fichier.styles}
    plume = _Plume(fichier, styles, justifie=isinstance(document.tete, Acte))
    plume.write_tete(document)
    for bloc in document.blocs:
        plume.write(bloc)
    return save_papier(fichier)


@dataclass(slots=True)
class _Plume:
    """Writes one block after the other at the end of the file. `styles`: their keys, by name."""

    fichier: Fichier
    styles: Mapping[str, str]
    justifie: bool

    # -------------------------------------------------------------------------------------------- the head

    def write_tete(self, document: Document) -> None:
        if document.entete is not None:
            self._write_entete(document.entete)
        if isinstance(document.tete, Lettre):
            self._write_tete_de_lettre(document.tete, document.projet)
            return
        self._write_projet(document.projet)
        for ligne in document.tete.juridiction:
            self._add(ligne, gras=True).paragraph_format.space_after = Pt(0)
        self._add(document.tete.intitule, "Title")
        if document.tete.sous_titre:
            self._add(document.tete.sous_titre, "Subtitle")

    def _write_entete(self, entete: Entete) -> None:
        if entete.logo is not None:
            image = self.fichier.add_paragraph().add_run()
            haut = Mm(1) * int(entete.logo.hauteur.split(".", maxsplit=1)[0])
            image.add_picture(io.BytesIO(bytes(entete.logo.octets)), height=haut)
        self._add(entete.nom, gras=True).paragraph_format.space_after = Pt(0)
        for ligne in (entete.identite, *entete.coordonnees):
            if ligne:
                self._add(ligne, NOTE).paragraph_format.space_after = Pt(0)

    def _write_tete_de_lettre(self, lettre: Lettre, projet: str) -> None:
        for ligne in lettre.destinataire:
            adresse = self._add(ligne)
            adresse.paragraph_format.left_indent, adresse.paragraph_format.space_after = Mm(83), Pt(0)
        self._write_etiquettes(lettre.etiquettes)
        self._add(lettre.lieu_date).alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._write_projet(projet)
        self._add(lettre.objet, "Heading 1")

    def _write_projet(self, projet: str) -> None:
        if projet:
            self._add(projet, PROJET)

    # -------------------------------------------------------------------------------------------- the blocks

    def write(self, bloc: Bloc) -> None:  # noqa: C901, PLR0912 - a case for each kind of block
        match bloc:
            case Texte(paragraphe):
                self._add_paragraphe(paragraphe)
            case Titre(niveau, paragraphe):
                self._add_paragraphe(paragraphe, f"Heading {niveau}")
            case Liste(numerotee, elements):
                self._write_liste(elements, numerotee=numerotee)
            case AFaire(elements):
                self._write_cases(elements)
            case Tableau():
                self._write_tableau(bloc)
            case Sommes():
                self._write_sommes(bloc)
            case Citation(reference, alineas):
                self._write_cadre([(Fragment(reference, gras=True),), *((Fragment(a),) for a in alineas)], CITATION)
            case Encadre(paragraphes):
                self._write_cadre(paragraphes, ENCADRE)
            case Note(paragraphes):
                self._write_cadre(paragraphes, NOTE)
            case Etiquettes(paires):
                self._write_etiquettes(paires)
            case Partie(role, lignes):
                self._write_partie(role, lignes)
            case ARemplir(libelle, nombre):
                self._write_a_remplir(libelle, nombre)
            case ReglerPar(paiement):
                self._add(paiement.phrase).paragraph_format.keep_with_next = True
                self._write_etiquettes(paiement.etiquettes)
            case Signatures(colonnes):
                self._write_signatures(colonnes)
            case Saut():
                self.fichier.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case Annexe():
                self._write_annexe(bloc)

    def _write_liste(self, elements: Sequence[Paragraphe], *, numerotee: bool) -> None:
        ecrits = [self._add_paragraphe(element, _NUMEROS if numerotee else _PUCES) for element in elements]
        if numerotee:
            restart_numeros(self.fichier, ecrits, _NUMEROS)

    def _write_cases(self, elements: Sequence[Paragraphe]) -> None:
        for element in elements:
            ecrit = self._add_paragraphe((Fragment(_CASE), *element))
            ecrit.paragraph_format.left_indent, ecrit.paragraph_format.first_line_indent = Mm(6), Mm(-6)

    def _write_cadre(self, paragraphes: Sequence[Paragraphe], style: str) -> None:
        """Paragraphs in one frame, which stays on one page but when it is longer than it."""
        ecrits = [self._add_paragraphe(paragraphe, style) for paragraphe in paragraphes]
        for ecrit in ecrits[:-1]:
            ecrit.paragraph_format.keep_with_next = style == ENCADRE
        ecrits[-1].paragraph_format.space_after = Pt(8)

    def _write_etiquettes(self, paires: Sequence[Etiquette]) -> None:
        for paire in paires:
            self._add_paragraphe((Fragment(f"{paire.libelle}\u00a0: "), Fragment(paire.valeur)), REFERENCE)

    def _write_partie(self, role: str, lignes: Sequence[str]) -> None:
        titre = self._add(role, gras=True)
        titre.paragraph_format.keep_with_next, titre.paragraph_format.space_after = True, Pt(0)
        corps = self._add("\n".join(lignes))
        corps.alignment = WD_ALIGN_PARAGRAPH.LEFT  # a line that ends by a break would be spread
        corps.paragraph_format.keep_together = True

    def _write_a_remplir(self, libelle: str, nombre: int) -> None:
        self._add(libelle).paragraph_format.keep_with_next = True
        for _ in range(nombre):
            add_pointilles(self.fichier.add_paragraph())

    def _write_signatures(self, colonnes: Sequence[Sequence[str]]) -> None:
        for precedent in self.fichier.paragraphs[-1:]:
            precedent.paragraph_format.keep_with_next = True
        vides: tuple[Sequence[str], ...] = ((),) if len(colonnes) == 1 else ()
        table = self._add_table((1,) * len((*vides, *colonnes)), 1)
        for cellule, lignes in zip(table.rows[0].cells, (*vides, *colonnes), strict=True):
            for rang, ligne in enumerate(lignes):
                self._fill(cellule, (Fragment(ligne, gras=rang == 0),), premiere=rang == 0)
            cellule.paragraphs[-1].paragraph_format.space_after = Mm(16)

    # -------------------------------------------------------------------------------------------- tables

    def _write_tableau(self, tableau: Tableau) -> None:
        cotes = [_COTES[lettre] for lettre in tableau.alignements]
        rangees = [*tableau.lignes, *((tableau.total,) if tableau.total else ())]
        table = self._add_table(_weigh([tableau.titres, *rangees]), 1 + len(rangees), tableau.legende)
        for rang, cellules in enumerate((tableau.titres, *rangees)):
            gras = rang == 0 or (bool(tableau.total) and rang == len(rangees))
            for cellule, texte, cote in zip(table.rows[rang].cells, cellules, cotes, strict=True):
                self._fill(cellule, (Fragment(texte, gras=gras),), cote=cote)
        _set_titres(table)
        self._end_table()

    def _write_sommes(self, sommes: Sommes) -> None:
        table = self._add_table((4, 1), len(sommes.lignes) + 1, "Sommes réclamées")
        for rang, somme in enumerate((*sommes.lignes, sommes.total)):
            gauche, droite = table.rows[rang].cells
            gras = rang == len(sommes.lignes)
            self._fill(gauche, (Fragment(somme.libelle, gras=gras),))
            if somme.detail:
                self._fill(gauche, (Fragment(somme.detail),), premiere=False, style=NOTE)
            self._fill(droite, (Fragment(somme.montant, gras=gras),), cote=WD_ALIGN_PARAGRAPH.RIGHT)
        self._end_table()

    def _write_annexe(self, annexe: Annexe) -> None:
        """On a page of its own."""
        titre, *blocs = expand_annexe(annexe)
        self.write(titre)
        self.fichier.paragraphs[-1].paragraph_format.page_break_before = True
        for bloc in blocs:
            self.write(bloc)

    def _add_table(self, poids: Sequence[int], rangees: int, legende: str = "") -> Table:
        """An empty table; `legende` says what it is to who cannot see it, and it has then a grid."""
        table: Table = self.fichier.add_table(rangees, len(poids), style=_GRILLE if legende else None)
        table.autofit = False
        set_marges(table)
        largeurs = share_largeur(poids)
        for colonne, largeur in zip(table.columns, largeurs, strict=True):
            colonne.width = largeur
        for rangee in table.rows:
            rangee._tr.get_or_add_trPr().append(make_element("w:cantSplit"))  # noqa: SLF001 - no public name
            for cellule, largeur in zip(rangee.cells, largeurs, strict=True):
                cellule.width = largeur
        if legende:
            table._tbl.tblPr.append(make_element("w:tblCaption", val=legende))  # noqa: SLF001 - no public name
        return table

    def _end_table(self) -> None:
        """Two tables that touch would be one; it also gives what follows its room."""
        self._set_style(self.fichier.add_paragraph(), TABLEAU)

    # -------------------------------------------------------------------------------------------- paragraphs

    def _add(self, texte: str, style: str = TEXTE, *, gras: bool = False) -> Paragraph:
        return self._add_paragraphe((Fragment(texte, gras),), style)

    def _add_paragraphe(self, paragraphe: Paragraphe, style: str = TEXTE) -> Paragraph:
        ecrit = self.fichier.add_paragraph()
        self._set_style(ecrit, style)
        _write_runs(ecrit, paragraphe)
        if self.justifie and style in {TEXTE, _PUCES, _NUMEROS}:
            ecrit.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        return ecrit

    def _fill(
        self,
        cellule: _Cell,
        paragraphe: Paragraphe,
        *,
        cote: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
        premiere: bool = True,
        style: str = TABLEAU,
    ) -> None:
        """Write in a cell, whose first paragraph is there already."""
        ecrit = cellule.paragraphs[0] if premiere else cellule.add_paragraph()
        self._set_style(ecrit, style)
        ecrit.alignment = cote
        _write_runs(ecrit, paragraphe)

    def _set_style(self, ecrit: Paragraph, style: str) -> None:
        """By its key: the library looks through all its styles at each name."""
        if style != TEXTE:
            ecrit._p.style = self.styles[style]  # noqa: SLF001 - no public name


def _write_runs(ecrit: Paragraph, paragraphe: Paragraphe) -> None:
    """One run as long as nothing changes: a sentence cut in ten cannot be searched, nor edited."""
    for gras, fragments in groupby(paragraphe, key=lambda fragment: fragment.gras):
        run = ecrit.add_run("".join(fragment.texte for fragment in fragments))
        if gras:
            run.bold = True


def _set_titres(table: Table) -> None:
    """The first row is said again on each page, and read as the names of the columns."""
    table.rows[0]._tr.get_or_add_trPr().append(make_element("w:tblHeader"))  # noqa: SLF001 - no public name


def _weigh(rangees: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """How much room each column wants: its longest text, within bounds."""
    colonnes = zip(*rangees, strict=True)
    return tuple(min(max(_LARGEUR_DE_MOT, *map(len, colonne)), _LARGEUR_MAX) + _MARGES for colonne in colonnes)

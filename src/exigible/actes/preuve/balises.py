"""The tags of the bundle: those of our own documents put together, and one figure for each page of an exhibit.

A page copied from a file loses what it is tagged with, which the file holds apart from it. Here the trees of several
files become one: same elements, their keys and names renumbered so that none meets another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree

ARTEFACT = b"/Artifact <</Type /Pagination>> BDC\n"
FIGURE = b"/Figure <</MCID 0>> BDC\n"
FIN = b"\nEMC\n"


class Balises:
    """The tree of a bundle whose pages are added in turn; `write` puts it in the file."""

    def __init__(self, liasse: pikepdf.Pdf) -> None:
        self._liasse = liasse
        self._document = liasse.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        self._parents: list[tuple[int, pikepdf.Object]] = []
        self._noms: list[tuple[str, pikepdf.Object]] = []
        self._roles = Dictionary()
        self._suivante = 0
        self._documents = 0

    def add_document(self, source: pikepdf.Pdf, pages: Sequence[pikepdf.Page], titre: str) -> None:
        """Take over the tree of a file whose pages were all just copied: they are `pages`."""
        arbre = self._liasse.copy_foreign(source.Root.StructTreeRoot)
        self._documents += 1
        for element in _list(arbre.K):
            element.P = self._document
            element.S = Name.Part
            element.T = titre
            self._document.K.append(element)
        for role, connu in arbre.get("/RoleMap", Dictionary()).items():
            self._roles[role] = connu
        self._rename(arbre)
        decalage = self._suivante
        for cle, parent in NumberTree(arbre.ParentTree).items():
            self._parents.append((cle + decalage, parent))
            self._suivante = max(self._suivante, cle + decalage + 1)
        for page in pages:
            _shift(page.obj, Name.StructParents, decalage)
            for annotation in page.obj.get("/Annots", ()):
                _shift(annotation, Name.StructParent, decalage)

    def _rename(self, arbre: pikepdf.Object) -> None:
        """Two files call cells of their tables alike: the rank of the file goes before their names."""
        vus: set[tuple[int, int]] = set()
        for element in _iter_elements(arbre):
            if "/ID" in element:
                element.ID = pikepdf.String(f"{self._documents}-{element.ID}")
                self._noms.append((str(element.ID), element))
            for attributs in _list(element.get("/A", Array())):
                if isinstance(attributs, Dictionary) and "/Headers" in attributs:
                    if attributs.is_indirect and attributs.objgen in vus:
                        continue
                    vus.add(attributs.objgen)
                    noms = [pikepdf.String(f"{self._documents}-{nom}") for nom in attributs.Headers]
                    attributs.Headers = Array(noms)

    def add_figure(self, page: pikepdf.Page, description: str) -> None:
        """Tag a page drawn whole, between FIGURE and FIN, as an image that `description` stands for."""
        boite = [Decimal(str(cote)) for cote in page.mediabox.as_list()]
        figure = self._liasse.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Figure,
                P=self._document,
                Pg=page.obj,
                K=0,
                Alt=description,
                A=Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(boite)),
            )
        )
        self._document.K.append(figure)
        page.obj.StructParents = self._suivante
        page.obj.Tabs = Name.S
        self._parents.append((self._suivante, self._liasse.make_indirect(Array([figure]))))
        self._suivante += 1

    def write(self) -> None:
        """Put the tree in the file."""
        racine = self._liasse.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([self._document])))
        self._document.P = racine
        racine.ParentTree = Dictionary(Nums=Array([x for couple in self._parents for x in couple]))
        racine.ParentTreeNextKey = self._suivante
        racine.RoleMap = self._roles
        if self._noms:
            ranges = sorted(self._noms, key=lambda couple: couple[0].encode())
            racine.IDTree = Dictionary(
                Names=Array([x for nom, element in ranges for x in (pikepdf.String(nom), element)])
            )
        self._liasse.Root.StructTreeRoot = racine
        self._liasse.Root.MarkInfo = Dictionary(Marked=True)


def _list(objet: pikepdf.Object) -> list[pikepdf.Object]:
    """What may be one or several, as several."""
    return list(objet) if isinstance(objet, Array) else [objet]


def _iter_elements(arbre: pikepdf.Object) -> Iterator[pikepdf.Object]:
    a_voir = _list(arbre.K)
    while a_voir:
        element = a_voir.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            a_voir += _list(element.get("/K", Array()))


def _shift(objet: pikepdf.Object, cle: Name, decalage: int) -> None:
    if cle in objet:
        objet[cle] = int(objet[cle]) + decalage

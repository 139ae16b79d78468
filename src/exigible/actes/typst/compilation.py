"""From plain data to PDF bytes, with the Typst engine and our own templates only.

The engine sees a directory where the data stand alone, no system font and no package: nothing but what is given here.
Data are JSON, so that no text of a user is ever read as markup. Same data, same day: same bytes. They travel as a file:
as an input of the engine they would be part of its library, and nothing set for a letter would serve for the next.
"""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources
from pathlib import Path
from typing import cast

import msgspec
import typst

from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import encode_phrase, phrase

# Archival (attachments allowed) and accessible: the engine refuses to write what would break either.
NORMES: list[typst.PDFStandard] = ["a-3b", "ua-1"]

_IMAGE = re.compile(r"\bimage\b", re.IGNORECASE)
_ILLISIBLE = re.compile(r'the text `"(?P<texte>.+?)"` could not be displayed')


@cache
def load_polices() -> typst.Fonts:
    """Open the fonts that travel with the package, once."""
    dossier = Path(__file__).parent / "polices"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(dossier)])


@cache
def load_modele(paquet: str) -> str:
    """Read the template `modele.typ` of an act's package, after the layout common to all."""
    commun = resources.files("exigible.actes.typst").joinpath("commun.typ").read_text(encoding="utf-8")
    modele = resources.files(paquet).joinpath("modele.typ").read_text(encoding="utf-8")
    return f"{commun}\n{modele}"


def compile_pdf(paquet: str, contexte: msgspec.Struct, jour: date) -> bytes:
    """Typeset `contexte` with the template of `paquet`; `jour` is the date written in the file.

    Raises ErreurExigible: `caractere_non_imprimable` when a text has a character that our fonts do not hold,
    `logo_illisible` when an image cannot be read, `composition_impossible` when the template fails.
    """
    horodatage = datetime.combine(jour, time(), tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="exigible-acte-") as racine:
        Path(racine, "donnees.json").write_bytes(msgspec.json.encode(contexte, enc_hook=encode_phrase))
        compilateur = typst.Compiler(
            load_modele(paquet).encode(),
            root=racine,
            font_paths=load_polices(),
            ignore_system_fonts=True,
            package_path=racine,
            package_cache_path=racine,
        )
        try:
            pdf = compilateur.compile(format="pdf", pdf_standards=NORMES, timestamp=horodatage)
        except typst.TypstError as erreur:
            raise _explain(erreur) from erreur
    return cast("bytes", pdf)  # one PDF is always one block of bytes


def _explain(erreur: typst.TypstError) -> ErreurExigible:
    illisible = _ILLISIBLE.search(erreur.message)
    if illisible:
        texte = illisible["texte"]
        return ErreurExigible(
            "caractere_non_imprimable",
            phrase(
                "Le document contient « {texte} », que nos polices ne savent pas imprimer : "
                "corrigez le nom, l'adresse ou le libellé où il figure.",
                texte=texte,
            ),
            texte=texte,
        )
    if _IMAGE.search(erreur.message):
        return ErreurExigible(
            "logo_illisible",
            phrase("Le logo ne peut pas être imprimé : remplacez-le ou retirez-le dans les réglages."),
        )
    return ErreurExigible(
        "composition_impossible",
        phrase(
            "Le document n'a pas pu être composé ({detail}) : c'est un défaut du modèle, signalez-le.",
            detail=erreur.message,
        ),
        detail=erreur.message,
    )

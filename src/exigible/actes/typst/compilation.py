"""From plain data to PDF bytes, with the Typst engine and our own templates only.

The engine sees our own templates and fonts, no system font and no package. Data are JSON inside a literal, so that no
text of a user is ever read as markup. Same data, same day: same bytes.

What it has set it remembers, as long as nothing above it in the document has changed. So templates are modules, whose
functions are read once, and what is proper to one document, its title or the foot of its pages, is a style of nothing.
"""

from __future__ import annotations

import re
import threading
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import cast

import msgspec
import typst

from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import encode_phrase, phrase

# Archival (attachments allowed) and accessible: the engine refuses to write what would break either.
NORMES: list[typst.PDFStandard] = ["a-3b", "ua-1"]

_RACINE = Path(__file__).parents[1]
_par_fil = threading.local()

_IMAGE = re.compile(r"\bimage\b", re.IGNORECASE)
_ILLISIBLE = re.compile(r'the text `"(?P<texte>.+?)"` could not be displayed')


@cache
def load_polices() -> typst.Fonts:
    """Open the fonts that travel with the package, once."""
    dossier = Path(__file__).parent / "polices"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(dossier)])


def compile_pdf(paquet: str, contexte: msgspec.Struct, jour: date) -> bytes:
    """Typeset `contexte` with the template `modele.typ` of `paquet`; `jour` is the date written in the file.

    Raises ErreurExigible: `caractere_non_imprimable` when a text has a character that our fonts do not hold,
    `logo_illisible` when an image cannot be read, `composition_impossible` when the template fails.
    """
    horodatage = datetime.combine(jour, time(), tzinfo=UTC)
    donnees = msgspec.json.encode(contexte, enc_hook=encode_phrase).decode()
    try:
        pdf = _get_compilateur().compile(
            write_source(paquet, donnees).encode(), format="pdf", pdf_standards=NORMES, timestamp=horodatage
        )
    except typst.TypstError as erreur:
        raise _explain(erreur) from erreur
    return cast("bytes", pdf)  # one PDF is always one block of bytes


def write_source(paquet: str, donnees: str) -> str:
    """The whole source of a document: its template, applied to the JSON text of its data.

    In a literal of the engine two characters alone mean something; with them escaped, no text of a user leaves it.
    """
    chemin = "/".join(paquet.removeprefix("exigible.actes").split("."))
    litteral = donnees.replace("\\", "\\\\").replace('"', '\\"')
    return f'#import "{chemin}/modele.typ": composer\n#composer(json(bytes("{litteral}")))'


def _get_compilateur() -> typst.Compiler:
    """One engine a thread, kept: it reads our templates once, and remembers what it has already set."""
    compilateur: typst.Compiler | None = getattr(_par_fil, "compilateur", None)
    if compilateur is None:
        compilateur = typst.Compiler(
            root=str(_RACINE),
            font_paths=load_polices(),
            ignore_system_fonts=True,
            package_path=str(_RACINE),
            package_cache_path=str(_RACINE),
        )
        _par_fil.compilateur = compilateur
    return compilateur


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

"""An exhibit as pages: a PDF as it is, an image on a page, a text as it stands, anything else a sheet that says so.

The file itself is never touched: what is printed here is a reading copy, the exhibit is the file in the folder.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import typst

from exigible.actes.preuve.feuilles import render_constat, render_image, render_texte

LIGNES_MAX = 3_000
COLONNES = 108
_QUART = 90
_FAUTES = (pikepdf.PdfError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What a damaged PDF raises, wherever it is damaged."""
_TEXTES = frozenset({".csv", ".eml", ".htm", ".html", ".json", ".log", ".md", ".tsv", ".txt", ".xml"})
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_ENTETE_PDF = 1024
_TAILLE_TEXTE = 4_000_000
_ABIME = "Ce fichier est abîmé : il ne peut pas être imprimé."
_INTERDITS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EN_TETES = (("From", "De"), ("To", "À"), ("Cc", "Copie"), ("Date", "Date"), ("Subject", "Objet"))


@dataclass(frozen=True, slots=True)
class Lue:
    """An exhibit read: its pages, how many the file itself has (None: it has none), what must be said of it."""

    pdf: pikepdf.Pdf
    pages: int | None
    remarque: str = ""


class _Illisible(Exception):
    """Why a file cannot be printed: its sentence."""


def read_pages(chemin: Path, titre: str, sha256: str, nom: str) -> Lue:
    """Make the pages of a file, which stays open while they are used. Never fails on what the file holds.

    `nom`: its path in the folder, for the sheet that stands for it when it cannot be printed.
    """
    try:
        lue = _read(chemin)
    except _Illisible as faute:
        raison = str(faute)
        paires = [("Fichier", nom), ("Empreinte SHA-256", _cut(sha256))]
        constat = render_constat(titre, f"{raison} Il est remis tel quel dans le dossier.", paires, chemin.parent)
        return Lue(_open(constat), None, raison)
    return lue


def _read(chemin: Path) -> Lue:
    with chemin.open("rb") as flux:
        debut = flux.read(_ENTETE_PDF)
    if b"%PDF-" in debut:
        return _read_pdf(chemin)
    if debut.startswith(_IMAGES) or (debut.startswith(b"RIFF") and debut[8:12] == b"WEBP"):
        return _read_image(chemin)
    if chemin.suffix.lower() in _TEXTES and b"\0" not in debut:
        return _read_texte(chemin)
    raise _Illisible("Ce type de fichier ne s'imprime pas.")


def _read_image(chemin: Path) -> Lue:
    try:
        return Lue(_open(render_image(chemin)), 1)
    except typst.TypstError:
        raise _Illisible(_ABIME) from None


def _read_pdf(chemin: Path) -> Lue:
    try:
        return _open_pages(chemin)
    except pikepdf.PasswordError:
        raise _Illisible("Ce PDF est protégé par un mot de passe : il ne peut pas être imprimé.") from None
    except _FAUTES:
        raise _Illisible(_ABIME) from None


def _open_pages(chemin: Path) -> Lue:
    # As a stream: mapped in memory, a hundred heavy files would all stay there until the bundle is written.
    pdf = pikepdf.open(chemin, suppress_warnings=True, access_mode=pikepdf.AccessMode.stream)
    nombre = len(pdf.pages)
    if not nombre:
        raise _Illisible("Ce PDF n'a aucune page.")
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")  # what was filled in, noted or stamped on it is part of what it says
    for page in pdf.pages:  # one that cannot be drawn says so here, not in the middle of the bundle
        is_paysage(page)
        page.as_form_xobject().read_bytes()
    return Lue(pdf, nombre)


def is_paysage(page: pikepdf.Page) -> bool:
    """Whether it is shown wider than high."""
    cadre = pikepdf.Rectangle(page.cropbox)
    couchee = cadre.width > cadre.height
    return couchee != bool(_find_rotation(page) // _QUART % 2)


def _find_rotation(page: pikepdf.Page) -> int:
    """Degrees; a page inherits them from the node above."""
    noeud: pikepdf.Object | None = page.obj
    for _ in range(50):
        if noeud is None:
            return 0
        if "/Rotate" in noeud:
            return int(noeud["/Rotate"])
        noeud = noeud.get("/Parent")
    return 0


def _read_texte(chemin: Path) -> Lue:
    with chemin.open("rb") as flux:
        octets = flux.read(_TAILLE_TEXTE + 1)
    entier = len(octets) <= _TAILLE_TEXTE
    texte = _write_courriel(octets) if chemin.suffix.lower() == ".eml" and entier else decode_texte(octets)
    lignes = wrap_lignes(texte, LIGNES_MAX + 1)
    remarque = ""
    if not entier or len(lignes) > LIGNES_MAX:
        remarque = f"Seul le début est imprimé ({LIGNES_MAX} lignes) : la suite est dans le fichier."
        lignes = [*lignes[:LIGNES_MAX], "", f"[{remarque}]"]
    pdf = _open(render_texte("\n".join(lignes) or "[fichier vide]", chemin.parent))
    return Lue(pdf, len(pdf.pages), remarque)


def decode_texte(octets: bytes) -> str:
    """Read bytes as a person would see them: UTF-8, else Windows."""
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", errors="replace")


def wrap_lignes(texte: str, maximum: int) -> list[str]:
    """Cut a text into lines that a page holds, up to `maximum`; nothing is dropped within them."""
    lignes: list[str] = []
    for brute in texte.splitlines():
        ligne = _INTERDITS.sub("\ufffd", brute.expandtabs(4))
        lignes += [ligne[i : i + COLONNES] for i in range(0, len(ligne), COLONNES)] or [""]
        if len(lignes) >= maximum:
            break
    return lignes[:maximum]


def _write_courriel(octets: bytes) -> str:
    """A message as it is read: who, when, what about, its text, the names of what is attached."""
    message = message_from_bytes(octets, policy=policy.default)
    lignes = [f"{nom} : {message[champ]}" for champ, nom in _EN_TETES if message[champ]]
    lignes += [f"Pièce attachée : {a.get_filename() or a.get_content_type()}" for a in message.iter_attachments()]
    return "\n".join([*lignes, "", _read_corps(message)])


def _read_corps(message: EmailMessage) -> str:
    corps = message.get_body(preferencelist=("plain", "html"))
    if corps is None:
        return "[ce message n'a pas de texte]"
    octets = corps.get_payload(decode=True)
    texte = decode_texte(octets) if isinstance(octets, bytes) else ""
    return re.sub(r"<[^>]*>", "", texte) if corps.get_content_subtype() == "html" else texte


def _open(octets: bytes) -> pikepdf.Pdf:
    """Open what was just typeset, from a file whose name goes at once: photographs are not all held in memory."""
    with tempfile.NamedTemporaryFile(prefix="exigible-piece-", suffix=".pdf") as flux:
        flux.write(octets)
        flux.flush()
        return pikepdf.open(flux.name, access_mode=pikepdf.AccessMode.stream)


def _cut(sha256: str) -> str:
    return " ".join(sha256[i : i + 8] for i in range(0, len(sha256), 8))

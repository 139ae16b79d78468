"""Write a bundle: one folder that holds all, one PDF that says all, a manifest that names every file and its hash.

Same facts, same bytes, but for the time stamp of an authority. A bundle is whole or is not.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn

from exigible.actes.decompte.rendu import render_decompte
from exigible.actes.demande import Demande, PieceVersee, build_demande
from exigible.actes.document import Acte, Document
from exigible.actes.effets import focus_effet
from exigible.actes.modele import get_modele
from exigible.actes.preparation import ActePrepare, prepare_acte
from exigible.actes.preuve.assemblage import Jointe, Volet, assemble, list_debuts, open_pdf
from exigible.actes.preuve.donnees import (
    Horodatage,
    Horodater,
    Liasse,
    Piece,
    PieceEcrite,
    Sujet,
)
from exigible.actes.preuve.extrait import ChaineEcrite, Ecriture
from exigible.actes.preuve.manifeste import build_manifeste, dump_releve
from exigible.actes.preuve.pages import Lue, read_pages
from exigible.actes.preuve.provenance import (
    NON_APPROUVE,
    add_provenance,
    write_approbation,
    write_marque,
    write_provenance,
)
from exigible.actes.preuve.redaction import (
    Couverture,
    build_couverture,
    build_extrait,
    write_lisez_moi,
    write_parties,
)
from exigible.actes.rendu import render_pdf
from exigible.actes.sorties.docx import render_docx
from exigible.actes.typst.compilation import compile_pdf
from exigible.actes.typst.texte import clean_texte
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase

Dire = Callable[[int, int], object]
"""What is told how far a bundle is: how many exhibits are read, of how many."""

BORDEREAU = "bordereau_de_pieces"
MANIFESTE, EMPREINTES, LIASSE = "manifeste.json", "empreintes.sha256", "liasse.pdf"
VERIFICATEUR, DECOMPTE = "verifier_preuves.py", "actes/decompte.json"
EXTRAIT = "journal/extrait.jsonl"
JOINTES = (
    (DECOMPTE, "application/json", "Le décompte en données, tel que ses pages le montrent", "Data"),
    (EXTRAIT, "application/jsonl", "L'extrait certifié du journal, à vérifier", "Data"),
    (MANIFESTE, "application/json", "La liste des fichiers du dossier remis, avec leur empreinte", "Supplement"),
    (VERIFICATEUR, "text/x-python", "Le programme qui vérifie ce qui précède", "Supplement"),
)
"""What the PDF carries, so that it is proved even alone: file, type, what it is, what it is to the document."""
NON_HORODATE = Horodatage("Horodatage par un tiers : non configuré.")
_PAQUET = "exigible.actes.typst"
_LONGUEUR_NOM = 60
_LONGUEUR_RAPPEL = 42


def _ignore(_fait: int, _total: int) -> None:
    """Nobody waits."""


def skip_horodatage(_manifeste: bytes) -> Horodatage:
    """No authority is configured."""
    return NON_HORODATE


def write_liasse(
    sujet: Sujet, vers: Path, *, horodater: Horodater = skip_horodatage, projet: bool = False, dire: Dire = _ignore
) -> Liasse:
    """Write the bundle in `vers`, an empty folder or one to make. `projet`: even if answers are missing.

    `dire` is told each exhibit that is read: how many are, of how many. Raises ErreurSaisie (`dossier_non_vide`,
    `pieces_absentes`, `reponses_manquantes`, `pieces_renumerotees`) and what the documents raise.
    """
    vers = vers.absolute()
    _check_vide(vers)
    if not sujet.pieces:
        refuse_sans_piece()
    with _open_atelier(vers) as travail, ExitStack() as ouverts:
        liasse = _Atelier(sujet, travail, ouverts, dire).write(horodater, projet=projet)
    return replace(liasse, dossier=vers)


def refuse_sans_piece() -> NoReturn:
    """Raise ErreurSaisie (`pieces_absentes`)."""
    raise ErreurSaisie(
        "pieces_absentes",
        phrase("Un dossier de preuve réunit des pièces : joignez-en au moins une au dossier."),
        "pieces",
    )


def check_complet(prepare: ActePrepare) -> None:
    """Refuse an act that still asks something. Raises ErreurSaisie (`reponses_manquantes`)."""
    if prepare.manquantes:
        raise ErreurSaisie(
            "reponses_manquantes",
            phrase(
                "« {titre} » n'est pas complet : il manque {libelles}.",
                titre=prepare.demande.modele.titre,
                libelles=tuple(q.libelle for q in prepare.manquantes),
            ),
            "reponses",
        )


def check_numeros(attendues: Sequence[str], jour: date, pieces: Sequence[str]) -> None:
    """Refuse exhibits whose numbers are not those of the act that was approved. Raises ErreurSaisie.

    Those that came since take the numbers that follow: they contradict nothing that was written.
    """
    for numero, attendue in enumerate(attendues, start=1):
        if numero > len(pieces) or pieces[numero - 1] != attendue:
            raise ErreurSaisie(
                "pieces_renumerotees",
                phrase(
                    "L'acte approuvé le {jour} cite une autre pièce n° {numero} : remettez les pièces dans son ordre, "
                    "ou approuvez-le de nouveau.",
                    jour=jour,
                    numero=numero,
                ),
                "pieces",
            )


def _check_vide(vers: Path) -> None:
    try:
        vide = not vers.exists() or not any(vers.iterdir())
    except OSError:
        raise _refuse(vers) from None
    if not vide:
        raise ErreurSaisie(
            "dossier_non_vide",
            phrase("Le dossier « {dossier} » n'est pas vide : choisissez-en un autre.", dossier=str(vers)),
            "vers",
        )


@contextmanager
def _open_atelier(vers: Path) -> Iterator[Path]:
    """Give a folder to work in, beside `vers`, which it becomes once it is whole; a fault leaves nothing."""
    travail = vers.with_name(f"{vers.name}.partiel")
    try:
        vers.parent.mkdir(parents=True, exist_ok=True)
        travail.mkdir(mode=0o700)
    except OSError:
        raise _refuse(vers) from None
    try:
        for nom in ("actes", "pieces", "journal"):
            (travail / nom).mkdir()
        yield travail
        if vers.exists():
            vers.rmdir()
        travail.rename(vers)
    finally:
        shutil.rmtree(travail, ignore_errors=True)


def _refuse(vers: Path) -> ErreurSaisie:
    return ErreurSaisie(
        "dossier_inaccessible",
        phrase("Le dossier « {dossier} » ne peut pas être écrit : vérifiez son nom et vos droits.", dossier=str(vers)),
        "vers",
    )


class _Atelier:
    """One bundle being written; the files that its pages come from stay open until the end."""

    def __init__(self, sujet: Sujet, vers: Path, ouverts: ExitStack, dire: Dire) -> None:
        self._sujet = sujet
        self._dire = dire
        self._vers = vers
        self._ouverts = ouverts
        self._volets: list[Volet] = []
        self._chaines: list[ChaineEcrite] = []

    def write(self, horodater: Horodater, *, projet: bool) -> Liasse:
        pieces, lues = self._write_pieces()
        prepare = self._prepare(pieces)
        raisons = () if self._sujet.approuve is not None or prepare is None else list_raisons(prepare)
        if prepare is not None and self._sujet.approuve is None and not projet:
            check_complet(prepare)
        self._write_actes(prepare, pieces)
        for piece, lue in zip(pieces, lues, strict=True):
            titre = f"Pièce n° {piece.numero} — {clean_texte(piece.intitule)}"
            self._volets.append(Volet(titre, lue.pdf, piece.numero, "Pièces"))
        demande = self._sujet.demande
        self._write_journal(demande)
        self._write_texte("lisez-moi.txt", write_lisez_moi(self._sujet))
        verifier = resources.files("exigible.actes.preuve").joinpath(VERIFICATEUR).read_bytes()
        (self._vers / VERIFICATEUR).write_bytes(verifier)
        manifeste = self._write_manifeste(raisons, pieces)
        horodatage = horodater(manifeste)
        for nom, octets in horodatage.fichiers.items():
            (self._vers / nom).write_bytes(octets)
        empreinte = hashlib.sha256(manifeste).hexdigest()
        juridiction = () if prepare is None else list_juridiction(prepare.document)
        pages = self._write_pdf(Couverture(juridiction, empreinte, horodatage.phrase, raisons))
        self._write_empreintes()
        return Liasse(
            dossier=self._vers,
            empreinte=empreinte,
            pages=pages,
            pieces=pieces,
            projet=raisons,
            provenance=write_provenance(self._sujet),
            horodatage=horodatage.phrase,
            avertissements=demande.etat.avertissements if prepare is None else prepare.avertissements,
        )

    def _write_pieces(self) -> tuple[tuple[PieceEcrite, ...], list[Lue]]:
        ecrites, lues = [], []
        for numero, piece in enumerate(self._sujet.pieces, start=1):
            fichier = f"pieces/{numero:02d}-{_slug(piece)}"
            chemin = self._vers / fichier
            piece.copier(chemin)
            sha256 = compute_sha256(chemin)
            lue = read_pages(chemin, f"Pièce n° {numero} — {clean_texte(piece.intitule)}", sha256, fichier)
            self._ouverts.callback(lue.pdf.close)
            lues.append(lue)
            self._dire(numero, len(self._sujet.pieces))
            ecrites.append(
                PieceEcrite(numero, piece.intitule, piece.jour, fichier, sha256, lue.pages, lue.remarque, piece.fait)
            )
        return tuple(ecrites), lues

    def _prepare(self, pieces: Sequence[PieceEcrite]) -> ActePrepare | None:
        """Write the act with its exhibits; one that was approved stands, even if it could not be written today."""
        approuve = self._sujet.approuve
        if approuve is not None:
            check_numeros(approuve.pieces, approuve.jour, [piece.sha256 for piece in pieces])
        try:
            return prepare_acte(replace(self._sujet.demande, pieces=_verser(pieces)))
        except ErreurExigible:
            if approuve is None:
                raise
            return None

    def _write_actes(self, prepare: ActePrepare | None, pieces: Sequence[PieceEcrite]) -> None:
        demande, approuve = self._sujet.demande, self._sujet.approuve
        nom = demande.modele.nom
        titre = f"{demande.modele.titre}{write_marque(self._sujet)}"
        if approuve is not None:
            self._add_acte(titre, f"actes/{nom}", approuve.pdf)
            docx = approuve.docx
        elif prepare is not None:
            mention = NON_APPROUVE if self._sujet.journal is not None else ""
            self._add_acte(titre, f"actes/{nom}", render_pdf(prepare), mention)
            docx = render_docx(prepare) if demande.modele.docx else None
        self._write_docx(nom, docx)
        for joint in self._sujet.joints:
            self._add_acte(f"{joint.titre}{write_approbation(joint)}", f"actes/{joint.nom}", joint.pdf)
            self._write_docx(joint.nom, joint.docx)
        if nom != BORDEREAU:
            bordereau = prepare_acte(self._build_bordereau(prepare, pieces))
            accompagne = replace(bordereau, document=add_provenance(bordereau.document, self._sujet))
            self._add_acte("Bordereau des pièces", f"actes/{BORDEREAU}", render_pdf(accompagne))
        creances = [somme.cle for somme in demande.sommes] or None
        etat = focus_effet(self._sujet.etat, creances or (), demande.reponses)
        decompte = render_decompte(etat, reference=demande.reference, creances=creances, logo=demande.logo)
        self._add_acte(f"Décompte arrêté au {format_jour(demande.etat.au)}", "actes/decompte", decompte)
        (self._vers / DECOMPTE).write_bytes(dump_releve(demande, etat, creances))

    def _write_docx(self, nom: str, docx: bytes | None) -> None:
        if docx is not None:
            (self._vers / f"actes/{nom}.docx").write_bytes(docx)

    def _build_bordereau(self, prepare: ActePrepare | None, pieces: Sequence[PieceEcrite]) -> Demande:
        complet = prepare is not None and not prepare.manquantes
        juridiction = " ".join(list_juridiction(prepare.document)) if prepare is not None and complet else ""
        demande = self._sujet.demande
        return build_demande(
            get_modele(BORDEREAU),
            self._sujet.etat,
            reference=demande.reference,
            saisies={"juridiction": juridiction} if juridiction else {},
            pieces=_verser(pieces),
            logo=demande.logo,
        )

    def _add_acte(self, titre: str, chemin: str, pdf: bytes, mention: str = "") -> None:
        (self._vers / f"{chemin}.pdf").write_bytes(pdf)
        self._volets.append(Volet(titre, self._ouverts.enter_context(open_pdf(pdf)), mention=mention))

    def _write_journal(self, demande: Demande) -> None:
        journal = self._sujet.journal
        if journal is None:
            (self._vers / "journal").rmdir()
            if self._sujet.description is not None:
                (self._vers / "dossier.json").write_bytes(self._sujet.description)
            return
        ecriture = Ecriture(journal)
        with (self._vers / EXTRAIT).open("wb") as sortie:
            sortie.writelines(ecriture.iter_octets())
        self._chaines = ecriture.chaines
        document = build_extrait(demande, ecriture.chaines, journal.sceaux, EXTRAIT)
        pdf = compile_pdf(_PAQUET, document, demande.etat.au)
        self._add_acte("Extrait certifié du journal", "journal/extrait", pdf)

    def _write_manifeste(self, projet: tuple[str, ...], pieces: Sequence[PieceEcrite]) -> bytes:
        octets = build_manifeste(self._sujet, projet, pieces, self._chaines, self._describe_fichiers(), journal=EXTRAIT)
        (self._vers / MANIFESTE).write_bytes(octets)
        return octets

    def _describe_fichiers(self) -> Iterable[dict[str, Any]]:
        for chemin in _list_fichiers(self._vers):
            nom = chemin.relative_to(self._vers).as_posix()
            yield {"chemin": nom, "taille": chemin.stat().st_size, "sha256": compute_sha256(chemin)}

    def _write_pdf(self, couverture: Couverture) -> int:
        """Set the cover twice: its own length moves the pages that it announces."""
        demande = self._sujet.demande
        longueur = 1
        while True:
            debuts = [debut + longueur for debut in list_debuts(self._volets)]
            sommaire = list(zip((v.titre for v in self._volets), debuts, strict=True))
            document = build_couverture(self._sujet, sommaire, couverture)
            pdf = self._ouverts.enter_context(open_pdf(compile_pdf(_PAQUET, document, demande.etat.au)))
            if len(pdf.pages) == longueur:
                break
            longueur = len(pdf.pages)
        return assemble(
            [Volet("Couverture et sommaire", pdf), *self._volets],
            self._vers / LIASSE,
            titre=" – ".join(filter(None, ("Dossier de preuve", demande.reference, write_parties(demande)))),
            rappel=" · ".join(filter(None, (demande.reference, write_parties(demande, _LONGUEUR_RAPPEL)))),
            sujet=f"SHA-256 de {MANIFESTE} : {couverture.empreinte}",
            jour=demande.etat.au,
            jointes=[
                Jointe(self._vers / nom, type_mime, description, lien)
                for nom, type_mime, description, lien in JOINTES
                if (self._vers / nom).is_file()
            ],
        )

    def _write_empreintes(self) -> None:
        chemins = _list_fichiers(self._vers)
        lignes = [f"{compute_sha256(chemin)}  {chemin.relative_to(self._vers).as_posix()}\n" for chemin in chemins]
        self._write_texte(EMPREINTES, "".join(lignes))

    def _write_texte(self, nom: str, texte: str) -> None:
        (self._vers / nom).write_text(texte, encoding="utf-8", newline="\n")


def list_raisons(prepare: ActePrepare) -> tuple[str, ...]:
    """Say why the petition may not be filed as it is; nothing when it may."""
    manque = tuple(f"il manque « {question.libelle} »" for question in prepare.manquantes)
    return (*prepare.projet, *manque)


def list_juridiction(document: Document) -> tuple[str, ...]:
    """Name whom the petition is for."""
    return document.tete.juridiction if isinstance(document.tete, Acte) else ()


def compute_sha256(chemin: Path) -> str:
    """Compute the SHA-256 of a file, a piece at a time."""
    with chemin.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


def _verser(pieces: Sequence[PieceEcrite]) -> tuple[PieceVersee, ...]:
    return tuple(PieceVersee(p.numero, p.intitule, p.jour, p.pages, p.sha256) for p in pieces)


def _list_fichiers(vers: Path) -> list[Path]:
    return sorted(chemin for chemin in vers.rglob("*") if chemin.is_file())


def _slug(piece: Piece) -> str:
    """A file name that any system accepts, from the title; the extension is that of the file."""
    brut = unicodedata.normalize("NFKD", piece.intitule).encode("ascii", "ignore").decode().lower()
    nom = re.sub(r"[^a-z0-9]+", "-", brut).strip("-")[:_LONGUEUR_NOM].rstrip("-")
    extension = re.sub(r"[^a-z0-9]", "", Path(piece.nom).suffix.lower())[:8]
    return f"{nom or 'piece'}.{extension}" if extension else nom or "piece"

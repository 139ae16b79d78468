"""Write a bundle: one folder that holds all, one PDF that says all, a manifest that names every file and its hash.

Same facts, same bytes, but for the time stamp of an authority. A bundle is whole or is not.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

from exigible.actes.decompte.rendu import render_decompte
from exigible.actes.demande import Demande, PieceVersee, build_demande
from exigible.actes.document import Acte, Document
from exigible.actes.modele import get_modele
from exigible.actes.preparation import ActePrepare, prepare_acte
from exigible.actes.preuve.assemblage import Volet, assemble, list_debuts, open_pdf
from exigible.actes.preuve.donnees import Horodatage, Horodater, Liasse, Piece, PieceEcrite, Sujet
from exigible.actes.preuve.extrait import ChaineEcrite, Ecriture, Extrait
from exigible.actes.preuve.pages import Lue, read_pages
from exigible.actes.preuve.redaction import build_couverture, build_extrait, write_lisez_moi, write_parties
from exigible.actes.rendu import render_pdf
from exigible.actes.sorties.docx import render_docx
from exigible.actes.typst.compilation import compile_pdf
from exigible.actes.typst.texte import clean_texte
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase

BORDEREAU = "bordereau_de_pieces"
MANIFESTE, EMPREINTES, LIASSE = "manifeste.json", "empreintes.sha256", "liasse.pdf"
EXTRAIT = "journal/extrait.jsonl"
NON_HORODATE = Horodatage("Horodatage par un tiers : non configuré.")
_PAQUET = "exigible.actes.typst"
_LONGUEUR_NOM = 60
_LONGUEUR_RAPPEL = 42


def skip_horodatage(_manifeste: bytes) -> Horodatage:
    """No authority is configured."""
    return NON_HORODATE


def write_liasse(sujet: Sujet, vers: Path, *, horodater: Horodater = skip_horodatage, projet: bool = False) -> Liasse:
    """Write the bundle in `vers`, an empty folder or one to make. `projet`: even if answers are missing.

    Raises ErreurSaisie (`dossier_non_vide`, `pieces_absentes`, `reponses_manquantes`) and what the documents raise.
    """
    vers = vers.absolute()
    _check_vide(vers)
    if not sujet.pieces:
        raise ErreurSaisie(
            "pieces_absentes",
            phrase("Un dossier de preuve réunit des pièces : joignez-en au moins une au dossier."),
            "pieces",
        )
    with _open_atelier(vers) as travail, ExitStack() as ouverts:
        liasse = _Atelier(sujet, travail, ouverts).write(horodater, projet=projet)
    return replace(liasse, dossier=vers)


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

    def __init__(self, sujet: Sujet, vers: Path, ouverts: ExitStack) -> None:
        self._sujet = sujet
        self._vers = vers
        self._ouverts = ouverts
        self._volets: list[Volet] = []
        self._chaines: list[ChaineEcrite] = []

    def write(self, horodater: Horodater, *, projet: bool) -> Liasse:
        pieces, lues = self._write_pieces()
        prepare = self._prepare(pieces)
        if prepare.manquantes and not projet:
            libelles = tuple(q.libelle for q in prepare.manquantes)
            raise ErreurSaisie(
                "reponses_manquantes",
                phrase(
                    "« {titre} » n'est pas complet : il manque {libelles}.",
                    titre=prepare.demande.modele.titre,
                    libelles=libelles,
                ),
                "reponses",
            )
        self._write_actes(prepare, pieces)
        for piece, lue in zip(pieces, lues, strict=True):
            titre = f"Pièce n° {piece.numero} — {clean_texte(piece.intitule)}"
            self._volets.append(Volet(titre, lue.pdf, piece.numero, "Pièces"))
        self._write_journal(prepare.demande)
        self._write_texte("lisez-moi.txt", write_lisez_moi(prepare.demande, journal=self._sujet.journal is not None))
        verifier = resources.files("exigible.actes.preuve").joinpath("verifier_preuves.py").read_bytes()
        (self._vers / "verifier_preuves.py").write_bytes(verifier)
        manifeste = self._write_manifeste(prepare, pieces)
        horodatage = horodater(manifeste)
        for nom, octets in horodatage.fichiers.items():
            (self._vers / nom).write_bytes(octets)
        empreinte = hashlib.sha256(manifeste).hexdigest()
        pages = self._write_pdf(prepare, empreinte, horodatage)
        self._write_empreintes()
        return Liasse(
            dossier=self._vers,
            empreinte=empreinte,
            pages=pages,
            pieces=pieces,
            projet=list_raisons(prepare),
            horodatage=horodatage.phrase,
            avertissements=prepare.avertissements,
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
            ecrites.append(
                PieceEcrite(numero, piece.intitule, piece.jour, fichier, sha256, lue.pages, lue.remarque, piece.fait)
            )
        return tuple(ecrites), lues

    def _prepare(self, pieces: Sequence[PieceEcrite]) -> ActePrepare:
        return prepare_acte(replace(self._sujet.demande, pieces=_verser(pieces)))

    def _write_actes(self, prepare: ActePrepare, pieces: Sequence[PieceEcrite]) -> None:
        demande = prepare.demande
        self._add_acte(demande.modele.titre, f"actes/{demande.modele.nom}", render_pdf(prepare))
        if demande.modele.docx:
            (self._vers / f"actes/{demande.modele.nom}.docx").write_bytes(render_docx(prepare))
        if demande.modele.nom != BORDEREAU:
            bordereau = prepare_acte(self._build_bordereau(prepare, pieces))
            self._add_acte("Bordereau des pièces", f"actes/{BORDEREAU}", render_pdf(bordereau))
        creances = [somme.cle for somme in demande.sommes] or None
        decompte = render_decompte(self._sujet.etat, reference=demande.reference, creances=creances, logo=demande.logo)
        self._add_acte(f"Décompte arrêté au {format_jour(demande.etat.au)}", "actes/decompte", decompte)

    def _build_bordereau(self, prepare: ActePrepare, pieces: Sequence[PieceEcrite]) -> Demande:
        juridiction = " ".join(list_juridiction(prepare.document))
        return build_demande(
            get_modele(BORDEREAU),
            self._sujet.etat,
            reference=prepare.demande.reference,
            saisies={"juridiction": juridiction} if juridiction and not prepare.manquantes else {},
            pieces=_verser(pieces),
            logo=prepare.demande.logo,
        )

    def _add_acte(self, titre: str, chemin: str, pdf: bytes) -> None:
        (self._vers / f"{chemin}.pdf").write_bytes(pdf)
        self._volets.append(Volet(titre, self._ouverts.enter_context(open_pdf(pdf))))

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

    def _write_manifeste(self, prepare: ActePrepare, pieces: Sequence[PieceEcrite]) -> bytes:
        demande = prepare.demande
        totaux = demande.totaux
        manifeste = {
            "format": "exigible-liasse",
            "version": 1,
            "dossier": demande.reference,
            "parties": write_parties(demande),
            "au": demande.etat.au.isoformat(),
            "acte": demande.modele.nom,
            "titre": demande.modele.titre,
            "projet": list(list_raisons(prepare)),
            "montants": {
                nom: str(getattr(totaux, nom)) for nom in ("principal", "interets", "indemnites", "frais", "total")
            },
            "pieces": [_describe_piece(piece) for piece in pieces],
            "journal": _describe_journal(self._chaines, self._sujet.journal),
            "fichiers": list(self._describe_fichiers()),
        }
        octets = (json.dumps(manifeste, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
        (self._vers / MANIFESTE).write_bytes(octets)
        return octets

    def _describe_fichiers(self) -> Iterable[dict[str, Any]]:
        for chemin in _list_fichiers(self._vers):
            nom = chemin.relative_to(self._vers).as_posix()
            yield {"chemin": nom, "taille": chemin.stat().st_size, "sha256": compute_sha256(chemin)}

    def _write_pdf(self, prepare: ActePrepare, empreinte: str, horodatage: Horodatage) -> int:
        """Set the cover twice: its own length moves the pages that it announces."""
        demande, juridiction = prepare.demande, list_juridiction(prepare.document)
        longueur = 1
        while True:
            debuts = [debut + longueur for debut in list_debuts(self._volets)]
            sommaire = list(zip((v.titre for v in self._volets), debuts, strict=True))
            document = build_couverture(
                demande,
                juridiction,
                sommaire,
                empreinte=empreinte,
                horodatage=horodatage.phrase,
                projet=list_raisons(prepare),
            )
            pdf = self._ouverts.enter_context(open_pdf(compile_pdf(_PAQUET, document, demande.etat.au)))
            if len(pdf.pages) == longueur:
                break
            longueur = len(pdf.pages)
        return assemble(
            [Volet("Couverture et sommaire", pdf), *self._volets],
            self._vers / LIASSE,
            titre=" – ".join(filter(None, ("Dossier de preuve", demande.reference, write_parties(demande)))),
            rappel=" · ".join(filter(None, (demande.reference, write_parties(demande, _LONGUEUR_RAPPEL)))),
            sujet=f"SHA-256 de {MANIFESTE} : {empreinte}",
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


def _describe_piece(piece: PieceEcrite) -> dict[str, Any]:
    return {
        "numero": piece.numero,
        "intitule": clean_texte(piece.intitule),
        "jour": piece.jour.isoformat() if piece.jour else None,
        "pages": piece.pages,
        "fichier": piece.fichier,
        "sha256": piece.sha256,
        "remarque": piece.remarque,
        "fait": piece.fait,
    }


def _describe_journal(chaines: Sequence[ChaineEcrite], journal: Extrait | None) -> dict[str, Any] | None:
    if journal is None:
        return None
    return {
        "fichier": EXTRAIT,
        "chaines": [
            {"chaine": c.chaine, "sorte": c.sorte, "rang": c.rang, "empreinte": c.empreinte, "tete": c.tete}
            for c in chaines
        ],
        "sceaux": [{"jour": s.jour.isoformat(), "empreinte": s.empreinte} for s in journal.sceaux],
    }

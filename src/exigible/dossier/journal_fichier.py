"""The journal of a cabinet as a file of JSON lines: written and read as it comes, verified line by line.

`docs/guide/journal.md` describes it, so that a third party verifies one without this program. Order: one `entete`, the
`sceau` lines by day, each `chaine` (by name) followed by its `fait` lines (by rank), the `piece` lines by fingerprint,
one `fin`. Every line is canonical (sorted keys, no space): the same journal always gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from exigible.dossier.journal import (
    ORIGINE,
    CalculSceau,
    Enveloppe,
    FaitEfface,
    FaitInconnu,
    Instant,
    Maillon,
    Verificateur,
    decode_fait,
    get_type,
)
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase

LONGUEUR_TYPE, LONGUEUR_AUTEUR = 60, 200

Empreinte = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class _Ligne(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="ligne"):
    """A line of the file."""


class LigneEntete(_Ligne, frozen=True, tag="entete"):
    """Whose journal it is; `cree_le` in UTC."""

    cabinet: str
    cree_le: Instant
    demonstration: bool
    format: Literal["exigible-journal"] = "exigible-journal"
    version: Literal[1] = 1


class LigneSceau(_Ligne, frozen=True, tag="sceau"):
    """A daily seal; its `tetes` heads are the facts that name its day in `sceaux`."""

    jour: date
    precedent: Empreinte
    empreinte: Empreinte
    tetes: Annotated[int, msgspec.Meta(ge=0)]


class LigneChaine(_Ligne, frozen=True, tag="chaine"):
    """A chain, whose facts follow; for a dossier, the chain of its creditor and its reference."""

    chaine: UUID
    sorte: Literal["creancier", "dossier"]
    creancier: UUID | None
    reference: str


class LigneFait(_Ligne, frozen=True, tag="fait"):
    """An entry; `sel` in hexadecimal, `contenu` the exact text that was hashed, both null once erased."""

    enveloppe: Enveloppe
    empreinte: Empreinte
    sel: Empreinte | None
    contenu: str | None
    sceaux: tuple[date, ...]


class LignePiece(_Ligne, frozen=True, tag="piece"):
    """A file kept as evidence; `contenu` in base64, null once erased; `taille` in bytes; `cree_le` in UTC."""

    sha256: Empreinte
    nom: str
    type_mime: str
    taille: Annotated[int, msgspec.Meta(ge=0)]
    cree_le: Instant
    contenu: str | None


class LigneFin(_Ligne, frozen=True, tag="fin"):
    """The end: how many facts, and the SHA-256 of all the bytes before this line."""

    faits: int
    empreinte: Empreinte


Ligne = LigneEntete | LigneSceau | LigneChaine | LigneFait | LignePiece | LigneFin

_DECODEUR = msgspec.json.Decoder(Ligne)
_ENCODEUR = msgspec.json.Encoder(order="sorted")
_OU = re.compile(r"`\$\.?(.*?)`$")
_ORDRE: dict[type[Ligne], tuple[type[Ligne], ...]] = {
    LigneEntete: (),
    LigneSceau: (LigneEntete, LigneSceau),
    LigneChaine: (LigneEntete, LigneSceau, LigneChaine, LigneFait),
    LigneFait: (LigneChaine, LigneFait),
    LignePiece: (LigneEntete, LigneSceau, LigneChaine, LigneFait, LignePiece),
    LigneFin: (LigneEntete, LigneSceau, LigneChaine, LigneFait, LignePiece),
}
"""What each kind of line may follow."""


def write_lignes(lignes: Iterable[Ligne]) -> Iterator[bytes]:
    """Write the lines of a file, each with its newline, then its `fin`, which must not be among `lignes`."""
    calcul = hashlib.sha256()
    faits = 0
    for ligne in lignes:
        octets = _ENCODEUR.encode(ligne) + b"\n"
        calcul.update(octets)
        faits += isinstance(ligne, LigneFait)
        yield octets
    yield _ENCODEUR.encode(LigneFin(faits=faits, empreinte=calcul.hexdigest())) + b"\n"


def make_ligne_fait(maillon: Maillon, sceaux: tuple[date, ...]) -> LigneFait:
    """Make the line of an entry; `sceaux`: the days whose seal holds it as a head."""
    return LigneFait(
        enveloppe=maillon.enveloppe,
        empreinte=maillon.empreinte,
        sel=None if maillon.sel is None else maillon.sel.hex(),
        contenu=None if maillon.contenu is None else maillon.contenu.decode(),
        sceaux=sceaux,
    )


def read_maillon(ligne: LigneFait) -> Maillon:
    """Return the entry that a line writes."""
    return Maillon(
        enveloppe=ligne.enveloppe,
        empreinte=ligne.empreinte,
        sel=None if ligne.sel is None else bytes.fromhex(ligne.sel),
        contenu=None if ligne.contenu is None else ligne.contenu.encode(),
    )


def encode_piece(contenu: bytes) -> str:
    """Write the bytes of a file."""
    return base64.b64encode(contenu).decode()


def decode_piece(contenu: str) -> bytes:
    """Read the bytes of a file back; raises ValueError when it is not base64."""
    return base64.b64decode(contenu, validate=True)


def read_lignes(octets: Iterable[bytes]) -> Iterator[Ligne]:
    """Read a file line by line, and give each line once verified; memory does not grow with the facts.

    Raises ErreurSaisie (`journal_refuse`) at the first fault, with its line: the caller undoes what it made of it.
    """
    lecteur = _Lecteur()
    numero = 0
    for numero, brut in enumerate(octets, start=1):
        try:
            ligne = _decode(brut)
            lecteur.check(ligne, brut)
        except _FauteError as faute:
            raise _refuse(numero, str(faute)) from None
        yield ligne
    if lecteur.precedente is not LigneFin:
        raise _refuse(numero + 1, "le fichier s'arrête avant sa ligne « fin » : il est coupé.")


class _FauteError(Exception):
    """A fault in a line: its sentence."""


def _refuse(numero: int, faute: str) -> ErreurSaisie:
    texte = phrase("Ligne {numero} : {faute} Rien n'en est retenu.", numero=numero, faute=faute)
    return ErreurSaisie("journal_refuse", texte, "FICHIER")


def _decode(brut: bytes) -> Ligne:
    try:
        ligne: Ligne = _DECODEUR.decode(brut)
    except (msgspec.DecodeError, UnicodeDecodeError) as erreur:
        trouve = _OU.search(str(erreur))
        lieu = f" (champ « {trouve[1]} »)" if trouve and trouve[1] else ""
        raise _FauteError(f"elle n'a pas la forme attendue{lieu}.") from None
    if _ENCODEUR.encode(ligne) + b"\n" != brut:
        raise _FauteError("elle n'est pas sous sa forme canonique (clés triées, sans espace) : elle a été réécrite.")
    return ligne


class _Lecteur:
    """What must be remembered from one line to the next: the running hashes, never the facts."""

    def __init__(self) -> None:
        self.precedente: type[Ligne] | None = None
        self._calcul = hashlib.sha256()
        self._faits = 0
        self._sceau: LigneSceau | None = None
        self._sceaux: dict[date, tuple[LigneSceau, CalculSceau]] = {}
        self._chaine: LigneChaine | None = None
        self._verificateur = Verificateur()
        self._creanciers: set[UUID] = set()
        self._attendus: set[UUID] = set()
        self._piece = ""

    def check(self, ligne: Ligne, brut: bytes) -> None:
        self._check_ordre(ligne)
        if isinstance(ligne, LigneEntete):
            _check_texte("cabinet", ligne.cabinet, 200)
        elif isinstance(ligne, LigneSceau):
            self._check_sceau(ligne)
        elif isinstance(ligne, LigneChaine):
            self._check_chaine(ligne)
        elif isinstance(ligne, LigneFait):
            self._check_fait(ligne)
        elif isinstance(ligne, LignePiece):
            self._check_piece(ligne)
        elif isinstance(ligne, LigneFin):
            self._check_fin(ligne)
        self._calcul.update(brut)
        self.precedente = type(ligne)

    def _check_ordre(self, ligne: Ligne) -> None:
        if self.precedente is None:
            if not isinstance(ligne, LigneEntete):
                raise _FauteError("le fichier doit commencer par sa ligne « entete ».")
        elif self.precedente not in _ORDRE[type(ligne)]:
            raise _FauteError("elle n'est pas à sa place (en-tête, sceaux, chaînes et leurs faits, pièces, fin).")

    def _check_sceau(self, ligne: LigneSceau) -> None:
        if self._sceau is not None and ligne.jour <= self._sceau.jour:
            raise _FauteError("les sceaux ne sont pas dans l'ordre des jours.")
        if ligne.precedent != (ORIGINE if self._sceau is None else self._sceau.empreinte):
            raise _FauteError(f"le sceau du {format_jour(ligne.jour)} ne suit pas le précédent : un sceau manque.")
        self._sceau = ligne
        self._sceaux[ligne.jour] = (ligne, CalculSceau(ligne.jour, ligne.precedent))

    def _check_chaine(self, ligne: LigneChaine) -> None:
        if self._chaine is not None and ligne.chaine <= self._chaine.chaine:
            raise _FauteError("les chaînes ne sont pas dans l'ordre de leur nom.")
        if (ligne.creancier is None) != (ligne.sorte == "creancier") or bool(ligne.reference) != bool(ligne.creancier):
            raise _FauteError("un dossier nomme son créancier et sa référence, un créancier ni l'un ni l'autre.")
        _check_texte("reference", ligne.reference, 20)
        if ligne.creancier is None:
            self._creanciers.add(ligne.chaine)
        else:
            self._attendus.add(ligne.creancier)
        self._chaine, self._verificateur = ligne, Verificateur()

    def _check_fait(self, ligne: LigneFait) -> None:
        enveloppe = ligne.enveloppe
        if self._chaine is None or enveloppe.chaine != str(self._chaine.chaine):
            raise _FauteError("ce fait n'appartient pas à la chaîne annoncée.")
        maillon = read_maillon(ligne)
        for anomalie in self._verificateur.check(maillon):
            raise _FauteError(anomalie.message)
        _check_enveloppe(enveloppe)
        _check_contenu(enveloppe, maillon.contenu)
        for jour in ligne.sceaux:
            if jour not in self._sceaux:
                raise _FauteError(f"le sceau du {format_jour(jour)}, que nomme ce fait, manque.")
            self._sceaux[jour][1].add(enveloppe.chaine, enveloppe.rang, ligne.empreinte)
        self._faits += 1

    def _check_piece(self, ligne: LignePiece) -> None:
        _check_texte("nom", ligne.nom, 255)
        _check_texte("type_mime", ligne.type_mime, 100)
        if ligne.sha256 <= self._piece:
            raise _FauteError("les pièces ne sont pas dans l'ordre de leur empreinte.")
        self._piece = ligne.sha256
        if ligne.contenu is None:
            return
        try:
            octets = decode_piece(ligne.contenu)
        except ValueError:
            raise _FauteError(f"la pièce « {ligne.nom} » n'est pas en base64.") from None
        if hashlib.sha256(octets).hexdigest() != ligne.sha256 or len(octets) != ligne.taille:
            raise _FauteError(f"les octets de la pièce « {ligne.nom} » ont été modifiés.")

    def _check_fin(self, ligne: LigneFin) -> None:
        for sceau, calcul in self._sceaux.values():
            if (calcul.tetes, calcul.compute()) != (sceau.tetes, sceau.empreinte):
                raise _FauteError(
                    f"le sceau du {format_jour(sceau.jour)} n'est pas celui des faits qu'il couvre : "
                    "un dossier ou des faits scellés ce jour-là ont disparu."
                )
        if not self._attendus <= self._creanciers:
            raise _FauteError("un dossier nomme un créancier dont la chaîne manque.")
        if (ligne.faits, ligne.empreinte) != (self._faits, self._calcul.hexdigest()):
            raise _FauteError("le nombre de faits ou l'empreinte du fichier ne concordent pas : il a été modifié.")


def _check_texte(champ: str, texte: str, longueur: int) -> None:
    """Refuse what no database could keep as it is."""
    if len(texte) > longueur or "\0" in texte:
        raise _FauteError(f"le champ « {champ} » dépasse {longueur} caractères ou contient un caractère nul.")


def _check_enveloppe(enveloppe: Enveloppe) -> None:
    _check_texte("type", enveloppe.type, LONGUEUR_TYPE)
    _check_texte("auteur", enveloppe.auteur, LONGUEUR_AUTEUR)
    if enveloppe.corrige is not None and not 1 <= enveloppe.corrige < enveloppe.rang:
        raise _FauteError(f"le fait n° {enveloppe.rang} corrige un fait qui n'existe pas avant lui.")


def _check_contenu(enveloppe: Enveloppe, contenu: bytes | None) -> None:
    try:
        fait = decode_fait(enveloppe.type, contenu)
    except ErreurExigible as erreur:
        raise _FauteError(erreur.message) from None
    if isinstance(fait, FaitEfface):
        return
    ecrit = fait.contenu.get("type") if isinstance(fait, FaitInconnu) else get_type(fait)
    if ecrit != enveloppe.type:
        raise _FauteError("le type de l'enveloppe n'est pas celui du contenu.")

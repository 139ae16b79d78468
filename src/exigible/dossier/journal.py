"""The journal: facts in the order they were recorded, chained so that nothing can be changed or lost unseen.

An entry's hash covers its envelope, the previous hash, and a digest of its content: SHA-256(32 random bytes ‖ content).
The random bytes and the content lie apart, so that they can be erased (retention, GDPR) while the chain still verifies;
they are random so that an erased content cannot be guessed from its digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Annotated, Any

import msgspec

from exigible.dossier.faits import Fait, FaitAnnule, FaitDossier
from exigible.dossier.faits_creancier import FaitCreancier
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""An instant with its zone: written in UTC."""

LONGUEUR_SEL = 32
ORIGINE = "0" * 64


class FaitInconnu(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of a type that this version does not know: kept, shown, never dropped, without effect."""

    type: str
    contenu: dict[str, Any]


class FaitEfface(msgspec.Struct, frozen=True, kw_only=True):
    """A fact whose content was erased after its retention period."""

    type: str


FaitLu = Fait | FaitInconnu | FaitEfface


class Enveloppe(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the hash of an entry covers, beside its content.

    `date_effet` is the legal day (Europe/Paris) of the fact; `enregistre_le` the UTC instant it was recorded;
    `corrige` the rank of the entry that this one replaces or cancels, in the same chain.
    """

    chaine: str
    rang: int
    type: str
    date_effet: date
    enregistre_le: Instant
    auteur: str
    corrige: int | None
    empreinte_contenu: str
    precedent: str


class Maillon(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An entry as it is stored: envelope, hash, and the content with its salt unless erased."""

    enveloppe: Enveloppe
    empreinte: str
    sel: bytes | None
    contenu: bytes | None


class Inscription(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An entry as the fold reads it: a fact with its day and who recorded it when."""

    rang: int
    date_effet: date
    fait: FaitLu
    enregistre_le: datetime | None = None
    auteur: str = ""
    corrige: int | None = None


@dataclass(frozen=True, slots=True)
class Anomalie:
    """A fault found while verifying a chain: at which rank, and what, in French."""

    chaine: str
    rang: int
    code: str
    message: str


_DECODEUR = msgspec.json.Decoder(FaitDossier | FaitCreancier)
_TYPES_CONNUS: frozenset[str] = frozenset(
    str(membre.__struct_config__.tag) for union in (FaitDossier, FaitCreancier) for membre in union.__args__
)
_PAR_JOUR = attrgetter("date_effet", "rang")
_ANNULATION = str(FaitAnnule.__struct_config__.tag)


def get_type(fait: Fait) -> str:
    """Return the tag under which a fact is written."""
    return str(fait.__struct_config__.tag)


def encode_fait(fait: Fait) -> bytes:
    """Write a fact as canonical JSON: sorted keys, amounts as strings, ISO dates."""
    return msgspec.json.encode(fait, order="sorted")


def decode_fait(type_: str, contenu: bytes | None) -> FaitLu:
    """Read a stored fact. Unknown types are kept as they are; an erased content gives a FaitEfface.

    Raises ErreurExigible (`fait_illisible`) when a known type does not have its shape, or an unknown one is no object.
    """
    if contenu is None:
        return FaitEfface(type=type_)
    try:
        if type_ not in _TYPES_CONNUS:
            return FaitInconnu(type=type_, contenu=msgspec.json.decode(contenu, type=dict[str, Any]))
        fait: Fait = _DECODEUR.decode(contenu)
    except msgspec.DecodeError as erreur:
        raise ErreurExigible(
            "fait_illisible",
            phrase("Le fait « {type} » n'a pas la forme attendue : {detail}.", type=type_, detail=str(erreur)),
        ) from erreur
    return fait


def digest_contenu(sel: bytes, contenu: bytes) -> str:
    """SHA-256 of the salt followed by the content, in hexadecimal."""
    return hashlib.sha256(sel + contenu).hexdigest()


def compute_empreinte(enveloppe: Enveloppe) -> str:
    """SHA-256 of the envelope as canonical JSON, in hexadecimal."""
    return hashlib.sha256(msgspec.json.encode(enveloppe, order="sorted")).hexdigest()


def append_fait(  # noqa: PLR0913 - the fields of an entry, all named
    *,
    chaine: str,
    precedent: Maillon | None,
    fait: Fait,
    date_effet: date,
    enregistre_le: datetime,
    auteur: str,
    sel: bytes,
    corrige: int | None = None,
) -> Maillon:
    """Make the entry that follows `precedent` (None: the first of its chain). `enregistre_le` must carry its zone.

    Raises ErreurExigible when the correction names no earlier entry, or the salt is not 32 bytes.
    """
    if len(sel) != LONGUEUR_SEL:
        raise ErreurExigible("sel_invalide", phrase("Le sel d'un fait a {longueur} octets.", longueur=LONGUEUR_SEL))
    rang = 1 if precedent is None else precedent.enveloppe.rang + 1
    if corrige is not None and not 1 <= corrige < rang:
        raise ErreurExigible(
            "correction_sans_objet",
            phrase("Le fait n° {corrige} que l'on veut corriger n'existe pas.", corrige=corrige),
        )
    contenu = encode_fait(fait)
    enveloppe = Enveloppe(
        chaine=chaine,
        rang=rang,
        type=get_type(fait),
        date_effet=date_effet,
        enregistre_le=enregistre_le.astimezone(UTC),
        auteur=auteur,
        corrige=corrige,
        empreinte_contenu=digest_contenu(sel, contenu),
        precedent=ORIGINE if precedent is None else precedent.empreinte,
    )
    return Maillon(enveloppe=enveloppe, empreinte=compute_empreinte(enveloppe), sel=sel, contenu=contenu)


class Verificateur:
    """Checks the entries of one chain as they come, in order; holds nothing but the head (`rang`, `empreinte`)."""

    __slots__ = ("empreinte", "rang")

    def __init__(self) -> None:
        self.rang = 0
        self.empreinte = ORIGINE

    def check(self, maillon: Maillon) -> tuple[Anomalie, ...]:
        """Check the next entry: rank, link, hash, content. A content erased with its salt is not a fault."""
        fautes = tuple(_list_fautes(maillon, self.rang + 1, self.empreinte))
        self.rang, self.empreinte = maillon.enveloppe.rang, maillon.empreinte
        if not fautes:
            return ()
        enveloppe = maillon.enveloppe
        return tuple(Anomalie(enveloppe.chaine, enveloppe.rang, code, message) for code, message in fautes)


def verify_chaine(maillons: Iterable[Maillon]) -> list[Anomalie]:
    """Check one chain, in order: all the faults found."""
    verificateur = Verificateur()
    return [anomalie for maillon in maillons for anomalie in verificateur.check(maillon)]


def _list_fautes(maillon: Maillon, rang: int, precedent: str) -> Iterator[tuple[str, str]]:
    enveloppe = maillon.enveloppe
    if enveloppe.rang != rang:
        yield "rang_rompu", f"rang {enveloppe.rang} trouvé là où le rang {rang} était attendu : un fait manque."
    if enveloppe.precedent != precedent:
        yield "lien_rompu", f"le fait n° {enveloppe.rang} ne suit pas l'empreinte du fait précédent."
    if compute_empreinte(enveloppe) != maillon.empreinte:
        yield "empreinte_fausse", f"l'enveloppe du fait n° {enveloppe.rang} a été modifiée."
    if maillon.contenu is None and maillon.sel is None:
        return
    if maillon.contenu is None or maillon.sel is None:
        yield "effacement_incomplet", f"le contenu du fait n° {enveloppe.rang} est effacé à moitié : contenu ou sel."
    elif digest_contenu(maillon.sel, maillon.contenu) != enveloppe.empreinte_contenu:
        yield "contenu_modifie", f"le contenu du fait n° {enveloppe.rang} a été modifié."


class CalculSceau:
    """The hash of a seal, head after head in the order of the chains' names; holds no head.

    SHA-256 of `{"jour":"…","precedent":"…","tetes":[["chaîne",rang,"empreinte"],…]}`, without spaces.
    """

    __slots__ = ("_calcul", "tetes")

    def __init__(self, jour: date, precedent: str) -> None:
        self._calcul = hashlib.sha256(f'{{"jour":"{jour}","precedent":"{precedent}","tetes":['.encode())
        self.tetes = 0

    def add(self, chaine: str, rang: int, empreinte: str) -> None:
        """Add the next head."""
        virgule = "," if self.tetes else ""
        self._calcul.update(f'{virgule}["{chaine}",{rang},"{empreinte}"]'.encode())
        self.tetes += 1

    def compute(self) -> str:
        """Return the hash over the heads added so far, in hexadecimal."""
        fin = self._calcul.copy()
        fin.update(b"]}")
        return fin.hexdigest()


def seal_tetes(tetes: Iterable[tuple[str, int, str]], jour: date, precedent: str) -> str:
    """Hash of the heads (chain, rank, hash) that moved since the previous seal, and of that seal, in hexadecimal.

    Each seal holds the one before: the last one holds the head of every chain ever sealed, none can vanish unseen.
    """
    calcul = CalculSceau(jour, precedent)
    for tete in sorted(tetes):
        calcul.add(*tete)
    return calcul.compute()


def read_inscription(maillon: Maillon) -> Inscription:
    """Return the entry as the fold reads it."""
    enveloppe = maillon.enveloppe
    return Inscription(
        rang=enveloppe.rang,
        date_effet=enveloppe.date_effet,
        fait=decode_fait(enveloppe.type, maillon.contenu),
        enregistre_le=enveloppe.enregistre_le,
        auteur=enveloppe.auteur,
        corrige=enveloppe.corrige,
    )


def list_effectives(
    inscriptions: Sequence[Inscription], au: date, connu_au: datetime | None = None
) -> list[Inscription]:
    """Return the entries that hold on the day `au` (included), corrections applied, in order of effect day then rank.

    A correction replaces what it names from the beginning, whatever the day it was recorded; cancelling a correction
    (`FaitAnnule`) restores what it had replaced. With `connu_au`, only what was recorded by that instant is read.
    """
    connues = inscriptions
    if connu_au is not None:
        connues = [i for i in inscriptions if i.enregistre_le is None or i.enregistre_le <= connu_au]
    if not [i for i in connues if i.corrige is not None]:  # nearly always
        return sorted([i for i in connues if i.date_effet <= au], key=_PAR_JOUR)
    remplaces: set[int] = set()
    annules: set[int] = set()
    tenues: list[Inscription] = []
    for inscription in sorted(connues, key=lambda i: i.rang, reverse=True):
        if inscription.rang in annules or inscription.corrige in annules | remplaces:
            continue  # cancelled, or a correction that a later one superseded or whose object was cancelled
        if inscription.corrige is not None:
            (annules if _is_annulation(inscription.fait) else remplaces).add(inscription.corrige)
        if inscription.rang not in remplaces and inscription.date_effet <= au:
            tenues.append(inscription)
    return sorted(tenues, key=_PAR_JOUR)


def _is_annulation(fait: FaitLu) -> bool:
    """Whether it cancels what it names; its reason may have been erased, what it does to the others stays."""
    return isinstance(fait, FaitAnnule) or (isinstance(fait, FaitEfface) and fait.type == _ANNULATION)

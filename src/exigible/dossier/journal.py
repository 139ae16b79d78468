"""The journal: facts in the order they were recorded, chained so that nothing can be changed or lost unseen.

An entry's hash covers its envelope, the previous hash, and a digest of its content: SHA-256(32 random bytes ‖ content).
The random bytes and the content lie apart, so that they can be erased (retention, GDPR) while the chain still verifies;
they are random so that an erased content cannot be guessed from its digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from exigible.dossier.faits import Fait, FaitAnnule, FaitDossier
from exigible.dossier.faits_creancier import FaitCreancier
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

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


class Enveloppe(msgspec.Struct, frozen=True, kw_only=True):
    """What the hash of an entry covers, beside its content.

    `date_effet` is the legal day (Europe/Paris) of the fact; `enregistre_le` the UTC instant it was recorded;
    `corrige` the rank of the entry that this one replaces or cancels, in the same chain.
    """

    chaine: str
    rang: int
    type: str
    date_effet: date
    enregistre_le: datetime
    auteur: str
    corrige: int | None
    empreinte_contenu: str
    precedent: str


class Maillon(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is stored: envelope, hash, and the content with its salt unless erased."""

    enveloppe: Enveloppe
    empreinte: str
    sel: bytes | None
    contenu: bytes | None


class Inscription(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
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


def get_type(fait: Fait) -> str:
    """Return the tag under which a fact is written."""
    return str(fait.__struct_config__.tag)


def encode_fait(fait: Fait) -> bytes:
    """Write a fact as canonical JSON: sorted keys, amounts as strings, ISO dates."""
    return msgspec.json.encode(fait, order="sorted")


def decode_fait(type_: str, contenu: bytes | None) -> FaitLu:
    """Read a stored fact. Unknown types are kept as they are; an erased content gives a FaitEfface.

    Raises ErreurExigible (`fait_illisible`) when a known type does not have its shape.
    """
    if contenu is None:
        return FaitEfface(type=type_)
    if type_ not in _TYPES_CONNUS:
        return FaitInconnu(type=type_, contenu=msgspec.json.decode(contenu, type=dict[str, Any]))
    try:
        fait: Fait = _DECODEUR.decode(contenu)
    except msgspec.ValidationError as erreur:
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


def verify_chaine(maillons: Iterable[Maillon]) -> list[Anomalie]:
    """Check the ranks, links, hashes and contents of one chain, in order. An erased content is not a fault."""
    anomalies: list[Anomalie] = []
    precedent = ORIGINE
    for rang, maillon in enumerate(maillons, start=1):
        enveloppe = maillon.enveloppe
        anomalies += [
            Anomalie(enveloppe.chaine, enveloppe.rang, code, message)
            for code, message in _list_fautes(maillon, rang, precedent)
        ]
        precedent = maillon.empreinte
    return anomalies


def _list_fautes(maillon: Maillon, rang: int, precedent: str) -> Iterable[tuple[str, str]]:
    enveloppe = maillon.enveloppe
    if enveloppe.rang != rang:
        yield "rang_rompu", f"rang {enveloppe.rang} trouvé là où le rang {rang} était attendu : un fait manque."
    if enveloppe.precedent != precedent:
        yield "lien_rompu", f"le fait n° {enveloppe.rang} ne suit pas l'empreinte du fait précédent."
    if compute_empreinte(enveloppe) != maillon.empreinte:
        yield "empreinte_fausse", f"l'enveloppe du fait n° {enveloppe.rang} a été modifiée."
    if maillon.contenu is None or maillon.sel is None:
        return
    if digest_contenu(maillon.sel, maillon.contenu) != enveloppe.empreinte_contenu:
        yield "contenu_modifie", f"le contenu du fait n° {enveloppe.rang} a été modifié."


def seal_tetes(tetes: Iterable[tuple[str, int, str]], jour: date, precedent: str) -> str:
    """Hash of all the heads (chain, rank, hash) at the end of a day and of the previous seal, in hexadecimal.

    It holds the chains themselves: a whole dossier cannot vanish without breaking the seals that follow.
    """
    contenu = msgspec.json.encode({"jour": jour, "precedent": precedent, "tetes": sorted(tetes)}, order="sorted")
    return hashlib.sha256(contenu).hexdigest()


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
    connues = [i for i in inscriptions if connu_au is None or i.enregistre_le is None or i.enregistre_le <= connu_au]
    remplaces: set[int] = set()
    annules: set[int] = set()
    tenues: list[Inscription] = []
    for inscription in sorted(connues, key=lambda i: i.rang, reverse=True):
        if inscription.rang in annules or inscription.corrige in annules | remplaces:
            continue  # cancelled, or a correction that a later one superseded or whose object was cancelled
        if inscription.corrige is not None:
            (annules if isinstance(inscription.fait, FaitAnnule) else remplaces).add(inscription.corrige)
        if inscription.rang not in remplaces and inscription.date_effet <= au:
            tenues.append(inscription)
    return sorted(tenues, key=lambda i: (i.date_effet, i.rang))

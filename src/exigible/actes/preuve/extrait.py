"""The extract of a journal: the chain of a dossier, that of its creditor as far as it bears on it, the last seals.

Same lines as an exported journal, in a file that says it is an extract: other dossiers are there only as the opaque
heads that a seal holds. What is ours alone (notes, strategy, agreements) leaves its envelope, without its content: the
chain verifies all the same. `docs/guide/preuves.md` describes the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from exigible.actes.preuve.libelles import name_fait
from exigible.dossier.journal import Maillon, Verificateur, seal_tetes
from exigible.dossier.journal_fichier import make_ligne_fait
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

RESERVES = frozenset(
    {
        "action_ignoree",
        "action_reportee",
        "avance_remboursee",
        "avance_versee",
        "convention_de_recouvrement",
        "convention_terminee",
        "note_ajoutee",
        "signal_ecarte",
        "solvabilite_constatee",
        "suspension_decidee",
        "suspension_levee",
        "visite_faite",
    }
)
"""What a party keeps to itself: notes, what it knows of the debtor's means, its agreements with its agents."""

_ENCODEUR = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class ChaineExtraite:
    """A chain: its entries from the first, in order; `tete`: rank and hash of its last entry, in the extract or not.

    `communiques`: the types whose content is given; None: all but what is reserved.
    """

    chaine: str
    sorte: str
    reference: str
    maillons: Iterable[Maillon]
    tete: tuple[int, str]
    communiques: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SceauExtrait:
    """A daily seal with every head that it holds: (chain, rank, hash)."""

    jour: date
    precedent: str
    empreinte: str
    tetes: Sequence[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class Extrait:
    """What the extract is made of."""

    chaines: Sequence[ChaineExtraite]
    sceaux: Sequence[SceauExtrait]


class Rangee(msgspec.Struct, frozen=True):
    """An entry as the printed extract shows it."""

    rang: int
    jour: date
    enregistre_le: str
    quoi: str
    auteur: str
    empreinte: str
    communique: bool


class ChaineEcrite(msgspec.Struct, frozen=True):
    """What was written of a chain: how far, and what to print of it."""

    chaine: str
    sorte: str
    reference: str
    rang: int
    empreinte: str
    tete: int
    rangees: tuple[Rangee, ...]


class Ecriture:
    """Writes an extract as it comes; `chaines` then says what was written."""

    def __init__(self, extrait: Extrait) -> None:
        self._extrait = extrait
        self._calcul = hashlib.sha256()
        self._faits = 0
        self.chaines: list[ChaineEcrite] = []

    def iter_octets(self) -> Iterator[bytes]:
        """Give the lines. Raises ErreurExigible (`journal_altere`): a broken chain or seal is never certified."""
        yield self._write({"ligne": "entete", "format": "exigible-extrait", "version": 1})
        for sceau in self._extrait.sceaux:
            yield self._write_sceau(sceau)
        for chaine in self._extrait.chaines:
            yield from self._write_chaine(chaine)
        fin = {"ligne": "fin", "faits": self._faits, "empreinte": self._calcul.hexdigest()}
        yield _ENCODEUR.encode(fin) + b"\n"

    def _write(self, ligne: object) -> bytes:
        octets = _ENCODEUR.encode(ligne) + b"\n"
        self._calcul.update(octets)
        return octets

    def _write_sceau(self, sceau: SceauExtrait) -> bytes:
        if seal_tetes(sceau.tetes, sceau.jour, sceau.precedent) != sceau.empreinte:
            raise _refuse(f"sceau du {sceau.jour:%d/%m/%Y}", "son contenu a été modifié.")
        return self._write(
            {
                "ligne": "sceau",
                "jour": sceau.jour,
                "precedent": sceau.precedent,
                "empreinte": sceau.empreinte,
                "tetes": sorted(sceau.tetes),
            }
        )

    def _write_chaine(self, chaine: ChaineExtraite) -> Iterator[bytes]:
        rang, empreinte = chaine.tete
        yield self._write(
            {
                "ligne": "chaine",
                "chaine": chaine.chaine,
                "sorte": chaine.sorte,
                "reference": chaine.reference,
                "tete": [rang, empreinte],
            }
        )
        verificateur = Verificateur()
        rangees: list[Rangee] = []
        for maillon in chaine.maillons:
            for anomalie in verificateur.check(maillon):
                raise _refuse(chaine.reference or chaine.sorte, anomalie.message)
            type_ = maillon.enveloppe.type
            connus = chaine.communiques
            communique = type_ not in RESERVES if connus is None else type_ in connus
            yield self._write_fait(maillon, communique=communique)
            if communique or connus is None:
                rangees.append(_make_rangee(maillon, communique=communique))
        ecrite = ChaineEcrite(
            chaine.chaine,
            chaine.sorte,
            chaine.reference,
            verificateur.rang,
            verificateur.empreinte,
            rang,
            tuple(rangees),
        )
        if ecrite.rang > rang or (ecrite.rang == rang and ecrite.empreinte != empreinte):
            raise _refuse(chaine.reference or chaine.sorte, "sa tête notée n'est pas son dernier fait.")
        self.chaines.append(ecrite)

    def _write_fait(self, maillon: Maillon, *, communique: bool) -> bytes:
        donne = maillon if communique else msgspec.structs.replace(maillon, sel=None, contenu=None)
        ligne = make_ligne_fait(donne, ())
        self._faits += 1
        return self._write(
            {
                "ligne": "fait",
                "enveloppe": ligne.enveloppe,
                "empreinte": ligne.empreinte,
                "sel": ligne.sel,
                "contenu": ligne.contenu,
            }
        )


def _make_rangee(maillon: Maillon, *, communique: bool) -> Rangee:
    enveloppe = maillon.enveloppe
    return Rangee(
        enveloppe.rang,
        enveloppe.date_effet,
        enveloppe.enregistre_le.strftime("%d/%m/%Y %H:%M:%S"),
        name_fait(enveloppe.type),
        enveloppe.auteur,
        maillon.empreinte,
        communique and maillon.contenu is not None,
    )


def _refuse(ou: str, faute: str) -> ErreurExigible:
    texte = phrase("Le journal n'est pas intact ({ou}) : {faute} Il ne peut pas être certifié.", ou=ou, faute=faute)
    return ErreurExigible("journal_altere", texte)

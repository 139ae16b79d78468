"""A cabinet's journal read back from a file, verified as it is read: all of it, or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.conversion import to_ligne
from exigible.bureau.journal.models import Chaine, Contenu, Maillon, Piece, Sceau, Sorte, Tete
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.dossier.journal_fichier import (
    Ligne,
    LigneChaine,
    LigneEntete,
    LigneFait,
    LignePiece,
    LigneSceau,
    decode_piece,
    read_lignes,
    read_maillon,
)
from exigible.droit.erreurs import ErreurSaisie

_LOT = 2000


@dataclass(frozen=True, slots=True)
class Importe:
    """What was read: the cabinet made of it, how many chains, facts, seals and files."""

    cabinet: Cabinet
    chaines: int
    faits: int
    sceaux: int
    pieces: int


def import_journal(octets: Iterable[bytes]) -> Importe:
    """Read a file line by line into a new cabinet, in one transaction. The projections are to be rebuilt after.

    Raises ErreurSaisie when anything in it is wrong (with its line), or when the base already holds one of its chains.
    """
    try:
        with transaction.atomic():
            reprise = _Reprise()
            for ligne in read_lignes(octets):
                reprise.take(ligne)
            return reprise.close()
    except IntegrityError:
        message = (
            "Ce journal, ou une partie, est déjà dans la base, ou deux de ses dossiers ont la même référence : "
            "importez-le tel qu'il a été exporté, dans une base qui ne l'a pas."
        )
        raise ErreurSaisie("journal_deja_present", message, "FICHIER") from None


@dataclass(slots=True)
class _Reprise:
    """Writes what the file gives, by lots. A row may come before the one it names: the commit checks them all."""

    cabinet: Cabinet = field(default_factory=Cabinet)
    chaines: list[Chaine] = field(default_factory=list)
    tiers: list[Creancier | Dossier] = field(default_factory=list)
    maillons: list[tuple[Maillon, bytes | None, str | None]] = field(default_factory=list)
    tetes: list[Tete] = field(default_factory=list)
    sceaux: dict[date, Sceau] = field(default_factory=dict)
    comptes: dict[type[Ligne], int] = field(default_factory=dict)

    def take(self, ligne: Ligne) -> None:
        """Keep a line; write a lot when there are enough."""
        self.comptes[type(ligne)] = self.comptes.get(type(ligne), 0) + 1
        if isinstance(ligne, LigneFait):
            self._take_fait(ligne)
        elif isinstance(ligne, LigneChaine):
            self._take_chaine(ligne)
        elif isinstance(ligne, LigneSceau):
            sceau = Sceau(cabinet=self.cabinet, jour=ligne.jour, empreinte=ligne.empreinte, precedent=ligne.precedent)
            sceau.save(force_insert=True)
            self.sceaux[ligne.jour] = sceau
        elif isinstance(ligne, LignePiece):
            self._write()
            _write_piece(self.cabinet, ligne)
        elif isinstance(ligne, LigneEntete):
            self.cabinet = Cabinet.objects.create(
                nom=ligne.cabinet, cree_le=ligne.cree_le, demonstration=ligne.demonstration
            )

    def _take_chaine(self, ligne: LigneChaine) -> None:
        if len(self.maillons) + len(self.chaines) >= _LOT:
            self._write()
        self.chaines.append(Chaine(id=ligne.chaine, cabinet=self.cabinet, sorte=Sorte(ligne.sorte)))
        if ligne.creancier is None:
            self.tiers.append(Creancier(id=ligne.chaine, cabinet=self.cabinet, chaine_id=ligne.chaine))
            return
        self.tiers.append(
            Dossier(
                id=ligne.chaine,
                cabinet=self.cabinet,
                chaine_id=ligne.chaine,
                creancier_id=ligne.creancier,
                reference=ligne.reference,
            )
        )

    def _take_fait(self, ligne: LigneFait) -> None:
        maillon = read_maillon(ligne)
        self.maillons.append((to_ligne(maillon), maillon.sel, ligne.contenu))
        chaine = self.chaines[-1]
        chaine.tete_rang, chaine.tete_empreinte = maillon.enveloppe.rang, maillon.empreinte
        cle = uuid.UUID(maillon.enveloppe.chaine)
        for jour in ligne.sceaux:
            rang = maillon.enveloppe.rang
            self.tetes.append(Tete(sceau=self.sceaux[jour], chaine=cle, rang=rang, empreinte=maillon.empreinte))
        if len(self.maillons) >= 2 * _LOT:  # a long chain: its last row is not written before its head is known
            self._write_maillons()

    def _write_maillons(self) -> None:
        Maillon.objects.bulk_create([ligne for ligne, _, _ in self.maillons], batch_size=_LOT)
        Contenu.objects.bulk_create(
            (Contenu(maillon_id=ligne.pk, sel=sel, contenu=contenu) for ligne, sel, contenu in self.maillons),
            batch_size=_LOT,
        )
        Tete.objects.bulk_create(self.tetes, batch_size=_LOT)
        self.maillons.clear()
        self.tetes.clear()

    def _write(self) -> None:
        self._write_maillons()
        Chaine.objects.bulk_create(self.chaines)
        Creancier.objects.bulk_create(t for t in self.tiers if isinstance(t, Creancier))
        Dossier.objects.bulk_create(t for t in self.tiers if isinstance(t, Dossier))
        self.chaines.clear()
        self.tiers.clear()

    def close(self) -> Importe:
        """Write what is left."""
        self._write()
        comptes = [self.comptes.get(sorte, 0) for sorte in (LigneChaine, LigneFait, LigneSceau, LignePiece)]
        return Importe(self.cabinet, *comptes)


def _write_piece(cabinet: Cabinet, ligne: LignePiece) -> None:
    Piece.objects.create(
        cabinet=cabinet,
        sha256=ligne.sha256,
        nom=ligne.nom,
        type_mime=ligne.type_mime,
        taille=ligne.taille,
        contenu=None if ligne.contenu is None else decode_piece(ligne.contenu),
        cree_le=ligne.cree_le,
    )

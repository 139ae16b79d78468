"""Append to journals. The only place that inserts entries: the office calls `services.record_faits`."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from exigible.bureau import horloge
from exigible.bureau.journal.conversion import to_enveloppe, to_ligne
from exigible.bureau.journal.lecture import cut_lots
from exigible.bureau.journal.models import Chaine, Contenu, Maillon, Sorte
from exigible.bureau.tables import update_lignes, write_lignes
from exigible.dossier import journal as domaine
from exigible.dossier.faits import Fait


@dataclass(frozen=True, slots=True)
class FaitAEcrire:
    """A fact to append: what, from which day it holds, and the rank of the entry it corrects, if any."""

    fait: Fait
    date_effet: date
    corrige: int | None = None


@dataclass(frozen=True, slots=True)
class LotEcrit:
    """What was appended to one chain."""

    chaine: Chaine
    maillons: tuple[Maillon, ...]
    inscriptions: tuple[domaine.Inscription, ...]


def lock_chaines(chaines: Sequence[uuid.UUID]) -> dict[uuid.UUID, Chaine]:
    """Lock these chains and the chains of their creditors, always in the same order, until the transaction ends.

    All the creditors first, then the dossiers: two writers never hold what the other waits for. Whoever writes for a
    creditor waits for the other: the holds that bank lines put on its dossiers are common to all.
    SQLite has one writer at once and ignores it.
    """
    cles = sorted(set(chaines))
    creanciers: set[Any] = set()
    for lot in cut_lots(cles):
        lues = Chaine.objects.filter(pk__in=lot).values_list("pk", "sorte", "dossier__creancier__chaine")
        creanciers.update(pk if sorte == Sorte.CREANCIER else sien for pk, sorte, sien in lues)
    creanciers.discard(None)
    verrouillees: dict[uuid.UUID, Chaine] = {}
    for lot in (*cut_lots(sorted(creanciers)), *cut_lots([cle for cle in cles if cle not in creanciers])):
        lignes = Chaine.objects.filter(pk__in=lot).order_by("pk")
        verrouillees |= {chaine.pk: chaine for chaine in lignes.select_for_update(no_key=True)}
    return verrouillees


def append_lots(lots: Sequence[tuple[Chaine, Sequence[FaitAEcrire]]], auteur: str) -> list[LotEcrit]:
    """Append facts to chains, in the caller's transaction, in a few queries. Each chain is named once."""
    verrouillees = lock_chaines([chaine.pk for chaine, _ in lots])
    tetes = _read_tetes(list(verrouillees))
    instant = horloge.now()
    suites: list[tuple[Chaine, list[domaine.Maillon]]] = []
    for chaine, faits in lots:
        precedent = tetes.get(chaine.pk)
        suite = []
        for a_ecrire in faits:
            precedent = domaine.append_fait(
                chaine=str(chaine.pk),
                precedent=precedent,
                fait=a_ecrire.fait,
                date_effet=a_ecrire.date_effet,
                enregistre_le=instant,
                auteur=auteur,
                sel=secrets.token_bytes(domaine.LONGUEUR_SEL),
                corrige=a_ecrire.corrige,
            )
            suite.append(precedent)
        suites.append((verrouillees[chaine.pk], suite))
    return _insert(suites)


def _read_tetes(chaines: Sequence[uuid.UUID]) -> dict[uuid.UUID, domaine.Maillon]:
    """Read the last entry of each chain, from the entries themselves; its content is not needed to go on."""
    tetes: dict[uuid.UUID, domaine.Maillon] = {}
    for lot in cut_lots(chaines):
        for ligne in Maillon.objects.filter(chaine__in=lot, rang=F("chaine__tete_rang")):
            tetes[ligne.chaine_id] = domaine.Maillon(
                enveloppe=to_enveloppe(ligne), empreinte=ligne.empreinte, sel=None, contenu=None
            )
    return tetes


def _read_cles(chaines: Sequence[uuid.UUID]) -> dict[tuple[str, int], int]:
    """Read the keys that the database gave to the entries just added, those that are beyond the head of their chain."""
    cles: dict[tuple[str, int], int] = {}
    for lot in cut_lots(chaines):
        ajoutes = Maillon.objects.filter(chaine__in=lot, rang__gt=F("chaine__tete_rang"))
        cles |= {(str(chaine), rang): cle for chaine, rang, cle in ajoutes.values_list("chaine_id", "rang", "pk")}
    return cles


def _insert(suites: Sequence[tuple[Chaine, list[domaine.Maillon]]]) -> list[LotEcrit]:
    lignes = [[to_ligne(maillon) for maillon in suite] for _, suite in suites]
    write_lignes(Maillon, [vars(ligne) for lot in lignes for ligne in lot])
    cles = _read_cles([chaine.pk for chaine, _ in suites])
    for ligne in (ligne for lot in lignes for ligne in lot):
        ligne.pk = cles[str(ligne.chaine_id), ligne.rang]
    write_lignes(
        Contenu,
        [
            {"maillon_id": ligne.pk, "sel": maillon.sel, "contenu": (maillon.contenu or b"").decode()}
            for (_, suite), lot in zip(suites, lignes, strict=True)
            for maillon, ligne in zip(suite, lot, strict=True)
        ],
    )
    avancees = []
    for chaine, suite in suites:
        if suite:
            chaine.tete_rang, chaine.tete_empreinte = suite[-1].enveloppe.rang, suite[-1].empreinte
            avancees.append({"id": chaine.pk, "tete_rang": chaine.tete_rang, "tete_empreinte": chaine.tete_empreinte})
    update_lignes(Chaine, avancees)
    return [
        LotEcrit(chaine, tuple(lot), tuple(domaine.read_inscription(maillon) for maillon in suite))
        for (chaine, suite), lot in zip(suites, lignes, strict=True)
    ]

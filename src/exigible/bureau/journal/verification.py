"""Check the journal against itself, as it is read: memory does not grow with the number of facts."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.conversion import COLONNES, make_maillon
from exigible.bureau.journal.gardes import list_gardes_absentes
from exigible.bureau.journal.lecture import TAILLE_LOT, name_chaine
from exigible.bureau.journal.models import Chaine, Maillon, Piece
from exigible.bureau.journal.sceaux import verify_sceaux
from exigible.dossier.journal import Anomalie, Verificateur

_TETE = ("chaine__tete_rang", "chaine__tete_empreinte")


def verify_journal(cabinet: Cabinet | None = None) -> list[Anomalie]:
    """Check the guards, every chain, every seal and every file: all the faults found, none raised."""
    anomalies = verify_gardes()
    cabinets = [cabinet] if cabinet else list(Cabinet.objects.order_by("pk"))
    for un in cabinets:
        anomalies += verify_sceaux(un)
        anomalies += verify_chaines(un)
        anomalies += _verify_pieces(un)
    return anomalies


def verify_gardes() -> list[Anomalie]:
    """Check that the database still forbids what it should."""
    return [
        Anomalie(
            "base", 0, "garde_absente", f"la base n'interdit plus de modifier le journal ({nom} manque ou a changé)."
        )
        for nom in list_gardes_absentes(connection)
    ]


def verify_chaines(cabinet: Cabinet) -> Iterator[Anomalie]:
    """Check the ranks, links, hashes, contents and heads of every chain of a cabinet."""
    vides = ~Exists(Maillon.objects.filter(chaine=OuterRef("pk")))
    for cle, rang in Chaine.objects.filter(vides, cabinet=cabinet, tete_rang__gt=0).values_list("pk", "tete_rang"):
        yield Anomalie(
            name_chaine(cle), 0, "tete_fausse", f"tous ses faits ont disparu : le dernier était le n° {rang}."
        )
    for cles in _cut_cles(cabinet):
        lignes = Maillon.objects.filter(chaine__in=cles).order_by("chaine_id", "rang")
        lues = lignes.values_list(*COLONNES, *_TETE).iterator(chunk_size=TAILLE_LOT)
        for cle, siennes in groupby(lues, key=lambda ligne: ligne[0]):
            yield from _verify_chaine(cle, siennes)


def _cut_cles(cabinet: Cabinet) -> Iterator[list[uuid.UUID]]:
    """Cut the chains of a cabinet into lots, in order; what is added meanwhile is read or not, never in part."""
    cles = Chaine.objects.filter(cabinet=cabinet).order_by("pk").values_list("pk", flat=True)
    lot = list(cles[:TAILLE_LOT])
    while lot:
        yield lot
        lot = list(cles.filter(pk__gt=lot[-1])[:TAILLE_LOT])


def _verify_chaine(cle: uuid.UUID, lignes: Iterable[tuple[Any, ...]]) -> Iterator[Anomalie]:
    """Check one chain; its head, read in the same query as each entry, is the last one that is there."""
    verificateur = Verificateur()
    nom = ""
    fautes: list[Anomalie] = []
    for ligne in lignes:
        tete = ligne[-2:]
        fautes += verificateur.check(make_maillon(ligne))
        if ligne[len(COLONNES) - 1] is None:
            message = f"le contenu du fait n° {verificateur.rang} a disparu, sans avoir été effacé."
            fautes.append(Anomalie(str(cle), verificateur.rang, "contenu_disparu", message))
    if tete != (verificateur.rang, verificateur.empreinte):
        message = f"la tête notée (n° {tete[0]}) n'est pas le dernier fait de la chaîne (n° {verificateur.rang})."
        fautes.append(Anomalie(str(cle), verificateur.rang, "tete_fausse", message))
    for faute in fautes:
        nom = nom or name_chaine(cle)
        yield Anomalie(nom, faute.rang, faute.code, faute.message)


def _verify_pieces(cabinet: Cabinet) -> Iterator[Anomalie]:
    for piece in Piece.objects.filter(cabinet=cabinet, contenu__isnull=False).order_by("pk").iterator(chunk_size=1):
        octets = piece.contenu.encode() if isinstance(piece.contenu, str) else piece.contenu
        if hashlib.sha256(octets).hexdigest() != piece.sha256:
            yield Anomalie(f"pièce {piece.nom}", 0, "piece_modifiee", "ses octets ont été modifiés.")

"""Open creditors and dossiers, and read what they are on a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models.functions import Length

from exigible.bureau import horloge
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.models import Chaine, Sorte
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tables import write_lignes
from exigible.bureau.tiers.lecture import load_etat, load_etat_creancier, load_etats
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.tiers.revalorisation import revalue
from exigible.dossier.faits import DebiteurDecrit
from exigible.dossier.faits_creancier import CreancierDecrit

__all__ = [
    "create_creancier",
    "create_dossier",
    "load_etat",
    "load_etat_creancier",
    "load_etats",
    "open_dossiers",
    "revalue",
]

_REFERENCE = re.compile(r"D-(\d+)")


def create_creancier(
    cabinet: Cabinet, description: CreancierDecrit, auteur: str, date_effet: date | None = None
) -> Creancier:
    """Open the journal of a creditor with its description (effect day: today by default)."""
    with transaction.atomic():
        chaine = Chaine.objects.create(cabinet=cabinet, sorte=Sorte.CREANCIER)
        creancier = Creancier.objects.create(id=chaine.pk, cabinet=cabinet, chaine=chaine)
        record_faits(chaine, [FaitAEcrire(description, date_effet or horloge.today())], auteur)
        creancier.refresh_from_db()
    return creancier


def create_dossier(
    creancier: Creancier, debiteur: DebiteurDecrit, auteur: str, date_effet: date | None = None
) -> Dossier:
    """Open a dossier against a debtor with its description (effect day: today by default)."""
    with transaction.atomic():
        dossier = open_dossiers(creancier, 1)[0]
        record_faits(dossier.chaine, [FaitAEcrire(debiteur, date_effet or horloge.today())], auteur)
        dossier.refresh_from_db()
    return dossier


def open_dossiers(creancier: Creancier, nombre: int, apres: Dossier | None = None) -> list[Dossier]:
    """Open empty dossiers, in the caller's transaction, which must describe their debtors at once.

    `apres`: the last one that the caller opened, to find the next number without going through them all.
    """
    cabinet = Cabinet.objects.select_for_update(no_key=True).get(pk=creancier.cabinet_id)
    premier = _find_suivant(cabinet, apres) or _find_dernier_numero(cabinet) + 1
    chaines = [Chaine(cabinet=cabinet, sorte=Sorte.DOSSIER) for _ in range(nombre)]
    dossiers = [
        Dossier(id=chaine.pk, cabinet=cabinet, creancier=creancier, chaine=chaine, reference=f"D-{numero:05d}")
        for numero, chaine in enumerate(chaines, premier)
    ]
    for modele, lignes in ((Chaine, chaines), (Dossier, dossiers)):
        write_lignes(modele, [vars(ligne) for ligne in lignes])
        for ligne in lignes:
            ligne._state.adding = False  # noqa: SLF001 - documented: the row is in the database
    return dossiers


def _find_suivant(cabinet: Cabinet, apres: Dossier | None) -> int:
    """Give the number that follows a dossier, or 0 when somebody took it."""
    trouve = _REFERENCE.fullmatch(apres.reference) if apres else None
    suivant = int(trouve[1]) + 1 if trouve else 0
    pris = Dossier.objects.filter(cabinet=cabinet, reference=f"D-{suivant:05d}")
    return 0 if not suivant or pris.exists() else suivant


def _find_dernier_numero(cabinet: Cabinet) -> int:
    references: Sequence[str] = (
        Dossier.objects.filter(cabinet=cabinet)
        .annotate(longueur=Length("reference"))
        .order_by("-longueur", "-reference")
        .values_list("reference", flat=True)[:1]
    )
    trouve = _REFERENCE.fullmatch(references[0]) if references else None
    return int(trouve[1]) if trouve else 0

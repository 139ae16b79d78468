"""Check the projections against the journal, and rebuild them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.banque.projections import compare_mouvements, rebuild_mouvements
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.tables import Differences
from exigible.bureau.tiers.credits import find_changes
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.tiers.projections import (
    describe_creancier,
    find_differences,
    project_creancier,
    project_dossiers,
    refresh_credits,
)
from exigible.bureau.tiers.revalorisation import PANNES

_LOT = 200


@dataclass(frozen=True, slots=True)
class Ecart:
    """A projection that is not what the journal says: where, and what in French."""

    ou: str
    message: str


def verify_projections(cabinet: Cabinet | None = None) -> Iterator[Ecart]:
    """Recompute every projection from the journal, each dossier on its own `arrete_au`, and list what differs."""
    creanciers = Creancier.objects.order_by("pk")
    for creancier in creanciers.filter(cabinet=cabinet) if cabinet else creanciers:
        yield from _verify_creancier(creancier)
        yield from _verify_dossiers(creancier)
        for dossier in find_changes([creancier.pk]):
            yield Ecart(dossier.reference, "les virements non rapprochés qui retiennent ses relances ont changé.")


def _verify_creancier(creancier: Creancier) -> Iterator[Ecart]:
    attendue = describe_creancier(creancier)
    for nom, valeur in attendue.items():
        if getattr(creancier, nom) != valeur:
            yield Ecart(creancier.nom, _phrase("Creancier", nom, getattr(creancier, nom), valeur))
    for phrase in _list_phrases(Mouvement, compare_mouvements(creancier)):
        yield Ecart(creancier.nom, phrase)


def _verify_dossiers(creancier: Creancier) -> Iterator[Ecart]:
    dossiers = list(Dossier.objects.filter(creancier=creancier).select_related("creancier").order_by("reference"))
    for debut in range(0, len(dossiers), _LOT):
        lot = dossiers[debut : debut + _LOT]
        try:
            yield from _compare(lot)
        except PANNES:
            for dossier in lot:
                yield from _compare_un(dossier)


def _compare_un(dossier: Dossier) -> Iterator[Ecart]:
    try:
        yield from _compare([dossier])
    except PANNES as erreur:
        yield Ecart(dossier.reference, f"dossier illisible : {erreur}")


def _compare(dossiers: list[Dossier]) -> list[Ecart]:
    differences = find_differences(dossiers, None)
    return [
        Ecart(dossier.reference, phrase)
        for dossier in dossiers
        for table in differences[dossier.pk]
        for phrase in sorted(_list_phrases(table.modele, table.differences))
    ]


def _list_phrases(modele: type, differences: Differences) -> Iterator[str]:
    nom = modele.__name__
    for _, cle in differences.absentes:
        yield f"{nom} {cle} : absente de la base."
    for _, cle in differences.en_trop:
        yield f"{nom} {cle} : en trop dans la base."
    for (_, cle), (presente, attendue) in differences.fausses.items():
        for colonne, valeur in attendue.items():
            if presente.get(colonne) != valeur:
                yield _phrase(f"{nom} {cle}".strip(), colonne, presente.get(colonne), valeur)


def _phrase(ou: str, colonne: str, presente: Any, attendue: Any) -> str:
    return f"{ou}, {colonne} : la base dit « {presente} », le journal « {attendue} »."


def rebuild_projections(cabinet: Cabinet | None = None) -> list[str]:
    """Write every projection again from the journal, dossiers on their own day. Return the references left aside."""
    pannes: list[str] = []
    creanciers = Creancier.objects.order_by("pk")
    for creancier in creanciers.filter(cabinet=cabinet) if cabinet else creanciers:
        with transaction.atomic():
            lock_chaines([creancier.chaine_id])
            project_creancier(creancier)
            rebuild_mouvements(creancier)
        dossiers = Dossier.objects.filter(creancier=creancier).select_related("creancier").order_by("reference")
        pannes += [d.reference for d in dossiers if not _rebuild(d)]
        with transaction.atomic():
            lock_chaines([creancier.chaine_id])
            refresh_credits([creancier.pk])
    return pannes


def _rebuild(dossier: Dossier) -> bool:
    try:
        with transaction.atomic():
            lock_chaines([dossier.chaine_id])
            project_dossiers([dossier], None)
    except PANNES:
        return False
    return True

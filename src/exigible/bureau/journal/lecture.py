"""Read journals: entries for the fold, in a number of queries that does not grow with the number of chains."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from exigible.bureau.journal.conversion import to_domaine
from exigible.bureau.journal.models import Chaine, Maillon
from exigible.dossier import journal as domaine
from exigible.dossier.faits import Fait, FaitAnnule

T = TypeVar("T")

TAILLE_LOT = 500
"""How many keys one query names: SQLite and PostgreSQL both bound it."""


def cut_lots(elements: Sequence[T], taille: int = TAILLE_LOT) -> Iterator[Sequence[T]]:
    """Cut a long list of keys into queries."""
    for debut in range(0, len(elements), taille):
        yield elements[debut : debut + taille]


def read_inscriptions(chaine: Chaine) -> list[domaine.Inscription]:
    """Read all the entries of a journal, in order."""
    return read_journaux([chaine.pk])[chaine.pk]


def read_journaux(
    chaines: Iterable[uuid.UUID], types: frozenset[str] | None = None
) -> dict[uuid.UUID, list[domaine.Inscription]]:
    """Read the entries of several journals, in order; `types` keeps those only (and cancellations)."""
    cles = list(dict.fromkeys(chaines))
    journaux: dict[uuid.UUID, list[domaine.Inscription]] = {cle: [] for cle in cles}
    for lot in cut_lots(cles):
        lignes = Maillon.objects.filter(chaine__in=lot).select_related("contenu").order_by("chaine_id", "rang")
        if types is not None:
            lignes = lignes.filter(type__in=types | {domaine.get_type(FaitAnnule(motif=""))})
        for ligne in lignes:
            journaux[ligne.chaine_id].append(domaine.read_inscription(to_domaine(ligne)))
    return journaux


def name_chaine(cle: uuid.UUID) -> str:
    """Say whose journal a chain is, as people call it: reference of the dossier, name of the creditor, else its key."""
    ligne = Chaine.objects.filter(pk=cle).values_list("dossier__reference", "creancier__nom").first()
    return next((nom for nom in ligne or () if nom), str(cle))


@dataclass(frozen=True, slots=True)
class EntreeFil:
    """An entry as the timeline shows it. `remplacee_par`: rank of the entry that corrected or cancelled it, if any."""

    inscription: domaine.Inscription
    type: str
    remplacee_par: int | None
    futur: bool

    @property
    def piece(self) -> str:
        """SHA-256 of the file that proves it, or nothing."""
        return str(getattr(self.inscription.fait, "piece", ""))


def list_fil(chaine: Chaine, au: date) -> list[EntreeFil]:
    """List the entries of a journal as a timeline, newest first; `futur` marks those that take effect after `au`."""
    inscriptions = read_inscriptions(chaine)
    tenues = {i.rang for i in domaine.list_effectives(inscriptions, date.max)}
    corrections = {i.corrige: i.rang for i in inscriptions if i.corrige is not None}
    entrees = [
        EntreeFil(
            inscription=i,
            type=_get_type(i.fait),
            remplacee_par=None if i.rang in tenues else corrections.get(i.rang),
            futur=i.date_effet > au,
        )
        for i in inscriptions
    ]
    return sorted(entrees, key=lambda e: (e.inscription.date_effet, e.inscription.rang), reverse=True)


def _get_type(fait: domaine.FaitLu) -> str:
    return domaine.get_type(fait) if isinstance(fait, Fait) else fait.type

"""How far an import is, what it left aside, and whether it is done at once or in the background."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models.functions import Now

from exigible.bureau.imports.models import Importation, StatutImportation
from exigible.bureau.imports.plan import SANS_EFFET, Issue
from exigible.bureau.imports.services import apply_import, start_import
from exigible.bureau.phrases import load_phrase, translate_phrase
from exigible.bureau.travaux.models import EtatTravail, Travail

LIGNES_SUR_PLACE = 100
"""A file of that many lines at most is written while the person waits; a larger one by a worker."""
_SANS_TRAVAILLEUR = timedelta(seconds=15)
LAISSES_MONTRES = 50


@dataclass(frozen=True, slots=True)
class Avancement:
    """`fait` of `total` dossiers; `attend`: nobody took it yet; `seul`: nobody seems to be there to take it."""

    fait: int
    total: int
    attend: bool
    seul: bool
    erreur: str

    @property
    def pourcent(self) -> int:
        """How far, per cent."""
        return min(100, 100 * self.fait // self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Laisse:
    """A debtor whose dossier was left aside, and why."""

    nom: str
    raison: str


def start_or_apply(importation: Importation, auteur: str) -> Importation:
    """Write a small file at once, unless its creditor's lane is busy; order a large one. Raises ErreurExigible."""
    comptes = importation.apercu["comptes"]
    if sum(comptes[issue.value] for issue in Issue if issue not in SANS_EFFET) > LIGNES_SUR_PLACE:
        return start_import(importation, auteur)
    return apply_import(importation, auteur, attendre=False)


def read_avancement(importation: Importation) -> Avancement | None:
    """Read how far a running or interrupted import is; None for the others."""
    if importation.statut not in {StatutImportation.EN_COURS, StatutImportation.INTERROMPU}:
        return None
    if importation.travail is None:
        return Avancement(0, 0, attend=False, seul=False, erreur="")
    return describe_travail(importation.travail)


def describe_travail(travail: Travail) -> Avancement:
    """Say how far a work in the background is."""
    attend = travail.etat == EtatTravail.A_FAIRE or is_echu(travail)
    return Avancement(
        travail.fait,
        travail.total,
        attend=attend,
        seul=attend and travail.pas_avant < datetime.now(UTC) - _SANS_TRAVAILLEUR,
        erreur=translate_phrase(load_phrase(travail.erreur)) if travail.erreur else "",
    )


def is_echu(travail: Travail) -> bool:
    """Tell whether the one who held a work gives no sign of life any more."""
    tenus = Travail.objects.filter(pk=travail.pk, etat=EtatTravail.EN_COURS)
    return tenus.filter(bail__lt=Now()).exists()


def list_laisses(importation: Importation) -> list[Laisse]:
    """List what an import left aside."""
    parts = importation.parts.exclude(erreur="").order_by("pk")[:LAISSES_MONTRES]
    return [Laisse(part.nom, translate_phrase(load_phrase(part.erreur))) for part in parts]

"""The letters of a dossier: approved, posted, then presented, received, refused or unclaimed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from exigible.dossier.etat import EtatCourrier, SortCourrier
from exigible.dossier.faits import (
    CourrierAnnule,
    CourrierApprouve,
    CourrierNonDistribue,
    CourrierNonReclame,
    CourrierPoste,
    CourrierPresente,
    CourrierRecu,
    CourrierRefuse,
    CreanceNee,
)
from exigible.dossier.suspensions import Faits, is_contestee

MISE_EN_DEMEURE = "mise_en_demeure"

_SORTS: dict[type[CourrierRecu | CourrierRefuse | CourrierNonReclame], SortCourrier] = {
    CourrierRecu: SortCourrier.RECU,
    CourrierRefuse: SortCourrier.REFUSE,
    CourrierNonReclame: SortCourrier.NON_RECLAME,
}


def list_courriers(faits: Faits) -> tuple[EtatCourrier, ...]:
    """Return the letters in order of approval or posting. A posted letter replaces nothing of what was approved."""
    courriers: dict[str, EtatCourrier] = {}
    for jour, approuve in faits.dated(CourrierApprouve):
        courriers[approuve.courrier] = EtatCourrier(
            approuve.courrier,
            approuve.acte,
            approuve.creances,
            SortCourrier.APPROUVE,
            approbation=approuve,
            approuve_le=jour,
        )
    for jour, annule in faits.dated(CourrierAnnule):
        _update(courriers, annule.courrier, sort=SortCourrier.ANNULE, sort_le=jour)
    for jour, poste in faits.dated(CourrierPoste):
        avant = courriers.get(poste.courrier)
        base = avant or EtatCourrier(poste.courrier, poste.acte, poste.creances, SortCourrier.POSTE)
        courriers[poste.courrier] = replace(base, sort=SortCourrier.POSTE, envoi=poste, poste_le=jour)
    _apply_sorts(faits, courriers)
    return tuple(courriers.values())


def _apply_sorts(faits: Faits, courriers: dict[str, EtatCourrier]) -> None:
    for jour, presente in faits.dated(CourrierPresente):
        _present(courriers, presente.courrier, jour)
        _update(courriers, presente.courrier, sort=SortCourrier.PRESENTE, sort_le=jour)
    for sorte, sort in _SORTS.items():
        for jour, fait in faits.dated(sorte):
            # A letter handed over or refused was presented that day at the latest; one returned unclaimed was presented
            # on a day that only the sender's proof can tell.
            presente_le = fait.presente_le or (None if sort is SortCourrier.NON_RECLAME else jour)
            _present(courriers, fait.courrier, presente_le)
            _update(courriers, fait.courrier, sort=sort, sort_le=jour)
    for jour, rendu in faits.dated(CourrierNonDistribue):
        _update(courriers, rendu.courrier, sort=SortCourrier.NON_DISTRIBUE, sort_le=jour, presente_le=None)


def _present(courriers: dict[str, EtatCourrier], cle: str, jour: date | None) -> None:
    courrier = courriers.get(cle)
    if courrier is None or jour is None or courrier.poste_le is None or jour < courrier.poste_le:
        return  # nothing is presented that was not posted before
    if courrier.presente_le is None or jour < courrier.presente_le:
        courriers[cle] = replace(courrier, presente_le=jour)


def _update(courriers: dict[str, EtatCourrier], cle: str, **champs: object) -> None:
    if cle in courriers:
        courriers[cle] = replace(courriers[cle], **champs)  # type: ignore[arg-type]  # the fields are those named above


def find_mises_en_demeure(courriers: tuple[EtatCourrier, ...], creance: str) -> list[EtatCourrier]:
    """Return the formal notices that left for a claim and were not returned undelivered, in order of posting."""
    parties = [
        c
        for c in courriers
        if c.acte == MISE_EN_DEMEURE
        and creance in c.creances
        and c.poste_le is not None
        and c.sort is not SortCourrier.NON_DISTRIBUE
    ]
    return sorted(parties, key=lambda c: c.poste_le or date.min)


def find_demeures(faits: Faits, courriers: tuple[EtatCourrier, ...], creance: CreanceNee) -> list[EtatCourrier]:
    """Return the formal notices that left while nothing of the claim was disputed: only these make it bear interest."""
    parties = find_mises_en_demeure(courriers, creance.cle)
    return [c for c in parties if c.poste_le and not is_contestee(faits, creance, c.poste_le)]


def find_presentation(faits: Faits, courriers: tuple[EtatCourrier, ...], creance: CreanceNee) -> date | None:
    """Return the first presentation from which the claim bears legal interest (C. civ. 1231-6); None if not known."""
    jours = [c.presente_le for c in find_demeures(faits, courriers, creance) if c.presente_le is not None]
    return min(jours, default=None)

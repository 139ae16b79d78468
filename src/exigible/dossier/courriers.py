"""The letters of a dossier: approved, posted, then presented, received, refused or unclaimed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
MISES_EN_DEMEURE = frozenset({MISE_EN_DEMEURE, "mise_en_demeure_bail", "mise_en_demeure_copropriete"})
"""The letters that put the debtor on notice; that to a surety puts on notice the surety alone."""

_SORTS: dict[type[CourrierRecu | CourrierRefuse | CourrierNonReclame], SortCourrier] = {
    CourrierRecu: SortCourrier.RECU,
    CourrierRefuse: SortCourrier.REFUSE,
    CourrierNonReclame: SortCourrier.NON_RECLAME,
}


@dataclass(slots=True)
class _Courrier:
    """A letter while its facts are read: the fields of `EtatCourrier`."""

    cle: str
    acte: str
    creances: tuple[str, ...]
    sort: SortCourrier
    approbation: CourrierApprouve | None = None
    approuve_le: date | None = None
    envoi: CourrierPoste | None = None
    poste_le: date | None = None
    presente_le: date | None = None
    sort_le: date | None = None

    def close(self, sort: SortCourrier, jour: date) -> None:
        """Say what became of it."""
        self.sort, self.sort_le = sort, jour

    def present(self, jour: date | None) -> None:
        """Keep the first presentation; nothing is presented that was not posted before."""
        if jour is None or self.poste_le is None or jour < self.poste_le:
            return
        if self.presente_le is None or jour < self.presente_le:
            self.presente_le = jour

    def build(self) -> EtatCourrier:
        """The letter once all is read."""
        return EtatCourrier(
            self.cle,
            self.acte,
            self.creances,
            self.sort,
            approbation=self.approbation,
            approuve_le=self.approuve_le,
            envoi=self.envoi,
            poste_le=self.poste_le,
            presente_le=self.presente_le,
            sort_le=self.sort_le,
        )


def list_courriers(faits: Faits) -> tuple[EtatCourrier, ...]:
    """Return the letters in order of approval or posting. A posted letter replaces nothing of what was approved."""
    courriers: dict[str, _Courrier] = {}
    for jour, approuve in faits.dated(CourrierApprouve):
        courriers[approuve.courrier] = _Courrier(
            approuve.courrier,
            approuve.acte,
            approuve.creances,
            SortCourrier.APPROUVE,
            approbation=approuve,
            approuve_le=jour,
        )
    for jour, annule in faits.dated(CourrierAnnule):
        if (courrier := courriers.get(annule.courrier)) is not None:
            courrier.close(SortCourrier.ANNULE, jour)
    for jour, poste in faits.dated(CourrierPoste):
        neuf = _Courrier(poste.courrier, poste.acte, poste.creances, SortCourrier.POSTE)
        courrier = courriers.setdefault(poste.courrier, neuf)
        courrier.sort, courrier.envoi, courrier.poste_le = SortCourrier.POSTE, poste, jour
    _apply_sorts(faits, courriers)
    return tuple(courrier.build() for courrier in courriers.values())


def _apply_sorts(faits: Faits, courriers: Mapping[str, _Courrier]) -> None:
    for jour, presente in faits.dated(CourrierPresente):
        if (courrier := courriers.get(presente.courrier)) is not None:
            courrier.present(jour)
            courrier.close(SortCourrier.PRESENTE, jour)
    for sorte, sort in _SORTS.items():
        for jour, fait in faits.dated(sorte):
            if (courrier := courriers.get(fait.courrier)) is not None:
                # A letter handed over or refused was presented that day at the latest; one returned unclaimed was
                # presented on a day that only the sender's proof can tell.
                courrier.present(fait.presente_le or (None if sort is SortCourrier.NON_RECLAME else jour))
                courrier.close(sort, jour)
    for jour, rendu in faits.dated(CourrierNonDistribue):
        if (courrier := courriers.get(rendu.courrier)) is not None:
            courrier.close(SortCourrier.NON_DISTRIBUE, jour)
            courrier.presente_le = None


def list_mises_en_demeure(courriers: Iterable[EtatCourrier]) -> dict[str, list[EtatCourrier]]:
    """Return, for each claim, the formal notices that left and were not returned undelivered, in order of posting."""
    parties: dict[str, list[EtatCourrier]] = {}
    for courrier in sorted(courriers, key=lambda c: c.poste_le or date.min):
        partie = courrier.poste_le is not None and courrier.sort is not SortCourrier.NON_DISTRIBUE
        if courrier.acte in MISES_EN_DEMEURE and partie:
            for creance in dict.fromkeys(courrier.creances):
                parties.setdefault(creance, []).append(courrier)
    return parties


def find_demeures(faits: Faits, parties: Iterable[EtatCourrier], creance: CreanceNee) -> list[EtatCourrier]:
    """Keep the formal notices that left while nothing of the claim was disputed: only these make it bear interest."""
    return [c for c in parties if c.poste_le and not is_contestee(faits, creance, c.poste_le)]


def find_presentation(faits: Faits, parties: Iterable[EtatCourrier], creance: CreanceNee) -> date | None:
    """Return the first presentation from which the claim bears legal interest (C. civ. 1231-6); None if not known."""
    jours = [c.presente_le for c in find_demeures(faits, parties, creance) if c.presente_le is not None]
    return min(jours, default=None)

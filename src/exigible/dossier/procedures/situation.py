"""What a procedure has lived so far: what its guards and its time limits look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from exigible.dossier.faits import Adresse, DebiteurDecrit, EtapeFranchie, Fait, ProcedureOuverte
from exigible.dossier.procedures.graphe import AUDIENCE
from exigible.droit.competence_faits import Juridiction
from exigible.droit.delais import Distance

_OUTRE_MER = ("97", "98")
_LONGUEUR_TERRITOIRE = 3


@dataclass(frozen=True, slots=True)
class EtapeDatee:
    """A step and its day. `fait`: the one that recorded it, None when it happened by lapse of time."""

    jour: date
    evenement: str
    fait: Fait | None


@dataclass(frozen=True, slots=True)
class Situation:
    """A procedure on the way: how it was opened, the steps taken, the debtor as described from each day on."""

    ouverture: ProcedureOuverte
    etapes: tuple[EtapeDatee, ...]
    debiteurs: tuple[tuple[date, DebiteurDecrit], ...]

    def add(self, etape: EtapeDatee) -> Situation:
        """The situation once a step is taken."""
        return replace(self, etapes=(*self.etapes, etape))

    def find_jour(self, evenements: Sequence[str]) -> date | None:
        """Return the latest day of these events (or of the hearing); None when none came."""
        jours = [etape.jour for etape in self.etapes if etape.evenement in evenements]
        if AUDIENCE in evenements and (audience := self.audience) is not None:
            jours.append(audience)
        return max(jours, default=None)

    def has(self, *evenements: str) -> bool:
        """Whether one of these events came."""
        return any(etape.evenement in evenements for etape in self.etapes)

    def find_dernier(self, *evenements: str) -> EtapeFranchie | None:
        """Return the last recorded step among these events, or whatever the event when none is named."""
        for etape in reversed(self.etapes):
            if isinstance(etape.fait, EtapeFranchie) and (not evenements or etape.evenement in evenements):
                return etape.fait
        return None

    @property
    def audience(self) -> date | None:
        """The day of the hearing: the last one given."""
        jours = [f.audience for e in self.etapes if (f := e.fait) and isinstance(f, EtapeFranchie) and f.audience]
        return jours[-1] if jours else self.ouverture.audience

    @property
    def juridiction(self) -> Juridiction | None:
        """The court seised: the last one named."""
        dites = [f.juridiction for e in self.etapes if isinstance(f := e.fait, EtapeFranchie) and f.juridiction]
        return dites[-1] if dites else self.ouverture.juridiction

    @property
    def debiteur(self) -> DebiteurDecrit:
        """The debtor as last described."""
        return self.debiteurs[-1][1]

    def find_distance(self, jour: date) -> Distance:
        """Where the person sued lived on a day: as said when the procedure was opened, else by the debtor's address."""
        if self.ouverture.distance is not None:
            return self.ouverture.distance
        connus = [debiteur for debut, debiteur in self.debiteurs if debut <= jour]
        return find_distance((connus[-1] if connus else self.debiteurs[0][1]).adresse)


def find_distance(adresse: Adresse) -> Distance:
    """Say how far from mainland France an address is; none while it is not known (the earlier end)."""
    if adresse.pays != "FR":
        return Distance.ETRANGER
    return Distance.OUTRE_MER if adresse.code_postal.startswith(_OUTRE_MER) else Distance.AUCUNE


def find_distance_du_tribunal(partie: Adresse, ressort: Adresse) -> Distance:
    """Say how far a party lives from a court that sits where `ressort` is: mainland France, or a territory overseas."""
    if _get_territoire(partie) == _get_territoire(ressort):
        return Distance.AUCUNE
    return Distance.ETRANGER if partie.pays != "FR" else Distance.OUTRE_MER


def _get_territoire(adresse: Adresse) -> str:
    if adresse.pays != "FR":
        return adresse.pays
    return adresse.code_postal[:_LONGUEUR_TERRITOIRE] if adresse.code_postal.startswith(_OUTRE_MER) else "FR"

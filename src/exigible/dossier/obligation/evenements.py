"""What changes the claims of a dossier on the way, in the account of one person: decisions, assignments, waivers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from exigible.dossier.etat import EtatCreancier
from exigible.dossier.faits import (
    DEBITEUR,
    CreanceNee,
    ProcedureCollectiveOuverte,
)
from exigible.dossier.obligation.obliges import Oblige, Partage, find_cession, list_abandons, list_cessions
from exigible.dossier.obligation.succession import Abandon, Changement
from exigible.dossier.obligation.titre import Decision, ReglesChefs, build_changement, names_nothing
from exigible.dossier.surendettement import PeriodeSurendettement
from exigible.dossier.suspensions import Faits, is_anterieure
from exigible.droit.argent import ZERO
from exigible.droit.decompte import Creance
from exigible.droit.pauses import MotifPause, Pause


@dataclass(frozen=True, slots=True)
class Compte:
    """Whose account is drawn up: the decisions that hold against that person, its share when the debt divides."""

    personne: str
    decisions: tuple[Decision, ...]
    obliges: tuple[Oblige, ...] = ()
    partage: Partage | None = None


COMPTE_DU_DEBITEUR = Compte(DEBITEUR, ())
"""The debtor's account when nothing was judged and nobody else is liable."""


def list_evenements(
    faits: Faits, compte: Compte, creancier: EtatCreancier, finish: Callable[[Creance], Creance]
) -> list[Changement | Abandon]:
    """Return what changes the claims of an account; `finish` is applied to each head, as it is to the claims."""
    creances = faits.list(CreanceNee)
    changements = [
        _divide(_make_changement(faits, decision, creances, creancier), decision, compte.partage, finish)
        for decision in compte.decisions
        if decision.effective and not _is_cedee(faits, decision, creances)
    ]
    abandons = list_abandons(faits, compte.obliges, compte.personne, divisee=compte.partage is not None)
    return [*changements, *list_cessions(faits, creances), *(_divide_abandon(a, compte.partage) for a in abandons)]


def _make_changement(
    faits: Faits, decision: Decision, creances: Sequence[CreanceNee], creancier: EtatCreancier
) -> Changement:
    regles = ReglesChefs(
        creancier.description.qualite, creancier.ajouts, list_pauses(faits, find_origine(decision, creances))
    )
    return build_changement(decision, creances, regles)


def find_origine(decision: Decision, creances: Sequence[CreanceNee]) -> CreanceNee:
    """Return the oldest claim that was judged: what stops its interest stops that of the heads; else the decision."""
    nommees = {cle for chef in decision.fait.chefs for cle in chef.creances}
    jugees = [c for c in creances if (c.emission <= decision.jour if names_nothing(decision) else c.cle in nommees)]
    depuis_le_jugement = CreanceNee(cle="", numero="", emission=decision.jour, montant=ZERO)
    return min(jugees, key=lambda c: min(c.execution or c.emission, c.emission), default=depuis_le_jugement)


def _is_cedee(faits: Faits, decision: Decision, creances: Sequence[CreanceNee]) -> bool:
    """Whether all that was judged belonged to somebody else by then."""
    nommees = {cle for chef in decision.fait.chefs for cle in chef.creances}
    jugees = [c for c in creances if c.cle in nommees]
    cessions = [find_cession(faits, c) for c in jugees]
    return bool(jugees) and all(cession is not None and cession[0] <= decision.coupe for cession in cessions)


def _divide(
    changement: Changement, decision: Decision, partage: Partage | None, finish: Callable[[Creance], Creance]
) -> Changement:
    """Give each debtor of a joint debt its share of the heads, unless the decision binds each for the whole."""
    entrent = tuple(finish(c) for c in changement.entrent)
    if partage is not None and not decision.fait.solidaire:
        entrent = tuple(divide_creance(c, partage) for c in entrent)
    return replace(changement, entrent=entrent)


def divide_creance(creance: Creance, partage: Partage) -> Creance:
    """Return the share of one debtor in a claim."""
    return replace(
        creance,
        principal=partage.split(creance.principal, creance.cle),
        indemnite=partage.split(creance.indemnite, creance.cle),
        frais=partage.split(creance.frais, creance.cle),
    )


def _divide_abandon(abandon: Abandon, partage: Partage | None) -> Abandon:
    if partage is None or abandon.montant is None:
        return abandon
    montant = partage.split(abandon.montant)
    return replace(abandon, montant=montant)


def list_pauses(faits: Faits, creance: CreanceNee) -> tuple[Pause, ...]:
    """List what stops the interest of a claim born before it: insolvency, or over-indebtedness while it lasts."""
    pauses = [
        Pause(jour, MotifPause.PROCEDURE_COLLECTIVE)
        for jour, _ in faits.dated(ProcedureCollectiveOuverte)
        if is_anterieure(creance, jour)
    ]
    for _, periode in faits.dated(PeriodeSurendettement):
        if is_anterieure(creance, periode.depuis):
            pauses += periode.pauses
    return _keep_utiles(sorted(pauses, key=lambda pause: pause.du))


def _keep_utiles(pauses: Sequence[Pause]) -> tuple[Pause, ...]:
    """Leave out what begins once interest is stopped for good."""
    sans_fin = next((rang for rang, pause in enumerate(pauses) if pause.au is None), len(pauses))
    return tuple(pauses[: sans_fin + 1])

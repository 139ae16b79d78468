"""The time limits that an act tells, counted by the rules of the graph of procedures: none is written here."""

from __future__ import annotations

from datetime import date

from exigible.dossier.procedures.graphe import SensDelai, TransitionGraphe, load_graphe
from exigible.droit.delais import Distance, Sens, compute_delai


def find_regle(procedure: str, evenement: str, jour: date) -> TransitionGraphe | None:
    """Return the step of a procedure, timed, in force on the day that governs it; None when there is none."""
    transitions = load_graphe().procedures[procedure].transitions
    return next((t for t in transitions if t.evenement == evenement and t.delai and t.is_valide(jour)), None)


def get_regle(procedure: str, code: str) -> TransitionGraphe:
    """Return a step by its code."""
    return next(t for t in load_graphe().procedures[procedure].transitions if t.code == code)


def compute_terme(regle: TransitionGraphe, depart: date, distance: Distance = Distance.AUCUNE) -> date:
    """Return the last day of the time limit of a step, from its departure or back from a hearing (`depart`)."""
    assert regle.delai is not None  # noqa: S101 - the callers choose steps that have one
    sens = Sens.AVANT if regle.delai.sens is SensDelai.AVANT else Sens.APRES
    terme = depart
    for duree in regle.delai.durees:
        loin = distance if regle.delai.distance else Distance.AUCUNE
        terme = compute_delai(terme, duree, sens=sens, distance=loin, reporter=regle.delai.reporter).echeance
    return terme

"""What may be recorded in a procedure, and what recording it would change: seen before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from exigible.dossier.agenda import LigneAgenda, list_agenda
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import Fait
from exigible.dossier.journal import Inscription
from exigible.dossier.plier import fold_dossier
from exigible.dossier.procedures.cours import find_jour_regissant
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.graphe import ProcedureGraphe, TransitionGraphe, load_graphe
from exigible.dossier.procedures.plier import AMIABLE
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import Phrase


def list_entrees() -> list[tuple[ProcedureGraphe, tuple[TransitionGraphe, ...]]]:
    """List the procedures that a fact may open, each with its first steps, one an event."""
    procedures = [p for p in load_graphe().procedures.values() if p.code != AMIABLE]
    return [(p, tuple(_index(p.entrees).values())) for p in procedures]


def list_etapes(procedure: EtatProcedure, jour: date) -> tuple[TransitionGraphe, ...]:
    """List the steps that its state takes from a fact of the day `jour`, one an event."""
    ouvertes = [
        t for t in procedure.sorties if not t.terme and t.is_valide(find_jour_regissant(t, procedure.situation, jour))
    ]
    return tuple(_index(ouvertes).values())


def list_rattrapages(procedure: EtatProcedure, jour: date) -> tuple[TransitionGraphe, ...]:
    """List the steps that a former state took and the present one does not, one an event: what is recorded late.

    A service made in time and learnt too late still counts on its own day: what time had done is then undone.
    """
    possibles = {t.evenement for t in list_etapes(procedure, jour)}
    quittes = dict.fromkeys(p.transition.vers for p in procedure.passages if p.transition.vers != procedure.etat.code)
    sorties = [t for etat in quittes for t in procedure.graphe.sorties.get(etat, ()) if not t.terme]
    return tuple(t for t in _index(sorties).values() if t.evenement not in possibles)


def list_impossibles(procedure: EtatProcedure, jour: date) -> tuple[TransitionGraphe, ...]:
    """List the steps of its graph that none of its states, present or former, takes: one an event."""
    possibles = {t.evenement for t in (*list_etapes(procedure, jour), *list_rattrapages(procedure, jour))}
    suites = [t for t in procedure.graphe.transitions if not t.terme and t.de in procedure.graphe.par_code]
    return tuple(t for t in _index(suites).values() if t.evenement not in possibles)


def _index(transitions: Iterable[TransitionGraphe]) -> Mapping[str, TransitionGraphe]:
    """Keep the first transition of each event."""
    premieres: dict[str, TransitionGraphe] = {}
    for transition in transitions:
        premieres.setdefault(transition.evenement, transition)
    return premieres


@dataclass(frozen=True, slots=True)
class ProcedureChangee:
    """A procedure whose state changes; `avant` is None when it is opened."""

    nom: Phrase
    avant: Phrase | None
    apres: Phrase


@dataclass(frozen=True, slots=True)
class Changements:
    """What a fact would change. `deplacees`: with their former day. `avertissements`: those that it brings."""

    procedures: tuple[ProcedureChangee, ...]
    nouvelles: tuple[LigneAgenda, ...]
    deplacees: tuple[tuple[LigneAgenda, date], ...]
    levees: tuple[LigneAgenda, ...]
    avertissements: tuple[Avertissement, ...]

    @property
    def vides(self) -> bool:
        """Whether nothing changes: the fact would be kept, without effect."""
        return not (self.procedures or self.nouvelles or self.deplacees or self.levees)


def simulate_fait(
    inscriptions: Sequence[Inscription],
    du_creancier: Sequence[Inscription],
    essai: tuple[Fait, date, int | None],
    au: date,
    instant: datetime,
) -> Changements:
    """Say what a fact would change on the day `au`. `essai`: the fact, its effect day, the rank that it corrects.

    `instant`: when it would be recorded. Raises ErreurExigible when the dossier cannot be read with it.
    """
    fait, jour, corrige = essai
    rang = max((i.rang for i in inscriptions), default=0) + 1
    suite = Inscription(rang=rang, date_effet=jour, fait=fait, enregistre_le=instant, corrige=corrige)
    avant = fold_dossier(inscriptions, du_creancier, au, provisoire=True)
    return compare_etats(avant, fold_dossier([*inscriptions, suite], du_creancier, au, provisoire=True))


def compare_etats(avant: EtatDossier, apres: EtatDossier) -> Changements:
    """Say what separates two states of a dossier: procedures, deadlines, warnings."""
    connues = {p.cle: p for p in avant.procedures}
    lignes_avant = {ligne.cle: ligne for ligne in list_agenda(avant)}
    lignes_apres = {ligne.cle: ligne for ligne in list_agenda(apres)}
    communes = [(ligne, lignes_avant[cle]) for cle, ligne in lignes_apres.items() if cle in lignes_avant]
    deja = set(_list_avertissements(avant))
    return Changements(
        procedures=tuple(_describe(connues.get(p.cle), p) for p in apres.procedures if _differe(connues.get(p.cle), p)),
        nouvelles=tuple(ligne for cle, ligne in lignes_apres.items() if cle not in lignes_avant),
        deplacees=tuple(
            (ligne, ancienne.echeance.le) for ligne, ancienne in communes if ligne.echeance.le != ancienne.echeance.le
        ),
        levees=tuple(ligne for cle, ligne in lignes_avant.items() if cle not in lignes_apres),
        avertissements=tuple(a for a in _list_avertissements(apres) if a not in deja),
    )


def _list_avertissements(etat: EtatDossier) -> tuple[Avertissement, ...]:
    tous = (*etat.avertissements, *(a for p in etat.procedures for a in p.avertissements))
    return tuple(dict.fromkeys(tous))


def _differe(avant: EtatProcedure | None, apres: EtatProcedure) -> bool:
    return avant is None or _name_etat(avant) != _name_etat(apres)


def _describe(avant: EtatProcedure | None, apres: EtatProcedure) -> ProcedureChangee:
    return ProcedureChangee(apres.graphe.nom, None if avant is None else _name_etat(avant), _name_etat(apres))


def _name_etat(procedure: EtatProcedure) -> Phrase:
    """Name where it stands: what it led to when that is elsewhere, else its own state."""
    return load_graphe().get_etat(procedure.issue).nom if procedure.issue else procedure.etat.nom

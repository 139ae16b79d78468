"""Since when a decision may be enforced against a person: enforceable, served, and not stopped meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from exigible.dossier.faits import (
    DEBITEUR,
    DecisionExecutoire,
    EtapeFranchie,
    JugementRendu,
    JugementSignifie,
    NatureDecision,
)
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.suspensions import Faits

_SIGNIFICATION = "signification"
_TITRE = "TITRE"
_ARRETE = "TITRE_SUSPENDU"


class Arret(NamedTuple):
    """Whether the enforcement of a decision is stopped, and the last day on which it was permitted again."""

    en_cours: bool = False
    reprise: date | None = None


JAMAIS_ARRETE = Arret()


def find_executoire(
    faits: Faits,
    decision: JugementRendu,
    jour: date,
    procedures: Sequence[EtatProcedure] = (),
    personne: str = DEBITEUR,
) -> date | None:
    """Return the first day on which a decision is enforceable against a person.

    At once, as facts say, or as its procedure came to: the one against that person, when it parted between several.
    """
    jours = [j for j, f in faits.dated(DecisionExecutoire) if f.decision == decision.cle]
    jours += [p.ouverte_le for p in _list_titres(decision, procedures, personne)]
    if decision.execution_provisoire and decision.nature is not NatureDecision.INJONCTION_DE_PAYER:
        jours.append(jour)
    return min(jours, default=None)


def find_arret(decision: JugementRendu, procedures: Sequence[EtatProcedure], personne: str = DEBITEUR) -> Arret:
    """Say whether the enforcement of a decision against a person is stopped (CPC 514-3, 517-1), or was until a day."""
    titres = list(_list_titres(decision, procedures, personne))
    reprises = [
        passage.jour
        for titre in titres
        for passage in titre.passages
        if passage.transition.de == _ARRETE and passage.transition.vers != _ARRETE
    ]
    return Arret(any(titre.etat.code == _ARRETE for titre in titres), max(reprises, default=None))


def _list_titres(
    decision: JugementRendu, procedures: Sequence[EtatProcedure], personne: str
) -> Iterator[EtatProcedure]:
    """The enforcement of a decision against a person, as its procedure came to it."""
    if decision.procedure:
        suites = f"{decision.procedure}."
        for procedure in procedures:
            de_lui = personne in (procedure.contre or (personne,))
            if procedure.graphe.code == _TITRE and procedure.cle.startswith(suites) and de_lui:
                yield procedure


def find_signification(faits: Faits, decision: JugementRendu, jour: date, personne: str = DEBITEUR) -> date | None:
    """Return the first service of a decision on a person, as facts or steps of its procedure say."""
    jours = [
        j
        for j, f in faits.dated(JugementSignifie)
        if f.decision == decision.cle and personne in (f.personnes or (DEBITEUR,))
    ]
    jours += [j for j, f in _list_etapes(faits, decision, jour, personne) if f.evenement.startswith(_SIGNIFICATION)]
    return min(jours, default=None)


def _list_etapes(
    faits: Faits, decision: JugementRendu, jour: date, personne: str
) -> Iterator[tuple[date, EtapeFranchie]]:
    """List the steps towards a person: those that name him, or taken in the procedure parted for him."""
    if decision.procedure:
        sienne = f"{decision.procedure}.{personne}"
        for j, etape in faits.dated(EtapeFranchie):
            nommee = etape.procedure == decision.procedure and (etape.personne or DEBITEUR) == personne
            if (nommee or etape.procedure == sienne) and j >= jour:
                yield j, etape

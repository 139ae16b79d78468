"""Which facts the procedures are made of, and those that open one in words of their own (insolvency)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter

import msgspec

from exigible.dossier.faits import (
    DEBITEUR,
    Adresse,
    CreanceNee,
    EtapeFranchie,
    Fait,
    FaitDeProcedure,
    PosteRenonce,
    ProcedureAbandonnee,
    ProcedureCollectiveOuverte,
    ProcedureOuverte,
    RenonciationFaite,
    SurendettementRecevable,
)
from exigible.dossier.procedures.causes import PENSION, find_nature
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.situation import find_distance_du_tribunal
from exigible.droit.delais import Distance

COLLECTIVE = "PC"
SURENDETTEMENT = "SUREND"
INSOLVABILITES = frozenset({COLLECTIVE, SURENDETTEMENT})
_OUVERTURE = "jugement_ouverture"
_IMPLICITES: Mapping[str, Fait] = {
    _OUVERTURE: ProcedureCollectiveOuverte(nature="procédure collective"),
}
"""The events that change more than the procedure, and the fact that says so: a publication opens nothing anew."""
_DECISION, _EFFACEMENT = "SUREND_RP", "SUREND_EFFACE"
_DE_PROCEDURE = frozenset(
    (
        ProcedureOuverte,
        *FaitDeProcedure.__subclasses__(),
        ProcedureAbandonnee,
        ProcedureCollectiveOuverte,
        SurendettementRecevable,
    )
)


class CollectiveOuverte(ProcedureOuverte, frozen=True, tag="#collective_ouverte"):
    """The insolvency told by `ProcedureCollectiveOuverte`, its nature and its agent; never written in a journal."""

    nature: str = ""
    mandataire: str = ""


def list_faits_de_procedure(
    faits: Iterable[tuple[date, Fait]], creancier: Adresse, debiteur: Adresse, au: date
) -> list[tuple[date, Fait]]:
    """Return the facts of procedures up to a day (included), in order of day; insolvency told as an opening."""
    distance = find_distance_du_tribunal(creancier, debiteur) if creancier.complete else None
    lus: list[tuple[date, Fait]] = []
    rang, surendettements = 0, 0
    for jour, fait in faits:
        if type(fait) not in _DE_PROCEDURE:  # nearly all of them
            continue
        if isinstance(fait, ProcedureOuverte):
            lus.append((jour, _place(fait, distance)))
        elif isinstance(fait, FaitDeProcedure | ProcedureAbandonnee):
            lus.append((jour, fait))
        elif isinstance(fait, ProcedureCollectiveOuverte):
            rang += 1
            lus += _open_collective(jour, fait, COLLECTIVE if rang == 1 else f"{COLLECTIVE}-{rang}", distance)
        elif isinstance(fait, SurendettementRecevable):
            surendettements += 1
            cle = SURENDETTEMENT if surendettements == 1 else f"{SURENDETTEMENT}-{surendettements}"
            lus.append((jour, ProcedureOuverte(cle=cle, procedure=SURENDETTEMENT, evenement="recevabilite")))
    return sorted(((jour, fait) for jour, fait in lus if jour <= au), key=itemgetter(0))


def list_insolvabilites(
    procedures: Sequence[EtatProcedure], faits: Sequence[tuple[date, Fait]]
) -> list[tuple[date, Fait]]:
    """Return, as facts, what the steps of the debtor's insolvency bring: the rest reads facts.

    Its opening, unless a fact of its own tells it; the debts that a personal recovery wipes out (C. conso. L741-2).
    """
    if not procedures:
        return []
    deja = {jour for jour, fait in faits if isinstance(fait, ProcedureCollectiveOuverte)}
    implicites: list[tuple[date, Fait]] = []
    for procedure in procedures:
        if DEBITEUR not in (procedure.contre or (DEBITEUR,)):
            continue
        for passage in procedure.passages:
            etape = passage.transition
            fait = _IMPLICITES.get(etape.evenement)
            if fait is not None and passage.jour not in deja:
                implicites.append((passage.jour, fait))
                deja.add(passage.jour)
            if etape.vers == _EFFACEMENT:
                implicites += [(passage.jour, renonciation) for renonciation in _wipe_out(procedures, procedure, faits)]
    return implicites


def _wipe_out(
    procedures: Sequence[EtatProcedure], effacement: EtatProcedure, faits: Sequence[tuple[date, Fait]]
) -> list[RenonciationFaite]:
    """Give up each claim born before the decision, but maintenance, which no recovery wipes out (C. conso. L711-4)."""
    decision = next((p.jour for p in effacement.passages if p.transition.vers == _DECISION), effacement.depuis)
    return [
        RenonciationFaite(
            cle=f"effacement-{fait.cle}", poste=PosteRenonce.TOUT, creances=(fait.cle,), motif="C. conso. L741-2"
        )
        for _, fait in faits
        if isinstance(fait, CreanceNee)
        and min(fait.execution or fait.emission, fait.emission) < decision
        and (fait.nature or find_nature(procedures, fait.cle)) != PENSION
    ]


def _place(ouverture: ProcedureOuverte, distance: Distance | None) -> ProcedureOuverte:
    """In an insolvency it is the creditor who must answer in time: his distance counts, unless it was said."""
    if ouverture.procedure != COLLECTIVE or ouverture.distance is not None:
        return ouverture
    return msgspec.structs.replace(ouverture, distance=distance)


def _open_collective(
    jour: date, fait: ProcedureCollectiveOuverte, cle: str, distance: Distance | None
) -> list[tuple[date, Fait]]:
    """The judgment opens the procedure; its publication, when known, starts the time to claim (C. com. L622-24).

    Two months, four for a creditor who does not live where the court sits (R622-24): the distance is the creditor's.
    """
    ouverture = CollectiveOuverte(
        cle=cle,
        procedure=COLLECTIVE,
        evenement=_OUVERTURE,
        distance=distance,
        nature=fait.nature,
        mandataire=fait.mandataire,
    )
    if fait.publication is None:
        return [(jour, ouverture)]
    return [(jour, ouverture), (fait.publication, EtapeFranchie(procedure=cle, evenement="publication_bodacc"))]

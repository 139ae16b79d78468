"""The facts of a procedure: what was begun, against whom, and each step that followed.

Which steps a procedure knows is written in its graph (`procedures/graphe/`): a fact names one of its events. The day of
the step is the effect day of the entry. Same rules as `faits.py`, the catalogue from which everything is imported.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.dossier.faits_base import Fait
from exigible.droit.competence_faits import Juridiction
from exigible.droit.delais import Distance


class ModeSignification(StrEnum):
    """How an officer served an act (CPC 653 to 662-1)."""

    A_PERSONNE = "a_personne"
    A_DOMICILE = "a_domicile"
    A_ETUDE = "a_etude"
    PV_659 = "pv_659"
    ELECTRONIQUE_A_PERSONNE = "electronique_a_personne"
    ELECTRONIQUE_A_DOMICILE = "electronique_a_domicile"
    ETRANGER = "etranger"


class Qualification(StrEnum):
    """What a judgment is, for the remedies against it (CPC 467 to 474)."""

    CONTRADICTOIRE = "contradictoire"
    REPUTE_CONTRADICTOIRE = "repute_contradictoire"
    PAR_DEFAUT = "par_defaut"


class ProcedureOuverte(Fait, frozen=True, tag="procedure_ouverte"):
    """A procedure begun on the effect day by its first step (`evenement`).

    `procedure`: its code in the graph (`IP`). `creances`: those it is about, all of them when empty. `contre`: the keys
    of the persons it is brought against, the debtor when empty. `montant`: what is asked, in euros. `audience`: the day
    of the hearing, when known. `distance`: where the person sued lives (CPC 643), or the creditor in an insolvency
    (C. com. R622-24). `mode`: how the first act was served on the person it is brought against.
    """

    cle: str
    procedure: str
    evenement: str
    creances: tuple[str, ...] = ()
    contre: tuple[str, ...] = ()
    juridiction: Juridiction | None = None
    lieu: str = ""
    reference: str = ""
    montant: Decimal | None = None
    audience: date | None = None
    distance: Distance | None = None
    mode: ModeSignification | None = None
    commentaire: str = ""
    piece: str = ""


class FaitDeProcedure(Fait, frozen=True):
    """Base of the facts that are a step: `procedure`, the key under which it was opened; `evenement`, of its graph."""

    procedure: str
    evenement: str


class EtapeFranchie(FaitDeProcedure, frozen=True, tag="etape_franchie"):
    """A step of a procedure, on the effect day.

    `personne`: the key of the one it concerns, when there are several; `mode`: how it was served; `audience`: the day
    of the hearing it gives; `qualification` and `dernier_ressort`: those of a decision; `montant`: what was awarded,
    seized, declared or admitted, in euros.
    """

    personne: str = ""
    mode: ModeSignification | None = None
    juridiction: Juridiction | None = None
    reference: str = ""
    audience: date | None = None
    qualification: Qualification | None = None
    dernier_ressort: bool | None = None
    montant: Decimal | None = None
    commentaire: str = ""
    piece: str = ""


class ProcedureAbandonnee(Fait, frozen=True, tag="procedure_abandonnee"):
    """The creditor gives a procedure up on the effect day (CPC 394); what it interrupted is lost (C. civ. 2243)."""

    procedure: str
    motif: str
    piece: str = ""

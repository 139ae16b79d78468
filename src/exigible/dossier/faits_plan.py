"""The facts of promises and payment plans: what was agreed, how it was signed, the notice when it is not kept, its end.

Same rules as `faits.py`, the catalogue from which everything is imported.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from exigible.dossier.faits_base import Fait
from exigible.droit.creance import Poste
from exigible.droit.plan import InteretsDuPlan


class PartieAuPlan(StrEnum):
    """Who agreed to a clause."""

    CREANCIER = "creancier"
    DEBITEUR = "debiteur"


class PromesseRecue(Fait, frozen=True, tag="promesse_recue"):
    """The debtor promises to pay by `jusqu_au`, included; `montant` None means all that is due."""

    cle: str
    jusqu_au: date
    creances: tuple[str, ...] = ()
    montant: Decimal | None = None
    commentaire: str = ""


class EcheancePlan(msgspec.Struct, frozen=True):
    """One instalment of a plan: due on `jour`, included."""

    jour: date
    montant: Decimal


class PlanConvenu(Fait, frozen=True, tag="plan_convenu"):
    """A payment plan that was agreed on the effect day; no claim named means all of them.

    `interets`: what becomes of the interest that follows, None when the agreement does not say. `imputation`: the order
    agreed inside a claim (C. civ. 1343-1), empty for the law's; `creances_dans_l_ordre`: payments without choice go to
    `creances`, in that order (C. civ. 1342-10); `imputation_par`: who agreed to these two. `tolerance_jours`: the days
    of grace after each instalment. `decheance`: an express clause lets the whole be claimed after a notice, which
    leaves `delai_decheance_jours`. `signe_par_debiteur`: it acknowledges the debt (C. civ. 2240). `remplace`: the key
    of the plan that it replaces.
    """

    cle: str
    creances: tuple[str, ...]
    echeances: tuple[EcheancePlan, ...]
    piece: str = ""
    interets: InteretsDuPlan | None = None
    imputation: tuple[Poste, ...] = ()
    creances_dans_l_ordre: bool = False
    imputation_par: tuple[PartieAuPlan, ...] = ()
    tolerance_jours: int = 0
    decheance: bool = False
    delai_decheance_jours: int | None = None
    signe_par_debiteur: bool = False
    remplace: str = ""


class PlanMisEnDemeure(Fait, frozen=True, tag="plan_mis_en_demeure"):
    """Notice to pay the instalments due, which left on the effect day and leaves `delai_jours` from `recue_le`.

    `recue_le`: the day it was received, or first presented; None while it is not known, or when it is to be read from
    what became of the letter (`courrier`, its key).
    """

    plan: str
    delai_jours: int
    recue_le: date | None = None
    piece: str = ""
    courrier: str = ""


class PlanRompu(Fait, frozen=True, tag="plan_rompu"):
    """The plan is over because it was not kept, after notice."""

    plan: str
    motif: str = ""
    piece: str = ""

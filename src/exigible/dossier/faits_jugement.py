"""The facts of a decision: what was awarded, to whom, on which terms; when it was served and became enforceable.

Same rules as `faits.py`, the catalogue from which everything is imported.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from exigible.dossier.faits_base import Fait
from exigible.dossier.faits_procedure import Qualification


class NatureDecision(StrEnum):
    """What the decision is: an order for payment binds nobody before it is enforceable (CPC 1422)."""

    JUGEMENT = "jugement"
    ARRET = "arret"
    ORDONNANCE_REFERE = "ordonnance_refere"
    INJONCTION_DE_PAYER = "injonction_de_payer"


class RegimeChef(StrEnum):
    """How a head bears interest: legal rate, a rate, a multiple of the legal rate, that of late payments, none."""

    LEGAL = "legal"
    TAUX = "taux"
    MULTIPLE_LEGAL = "multiple_legal"
    COMMERCIAL = "commercial"
    AUCUN = "aucun"


class ChargeDepens(StrEnum):
    """Who bears the costs of the proceedings (CPC 696)."""

    DEBITEUR = "debiteur"
    CREANCIER = "creancier"
    PARTAGES = "partages"


class MotifAneantissement(StrEnum):
    """Why a decision no longer holds."""

    OPPOSITION = "opposition"
    INFIRMATION = "infirmation"
    CASSATION = "cassation"
    RETRACTATION = "retractation"
    CADUCITE = "caducite"
    NON_AVENU = "non_avenu"


class ChefJugement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One head of a decision: `montant` euros, in place of the claims named in `creances`.

    `depart`: the day from which the decision makes interest run; interest counts from the next day, and None is the day
    of the decision. `taux`: yearly per cent, or the multiple of the legal rate. `s_ajoute`: it adds to the claims and
    replaces none (damages).
    """

    cle: str
    montant: Decimal
    libelle: str = ""
    regime: RegimeChef = RegimeChef.LEGAL
    taux: Decimal | None = None
    depart: date | None = None
    creances: tuple[str, ...] = ()
    s_ajoute: bool = False


class DelaiDeGrace(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Time granted by the judge (C. civ. 1343-5): until `jusqu_au`, included, at most two years.

    `echeances`: day and amount of each instalment. `interets_courent`: the decision says that interest runs meanwhile;
    `capital_d_abord`: it orders payments on the principal first. `taux_reduit`: the rate that it orders meanwhile
    (yearly per cent), in place of that of the heads. `depuis`: its first day, None the day of the decision (CPC 511).
    `decisions`: the earlier ones whose heads it delays (CPCE R121-1); when empty, the one that grants it.
    """

    jusqu_au: date
    echeances: tuple[tuple[date, Decimal], ...] = ()
    interets_courent: bool = False
    capital_d_abord: bool = False
    taux_reduit: Decimal | None = None
    depuis: date | None = None
    decisions: tuple[str, ...] = ()


class JugementRendu(Fait, frozen=True, tag="jugement_rendu"):
    """A decision rendered on the effect day against the persons named in `contre` (the debtor when empty).

    Its heads replace the claims that they name. `solidaire`: those condemned owe it all, each; else each its part.
    `article_700` and `depens_montant` (liquidated by the decision itself) in euros; `capitalisation`: the first day of
    the yearly count that it orders (C. civ. 1343-2). `paiements_comptes_au`: the last day whose payments it took into
    account, None: its own day. `remplace`: the decision that this one, on appeal, stands in place of.
    `execution_provisoire`: enforceable at once (CPC 514).
    """

    cle: str
    chefs: tuple[ChefJugement, ...]
    nature: NatureDecision = NatureDecision.JUGEMENT
    procedure: str = ""
    juridiction: str = ""
    reference: str = ""
    qualification: Qualification | None = None
    dernier_ressort: bool | None = None
    contre: tuple[str, ...] = ()
    solidaire: bool = False
    article_700: Decimal | None = None
    depens: ChargeDepens | None = None
    depens_montant: Decimal | None = None
    capitalisation: date | None = None
    execution_provisoire: bool = True
    delai_de_grace: DelaiDeGrace | None = None
    paiements_comptes_au: date | None = None
    remplace: str = ""
    piece: str = ""


class JugementSignifie(Fait, frozen=True, tag="jugement_signifie"):
    """A decision served on the effect day on the persons named, the debtor when none is."""

    decision: str
    personnes: tuple[str, ...] = ()
    piece: str = ""


class DecisionExecutoire(Fait, frozen=True, tag="decision_executoire"):
    """A decision that became enforceable on the effect day: no remedy left, order given, certificate."""

    decision: str
    motif: str = ""
    piece: str = ""


class DecisionAneantie(Fait, frozen=True, tag="decision_aneantie"):
    """A decision that no longer holds: from the effect day on, it counts as if it had never been."""

    decision: str
    motif: MotifAneantissement
    piece: str = ""


class MajorationFixee(Fait, frozen=True, tag="majoration_fixee"):
    """What the enforcement judge left of the five points of a decision (CMF L313-3): 0 to 5, 0 for none."""

    decision: str
    points: Decimal
    piece: str = ""

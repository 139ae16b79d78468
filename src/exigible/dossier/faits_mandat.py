"""The facts of direct debits: the mandate of a debtor, the notice of what will be taken, what was ordered of the bank.

Same rules as `faits.py`, the catalogue from which everything is imported.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.dossier.faits_base import Fait

PREAVIS_JOURS = 14
"""Days between the notice and the debit, unless otherwise agreed (SEPA rulebooks, pre-notification)."""


class SchemaSepa(StrEnum):
    """The scheme of a mandate: `core` for anybody, `b2b` between businesses (no refund, registered at the bank)."""

    CORE = "core"
    B2B = "b2b"


class SequenceSepa(StrEnum):
    """The place of a debit among those of its mandate: the codes of the file."""

    PREMIER = "FRST"
    RECURRENT = "RCUR"
    UNIQUE = "OOFF"
    DERNIER = "FNAL"


class MandatSigne(Fait, frozen=True, tag="mandat_signe"):
    """A SEPA mandate that the debtor signed on the effect day. `rum`: its unique reference.

    `titulaire`: the holder of the account, the debtor when empty. `recurrent`: false for one debit only. `plan`: the
    only plan that it serves, any when empty. `preavis_jours`: the days of notice agreed.
    """

    cle: str
    rum: str
    iban: str
    bic: str = ""
    titulaire: str = ""
    schema: SchemaSepa = SchemaSepa.CORE
    recurrent: bool = True
    plan: str = ""
    preavis_jours: int = PREAVIS_JOURS
    piece: str = ""


class MandatRevoque(Fait, frozen=True, tag="mandat_revoque"):
    """A mandate that the debtor, or the creditor, ended: nothing is debited any more."""

    mandat: str
    motif: str = ""


class PrelevementsAnnonces(Fait, frozen=True, tag="prelevements_annonces"):
    """The debtor was told on the effect day the days and sums of the debits of a plan (pre-notification)."""

    plan: str
    piece: str = ""


class PrelevementOrdonne(Fait, frozen=True, tag="prelevement_ordonne"):
    """A debit asked of the bank on the effect day for the instalment of `echeance` of a plan.

    `jour`: when the account is to be debited. `reference`: the end-to-end identification, which comes back with a
    return. `fichier`: the SHA-256 of the file that carries it.
    """

    cle: str
    plan: str
    mandat: str
    echeance: date
    montant: Decimal
    jour: date
    reference: str
    sequence: SequenceSepa
    fichier: str = ""


class PrelevementRejete(Fait, frozen=True, tag="prelevement_rejete"):
    """A debit that came back, or never left: its instalment is to be paid again. `code`: the reason of the bank.

    `mouvement`: the bank line that took it back, if one did.
    """

    prelevement: str
    code: str = ""
    motif: str = ""
    mouvement: str = ""


class TropPercuRembourse(Fait, frozen=True, tag="trop_percu_rembourse"):
    """What was paid in excess is given back to the debtor on the effect day, in euros.

    `iban`: the account to transfer it to, empty when it goes back otherwise. `beneficiaire`: its holder, the debtor
    when empty.
    """

    cle: str
    montant: Decimal
    iban: str = ""
    bic: str = ""
    beneficiaire: str = ""
    motif: str = ""


class VirementOrdonne(Fait, frozen=True, tag="virement_ordonne"):
    """The transfer of a refund asked of the bank on the effect day, for `jour`; `fichier`: the SHA-256 of its file."""

    remboursement: str
    jour: date
    reference: str
    fichier: str

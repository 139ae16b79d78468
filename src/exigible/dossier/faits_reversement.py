"""The facts of money collected for another: the agreement with the creditor, what was handed over to it.

Same rules as `faits_creancier.py`, which gathers them. The creditor is called « mandant » by whoever collects for it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from exigible.dossier.faits_base import Fait


class ConventionDeRecouvrement(Fait, frozen=True, tag="convention_de_recouvrement"):
    """The written agreement under which the office collects for the creditor (CPCE R124-3), from the effect day.

    `commission` and `tva`: per cent, VAT excluded. `retenue`: the fee may be kept out of what is handed over.
    `delai_jours`: days to hand over, one month when None (R124-6). `compte`: the account of the office on which what is
    received for others stands (R124-2), its `bic` and holder; `iban`: the account of the creditor to hand it over to.
    The holder is the collector: `forme`, `adresse` (a line each), `telephone` and `courriel` make the letterhead that
    its letters bear once its address is known (R124-4); `signataire`: who signs for it, and as what.
    """

    commission: Decimal
    tva: Decimal
    compte: str
    titulaire: str
    iban: str
    retenue: bool = False
    delai_jours: int | None = None
    bic: str = ""
    iban_bic: str = ""
    beneficiaire: str = ""
    forme: str = ""
    adresse: tuple[str, ...] = ()
    telephone: str = ""
    courriel: str = ""
    signataire: str = ""


class ConventionTerminee(Fait, frozen=True, tag="convention_terminee"):
    """The agreement ended on the effect day: what is received from then on is not received for the creditor."""

    motif: str = ""


class PartReversee(msgspec.Struct, frozen=True):
    """What a remittance holds of one payment, in euros, signed: negative when it takes back what came back since.

    `dossier`: the identifier of the dossier; `paiement`: the key of the payment, `recu_le` its day.
    `montant` = `encaisse`, less `commission` and `tva` when they are kept.
    """

    dossier: str
    reference: str
    paiement: str
    recu_le: date
    encaisse: Decimal
    commission: Decimal
    tva: Decimal
    montant: Decimal


class ReversementFait(Fait, frozen=True, tag="reversement_fait"):
    """Money handed over to the creditor on the effect day: a transfer asked of the bank, or done otherwise.

    `jour`: of the transfer. `fichier`: the SHA-256 of the file for the bank, empty when handed over otherwise.
    """

    cle: str
    montant: Decimal
    jour: date
    reference: str
    parts: tuple[PartReversee, ...]
    fichier: str = ""
    nom: str = ""


class ReversementAnnule(Fait, frozen=True, tag="reversement_annule"):
    """A remittance that the bank refused, or that never left: what it held is to be handed over again."""

    reversement: str
    motif: str

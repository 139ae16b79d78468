"""What every fact is made from: its base, the words it chooses among, an address."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Fait(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True, gc=False):
    """Base of every fact; the tag `type` names it in JSON."""


class OrigineEcheance(StrEnum):
    """Where a due date comes from."""

    FACTURE = "facture"
    CONDITIONS_DE_VENTE = "conditions_de_vente"
    SAISIE = "saisie"


class Etape(StrEnum):
    """The steps of the amicable scenario, in order."""

    COURTOISIE = "courtoisie"
    APPEL = "appel"
    RELANCE = "relance"
    MISE_EN_DEMEURE = "mise_en_demeure"


class Canal(StrEnum):
    """How a message travels."""

    LETTRE = "lettre"
    COURRIEL = "courriel"
    TELEPHONE = "telephone"
    SMS = "sms"


class ModeEnvoi(StrEnum):
    """How a posted letter travels; `lre` is the qualified electronic registered letter (C. postes L100)."""

    LRAR = "lrar"
    LRE = "lre"
    LETTRE_SUIVIE = "lettre_suivie"
    LETTRE_SIMPLE = "lettre_simple"
    COURRIEL = "courriel"
    MAIN_PROPRE = "main_propre"


class Reclamation(StrEnum):
    """What the creditor does with an accessory the law gives: claim it, only announce it, or waive it."""

    RECLAMER = "reclamer"
    ANNONCER = "annoncer"
    RENONCER = "renoncer"


class IssueAppel(StrEnum):
    """How a call ended."""

    ABOUTI = "abouti"
    MESSAGE_LAISSE = "message_laisse"
    SANS_REPONSE = "sans_reponse"
    NUMERO_ERRONE = "numero_errone"


class IssueContestation(StrEnum):
    """How a dispute ended."""

    FONDEE = "fondee"
    NON_FONDEE = "non_fondee"
    RETIREE = "retiree"


class Detenteur(StrEnum):
    """Who holds what the debtor paid: the creditor, or whoever collects for it, to be handed over."""

    CREANCIER = "creancier"
    RECOUVREUR = "recouvreur"


class Adresse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A postal address; `lignes` are the lines above the postcode."""

    lignes: tuple[str, ...] = ()
    code_postal: str = ""
    ville: str = ""
    pays: str = "FR"

    @property
    def complete(self) -> bool:
        """Whether a letter can be addressed to it."""
        return bool(self.lignes and any(self.lignes) and self.ville and (self.code_postal or self.pays != "FR"))

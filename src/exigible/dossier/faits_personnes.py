"""The facts about the persons: who is liable with the debtor, what befalls each, what the creditor gives up or assigns.

A person is named by the key under which it was first held liable; the debtor's own key is `DEBITEUR`, and an empty key
means the debtor too. Same rules as `faits.py`, the catalogue from which everything is imported.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.dossier.faits_base import Adresse, Fait

DEBITEUR = "debiteur"


class RolePersonne(StrEnum):
    """How a person is liable. `debiteur` is the debtor of the dossier: it is never recorded as another person."""

    DEBITEUR = "debiteur"
    CODEBITEUR_SOLIDAIRE = "codebiteur_solidaire"
    CODEBITEUR_CONJOINT = "codebiteur_conjoint"
    CAUTION_SIMPLE = "caution_simple"
    CAUTION_SOLIDAIRE = "caution_solidaire"
    GARANT_AUTONOME = "garant_autonome"


class PorteeDecharge(StrEnum):
    """What a discharge gives up: the debt of that person, the solidarity only, or the surety only."""

    DETTE = "dette"
    SOLIDARITE = "solidarite"
    CAUTIONNEMENT = "cautionnement"


class SorteInsolvabilite(StrEnum):
    """What befalls a person liable with the debtor."""

    SAUVEGARDE = "sauvegarde"
    REDRESSEMENT = "redressement"
    LIQUIDATION = "liquidation"
    SURENDETTEMENT = "surendettement"


class PosteRenonce(StrEnum):
    """What a waiver bears on."""

    PRINCIPAL = "principal"
    INTERETS = "interets"
    INDEMNITES = "indemnites"
    FRAIS = "frais"
    TOUT = "tout"


# --- Who is liable with the debtor ------------------------------------------------------------------------------------


class PersonneTenue(Fait, frozen=True, tag="personne_tenue"):
    """A person liable with the debtor since the effect day; a later fact under the same key describes it anew.

    `part`: its share of a joint debt, or what it bears in the end of a joint and several one, in per cent (None: equal
    shares, C. civ. 1309). `creances`: those it is liable for, all of them when empty. `plafond`: the most that it owes,
    accessories included, in euros (None: no limit; an autonomous guarantor owes nothing without it). `jusqu_au`: last
    day, included, on which a claim must be born to be covered. `personne_physique` None: not known.
    `mention`: whether a surety who is a natural person wrote itself the words of C. civ. 2297; None: not known.
    """

    cle: str
    nom: str
    role: RolePersonne
    part: Decimal | None = None
    creances: tuple[str, ...] = ()
    plafond: Decimal | None = None
    personne_physique: bool | None = None
    jusqu_au: date | None = None
    adresse: Adresse = Adresse()
    courriel: str = ""
    telephone: str = ""
    siren: str = ""
    piece: str = ""
    mention: bool | None = None


class PersonneDechargee(Fait, frozen=True, tag="personne_dechargee"):
    """The creditor lets a person go (C. civ. 1316, 1350-1, 1350-2)."""

    personne: str
    portee: PorteeDecharge = PorteeDecharge.DETTE
    motif: str = ""
    piece: str = ""


class CautionInformee(Fait, frozen=True, tag="caution_informee"):
    """The surety was told, on the effect day, what remains due or that the debtor failed (C. civ. 2302, 2303)."""

    personne: str
    piece: str = ""


# --- What befalls a person --------------------------------------------------------------------------------------------


class PersonneEnProcedure(Fait, frozen=True, tag="personne_en_procedure"):
    """An insolvency or over-indebtedness of a person liable with the debtor, opened on the effect day.

    That of the debtor is `ProcedureCollectiveOuverte` or `SurendettementRecevable`. `publication`: in the BODACC.
    """

    personne: str
    sorte: SorteInsolvabilite
    publication: date | None = None
    mandataire: str = ""
    piece: str = ""


class SuspensionGarantsLevee(Fait, frozen=True, tag="suspension_garants_levee"):
    """The judgment of the effect day settles the debtor's plan or orders its liquidation (C. com. L622-28 al. 2)."""

    motif: str = ""
    piece: str = ""


class PersonneDecedee(Fait, frozen=True, tag="personne_decedee"):
    """A person died on the effect day; `notaire`: who settles the estate, when known."""

    personne: str = DEBITEUR
    notaire: str = ""
    piece: str = ""


class CessationActivite(Fait, frozen=True, tag="cessation_activite"):
    """A person ceased trading on the effect day; `radiation`: struck off the register."""

    personne: str = DEBITEUR
    radiation: bool = False
    source: str = ""
    piece: str = ""


class AdresseChangee(Fait, frozen=True, tag="adresse_changee"):
    """A person's address since the effect day; `source`: who says so."""

    adresse: Adresse
    personne: str = DEBITEUR
    source: str = ""
    piece: str = ""


class VisiteFaite(Fait, frozen=True, tag="visite_faite"):
    """A visit made on the effect day, and its report."""

    compte_rendu: str
    personne: str = DEBITEUR
    visiteur: str = ""
    lieu: str = ""
    piece: str = ""


class SolvabiliteConstatee(Fait, frozen=True, tag="solvabilite_constatee"):
    """What a source said, on the effect day, of a person's means. `solvable` None: the source does not conclude.

    `banque`, `employeur`: who holds money for that person, name then address, a line each; `biens`: what else it owns,
    real property above all. Empty: the source does not say.
    """

    source: str
    texte: str
    personne: str = DEBITEUR
    solvable: bool | None = None
    piece: str = ""
    banque: str = ""
    employeur: str = ""
    biens: str = ""


# --- What the creditor gives up or assigns ----------------------------------------------------------------------------


class CreanceCedee(Fait, frozen=True, tag="creance_cedee"):
    """Claims assigned by the creditor on the day of the deed (C. civ. 1321 to 1324), all of them when none is named.

    `notifiee_le`: the day on which the debtor was notified or took note; `recouvrement_conserve`: the creditor still
    collects them for the assignee.
    """

    cle: str
    cessionnaire: str
    creances: tuple[str, ...] = ()
    notifiee_le: date | None = None
    recouvrement_conserve: bool = False
    piece: str = ""


class RenonciationFaite(Fait, frozen=True, tag="renonciation_faite"):
    """What the creditor gave up on the effect day (C. civ. 1350): what is due that day, or `montant` euros of it.

    `creances`: the claims it bears on, all of them when empty. What accrues later is not waived.
    """

    cle: str
    poste: PosteRenonce
    montant: Decimal | None = None
    creances: tuple[str, ...] = ()
    motif: str = ""
    piece: str = ""

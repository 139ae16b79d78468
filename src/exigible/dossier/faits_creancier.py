"""The facts of a creditor's own journal: who it is, its terms of sale, its accounts, its imports, its bank lines.

Same rules as `faits.py`: never changed, dated by their entry, shapes read for ever.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from exigible.dossier.faits import Adresse, Fait, FaitAnnule, Reclamation
from exigible.dossier.faits_reversement import (
    ConventionDeRecouvrement,
    ConventionTerminee,
    ReversementAnnule,
    ReversementFait,
)
from exigible.dossier.faits_sorties import EcrituresExportees, FichierEmis, FichierTransmis
from exigible.droit.interets import QualiteCreancier


class CreancierDecrit(Fait, frozen=True, tag="creancier_decrit"):
    """Who the creditor is, as its letters say it. The latest description holds. `ics`: its SEPA creditor identifier.

    `logo`, `signature`: the SHA-256 of pictures; `signature_de`: whose signature it is, without whom it is not printed.
    """

    nom: str
    qualite: QualiteCreancier = QualiteCreancier.PROFESSIONNEL
    forme: str = ""
    capital: str = ""
    siren: str = ""
    rcs: str = ""
    tva: str = ""
    adresse: Adresse = Adresse()
    courriel: str = ""
    telephone: str = ""
    signataire: str = ""
    fonction: str = ""
    mediateur: str = ""
    logo: str = ""
    ics: str = ""
    signature: str = ""
    signature_de: str = ""


class CompteBancaireAjoute(Fait, frozen=True, tag="compte_bancaire_ajoute"):
    """An account on which debtors may pay."""

    iban: str
    bic: str = ""
    titulaire: str = ""
    principal: bool = False


class CompteBancaireRetire(Fait, frozen=True, tag="compte_bancaire_retire"):
    """An account that must no longer be given to debtors."""

    iban: str


class ConditionsDeVenteFixees(Fait, frozen=True, tag="conditions_de_vente_fixees"):
    """Terms of sale: payment term in words (`45 jours fin de mois`), agreed late rate (yearly %) or N × legal.

    Both rates None: the contract is silent and the law's default rate applies.
    """

    delai: str
    taux_penalites: Decimal | None = None
    multiple_legal: Decimal | None = None


class ReclamationFixee(Fait, frozen=True, tag="reclamation_fixee"):
    """What the creditor does by default with late-payment interest and the 40 €."""

    penalites: Reclamation
    indemnite: Reclamation


class ValeurDeBaremeSaisie(Fait, frozen=True, tag="valeur_de_bareme_saisie"):
    """A value that a person adds to a table of the law, from its first day `debut`, which is the effect day too.

    `valeurs` are the numbers of the table (one, or its brackets), `source` the text in which they were read.
    """

    bareme: str
    serie: str
    debut: date
    valeurs: tuple[Decimal, ...]
    source: str


class FichierImporte(Fait, frozen=True, tag="fichier_importe"):
    """A file that was read: its bytes are `piece` (SHA-256), its report in figures.

    `laisses`: dossiers that were left aside because they failed, the rest having entered.
    """

    importation: str
    piece: str
    nom: str
    format: str
    crees: int = 0
    modifies: int = 0
    inchanges: int = 0
    refuses: int = 0
    laisses: int = 0


class ImportationAnnulee(Fait, frozen=True, tag="importation_annulee"):
    """A file whose import a person undid: all it had written is cancelled, fact by fact; its receipt stays."""

    importation: str
    motif: str


class MouvementConstate(Fait, frozen=True, tag="mouvement_constate"):
    """A booked line of a bank statement, on the effect day. `montant` is signed: credit positive.

    `bout_en_bout`, `operation`, `motif_retour` and `extourne` are what the file says of it (see `MouvementLu`).
    """

    mouvement: str
    iban: str
    montant: Decimal
    devise: str = "EUR"
    date_valeur: date | None = None
    libelle: str = ""
    reference: str = ""
    contrepartie: str = ""
    iban_contrepartie: str = ""
    piece: str = ""
    bout_en_bout: str = ""
    operation: str = ""
    motif_retour: str = ""
    extourne: bool = False


class MouvementRapproche(Fait, frozen=True, tag="mouvement_rapproche"):
    """A bank line that was recognised as the payment `paiement` of the dossier `dossier`, or as its return.

    `montant`: the part of the line that is (signed as the line is); None, the whole. A line may have several parts.
    `frais`: what of the line, besides, is a charge of the bank for that return (positive euros).
    """

    mouvement: str
    dossier: str
    paiement: str
    motif: str
    montant: Decimal | None = None
    frais: Decimal | None = None


class MouvementEcarte(Fait, frozen=True, tag="mouvement_ecarte"):
    """A bank line that a person says has nothing to do with any debtor. `nature`: what it is, when that is known.

    Charges of the bank (`frais_bancaires`) are told to the accountant.
    """

    mouvement: str
    motif: str
    nature: Literal["", "frais_bancaires"] = ""


class RetenueLevee(Fait, frozen=True, tag="retenue_levee"):
    """A person says that a bank line not matched yet is not of `dossier`: it no longer holds its reminders.

    `dossier` empty: it is of none of those that nothing in it designates.
    """

    mouvement: str
    motif: str
    dossier: str = ""


FaitCreancier = (
    CreancierDecrit
    | CompteBancaireAjoute
    | CompteBancaireRetire
    | ConditionsDeVenteFixees
    | ReclamationFixee
    | ValeurDeBaremeSaisie
    | FichierImporte
    | ImportationAnnulee
    | MouvementConstate
    | MouvementRapproche
    | MouvementEcarte
    | RetenueLevee
    | FichierEmis
    | FichierTransmis
    | EcrituresExportees
    | ConventionDeRecouvrement
    | ConventionTerminee
    | ReversementFait
    | ReversementAnnule
    | FaitAnnule
)

"""The facts that say who owes what: the debtor, its claims, what was paid, what is claimed on top.

Same rules as `faits.py`, the catalogue from which everything is imported.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from exigible.dossier.faits_base import Adresse, Detenteur, Fait, OrigineEcheance, Reclamation
from exigible.droit.regimes import QualitePartie

# --- The debtor -------------------------------------------------------------------------------------------------------


class DebiteurDecrit(Fait, frozen=True, tag="debiteur_decrit"):
    """Who the debtor is. The latest description holds; `qualite` commands almost every rule."""

    nom: str
    qualite: QualitePartie = QualitePartie.INCONNUE
    code: str = ""
    siren: str = ""
    forme: str = ""
    personne_physique: bool | None = None
    adresse: Adresse = Adresse()
    courriel: str = ""
    telephone: str = ""
    iban: str = ""


# --- Claims -----------------------------------------------------------------------------------------------------------


class CreanceNee(Fait, frozen=True, tag="creance_nee"):
    """A claim: one invoice. `montant` is the whole price, taxes included; `execution` the day the service was done.

    `nature`: what it is, in the words of the table of limitation (`loyer_habitation`), empty for an ordinary price.
    `emission_connue`: false when `emission` is only the day of an opening balance (« à-nouveau ») that held it.
    """

    cle: str
    numero: str
    emission: date
    montant: Decimal
    echeance: date | None = None
    origine_echeance: OrigineEcheance = OrigineEcheance.FACTURE
    conditions: str = ""
    execution: date | None = None
    libelle: str = ""
    piece: str = ""
    provenance: str = ""
    nature: str = ""
    emission_connue: bool = True


class AvoirEmis(Fait, frozen=True, tag="avoir_emis"):
    """A credit note, on one claim or (`creance` empty) on the whole account."""

    cle: str
    numero: str
    montant: Decimal
    creance: str = ""
    piece: str = ""
    provenance: str = ""


class PaiementRecu(Fait, frozen=True, tag="paiement_recu"):
    """Money received on the effect day. `creances`: what the debtor chose, or the creditor agreed to, in order.

    `payeur`: the key of the person liable with the debtor who paid it; empty, the debtor. `prelevement`: the key of
    the direct debit that brought it. `detenteur`: who received it; None, nobody said.
    """

    cle: str
    montant: Decimal
    creances: tuple[str, ...] = ()
    moyen: str = ""
    libelle: str = ""
    mouvement: str = ""
    provenance: str = ""
    payeur: str = ""
    prelevement: str = ""
    detenteur: Detenteur | None = None


class PaiementRejete(Fait, frozen=True, tag="paiement_rejete"):
    """A payment that came back (rejected debit, bounced cheque): it counts as never received.

    `mouvement`: the bank line that took it back, if one did.
    """

    paiement: str
    motif: str = ""
    mouvement: str = ""


class ReclamationDecidee(Fait, frozen=True, tag="reclamation_decidee"):
    """What is done, in this dossier, with late-payment interest and the 40 €; None leaves the creditor's rule."""

    penalites: Reclamation | None = None
    indemnite: Reclamation | None = None
    motif: str = ""

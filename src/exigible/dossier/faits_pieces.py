"""The facts of evidence: a file put in the dossier, what it is, and what a person read on it.

Same rules as `faits.py`, the catalogue from which everything is imported.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from exigible.dossier.faits_base import Fait


class NaturePiece(StrEnum):
    """What a piece of evidence is. `AVEU_ECRIT`: a message in which the debtor admits the debt or asks for time."""

    FACTURE = "facture"
    BON_DE_COMMANDE = "bon_de_commande"
    DEVIS_SIGNE = "devis_signe"
    CONTRAT = "contrat"
    CONDITIONS_ACCEPTEES = "conditions_acceptees"
    BON_DE_LIVRAISON = "bon_de_livraison"
    PROCES_VERBAL_DE_RECEPTION = "proces_verbal_de_reception"
    MISE_EN_DEMEURE = "mise_en_demeure"
    ACCUSE_RECEPTION = "accuse_reception"
    RECONNAISSANCE_DE_DETTE = "reconnaissance_de_dette"
    AVEU_ECRIT = "aveu_ecrit"
    RELEVE_DE_COMPTE = "releve_de_compte"
    TENTATIVE_AMIABLE = "tentative_amiable"
    MENACE_SUR_LE_RECOUVREMENT = "menace_sur_le_recouvrement"
    CHEQUE = "cheque"
    EFFET_ACCEPTE = "effet_accepte"
    TITRE_EXECUTOIRE = "titre_executoire"
    AUTRE = "autre"


class MentionFacture(StrEnum):
    """What an invoice must bear (C. com. L441-9; CGI ann. II 242 nonies A)."""

    VENDEUR = "vendeur"
    CLIENT = "client"
    NUMERO = "numero"
    EMISSION = "emission"
    DATE_DE_LA_PRESTATION = "date_de_la_prestation"
    DESIGNATION = "designation"
    PRIX_HORS_TAXES = "prix_hors_taxes"
    TVA = "tva"
    DATE_DE_REGLEMENT = "date_de_reglement"
    ESCOMPTE = "escompte"
    TAUX_DES_PENALITES = "taux_des_penalites"
    INDEMNITE_FORFAITAIRE = "indemnite_forfaitaire"
    BON_DE_COMMANDE = "bon_de_commande"
    ADRESSE_DE_FACTURATION = "adresse_de_facturation"


class PieceJointe(Fait, frozen=True, tag="piece_jointe"):
    """A file put in the dossier: `piece` is its SHA-256; no claim named means all of them.

    `signee`: the debtor signed it. `mention_manuscrite`: on an acknowledgement of debt, the debtor wrote the sum in
    words and in figures (C. civ. 1376). `mentions`: those that a person read on an invoice. None or absent: not known.
    """

    piece: str
    nom: str
    description: str = ""
    creances: tuple[str, ...] = ()
    nature: NaturePiece | None = None
    signee: bool | None = None
    mention_manuscrite: bool | None = None
    mentions: tuple[MentionFacture, ...] = ()


class ActeProduit(Fait, frozen=True, tag="acte_produit"):
    """A document of the catalogue that a person approved, other than a letter to the debtor: `piece` is its PDF.

    `docx`: the SHA-256 of the same document as a file that can be edited. `version_texte`: the number of the creditor's
    own wording, 0 for ours. `reponses`: what was answered, by question. `derogations`: for each major breach, its rule
    and the reason to go on. `pieces`: the SHA-256 of the exhibits that it numbers, from number 1 on.
    """

    acte: str
    titre: str
    piece: str
    docx: str = ""
    creances: tuple[str, ...] = ()
    montant: Decimal | None = None
    version_texte: int = 0
    reponses: tuple[tuple[str, str], ...] = ()
    derogations: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()

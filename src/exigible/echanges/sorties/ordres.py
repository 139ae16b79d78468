"""What orders to a bank are made of: accounts, parties, debits, transfers. Amounts in euros, days of TARGET."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from stdnum import bic as norme_bic
from stdnum import iban as norme_iban
from stdnum.eu import at_02 as norme_ics
from stdnum.exceptions import ValidationError

from exigible.dossier.faits import Adresse, SchemaSepa, SequenceSepa
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours_bancaires import is_jour_bancaire
from exigible.droit.phrase import phrase
from exigible.echanges.sorties.texte_sepa import check_reference, clean_texte

MONTANT_MAX = Decimal("999999999.99")
_CENTIMES = 2
_HORS_EEE = frozenset(("AD", "AL", "CH", "GB", "GG", "GI", "IM", "JE", "MC", "MD", "ME", "MK", "RS", "SM", "VA"))
"""Countries of SEPA outside the EEA: the address of the party must be given."""


@dataclass(frozen=True, slots=True)
class CompteSepa:
    """An account. Raises ErreurSaisie (`iban_faux`, `bic_faux`)."""

    iban: str
    bic: str = ""

    def __post_init__(self) -> None:
        if not norme_iban.is_valid(self.iban) or self.iban != norme_iban.compact(self.iban):
            dit = phrase("L'IBAN « {iban} » est faux : vérifiez chaque caractère.", iban=self.iban[:40])
            raise ErreurSaisie("iban_faux", dit, "iban")
        if self.bic and not norme_bic.is_valid(self.bic):
            dit = phrase("Le BIC « {bic} » est faux : il a huit ou onze caractères.", bic=self.bic[:20])
            raise ErreurSaisie("bic_faux", dit, "bic")

    @property
    def hors_eee(self) -> bool:
        """Whether the account is held outside the EEA."""
        return self.iban[:2] in _HORS_EEE


@dataclass(frozen=True, slots=True)
class PartieSepa:
    """Who pays or is paid. Raises ErreurSaisie (`nom_absent`, `adresse_absente`)."""

    nom: str
    compte: CompteSepa
    adresse: Adresse = field(default_factory=Adresse)

    def __post_init__(self) -> None:
        if not clean_texte(self.nom, 70):
            raise ErreurSaisie("nom_absent", phrase("Le titulaire d'un compte doit avoir un nom lisible."), "nom")
        if self.compte.hors_eee and not self.adresse.ville:
            dit = phrase(
                "L'adresse de « {nom} » est obligatoire : son compte {iban} est tenu hors de l'Espace économique "
                "européen. Complétez au moins la ville et le pays.",
                nom=self.nom,
                iban=self.compte.iban,
            )
            raise ErreurSaisie("adresse_absente", dit, "adresse")


@dataclass(frozen=True, slots=True)
class Prelevement:
    """A debit to ask for. `reference` comes back with a return. Raises ErreurSaisie (see `check_ordre`)."""

    reference: str
    montant: Decimal
    debiteur: PartieSepa
    rum: str
    signe_le: date
    jour: date
    schema: SchemaSepa
    sequence: SequenceSepa
    libelle: str = ""

    def __post_init__(self) -> None:
        check_ordre(self.reference, self.montant, self.jour)
        check_reference(self.rum, "rum")
        if self.signe_le > self.jour:
            dit = phrase("Le mandat {rum} est signé après le jour du prélèvement.", rum=self.rum)
            raise ErreurSaisie("mandat_posterieur", dit, "signe_le")


@dataclass(frozen=True, slots=True)
class Virement:
    """A transfer to ask for. Raises ErreurSaisie (see `check_ordre`)."""

    reference: str
    montant: Decimal
    beneficiaire: PartieSepa
    jour: date
    libelle: str = ""

    def __post_init__(self) -> None:
        check_ordre(self.reference, self.montant, self.jour)


@dataclass(frozen=True, slots=True)
class Creancier:
    """Who collects, and its SEPA creditor identifier. Raises ErreurSaisie (`ics_faux`)."""

    partie: PartieSepa
    ics: str

    def __post_init__(self) -> None:
        check_ics(self.ics)


def check_ics(ics: str) -> str:
    """Return a SEPA creditor identifier without spaces. Raises ErreurSaisie (`ics_faux`)."""
    try:
        return str(norme_ics.validate(ics))
    except ValidationError:
        dit = phrase(
            "L'identifiant créancier SEPA « {ics} » est faux : il s'écrit comme FR12ZZZ123456, votre banque vous l'a "
            "donné.",
            ics=ics[:40],
        )
        raise ErreurSaisie("ics_faux", dit, "ics") from None


def check_ordre(reference: str, montant: Decimal, jour: date) -> None:
    """Refuse an order that a bank would.

    Raises ErreurSaisie (`reference_sepa`, `montant_sepa`, `jour_non_bancaire`).
    """
    check_reference(reference, "reference")
    exposant = montant.as_tuple().exponent
    if not isinstance(exposant, int) or -exposant > _CENTIMES or not 0 < montant <= MONTANT_MAX:
        dit = phrase("Le montant de « {reference} » doit être supérieur à zéro, au centime.", reference=reference)
        raise ErreurSaisie("montant_sepa", dit, "montant")
    if not is_jour_bancaire(jour):
        dit = phrase("Le {jour} n'est pas un jour ouvré des banques : choisissez le suivant.", jour=jour)
        raise ErreurSaisie("jour_non_bancaire", dit, "jour")

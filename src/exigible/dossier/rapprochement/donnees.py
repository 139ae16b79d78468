"""What the matching reads and what it proposes. Amounts are whole cents; a credit is positive."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.droit.charge_des_frais import ChoixCharge
from exigible.droit.phrase import SANS_TEXTE, Phrase


class Nature(StrEnum):
    """What a bank line is, before anybody looks for its payer."""

    CREDIT = "credit"
    RETOUR = "retour"
    FRAIS = "frais"
    DEVISE = "devise"
    DEBIT = "debit"


@dataclass(frozen=True, slots=True)
class LigneBancaire:
    """A booked line; `centimes` is signed. `motif_retour`, `operation`, `extourne`: as the bank's file says them."""

    cle: str
    jour: date
    centimes: int
    devise: str = "EUR"
    libelle: str = ""
    reference: str = ""
    contrepartie: str = ""
    iban: str = ""
    bout_en_bout: str = ""
    operation: str = ""
    motif_retour: str = ""
    extourne: bool = False


@dataclass(frozen=True, slots=True)
class PosteOuvert:
    """A claim still owed: `principal` left, `total` with its accessories (cents, both positive)."""

    dossier: str
    creance: str
    numero: str
    principal: int
    total: int
    emission: date
    echeance: date | None = None


@dataclass(frozen=True, slots=True)
class Payeur:
    """Who may pay for a dossier; `ibans`: accounts it paid from; `references`: what our letters ask to quote."""

    dossier: str
    nom: str
    ibans: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Encaissement:
    """Money already counted: `paiements` are (dossier, key of the payment); `mouvement` is empty when books told it.

    `prelevement`: the key of the direct debit that brought it, whose payment may not be recorded yet.
    """

    paiements: tuple[tuple[str, str], ...]
    jour: date
    centimes: int
    mouvement: str = ""
    libelle: str = ""
    reference: str = ""
    contrepartie: str = ""
    iban: str = ""
    bout_en_bout: str = ""
    prelevement: str = ""

    @property
    def dossiers(self) -> tuple[str, ...]:
        """The dossiers paid."""
        return tuple(dict.fromkeys(dossier for dossier, _ in self.paiements))


@dataclass(frozen=True, slots=True)
class PrelevementConnu:
    """A direct debit asked of the bank (cents, positive). `lots`: the references of its batch and of its file.

    `cle_paiement`: the key of the payment that it is, or would be. `encaisse`: that payment is recorded; `rapproche`: a
    bank line is that payment already; `rejete`: the debit came back.
    """

    dossier: str
    cle: str
    reference: str
    centimes: int
    jour: date
    cle_paiement: str
    lots: tuple[str, ...] = ()
    nom: str = ""
    iban: str = ""
    encaisse: bool = False
    rapproche: bool = False
    rejete: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """What a credit would give to a claim (cents); `creance` empty: to the dossier, in the order of the law.

    `prelevement`: the key of the direct debit that it is, and `reference` its end-to-end reference.
    """

    dossier: str
    creance: str
    centimes: int
    prelevement: str = ""
    reference: str = ""


class Force(StrEnum):
    """How likely a candidate is, in words."""

    CERTAIN = "certain"
    TRES_PROBABLE = "tres_probable"
    PROBABLE = "probable"
    POSSIBLE = "possible"


_TRES_PROBABLE, _PROBABLE = 70, 40


@dataclass(frozen=True, slots=True)
class Candidat:
    """Who may have paid what. `ecart`: what the credit leaves over (positive) or short of what is owed (negative)."""

    parts: tuple[Part, ...]
    score: int
    raisons: tuple[Phrase, ...]
    certain: bool
    ecart: int

    @property
    def dossier(self) -> str:
        """The first dossier, the only one unless the credit is split."""
        return self.parts[0].dossier

    @property
    def dossiers(self) -> tuple[str, ...]:
        """Every dossier paid."""
        return tuple(dict.fromkeys(part.dossier for part in self.parts))

    @property
    def creances(self) -> tuple[str, ...]:
        """The claims paid, in order; none when the law chooses."""
        return tuple(part.creance for part in self.parts if part.creance)

    @property
    def force(self) -> Force:
        """The score in words."""
        return measure_force(self.score, certain=self.certain)


@dataclass(frozen=True, slots=True)
class Retour:
    """An earlier payment that a line takes back, and why the bank says so; `code`: its reason code, if it has one.

    `frais`: what the line takes besides (cents), a charge of the bank; `charge`: who bears it.
    """

    encaissement: Encaissement
    score: int
    raisons: tuple[Phrase, ...]
    certain: bool
    motif: Phrase
    code: str = ""
    frais: int = 0
    charge: ChoixCharge | None = None

    @property
    def force(self) -> Force:
        """The score in words."""
        return measure_force(self.score, certain=self.certain)


@dataclass(frozen=True, slots=True)
class Proposition:
    """What is proposed for a line; `refus`: the sentence that says why nothing can be, else empty."""

    cle: str
    nature: Nature
    candidats: tuple[Candidat, ...] = ()
    retours: tuple[Retour, ...] = ()
    refus: Phrase = field(default=SANS_TEXTE)

    @property
    def certain(self) -> Candidat | None:
        """The candidate that a person may accept without looking further, if there is one."""
        return next((c for c in self.candidats if c.certain), None)


def measure_force(score: int, *, certain: bool) -> Force:
    """Say a score in words."""
    if certain:
        return Force.CERTAIN
    if score >= _TRES_PROBABLE:
        return Force.TRES_PROBABLE
    return Force.PROBABLE if score >= _PROBABLE else Force.POSSIBLE


def to_centimes(montant: Decimal) -> int:
    """Turn euros into cents; a fraction of a cent is never there (amounts are kept to the cent)."""
    return int(montant.scaleb(2).to_integral_value())


def to_euros(centimes: int) -> Decimal:
    """Turn cents into euros."""
    return Decimal(centimes).scaleb(-2)

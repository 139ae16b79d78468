"""The statement being read, whatever the format: what it adds up to, and whether it falls right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.droit.argent import ZERO
from exigible.droit.phrase import Valeur, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.enregistrements import CompteLu


@dataclass(slots=True)
class Solde:
    """A balance: its amount (signed), currency and day, as far as the file says."""

    montant: Decimal
    devise: str | None = None
    jour: date | None = None


@dataclass(slots=True)
class Suivi:
    """An account as its statement goes: `somme` is that of its booked movements.

    `verifiable` turns false when a movement could not be read, or is in another currency than the account.
    """

    iban: str | None = None
    devise: str | None = None
    debut: Solde | None = None
    fin: Solde | None = None
    date_debut: date | None = None
    date_fin: date | None = None
    somme: Decimal = ZERO
    verifiable: bool = True

    def add(self, montant: Decimal, devise: str) -> None:
        """Count a movement."""
        if self.devise is None:
            self.devise = devise
        elif devise != self.devise:
            self.verifiable = False
        self.somme += montant

    def close(self, collecte: Collecte, *, complet: bool = True) -> CompteLu:
        """Close the statement, and say when start + movements is not the end. `complet`: nothing was cut short."""
        controle = self._check() if complet and self.verifiable else None
        if controle is False and self.debut and self.fin:
            devise = self.fin.devise or self.devise or "EUR"
            collecte.warn(
                "solde_incoherent",
                phrase(
                    "Relevé du compte {compte} : le solde de départ et les opérations donnent {calcule}, la banque "
                    "annonce {annonce} : il manque sans doute des opérations.",
                    compte=self.iban or phrase("inconnu"),
                    calcule=say_montant(self.debut.montant + self.somme, devise),
                    annonce=say_montant(self.fin.montant, devise),
                ),
            )
        return CompteLu(
            iban=self.iban,
            solde_debut=self.debut.montant if self.debut else None,
            solde_fin=self.fin.montant if self.fin else None,
            date_debut=self.debut.jour if self.debut and self.debut.jour else self.date_debut,
            date_fin=self.fin.jour if self.fin and self.fin.jour else self.date_fin,
            devise=self.devise or (self.fin.devise if self.fin and self.fin.devise else "EUR"),
            controle=controle,
        )

    def _check(self) -> bool | None:
        if self.debut is None or self.fin is None:
            return None
        devises = {devise for devise in (self.debut.devise, self.fin.devise, self.devise) if devise}
        return self.debut.montant + self.somme == self.fin.montant if len(devises) <= 1 else None


@dataclass(slots=True)
class Progression:
    """The balances that stand beside movements: on the first and the last row, and whether each follows the other."""

    premier: tuple[date, Decimal, Decimal] | None = None
    dernier: tuple[date, Decimal, Decimal] | None = None
    lignes: int = 0
    sans: int = 0
    croissant: int = 0
    decroissant: int = 0

    def add(self, jour: date, montant: Decimal, solde: Decimal | None) -> None:
        """Take a row into account."""
        self.lignes += 1
        if solde is None:
            self.sans += 1
            return
        if self.dernier:
            self.croissant += self.dernier[2] + montant == solde
            self.decroissant += self.dernier[2] - self.dernier[1] == solde
        self.dernier = (jour, montant, solde)
        self.premier = self.premier or self.dernier

    def find_soldes(self) -> tuple[Solde | None, Solde | None]:
        """Give the balances at the start and at the end, whichever way the rows go."""
        if self.premier is None or self.dernier is None or self.sans:
            return None, None
        if self.lignes > 1 and not self.croissant and not self.decroissant:
            # The same balance everywhere is that of the account today, not a running one.
            unique = self.premier[2] == self.dernier[2]
            return None, Solde(self.dernier[2]) if unique else None
        egaux = self.decroissant == self.croissant
        if self.decroissant > self.croissant or (egaux and self.premier[0] > self.dernier[0]):
            ancien, recent = self.dernier, self.premier
        else:
            ancien, recent = self.premier, self.dernier
        return Solde(ancien[2] - ancien[1], None, ancien[0]), Solde(recent[2], None, recent[0])


def say_montant(montant: Decimal, devise: str) -> Valeur:
    """Give an amount as a sentence takes it: euros are the amounts of every sentence, another currency is named."""
    return montant if devise == "EUR" else phrase("{montant:nombre} {devise}", montant=montant, devise=devise)

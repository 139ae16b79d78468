"""The lines of customers that a ledger holds, before anything is made of them."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from exigible.echanges.fec_comptes import Famille, Journal


class LigneClient(msgspec.Struct, gc=False):
    """A line of a customer's account: `centimes` is debit less credit, days are AAAAMMJJ.

    `jour` is that of the piece, or of the entry when the piece has none. `contreparties`: the groups of the accounts
    that face it in its entry, added up; known for credits only.
    """

    numero: int
    journal: Journal
    ecriture: str
    jour_ecriture: str
    jour: str
    piece: str
    libelle: str
    centimes: int
    lettrage: str
    echeance: str = ""
    contreparties: int = 0

    @property
    def cle_ecriture(self) -> tuple[str, str, str]:
        """The entry that the line belongs to."""
        return (self.journal.code, self.ecriture, self.jour_ecriture)


class CompteClient(msgspec.Struct, gc=False):
    """A customer's account: its auxiliary code (or account number), and its lines in the order of the file."""

    code: str
    nom: str
    numero: str
    famille: Famille
    ligne: int
    lignes: list[LigneClient]
    solde: int = 0


def to_euros(centimes: int) -> Decimal:
    """Cents as an amount with two decimals."""
    return Decimal(centimes).scaleb(-2)

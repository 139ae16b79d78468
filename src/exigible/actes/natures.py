"""What claims are called: invoices, terms of rent, calls of charges, sums that a judge granted."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exigible.actes.sommes import SommeReclamee
from exigible.dossier.etat import EtatDossier


class Noms(msgspec.Struct, frozen=True):
    """How claims are named.

    `une`, `plusieurs`: in a sentence. `toutes`: heading of a table, whose columns say what (`premier`), when
    (`exigible`) and how much (`montant`). `principal`: what is left of all.
    """

    une: str
    plusieurs: str
    toutes: str
    premier: str
    montant: str
    principal: str
    exigible: str = "Échéance"
    feminin: bool = True

    @property
    def reclamees(self) -> str:
        """The caption of a table of what is claimed."""
        return f"{self.toutes} réclamé{'e' if self.feminin else ''}s"


FACTURES = Noms("la facture", "les factures", "Factures", "Facture", "Montant TTC", "Reste dû, toutes taxes comprises")
LOYERS = Noms(
    "le terme",
    "les termes",
    "Loyers et charges",
    "Terme",
    "Loyer et charges",
    "Loyers et charges restant dus",
    feminin=False,
)
CHARGES = Noms(
    "l’appel",
    "les appels",
    "Appels de charges de copropriété",
    "Appel",
    "Montant appelé",
    "Charges de copropriété restant dues",
    feminin=False,
)
# Heads of decisions and costs: neither has a tax of its own.
_ACCORDEES = Noms("la somme", "les sommes", "Sommes", "Somme due", "Montant", "Reste dû", "Exigible le")
_MELEES = Noms("la créance", "les créances", "Créances", "Créance", "Montant", "Reste dû")
_PAR_NATURE = {
    "loyer_habitation": LOYERS,
    "loyer_commercial": LOYERS,
    "loyer_professionnel": LOYERS,
    "charges_copropriete": CHARGES,
}


def find_noms(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> Noms:
    """Return the names that are right for each of these claims; those of invoices when there is none."""
    connues = {creance.cle for creance in etat.creances}
    noms = {
        _PAR_NATURE.get(somme.etat.creance.nature, FACTURES) if somme.cle in connues else _ACCORDEES for somme in sommes
    }
    if not noms:
        return FACTURES
    return noms.pop() if len(noms) == 1 else _MELEES

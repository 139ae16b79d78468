"""The statement that goes with a remittance to a creditor: each payment, the fee, what is handed over."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from exigible.dossier.faits_reversement import ReversementFait
from exigible.dossier.reversements import LigneAReverser
from exigible.droit.argent import ZERO
from exigible.droit.phrase import phrase
from exigible.echanges.sorties.tableaux import Cellule

TITRES_A_REVERSER = (
    phrase("Dossier"),
    phrase("Débiteur"),
    phrase("Reçu le"),
    phrase("Reçu"),
    phrase("Encaissé pour le créancier"),
    phrase("Commission HT"),
    phrase("TVA"),
    phrase("À reverser"),
    phrase("Au plus tard le"),
    phrase("Remarque"),
)
TITRES_RELEVE = (
    phrase("Dossier"),
    phrase("Débiteur"),
    phrase("Reçu le"),
    phrase("Encaissé pour le créancier"),
    phrase("Commission HT"),
    phrase("TVA"),
    phrase("Reversé"),
    phrase("Référence"),
    phrase("Virement du"),
)


def write_a_reverser(ligne: LigneAReverser) -> list[Cellule]:
    """One line of what is to be handed over."""
    e = ligne.encaissement
    return [
        *(e.reference, e.debiteur, e.jour, e.recu),
        *(ligne.encaisse, ligne.commission, ligne.tva, ligne.montant, ligne.au_plus_tard, str(ligne.raison)),
    ]


def write_releve(fait: ReversementFait, noms: Mapping[str, str]) -> list[list[Cellule]]:
    """The statement of one remittance, its total last; `noms`: of the debtors, by dossier."""
    lignes: list[list[Cellule]] = [
        [
            *(part.reference, noms.get(part.dossier, ""), part.recu_le),
            *(part.encaisse, part.commission, part.tva, part.montant, fait.reference, fait.jour),
        ]
        for part in fait.parts
    ]
    encaisse, commission, tva = sum_parts(fait)
    return [*lignes, ["Total", "", None, encaisse, commission, tva, fait.montant, fait.reference, fait.jour]]


def sum_parts(fait: ReversementFait) -> tuple[Decimal, Decimal, Decimal]:
    """Give what was received, the fee and its VAT, in euros."""
    encaisse, commission, tva = ZERO, ZERO, ZERO
    for part in fait.parts:
        encaisse, commission, tva = encaisse + part.encaisse, commission + part.commission, tva + part.tva
    return encaisse, commission, tva

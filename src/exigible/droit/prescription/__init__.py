"""Limitation and forclusion: which rule, which term, and the timeline of what restarts, holds or leaves the time.

Days of limitation are never moved to a working day (Cass. 2e civ. 07/04/2016, 15-12.960); the term is the same day of
the month `n` years later, at the end of the day; `dernier_jour_sur`, the day before, is safe in any reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from exigible.droit.erreurs import Avertissement
from exigible.droit.interets import QualiteCreancier
from exigible.droit.phrase import phrase
from exigible.droit.prescription.choix import choose_regle, find_cause, find_regle
from exigible.droit.prescription.moteur import replay_prescription
from exigible.droit.prescription.resultat import Demande, Etape, Evenement, Prescription
from exigible.droit.prescription.table import Cause, Effet, Regle, Table, TypeDelai, load_table, parse_table
from exigible.droit.regimes import QualitePartie

__all__ = [
    "Cause",
    "Demande",
    "Effet",
    "Etape",
    "Evenement",
    "Prescription",
    "Regle",
    "Table",
    "TypeDelai",
    "choose_regle",
    "choose_regle_ordinaire",
    "compute_prescription",
    "find_cause",
    "find_regle",
    "load_table",
    "parse_table",
    "replay_prescription",
]

_MEMOIRE = 8192  # invoices of one day to debtors of one quality have one limitation


def compute_prescription(
    creancier: QualiteCreancier,
    debiteur: QualitePartie,
    depart_prudent: date,
    *,
    reconnaissances: Sequence[date] = (),
    reclamations: Sequence[date] = (),
    causes: Sequence[Evenement] = (),
    nature: str = "",
) -> Prescription:
    """Compute the term of limitation of an ordinary claim, from who owes it to whom.

    `depart_prudent` is the earliest defensible start (work done or goods delivered; else the due date); the 20-year
    stop (C. civ. 2232) is counted from it too. `reconnaissances`: acknowledgements and part payments by the debtor
    (C. civ. 2240), which restart the time if they come before the term and do nothing after.
    `reclamations`: written claims by the creditor, which interrupt against a public body only. `causes`: any other
    cause of the table, with its day (a demand in court, a title, an act of enforcement, an insolvency claim…).
    `nature`: what the claim is, in the words of the table (`loyer_habitation`); empty, an ordinary price.
    """
    evenements = [Evenement(jour, "INT-REC") for jour in reconnaissances]
    evenements += [Evenement(jour, "INT-COURRIER") for jour in reclamations]
    evenements += causes
    return _replay(creancier, debiteur, depart_prudent, tuple(evenements), nature)


@lru_cache(maxsize=_MEMOIRE)
def _replay(
    creancier: QualiteCreancier,
    debiteur: QualitePartie,
    depart_prudent: date,
    evenements: tuple[Evenement, ...],
    nature: str,
) -> Prescription:
    regle = choose_regle_ordinaire(creancier, debiteur, nature)
    prescription = replay_prescription(Demande(regle, depart_prudent, evenements))
    if debiteur is not QualitePartie.INCONNUE:
        return prescription
    alerte = Avertissement(
        "qualite_inconnue",
        phrase(
            "La qualité du débiteur n'est pas connue : le délai le plus court, les deux ans du consommateur, est "
            "retenu par prudence. Renseignez-la pour connaître le vrai délai."
        ),
    )
    return replace(prescription, avertissements=(*prescription.avertissements, alerte))


@cache
def choose_regle_ordinaire(creancier: QualiteCreancier, debiteur: QualitePartie, nature: str = "") -> Regle:
    """Choose the rule of an ordinary claim, from who owes it to whom; `nature`: see `compute_prescription`."""
    professionnel = creancier is QualiteCreancier.PROFESSIONNEL
    return choose_regle(
        {
            "creancier.qualite": "professionnel" if professionnel else "consommateur",
            "creancier.commercant": professionnel,
            "debiteur.qualite": None if debiteur is QualitePartie.INCONNUE else debiteur.value,
            **({"creance.nature": nature} if nature else {}),
        }
    )

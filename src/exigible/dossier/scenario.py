"""The amicable scenario: which step, how many days from the due date, how far from the step before."""

from __future__ import annotations

from dataclasses import dataclass

from exigible.dossier.faits import Canal, Etape


@dataclass(frozen=True, slots=True)
class Marche:
    """One step. `jours` counts from the due date (negative: before it, and only until it).

    `apres`: the step that must have been done (or set aside by a person) first, at least `ecart` days earlier.
    """

    etape: Etape
    jours: int
    canaux: tuple[Canal, ...]
    apres: Etape | None = None
    ecart: int = 0


SCENARIO_DEFAUT: tuple[Marche, ...] = (
    Marche(Etape.COURTOISIE, -5, (Canal.COURRIEL, Canal.LETTRE)),
    Marche(Etape.APPEL, 1, (Canal.TELEPHONE,)),
    Marche(Etape.RELANCE, 7, (Canal.COURRIEL, Canal.LETTRE)),
    Marche(Etape.MISE_EN_DEMEURE, 15, (Canal.LETTRE,), apres=Etape.RELANCE, ecart=8),
)

# Our own restraint, not the law's: no legal limit exists for the collection of a debt that is due.
JOURS_ENTRE_MESSAGES = 7
TENTATIVES_PAR_SEMAINE = 2
TENTATIVES_PAR_MOIS = 4

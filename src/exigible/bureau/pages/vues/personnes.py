"""The persons liable in a dossier, as its pages show them: what each may be asked for, why, and how to say more."""

from __future__ import annotations

from dataclasses import dataclass

from exigible.bureau.pages.vues.ouverture import DossierOuvert
from exigible.dossier.faits import (
    DEBITEUR,
    AvanceVersee,
    FraisExpose,
    JugementRendu,
    PersonneTenue,
)
from exigible.dossier.obligation.etat import EtatPersonne
from exigible.dossier.obligation.obliges import CAUTIONS


@dataclass(frozen=True)
class PersonneMontree:
    """A person liable. `rang`: the entry that last described it, None for the debtor."""

    etat: EtatPersonne
    creances: str
    rang: int | None

    @property
    def debiteur(self) -> bool:
        """Whether it is the debtor of the dossier."""
        return self.etat.cle == DEBITEUR

    @property
    def caution(self) -> bool:
        """Whether it is a surety, who must be kept informed."""
        return self.etat.role in CAUTIONS


def list_personnes(ouvert: DossierOuvert) -> list[PersonneMontree]:
    """The debtor, then the others; nobody when he is alone."""
    if len(ouvert.etat.personnes) <= 1:
        return []
    rangs, toutes = find_rangs(ouvert), len(ouvert.etat.creances)
    return [
        PersonneMontree(
            etat=p,
            creances=""
            if len(p.creances) == toutes
            else ", ".join(ouvert.numeros.get(cle, cle) for cle in p.creances) or "—",
            rang=rangs.get((PersonneTenue, p.cle)),
        )
        for p in ouvert.etat.personnes
    ]


def find_rangs(ouvert: DossierOuvert) -> dict[tuple[type, str], int]:
    """The entry that last said each decision, cost, advance or person, by what it is and its key."""
    nommes = (JugementRendu, FraisExpose, AvanceVersee, PersonneTenue)
    return {(type(i.fait), i.fait.cle): i.rang for i in ouvert.effectives if isinstance(i.fait, nommes)}

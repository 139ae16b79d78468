"""What is owed besides the claims, dressed as claims: heads of decisions and costs stand in it as invoices do."""

from __future__ import annotations

from exigible.dossier.etat import EtatCreance, EtatDossier, Stade
from exigible.dossier.faits import CreanceNee
from exigible.droit.argent import ZERO
from exigible.droit.decompte import SoldeCreance

_SORTIES = frozenset({Stade.JUGEE, Stade.CEDEE})


def list_lignes_du_compte(etat: EtatDossier) -> tuple[EtatCreance, ...]:
    """Return the claims in the account, then what decisions and costs put in it; those that left are not there."""
    return (*(c for c in etat.creances if c.stade not in _SORTIES), *list_lignes_en_plus(etat))


def list_lignes_en_plus(etat: EtatDossier) -> tuple[EtatCreance, ...]:
    """Return the heads of decisions and the costs of the statement, each named by its own words."""
    cles = {c.cle for c in etat.creances}
    return tuple(_dress(solde) for solde in etat.decompte.soldes if solde.cle not in cles)


def _dress(solde: SoldeCreance) -> EtatCreance:
    return EtatCreance(
        creance=CreanceNee(
            cle=solde.cle,
            numero=str(solde.libelle),
            emission=solde.echeance,
            echeance=solde.echeance,
            montant=solde.principal_initial,
        ),
        stade=Stade.SOLDEE if solde.total == 0 else Stade.JUGEE,
        principal_restant=solde.principal_restant,
        interets=solde.interets,
        indemnites=solde.indemnites,
        conteste=ZERO,
        jours_de_retard=0,
        suspensions=(),
        etapes_faites=(),
        etapes_ignorees=(),
        reports=(),
        appel_abouti=False,
        prescription=None,
        en_demeure_le=None,
    )

"""What a payment plan is agreed on: the one recorded in the dossier, or the one asked for, computed to the cent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from exigible.actes.controle import check_contestations
from exigible.actes.demande import Demande
from exigible.actes.sommes import find_part_du_debiteur
from exigible.dossier.faits import EcheancePlan
from exigible.dossier.plans.etat import EtatPlan
from exigible.dossier.plans.simulation import DemandeDePlan, simulate_plan
from exigible.droit.argent import ZERO
from exigible.droit.creance import Poste
from exigible.droit.erreurs import Avertissement, ErreurExigible
from exigible.droit.phrase import phrase, wrap_texte
from exigible.droit.plan import InteretsDuPlan


@dataclass(frozen=True, slots=True)
class AccordConvenu:
    """What is agreed on `jour`: the sum acknowledged (euros), the instalments, what becomes of interest.

    `interets` None: not said. `ordre`: of payment inside a claim, empty for the law's; `dans_l_ordre`: the claims are
    paid in their order. `tolerance`: days of grace. `decheance`, `delai`: the clause, and the days that it leaves.
    """

    jour: date
    somme: Decimal
    echeances: tuple[EcheancePlan, ...]
    interets: InteretsDuPlan | None
    ordre: tuple[Poste, ...] = ()
    dans_l_ordre: bool = False
    tolerance: int = 0
    decheance: bool = True
    delai: int | None = None
    avertissements: tuple[Avertissement, ...] = ()

    @property
    def a_terme(self) -> Decimal:
        """What the instalments pay in all."""
        return sum((e.montant for e in self.echeances), ZERO)


def read_accord(demande: Demande, etat: EtatPlan) -> AccordConvenu:
    """Return the plan recorded; `demande` is about its claims (`focus_plan`)."""
    plan = etat.plan
    total = sum((e.montant for e in plan.echeances), ZERO)
    delai = demande.reponses.get("delai_decheance")
    return AccordConvenu(
        jour=etat.convenu_le,
        somme=demande.totaux.total if etat.convenu_le == demande.etat.au else total,
        echeances=plan.echeances,
        interets=plan.interets,
        ordre=plan.imputation,
        dans_l_ordre=plan.creances_dans_l_ordre,
        tolerance=plan.tolerance_jours,
        decheance=plan.decheance,
        delai=plan.delai_decheance_jours or (delai if isinstance(delai, int) and plan.decheance else None),
    )


def compute_accord(demande: Demande, voulu: AccordConvenu, calcul: DemandeDePlan | None) -> AccordConvenu:
    """Complete what is wanted with its instalments; `calcul` None: not enough is answered to compute them.

    Raises ErreurExigible (`acte_refuse`) on a debt that divides or is disputed, and as `simulate_plan`.
    """
    check_contestations(demande.sommes, phrase("« {titre} » est refusé", titre=wrap_texte(demande.modele.titre)))
    if find_part_du_debiteur(demande.etat) is not None or any(s.reservee for s in demande.sommes):
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » : la dette se divise, ou est contestée en partie ; enregistrez d'abord le plan convenu, "
                "puis choisissez-le ici.",
                titre=wrap_texte(demande.modele.titre),
            ),
        )
    if calcul is None:
        return voulu
    simulation = simulate_plan(demande.etat, calcul, provisoire=calcul.interets.courent)
    return replace(voulu, echeances=simulation.echeances, avertissements=simulation.avertissements)

"""Every form that records a fact of a dossier, by the word of its address."""

from __future__ import annotations

from exigible.bureau.pages.formulaires import creances, parties, plans, procedures, suivi, suspensions
from exigible.bureau.pages.formulaires.base import FormulaireFait

SORTES: dict[str, type[FormulaireFait]] = {
    "facture": creances.FormulaireCreance,
    "avoir": creances.FormulaireAvoir,
    "paiement": creances.FormulairePaiement,
    "rejet": creances.FormulaireRejet,
    "promesse": suspensions.FormulairePromesse,
    "contestation": suspensions.FormulaireContestation,
    "contestation-close": suspensions.FormulaireContestationClose,
    "plan": plans.FormulairePlan,
    "plan-mis-en-demeure": plans.FormulairePlanMisEnDemeure,
    "plan-rompu": plans.FormulairePlanRompu,
    "ne-pas-relancer": suspensions.FormulaireSuspension,
    "reprise": suspensions.FormulaireSuspensionLevee,
    "procedure-collective": suspensions.FormulaireProcedureCollective,
    "surendettement": suspensions.FormulaireSurendettement,
    "procedure": procedures.FormulaireOuverture,
    "etape": procedures.FormulaireEtape,
    "abandon": procedures.FormulaireAbandon,
    "debiteur": parties.FormulaireDebiteur,
    "penalites": parties.FormulaireReclamation,
    "appel": suivi.FormulaireAppel,
    "deja-envoye": suivi.FormulaireDejaEnvoye,
    "note": suivi.FormulaireNote,
    "piece": suivi.FormulairePiece,
    "report": suivi.FormulaireReport,
    "ignorer": suivi.FormulaireIgnorer,
}

SORTE_PAR_TYPE: dict[str, str] = {
    str(formulaire.type_fait.__struct_config__.tag): sorte for sorte, formulaire in SORTES.items()
}

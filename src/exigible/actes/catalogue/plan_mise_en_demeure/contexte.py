"""What is late of a plan, the time given to pay it, what would be due at once after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exigible.actes.contexte import Contexte
from exigible.actes.controle import describe_creances
from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, ReglerPar, make_texte
from exigible.actes.lettre import build_paiement
from exigible.actes.mise_en_demeure.delai import DELAI_PROFESSIONNEL, add_delai
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.vocabulaire.parties import name_codebiteurs
from exigible.actes.vocabulaire.plans import break_plan, build_suivi, find_plan, focus_plan
from exigible.actes.vocabulaire.recouvreur import find_beneficiaire
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import ModeEnvoi
from exigible.dossier.plans.etat import StatutEcheance
from exigible.dossier.plans.suivi import ENTRE_PROFESSIONNELS, choose_interets
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase, wrap_texte
from exigible.droit.plan import DELAI_CONSOMMATEUR, InteretsDuPlan


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe what is late. Raises ErreurExigible (`acte_refuse`) when nothing is."""
    plan = find_plan(demande)
    canal, delai = demande.reponses.get("canal"), demande.reponses.get("delai_jours")
    if plan is None:
        rien = Contexte(
            _describe_rien(commun),
            preuves={"en_retard": (commun.valeurs["plan"],)},
            conformite={"creance.solde": demande.etat.echu},
        )
        return add_delai(rien, demande, canal, delai, commun.valeurs["delai_jours"])
    if plan.retard == ZERO:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » : aucune échéance du plan du {jour} n'est en retard.",
                titre=wrap_texte(demande.modele.titre),
                jour=plan.convenu_le,
            ),
        )
    rompu, du = focus_plan(demande, plan, break_plan(demande, plan))
    en_retard = [e for e in plan.echeances if e.statut is StatutEcheance.EN_RETARD]
    interets = choose_interets(plan.plan, demande.etat.debiteur.qualite)
    vocabulaire = Vocabulaire(
        {
            "plan_jour": format_jour(plan.convenu_le),
            "codebiteurs": name_codebiteurs(demande.etat),
            "retard": format_montant(plan.retard),
            "reste_du": format_montant(rompu.totaux.total),
        },
        {
            "clause": plan.plan.decheance,
            "abandonnes": plan.plan.decheance and interets is InteretsDuPlan.ABANDONNES_SI_RESPECT,
            "interets_courent": interets.courent and du.faits["interets_courent"],
        },
        {
            "suivi": (build_suivi(plan),),
            "paiement": (ReglerPar(build_paiement(find_beneficiaire(demande), plan.retard, demande.reference)[0]),),
        },
    )
    contexte = Contexte(
        replace(du, blocs={"annexe": du.blocs["annexe"]}).add(vocabulaire),
        preuves={"en_retard": tuple(t for e in en_retard for t in (format_jour(e.jour), format_montant(e.reste)))},
        conformite={
            **describe_creances(demande.etat, rompu.sommes),
            **({"accord.delai_decheance_jours": delai} if isinstance(delai, int) and plan.plan.decheance else {}),
            "action.type": "mise_en_demeure_decheance" if plan.plan.decheance else "mise_en_demeure",
            "accord.respecte": False,
            "creance.echue": True,
            "creance.solde": plan.retard,
        },
        montant=plan.retard,
    )
    return add_delai(contexte, demande, canal, delai, commun.valeurs["delai_jours"])


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """The plan that is late, the time that its clause leaves, never less than what this debtor is given."""
    usage = DELAI_PROFESSIONNEL if etat.debiteur.qualite in ENTRE_PROFESSIONNELS else DELAI_CONSOMMATEUR
    plan = next((p for p in etat.plans if p.retard > ZERO), None)
    convenu = plan.plan.delai_decheance_jours or 0 if plan else 0
    choix = {"plan": plan.plan.cle} if plan else {}
    return {"canal": ModeEnvoi.LRAR.value, "delai_jours": str(max(usage, convenu)), **choix}


def _describe_rien(commun: Vocabulaire) -> Vocabulaire:
    """No plan is chosen yet: its place is left."""
    trou = commun.valeurs["plan"]
    vide: tuple[Bloc, ...] = (make_texte(trou),)
    return Vocabulaire(
        {"plan_jour": trou, "retard": trou, "reste_du": trou, "les_factures": trou, "codebiteurs": trou},
        {"clause": False, "abandonnes": False, "interets_courent": False},
        {"suivi": vide, "paiement": (), "annexe": ()},
    )

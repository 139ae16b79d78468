"""The end of a plan: the notice that ran in vain, and what is due at once, interest taken up again where it must be."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.controle import describe_creances
from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, make_texte
from exigible.actes.lettre import Etiquette
from exigible.actes.mise_en_demeure.dette import SEUIL_TENTATIVE_AMIABLE
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.vocabulaire.parties import name_codebiteurs
from exigible.actes.vocabulaire.plans import break_plan, build_suivi, find_plan, focus_plan
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import RolePersonne
from exigible.dossier.plans.etat import EtatPlan
from exigible.dossier.plans.suivi import choose_interets
from exigible.droit.argent import format_montant
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.phrase import Phrase, phrase, wrap_texte
from exigible.droit.plan import InteretsDuPlan

_VALEURS = (
    "plan_jour",
    "les_factures",
    "notice_jour",
    "notice_recue",
    "notice_fin",
    "retard",
    "reste_du",
    "codebiteurs",
)
_FAITS = ("repris", "geles", "interets_courent", "partie_contestee", "garants", "tentative_amiable")
_BLOCS = ("suivi", "factures", "sommes", "paiement", "annexe")


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the forfeiture. Raises ErreurExigible (`acte_refuse`) when it may not be pronounced yet."""
    plan = find_plan(demande)
    if plan is None:
        possible = any(_is_possible(p, demande.etat) for p in demande.etat.plans)
        for dernier in () if possible else demande.etat.plans[-1:]:
            _check(demande, dernier)  # not chosen because not possible: why is better said than asked
        return _describe_rien(demande, commun.valeurs["plan"])
    _check(demande, plan)
    notice = plan.mise_en_demeure
    assert notice is not None  # noqa: S101 - checked
    assert notice.decheance is not None  # noqa: S101 - checked
    interets = choose_interets(plan.plan, demande.etat.debiteur.qualite)
    rompu, du = focus_plan(demande, plan, break_plan(demande, plan))
    vocabulaire = Vocabulaire(
        {
            "plan_jour": format_jour(plan.convenu_le),
            "codebiteurs": name_codebiteurs(demande.etat),
            "notice_jour": format_jour(notice.envoyee_le),
            "notice_recue": format_jour(notice.recue_le) if notice.recue_le else "",
            "notice_fin": format_jour(notice.decheance.fin),
            "retard": format_montant(plan.retard),
            "reste_du": format_montant(rompu.totaux.total),
        },
        {
            "repris": interets is InteretsDuPlan.ABANDONNES_SI_RESPECT and rompu.totaux.interets > 0,
            "geles": interets is InteretsDuPlan.GELES,
            "partie_contestee": any(somme.reservee for somme in rompu.sommes),
            "garants": any(p.role is not RolePersonne.DEBITEUR for p in demande.etat.personnes),
            "tentative_amiable": rompu.totaux.total <= SEUIL_TENTATIVE_AMIABLE,
        },
        {"suivi": (build_suivi(plan),)},
    )
    totaux = rompu.totaux.total
    return Contexte(
        du.add(vocabulaire),
        conformite={
            **describe_creances(demande.etat, rompu.sommes),
            "accord.respecte": False,
            "creance.echue": True,
            "decompte.total": totaux,
            "decompte.somme_lignes": totaux,
        },
        etiquettes=(Etiquette("Envoi", "Lettre recommandée avec avis de réception"),),
        avertissements=notice.decheance.avertissements,
        montant=totaux,
    )


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """The plan whose term may be forfeited."""
    plan = next((p for p in etat.plans if _is_possible(p, etat)), None)
    return {"plan": plan.plan.cle} if plan else {}


def _is_possible(plan: EtatPlan, etat: EtatDossier) -> bool:
    return plan.decheance_possible_des is not None and plan.decheance_possible_des <= etat.au


def _check(demande: Demande, plan: EtatPlan) -> None:
    """Refuse before the notice ran in vain, and what the agreement does not provide for."""
    if _is_possible(plan, demande.etat):
        return
    titre = wrap_texte(demande.modele.titre)
    raise ErreurExigible("acte_refuse", phrase("« {titre} » : {raison}.", titre=titre, raison=_explain(plan)))


def _explain(plan: EtatPlan) -> Phrase:
    notice = plan.mise_en_demeure
    if not plan.plan.decheance:
        return phrase("le plan n'a pas de clause de déchéance du terme")
    if plan.respecte:
        return phrase("aucune échéance du plan n'est en retard")
    if notice is None:
        return phrase("envoyez d'abord la mise en demeure de régler l'échéance, qui laisse un délai")
    if notice.decheance is None:
        return phrase("enregistrez d'abord le jour où la mise en demeure a été reçue ou présentée")
    return phrase(
        "le délai de la mise en demeure court jusqu'au {fin} ; la déchéance peut être prononcée à partir du {jour}",
        fin=notice.decheance.fin,
        jour=notice.decheance.possible_des,
    )


def _describe_rien(demande: Demande, trou: str) -> Contexte:
    """No plan is chosen yet: its place is left."""
    vide: tuple[Bloc, ...] = (make_texte(trou),)
    blocs = {nom: vide if nom == "suivi" else () for nom in _BLOCS}
    return Contexte(
        Vocabulaire(dict.fromkeys(_VALEURS, trou), dict.fromkeys(_FAITS, False), blocs),
        conformite={"creance.solde": demande.etat.echu},
    )

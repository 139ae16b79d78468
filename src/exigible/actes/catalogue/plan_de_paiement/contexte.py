"""The plan of an agreement: the one recorded, or the one that the answers ask for, computed to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import make_texte
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.reponses import A_COMPLETER
from exigible.actes.typst.texte import write_en_lettres
from exigible.actes.vocabulaire.accords import describe_accord, list_intervenants
from exigible.actes.vocabulaire.plan_convenu import AccordConvenu, compute_accord, read_accord
from exigible.actes.vocabulaire.plans import build_echeancier, find_plan, focus_plan
from exigible.dossier.etat import EtatDossier
from exigible.dossier.plans.simulation import DemandeDePlan
from exigible.dossier.plans.suivi import ENTRE_PROFESSIONNELS
from exigible.dossier.texte import count_jours, join_mots
from exigible.droit.argent import format_montant
from exigible.droit.creance import CAPITAL_D_ABORD, Poste
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import add_mois, format_jour
from exigible.droit.phrase import phrase, wrap_texte
from exigible.droit.plan import DELAI_CONSOMMATEUR, InteretsDuPlan

_DELAI_PROFESSIONNEL = 8
_ABANDONS = frozenset({InteretsDuPlan.ABANDONNES_SI_RESPECT, InteretsDuPlan.GELES})
_POSTES = {
    Poste.FRAIS: "les frais",
    Poste.INDEMNITES: "les indemnités",
    Poste.INTERETS: "les intérêts",
    Poste.PRINCIPAL: "le principal",
}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the agreement. Raises ErreurExigible when no plan may be agreed, ErreurSaisie on its terms."""
    plan, vise = find_plan(demande), None
    interets = plan.plan.interets if plan else demande.reponses.get("interets_du_plan")
    if commun.faits["regime_public"] and interets in _ABANDONS:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » : un créancier ne renonce pas aux intérêts moratoires d'un marché public ; choisissez "
                "des intérêts maintenus.",
                titre=wrap_texte(demande.modele.titre),
            ),
            article="CCP L2192-14",
        )
    if plan is not None:
        demande, vise = focus_plan(demande, plan)
        commun = commun.add(vise)
    accord = compute_accord(demande, *_read_voulu(demande)) if plan is None else read_accord(demande, plan)
    representant = "" if commun.faits["personne_physique"] else commun.valeurs["representant"]
    autres = list_intervenants(demande, cautions=True) if demande.reponses.get("intervenants") else ()
    vocabulaire = describe_accord(demande, representant, autres).add(_describe(demande, accord, commun))
    ce_jour = accord.jour == demande.etat.au
    exact = ce_jour and accord.interets is not None and not accord.interets.courent
    delai = {} if accord.delai is None else {"accord.delai_decheance_jours": accord.delai}
    return Contexte(
        vocabulaire if vise is None else vise.add(vocabulaire),
        preuves={
            "echeances": tuple(t for e in accord.echeances for t in (format_jour(e.jour), format_montant(e.montant)))
            or ("Échéances",)
        },
        conformite={
            "accord.existe": exact and bool(accord.echeances),
            "accord.somme_echeances": accord.a_terme,
            "decompte.total": demande.totaux.total,
            "decompte.somme_lignes": demande.totaux.total,
            "accord.clause_prescription": False,
            "accord.moyen_impose": False,
            "accord.respecte": False,
            "acte.unilateral": False,
            "creance.echue": True,
            "creance.solde": accord.somme,
            **delai,
        },
        avertissements=accord.avertissements,
        montant=accord.somme,
    )


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """The last plan recorded; without one, what we would propose to this debtor."""
    entre_pros = etat.debiteur.qualite in ENTRE_PROFESSIONNELS
    propose = {"moyen": "virement", "delai_decheance": str(_DELAI_PROFESSIONNEL if entre_pros else DELAI_CONSOMMATEUR)}
    if etat.plans:
        return {"plan": etat.plans[-1].plan.cle, **propose}
    interets = InteretsDuPlan.MAINTENUS if entre_pros else InteretsDuPlan.ABANDONNES_SI_RESPECT
    return {"premiere": add_mois(etat.au, 1).isoformat(), "interets_du_plan": interets.value, **propose}


def _read_voulu(demande: Demande) -> tuple[AccordConvenu, DemandeDePlan | None]:
    """Read the terms that the answers ask for, and what is to be computed when enough is answered."""
    dits = demande.reponses
    premiere, nombre, delai = dits.get("premiere"), dits.get("nombre"), dits.get("delai_decheance")
    interets = InteretsDuPlan(str(dits["interets_du_plan"])) if "interets_du_plan" in dits else None
    ordre = CAPITAL_D_ABORD if dits.get("capital_d_abord") else ()
    jours = delai if isinstance(delai, int) else None
    voulu = AccordConvenu(demande.etat.au, demande.totaux.total, (), interets, ordre, delai=jours)
    if not isinstance(premiere, date) or not isinstance(nombre, int) or interets is None:
        return voulu, None
    creances = tuple(somme.cle for somme in demande.sommes)
    return voulu, DemandeDePlan(premiere, interets, nombre, creances=creances, ordre=ordre)


def _describe(demande: Demande, accord: AccordConvenu, commun: Vocabulaire) -> Vocabulaire:
    """Say the terms, clause by clause."""
    interets, dits = accord.interets, commun.valeurs
    sans_plan = demande.reponses.get("plan") is None
    delai = count_jours(accord.delai) if accord.delai else dits["delai_decheance"]
    trou = (make_texte(A_COMPLETER.format(libelle="l'échéancier")),)
    return Vocabulaire(
        {
            "somme_due": format_montant(accord.somme),
            "somme_due_en_lettres": write_en_lettres(accord.somme),
            "arrete_au": format_jour(accord.jour),
            "tolerance": count_jours(accord.tolerance),
            "ordre": join_mots([_POSTES[poste] for poste in accord.ordre]),
            "delai_decheance_dit": delai,
            "moyen_dit": dits["moyen"] if demande.reponses.get("moyen") is None else dits["moyen"].lower(),
        },
        {
            "sans_plan": sans_plan,
            "titre_connu": any(titre.effectif for titre in demande.etat.titres),
            "par_virement": demande.reponses.get("moyen") == "virement",
            "arrete_ce_jour": accord.jour == demande.etat.au,
            "decheance": accord.decheance,
            "decheance_a_dire": accord.decheance and (sans_plan or accord.delai is None),
            "tolerance": accord.tolerance > 0,
            "abandonnes": interets is InteretsDuPlan.ABANDONNES_SI_RESPECT,
            "maintenus": interets is InteretsDuPlan.MAINTENUS,
            "capitalises": interets is InteretsDuPlan.CAPITALISES,
            "geles": interets is InteretsDuPlan.GELES,
            "interets_non_dits": interets is None,
            "capital_d_abord_convenu": accord.ordre == CAPITAL_D_ABORD,
            "ordre_convenu": bool(accord.ordre) and accord.ordre != CAPITAL_D_ABORD,
            "ordre_legal": not accord.ordre,
            "factures_dans_l_ordre": accord.dans_l_ordre,
        },
        {"echeancier": (build_echeancier(accord.echeances),) if accord.echeances else trou},
    )

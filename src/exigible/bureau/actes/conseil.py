"""Which document does what is advised: the one place where the advice of the core meets the catalogue."""

from __future__ import annotations

from exigible.actes.modele import Modele, load_catalogue
from exigible.bureau.actes.etapes import find_papiers, suits
from exigible.dossier.conseil.actes import ActePossible, Conseil, Rang
from exigible.dossier.etat import STADES_CLOS, EtatDossier
from exigible.dossier.faits import Etape

_INSTANCE = ("constitution_de_dossier", "bordereau_de_pieces")
_RELANCES = ("relance_1", "relance_2", "relance_3")
_PLAN = ("plan_mise_en_demeure", "decheance_du_terme")
_DEMEURES = ("mise_en_demeure", "mise_en_demeure_bail", "mise_en_demeure_copropriete")
_AU_FOND = (
    "assignation_tribunal_de_commerce",
    "assignation_tribunal_judiciaire",
    "assignation_procedure_orale",
    "requete_tribunal_judiciaire",
    "requete_conjointe",
)

CONSEILS: dict[str, tuple[str, ...]] = {
    # what a person does today
    "ecrire": ("courtoisie", *_RELANCES),
    "appeler": ("appel",),
    "mettre_en_demeure": _DEMEURES,
    "plan_en_retard": _PLAN,
    # the amicable side
    "repondre_a_la_contestation": ("reponse_contestation", "transaction"),
    "faire_reconnaitre_la_dette": ("reconnaissance_de_dette",),
    "proposer_un_plan": ("plan_de_paiement", "transaction"),
    "reclamer_a_une_autre_personne": ("mise_en_demeure_caution",),
    "echeance_plan": _PLAN,
    "echeance_promesse": (*_RELANCES, "mise_en_demeure"),
    "echeance_prescription": ("reconnaissance_de_dette", "requete_injonction_de_payer", *_AU_FOND),
    # the routes
    "voie_ip": ("requete_injonction_de_payer", "ordonnance_injonction_de_payer", *_INSTANCE),
    "voie_simplifiee": ("requete_procedure_simplifiee",),
    "voie_incontestees": ("commandement_l126_1",),
    "voie_refere": ("assignation_refere_provision", *_INSTANCE),
    "voie_fond": (*_AU_FOND, *_INSTANCE),
    "voie_ip_europeenne": ("injonction_de_payer_europeenne",),
    # the steps of a procedure under way
    "etape_AMIABLE": _DEMEURES,
    "etape_PSRPC": ("requete_procedure_simplifiee",),
    "etape_CCI": ("commandement_l126_1",),
    "etape_IP": ("instruction_signifier", "demande_certificat_non_opposition", "conclusions_sur_opposition"),
    "etape_IPE": ("injonction_de_payer_europeenne", "instruction_signifier"),
    "etape_REFERE": ("assignation_refere_provision", *_INSTANCE, "conclusions", "instruction_signifier"),
    "etape_FOND": (*_AU_FOND, *_INSTANCE, "conclusions", "instruction_signifier"),
    "etape_BAIL": ("mise_en_demeure_bail", "assignation_procedure_orale"),
    "etape_COPRO": ("mise_en_demeure_copropriete", "assignation_tribunal_judiciaire"),
    "etape_CHEQUE": ("certificat_cheque_impaye",),
    "etape_PENSION": ("instruction_execution",),
    "etape_TITRE": ("instruction_signifier", "instruction_execution"),
    "etape_CONSERV": ("requete_saisie_conservatoire",),
    "etape_SATT": ("saisie_attribution", "denonciation_saisie_attribution"),
    "etape_SDR": ("requete_saisie_remunerations", "proces_verbal_saisie_remunerations"),
    "etape_SV": ("commandement_saisie_vente",),
    "etape_SI": ("instruction_execution",),
    "etape_PC": (
        "declaration_de_creance",
        "reponse_contestation_creance",
        "requete_releve_de_forclusion",
        "revendication",
    ),
    "etape_SUREND": ("declaration_surendettement_creance",),
    # enforcement, insolvency
    "declarer_la_creance": ("declaration_de_creance", "revendication"),
    "recherche_d_informations": ("instruction_execution",),
    "saisie_conservatoire": ("requete_saisie_conservatoire",),
    "execution_SATT": ("instruction_execution", "saisie_attribution", "denonciation_saisie_attribution"),
    "execution_SDR": ("requete_saisie_remunerations", "proces_verbal_saisie_remunerations", "instruction_execution"),
    "execution_SV": ("instruction_execution", "commandement_saisie_vente"),
    "execution_SI": ("instruction_execution", "transmission_avocat"),
}
"""For each code of the advice, the acts that do it, the first being the usual one."""

SANS_PAPIER = frozenset({"poster", "voie_abandon", "tenter_une_conciliation"})
"""What is advised and needs no paper of ours: a letter already made, giving up, a conciliator that one goes to see."""

HORS_CONSEIL = frozenset(
    {
        "assignation_liquidation",
        "assignation_redressement",
        "avis_de_reversement",
        "information_caution_annuelle",
        "information_caution_incident",
        "lettre_r124_4",
        "mainlevee",
        "note_d_interets",
        "promesse_confirmee",
        "quittance",
        "releve_de_compte",
        "remerciement",
        "solde_de_tout_compte",
        "transmission_agence",
        "transmission_avocat",
        "transmission_commissaire",
    }
)
"""The acts that answer an event or a choice of the creditor, not an advice: the page of documents offers them."""


def find_actes(code: str, etat: EtatDossier) -> tuple[Modele, ...]:
    """Return the acts that do what is advised in this dossier, the usual one first; none when it needs no paper."""
    catalogue = load_catalogue()
    noms = CONSEILS.get(code, ())
    if code == "ecrire":
        noms = _order_relances(etat)
    elif noms == _PLAN:
        noms = _order_plan(etat)
    trouves = (catalogue[nom] for nom in noms if nom in catalogue)
    return tuple(m for m in trouves if suits(m, etat))


def _order_relances(etat: EtatDossier) -> tuple[str, ...]:
    """The reminder that comes after those already sent, then the others; the courtesy note while nothing is due."""
    if not any(c.jours_de_retard > 0 for c in etat.creances if c.stade not in STADES_CLOS):
        return ("courtoisie", *_RELANCES)
    parties = {jour for c in etat.creances for etape, jour in c.etapes_faites if etape is Etape.RELANCE}
    rang = min(len(parties), len(_RELANCES) - 1)
    return (*_RELANCES[rang:], *_RELANCES[:rang], "courtoisie")


def _order_plan(etat: EtatDossier) -> tuple[str, ...]:
    """The notice first, then the end of the plan once its time ran in vain."""
    possible = any(p.decheance_possible_des and p.decheance_possible_des <= etat.au for p in etat.plans)
    return tuple(reversed(_PLAN)) if possible else _PLAN


def find_actes_conseilles(acte: ActePossible, etat: EtatDossier) -> tuple[Modele, ...]:
    """Return the acts that do an advised one; a deadline of a procedure is served by those of its step."""
    if acte.code == "echeance_procedure":
        procedure = next((p for p in etat.procedures if p.cle == acte.sujet), None)
        if procedure is None:
            return ()
        code, evenements = procedure.graphe.code, acte.echeance.evenements if acte.echeance else ()
        precis = dict.fromkeys(m for e in evenements for m in find_papiers(code, e, etat))
        return tuple(precis) or find_actes(f"etape_{code}", etat)
    return find_actes(acte.code, etat)


def list_conseilles(conseil: Conseil, etat: EtatDossier) -> tuple[tuple[Modele, ...], ...]:
    """List, for all that is advised and ready on the day, in its order, the acts that do it, the usual one first.

    Alternatives and what is unwise are left out.
    """
    avises = (acte for acte in conseil.actes if acte.rang < Rang.ALTERNATIVE and not acte.manques)
    return tuple(trouves for acte in avises if (trouves := find_actes_conseilles(acte, etat)))

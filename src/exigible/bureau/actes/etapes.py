"""Which document makes a step of a procedure: the one place where the graph of the procedures meets the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from exigible.actes.modele import Modele, load_catalogue
from exigible.dossier.etapes import list_entrees, list_etapes
from exigible.dossier.etat import EtatDossier
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.graphe import TransitionGraphe

_IP = ("requete_injonction_de_payer", "ordonnance_injonction_de_payer", "bordereau_de_pieces")
_FOND = ("assignation_tribunal_de_commerce", "assignation_tribunal_judiciaire", "assignation_procedure_orale")
_COLLECTIVES = ("assignation_redressement", "assignation_liquidation")
_SIGNIFIER = ("instruction_signifier",)
_EXECUTER = ("instruction_execution",)
_AU_GREFFE = ("constitution_de_dossier", "bordereau_de_pieces")
_A_L_OFFICIER = ("transmission_commissaire",)
_A_L_AVOCAT = ("transmission_avocat",)
_CONCLURE = ("conclusions", "bordereau_de_pieces")

PAPIERS: Mapping[str, tuple[str, ...]] = {
    "PSRPC.invitation": ("requete_procedure_simplifiee",),
    "CCI.commandement": ("commandement_l126_1",),
    "CCI.signification_pv": _SIGNIFIER,
    # the order for payment
    "IP.depot_requete": _IP,
    "IP.signification_a_personne": _SIGNIFIER,
    "IP.signification_autre": _SIGNIFIER,
    "IP.certificat_non_opposition": ("demande_certificat_non_opposition",),
    "IP.acte_a_personne": _EXECUTER,
    "IP.indisponibilite": _EXECUTER,
    "IP.constitution_avocat_creancier": _A_L_AVOCAT,
    "IP.jugement": ("conclusions_sur_opposition", "bordereau_de_pieces"),
    "IPE.depot": ("injonction_de_payer_europeenne",),
    "IPE.signification": _SIGNIFIER,
    # on the merits, and in summary proceedings
    "REFERE.assignation_refere": ("assignation_refere_provision", "bordereau_de_pieces"),
    "REFERE.placement": _AU_GREFFE,
    "REFERE.provision": _CONCLURE,
    "REFERE.signification": _SIGNIFIER,
    "REFERE.conclusions_appelant": _A_L_AVOCAT,
    "REFERE.conclusions_intime": _A_L_AVOCAT,
    "FOND.assignation_refere": ("assignation_refere_provision", "bordereau_de_pieces"),
    "FOND.requete_tj": ("requete_tribunal_judiciaire", "requete_conjointe"),
    "FOND.accord": ("transaction",),
    "FOND.assignation": (*_FOND, "bordereau_de_pieces"),
    "FOND.placement": _AU_GREFFE,
    "FOND.jugement": _CONCLURE,
    "FOND.signification": _SIGNIFIER,
    "FOND.appel": _A_L_AVOCAT,
    "FOND.conclusions_appelant": _A_L_AVOCAT,
    "FOND.conclusions_intime": _A_L_AVOCAT,
    "BAIL.commandement_six_semaines": _A_L_OFFICIER,
    "BAIL.commandement_deux_mois": _A_L_OFFICIER,
    "BAIL.denonciation_caution": _A_L_OFFICIER,
    "BAIL.assignation": ("assignation_procedure_orale",),
    "BAIL.placement": _AU_GREFFE,
    "COPRO.mise_en_demeure_presentee": ("mise_en_demeure_copropriete",),
    "COPRO.assignation": ("assignation_tribunal_judiciaire",),
    "COPRO.placement": _AU_GREFFE,
    "COPRO.signification": _SIGNIFIER,
    # cheques, titles
    "CHEQUE.demande_certificat": ("certificat_cheque_impaye",),
    "CHEQUE.certificat": ("certificat_cheque_impaye",),
    "CHEQUE.signification_certificat": _A_L_OFFICIER,
    "CHEQUE.saisie_conservatoire_sans_autorisation": _A_L_OFFICIER,
    "TITRE.formalisation": ("transaction",),
    "TITRE.accord": ("transaction",),
    "TITRE.signification_titre": _SIGNIFIER,
    "TITRE.acte_execution": _EXECUTER,
    # enforcement
    "SATT.acte_de_saisie": (*_EXECUTER, "saisie_attribution"),
    "SATT.denonciation": ("denonciation_saisie_attribution",),
    "SATT.mainlevee": ("mainlevee",),
    "SDR.commandement_saisie_remunerations": ("requete_saisie_remunerations",),
    "SDR.pv_saisie": ("proces_verbal_saisie_remunerations",),
    "SDR.nouvel_acte_saisie": ("proces_verbal_saisie_remunerations",),
    "SDR.reiteration_pv": ("proces_verbal_saisie_remunerations",),
    "SDR.dette_apuree_ou_mainlevee": ("mainlevee",),
    "SV.commandement_saisie_vente": (*_EXECUTER, "commandement_saisie_vente"),
    "SV.saisie": _EXECUTER,
    "SV.saisie_chez_un_tiers": _EXECUTER,
    "SV.assignation_rj_lj": _COLLECTIVES,
    "SI.commandement_saisie_immobiliere": (*_EXECUTER, *_A_L_AVOCAT),
    "SI.assignation_orientation": _A_L_AVOCAT,
    "SI.depot_cahier": _A_L_AVOCAT,
    "CONSERV.autorisation": ("requete_saisie_conservatoire", "bordereau_de_pieces"),
    "CONSERV.saisie_conservatoire_creance": _A_L_OFFICIER,
    "CONSERV.saisie_conservatoire_meubles": _A_L_OFFICIER,
    "CONSERV.saisie_conservatoire_chez_un_tiers": _A_L_OFFICIER,
    "CONSERV.surete_provisoire": _A_L_AVOCAT,
    "CONSERV.introduction_action": (*_IP[:1], *_FOND),
    "CONSERV.action_apres_rejet": _FOND,
    "CONSERV.denonciation_debiteur": _A_L_OFFICIER,
    "CONSERV.conversion_saisie_attribution": _EXECUTER,
    "CONSERV.conversion_saisie_vente": _EXECUTER,
    "PENSION.demande": _EXECUTER,
    # insolvency
    "PC.assignation_rj_lj": _COLLECTIVES,
    "PC.declaration_creance": ("declaration_de_creance", "revendication"),
    "PC.declaration_complementaire": ("declaration_de_creance",),
    "PC.requete_releve": ("requete_releve_de_forclusion",),
    "PC.reponse_creancier": ("reponse_contestation_creance",),
    "PC.appel": _A_L_AVOCAT,
    "SUREND.justification_creance": ("declaration_surendettement_creance",),
}
"""For each step, `<procedure>.<event>`, the acts that make it or ask for it, the usual one first."""

JOINTS = frozenset({"bordereau_de_pieces", "ordonnance_injonction_de_payer"})
"""The acts that go with another, and are nothing alone."""

DEMANDES = frozenset(
    {
        *_SIGNIFIER,
        *_EXECUTER,
        *_AU_GREFFE,
        *_A_L_OFFICIER,
        *_A_L_AVOCAT,
        "conclusions",
        "conclusions_sur_opposition",
        "demande_certificat_non_opposition",
    }
)
"""The acts that ask somebody for a step, or prepare it: once they are sent, it is still to come."""

_NATURES = {
    "mise_en_demeure_bail": frozenset({"loyer_habitation", "loyer_commercial"}),
    "mise_en_demeure_copropriete": frozenset({"charges_copropriete"}),
}


@dataclass(frozen=True)
class Papiers:
    """What to write for the steps that come next: the acts, and the steps that they make."""

    modeles: tuple[Modele, ...]
    etapes: tuple[TransitionGraphe, ...]


@dataclass(frozen=True)
class EtapeANoter:
    """A step that a document makes, to record once it is done: in the procedure `cle`, or by opening one (empty)."""

    code: str
    etape: TransitionGraphe
    cle: str = ""


def suits(modele: Modele, etat: EtatDossier) -> bool:
    """Whether an act is made for this debtor, and for the nature of what is owed."""
    if modele.qualites and etat.debiteur.qualite not in modele.qualites:
        return False
    natures = _NATURES.get(modele.nom)
    return natures is None or any(c.creance.nature in natures for c in etat.creances)


def find_papiers(code: str, evenement: str, etat: EtatDossier) -> tuple[Modele, ...]:
    """Return the acts that make a step of the procedure `code`, those made for this debtor; none for most steps."""
    catalogue = load_catalogue()
    noms = PAPIERS.get(f"{code}.{evenement}", ())
    trouves = tuple(catalogue[nom] for nom in noms if nom in catalogue and suits(catalogue[nom], etat))
    return () if {m.nom for m in trouves} <= JOINTS else trouves


def list_papiers(procedure: EtatProcedure, etat: EtatDossier) -> list[Papiers]:
    """List what to write for the steps that a procedure takes on the day; those that one paper makes are together."""
    if not procedure.vivante:
        return []
    groupes: dict[tuple[Modele, ...], list[TransitionGraphe]] = {}
    for etape in list_etapes(procedure, etat.au):
        modeles = find_papiers(procedure.graphe.code, etape.evenement, etat)
        if modeles:
            groupes.setdefault(modeles, []).append(etape)
    return [Papiers(modeles, tuple(etapes)) for modeles, etapes in groupes.items()]


def list_a_noter(acte: str, depuis: date, etat: EtatDossier) -> list[EtapeANoter]:
    """List the steps that a document of the day `depuis` makes, which the journal does not know yet."""
    if acte in DEMANDES:
        return []
    return [*_list_etapes_a_noter(acte, depuis, etat), *_list_ouvertures_a_noter(acte, depuis, etat)]


def _list_etapes_a_noter(acte: str, depuis: date, etat: EtatDossier) -> Iterable[EtapeANoter]:
    for procedure in etat.procedures:
        code = procedure.graphe.code
        faites = {p.transition.evenement for p in procedure.passages if p.jour >= depuis}
        for etape in list_etapes(procedure, etat.au) if procedure.vivante else ():
            if acte in PAPIERS.get(f"{code}.{etape.evenement}", ()) and etape.evenement not in faites:
                yield EtapeANoter(code, etape, procedure.cle)


def _list_ouvertures_a_noter(acte: str, depuis: date, etat: EtatDossier) -> Iterable[EtapeANoter]:
    ouvertes = {p.graphe.code for p in etat.procedures if p.vivante or p.ouverte_le >= depuis}
    for procedure, entrees in list_entrees():
        for etape in entrees if procedure.code not in ouvertes else ():
            if acte in PAPIERS.get(f"{procedure.code}.{etape.evenement}", ()):
                yield EtapeANoter(procedure.code, etape)

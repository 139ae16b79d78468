"""Conditions of what is done before a court, or without one until the title."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from exigible.dossier.faits import EtapeFranchie
from exigible.dossier.faits_procedure import ModeSignification, Qualification
from exigible.dossier.procedures.gardes.base import garde
from exigible.dossier.procedures.situation import Situation
from exigible.droit.bareme import load_bareme
from exigible.droit.competence import CONSULAIRES
from exigible.droit.competence_faits import Juridiction
from exigible.droit.delais import Distance
from exigible.droit.phrase import phrase
from exigible.droit.regimes_faits import QualitePartie

_PROTECTION = Juridiction.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION
_DERNIER_RESSORT = {
    Juridiction.TRIBUNAL_DE_COMMERCE: "dernier_ressort_tribunal_de_commerce",
    Juridiction.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES: "dernier_ressort_tribunal_de_commerce",
    Juridiction.TRIBUNAL_JUDICIAIRE: "dernier_ressort_tribunal_judiciaire",
    Juridiction.TRIBUNAL_DE_PROXIMITE: "dernier_ressort_tribunal_judiciaire",
    _PROTECTION: "dernier_ressort_juge_des_contentieux_de_la_protection",
}
_DECISIONS = ("jugement", "provision", "contestation_serieuse")
_REFERES = ("contestation_serieuse", "provision")
_SIGNIFICATIONS = ("signification_a_personne", "signification_autre")
A_PERSONNE = frozenset({ModeSignification.A_PERSONNE, ModeSignification.ELECTRONIQUE_A_PERSONNE})
"""The ways of serving an act that are in person (CPC 654, 662-1)."""
_RETABLIE = "execution_provisoire_retablie"
_EXECUTION_PROVISOIRE = ("execution_provisoire_ecartee", "execution_provisoire_arretee", _RETABLIE)
_DEPARTS_OPPOSITION = ("acte_a_personne", "indisponibilite")
_PREAVIS = timedelta(days=15)
"""CPC 754: a hearing is far when its day was known more than fifteen days before."""

# --- The court --------------------------------------------------------------------------------------------------------


@garde(phrase("devant le tribunal de commerce ou des activités économiques"))
def is_consulaire(situation: Situation) -> bool | None:
    """Whether the court seised is a commercial one."""
    return None if situation.juridiction is None else situation.juridiction in CONSULAIRES


@garde(phrase("devant le tribunal judiciaire ou le juge des contentieux de la protection"))
def is_judiciaire(situation: Situation) -> bool | None:
    """Whether the court seised is a civil one."""
    return _deny(is_consulaire.juge, situation)


@garde(phrase("procédure écrite, avocat obligatoire devant le tribunal judiciaire"))
def is_procedure_ecrite(situation: Situation) -> bool | None:
    """Whether lawyers are compulsory before the tribunal judiciaire (CPC 760, 761, 817)."""
    if situation.juridiction is None:
        return None
    if situation.juridiction is not Juridiction.TRIBUNAL_JUDICIAIRE:
        return False
    dispense = _is_sous_seuil(situation, "dispense_avocat_tribunal_judiciaire")
    return None if dispense is None else not dispense


@garde(phrase("procédure orale, sans avocat obligatoire ou devant le tribunal de commerce"))
def is_procedure_orale(situation: Situation) -> bool | None:
    """Whether the clerk calls the parties to a hearing (CPC 817, 1418)."""
    return _deny(is_procedure_ecrite.juge, situation)


# --- The claim --------------------------------------------------------------------------------------------------------


@garde(phrase("montant, intérêts compris, dans la limite de la procédure simplifiée"))
def is_sous_seuil_simplifiee(situation: Situation) -> bool | None:
    """Whether the sum asked allows the simplified recovery of small claims (CPCE R125-1)."""
    return _is_sous_seuil(situation, "petites_creances")


@garde(phrase("montant dans la limite d'une requête devant le tribunal judiciaire"))
def is_sous_seuil_requete(situation: Situation) -> bool | None:
    """Whether the sum asked allows a simple request (CPC 818)."""
    return _is_sous_seuil(situation, "requete_tribunal_judiciaire")


@garde(phrase("tentative amiable non exigée, ou dispense"))
def is_tentative_amiable_inutile(situation: Situation) -> bool | None:
    """Whether no amicable attempt is asked for (CPC 750-1); None when an exemption would be needed."""
    if is_consulaire.juge(situation) or _is_sous_seuil(situation, "tentative_amiable") is False:
        return True
    return None


@garde(phrase("débiteur commerçant"))
def is_debiteur_professionnel(situation: Situation) -> bool | None:
    """Whether the debtor may be a merchant: never sure, since a professional may not be one."""
    qualite = situation.debiteur.qualite
    return None if qualite in {QualitePartie.PROFESSIONNEL, QualitePartie.INCONNUE} else False


@garde(phrase("débiteur qui ne demeure pas à l'étranger"))
def is_hors_etranger(situation: Situation) -> bool | None:
    """Whether the months of distance are at most one (CPC 643)."""
    return _find_distance(situation) is not Distance.ETRANGER


@garde(phrase("débiteur qui demeure à l'étranger"))
def is_a_l_etranger(situation: Situation) -> bool | None:
    """Whether two months of distance are added (CPC 643)."""
    return _find_distance(situation) is Distance.ETRANGER


def _find_distance(situation: Situation) -> Distance:
    """Where the debtor lived when he was served, else where he lives."""
    jour = situation.find_jour(_SIGNIFICATIONS)
    return situation.find_distance(jour or situation.debiteurs[-1][0])


# --- Service and opposition -------------------------------------------------------------------------------------------


@garde(phrase("signification à un autre débiteur que ceux qui l'ont déjà reçue"))
def is_autre_debiteur(situation: Situation) -> bool | None:
    """Whether the service now recorded is to another person than the ones before."""
    personnes = [
        etape.fait.personne
        for etape in situation.etapes
        if isinstance(etape.fait, EtapeFranchie) and etape.evenement in _SIGNIFICATIONS
    ]
    *avant, derniere = personnes or [""]
    return derniere not in avant if avant and all(personnes) else None


@garde(phrase("le mois d'opposition ne courait pas encore"))
def is_premier_depart_opposition(situation: Situation) -> bool | None:
    """Whether the step now recorded is the first from which the opposition runs (CPC 1416)."""
    return sum(etape.evenement in _DEPARTS_OPPOSITION for etape in situation.etapes) <= 1


# --- The hearing ------------------------------------------------------------------------------------------------------


@garde(phrase("audience communiquée plus de quinze jours à l'avance"))
def is_date_lointaine(situation: Situation) -> bool | None:
    """Whether the summons must be filed fifteen days before the hearing (CPC 754)."""
    connue, audience = situation.find_jour(("prise_de_date",)), situation.audience
    return None if connue is None or audience is None else audience - connue > _PREAVIS


@garde(phrase("audience communiquée quinze jours à l'avance, ou moins"))
def is_date_proche(situation: Situation) -> bool | None:
    """Whether the summons may be filed until the hearing (CPC 754)."""
    return _deny(is_date_lointaine.juge, situation)


@garde(phrase("assignation non remise au greffe"))
def is_non_placee(situation: Situation) -> bool | None:
    """Whether the summons was not filed."""
    return not situation.has("placement")


@garde(phrase("préfet non avisé de l'assignation"))
def is_prefet_non_avise(situation: Situation) -> bool | None:
    """Whether the prefect was not told of the last summons."""
    assignation, avis = situation.find_jour(("assignation",)), situation.find_jour(("notification_prefet",))
    return avis is None or (assignation is not None and avis < assignation)


@garde(phrase("aucun jugement rendu"))
def is_sans_jugement(situation: Situation) -> bool | None:
    """Whether no judgment came."""
    return not situation.has("jugement")


@garde(phrase("citation déclarée caduque, le créancier étant absent"))
def is_citation_caduque(situation: Situation) -> bool | None:
    """Whether the absence of the creditor put an end to the instance, which the judge may take back (CPC 468)."""
    return situation.has("citation_caduque")


# --- The decision -----------------------------------------------------------------------------------------------------


@garde(phrase("jugement rendu contre un absent, par défaut ou réputé contradictoire et susceptible d'appel"))
def is_rendu_contre_un_absent(situation: Situation) -> bool | None:
    """Whether the judgment lapses when it is not served within six months (CPC 478)."""
    qualification = _get_qualification(situation)
    if qualification is Qualification.REPUTE_CONTRADICTOIRE:
        return False if _is_cite_a_personne(situation) else _deny(_is_dernier_ressort, situation)
    return None if qualification is None else qualification is Qualification.PAR_DEFAUT


def _is_cite_a_personne(situation: Situation) -> bool:
    """Whether the absent party was summoned in person: the judgment is then not so for its appeal alone (CPC 473)."""
    assignation = situation.find_dernier("assignation")
    return assignation is not None and assignation.mode in A_PERSONNE


@garde(phrase("jugement contradictoire"))
def is_contradictoire(situation: Situation) -> bool | None:
    """Whether the party condemned appeared."""
    qualification = _get_qualification(situation)
    return None if qualification is None else qualification is Qualification.CONTRADICTOIRE


@garde(phrase("décision rendue par défaut"))
def is_par_defaut(situation: Situation) -> bool | None:
    """Whether the decision is open to opposition (CPC 473, 490, 571)."""
    qualification = _get_qualification(situation)
    return None if qualification is None else qualification is Qualification.PAR_DEFAUT


@garde(phrase("décision susceptible d'appel"))
def is_susceptible_d_appel(situation: Situation) -> bool | None:
    """Whether the decision was not given in last resort."""
    return _deny(_is_dernier_ressort, situation)


@garde(phrase("décision en dernier ressort, rendue contre une partie présente ou citée à personne"))
def is_sans_recours_suspensif(situation: Situation) -> bool | None:
    """Whether neither an appeal nor an opposition suspends it (CPC 500)."""
    dernier, defaut = _is_dernier_ressort(situation), is_par_defaut.juge(situation)
    if dernier is False or defaut is True:
        return False
    return None if dernier is None or defaut is None else True


@garde(phrase("exécution provisoire non écartée ni arrêtée"))
def is_executoire_par_provision(situation: Situation) -> bool | None:
    """Whether the judgment may be enforced in spite of an appeal (CPC 514): as last decided (CPC 514-3, 514-4)."""
    derniere = next((e.evenement for e in reversed(situation.etapes) if e.evenement in _EXECUTION_PROVISOIRE), None)
    return derniere in {None, _RETABLIE}


@garde(phrase("jugement signifié"))
def is_signifie(situation: Situation) -> bool | None:
    """Whether the judgment was served, without which it is not enforced (CPC 503)."""
    return situation.has("signification")


@garde(phrase("aucun titre encore acquis"))
def is_premier_titre(situation: Situation) -> bool | None:
    """Whether no title came out of it before, by provisional enforcement."""
    return not situation.has("titre")


@garde(phrase("titre exécutoire pendant dix ans (CPCE L111-3 1° à 3°)"))
def is_titre_decennal(situation: Situation) -> bool | None:
    """Whether the title is one of those that may be enforced for ten years (CPCE L111-4)."""
    return situation.has("titre", "homologation")


@garde(phrase("appel du non-lieu, formé par le créancier"))
def is_appel_du_non_lieu(situation: Situation) -> bool | None:
    """Whether the order appealed from gave nothing to the creditor."""
    avant = [etape.evenement for etape in situation.etapes]
    while "appel" in avant and avant.pop() != "appel":  # what came after the appeal was decided on it
        pass
    return next((e for e in reversed(avant) if e in _REFERES), "") == _REFERES[0]


@garde(phrase("appel de la provision accordée"))
def is_appel_de_la_provision(situation: Situation) -> bool | None:
    """Whether the order appealed from condemned the debtor."""
    return _deny(is_appel_du_non_lieu.juge, situation)


# --- The lease --------------------------------------------------------------------------------------------------------


@garde(phrase("clause résolutoire de six semaines"))
def is_clause_de_six_semaines(situation: Situation) -> bool | None:
    """Whether the order to pay left six weeks (law of 27 July 2023)."""
    return situation.has("commandement_six_semaines")


@garde(phrase("clause résolutoire de deux mois"))
def is_clause_de_deux_mois(situation: Situation) -> bool | None:
    """Whether the order to pay left two months."""
    return situation.has("commandement_deux_mois")


def _deny(juge: Callable[[Situation], bool | None], situation: Situation) -> bool | None:
    reponse = juge(situation)
    return None if reponse is None else not reponse


def _get_jour(situation: Situation) -> date | None:
    return situation.etapes[0].jour if situation.etapes else None


def _is_sous_seuil(situation: Situation, serie: str) -> bool | None:
    """Whether the sum asked is at most a threshold of the day it was begun; None when one of them is unknown."""
    jour, montant = _get_jour(situation), situation.ouverture.montant
    if jour is None or montant is None:
        return None
    seuil = load_bareme("competence").find_valeur(jour, serie)
    return None if seuil is None else montant <= seuil.valeur


def _get_qualification(situation: Situation) -> Qualification | None:
    decision = situation.find_dernier(*_DECISIONS)
    return None if decision is None else decision.qualification


def _is_dernier_ressort(situation: Situation) -> bool | None:
    """Whether the decision says so, or comes of an appeal; failing that, by the sum asked before that court."""
    rendues = [rang for rang, etape in enumerate(situation.etapes) if etape.evenement in _DECISIONS]
    if rendues and any(etape.evenement == "appel" for etape in situation.etapes[: rendues[-1]]):
        return True
    decision = situation.find_dernier(*_DECISIONS)
    if decision is not None and decision.dernier_ressort is not None:
        return decision.dernier_ressort
    serie = _DERNIER_RESSORT.get(situation.juridiction) if situation.juridiction is not None else None
    return None if serie is None else _is_sous_seuil(situation, serie)

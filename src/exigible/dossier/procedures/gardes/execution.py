"""Conditions of enforcement, of protective measures and of the debtor's insolvency."""

from __future__ import annotations

from exigible.dossier.procedures.gardes.base import garde
from exigible.dossier.procedures.situation import Situation
from exigible.droit.delais import Distance
from exigible.droit.phrase import phrase

_ACTES_DE_SAISIE = ("pv_saisie", "nouvel_acte_saisie", "reiteration_pv")
_CHEZ_UN_TIERS = ("saisie_conservatoire_creance", "saisie_conservatoire_chez_un_tiers")
_SURETE = "surete_provisoire"
_MESURES = (*_CHEZ_UN_TIERS, "saisie_conservatoire_meubles", _SURETE)
_ACTION = "introduction_action"
_DECISIONS_DU_JUGE = (
    "mainlevee_judiciaire",
    "commandement_annule",
    "annulation",
    "demande_mainlevee",
    "contestation_conversion",
)

# --- Attachment of a sum of money -------------------------------------------------------------------------------------


@garde(phrase("le tiers saisi n'a pas déclaré ne rien devoir"))
def is_saisie_fructueuse(situation: Situation) -> bool:
    """Whether the third party did not answer that he owes nothing."""
    return not situation.has("declaration_negative")


@garde(phrase("le tiers saisi a déclaré ne rien devoir"))
def is_saisie_vaine(situation: Situation) -> bool:
    """Whether the third party answered that he owes nothing: what is left is to interrupt limitation."""
    return situation.has("declaration_negative")


# --- Attachment of earnings -------------------------------------------------------------------------------------------


@garde(phrase("ni accord ni contestation suspensive"))
def is_sans_accord_ni_contestation(situation: Situation) -> bool:
    """Whether nothing held the attachment back since the order to pay (CPCE L212-4, L212-6)."""
    return not situation.has("accord", "contestation_suspensive")


@garde(phrase("après un accord ou une contestation suspensive"))
def is_apres_accord_ou_contestation(situation: Situation) -> bool:
    """Whether an agreement or a contest held the attachment back."""
    return situation.has("accord", "contestation_suspensive")


@garde(phrase("procès-verbal de saisie déjà dénoncé au débiteur"))
def is_pv_denonce(situation: Situation) -> bool:
    """Whether the last act of attachment was notified to the debtor."""
    return _is_fait_depuis_l_acte(situation, "denonciation_pv")


@garde(phrase("procès-verbal de saisie pas encore dénoncé au débiteur"))
def is_pv_non_denonce(situation: Situation) -> bool:
    """Whether the last act of attachment is still to be notified to the debtor."""
    return not _is_fait_depuis_l_acte(situation, "denonciation_pv")


@garde(phrase("procès-verbal de saisie déjà inscrit au registre"))
def is_pv_inscrit(situation: Situation) -> bool:
    """Whether the last act of attachment was registered."""
    return _is_fait_depuis_l_acte(situation, "inscription_pv")


@garde(phrase("procès-verbal de saisie pas encore inscrit au registre"))
def is_pv_non_inscrit(situation: Situation) -> bool:
    """Whether the last act of attachment is still to be registered."""
    return not _is_fait_depuis_l_acte(situation, "inscription_pv")


def _is_fait_depuis_l_acte(situation: Situation, formalite: str) -> bool:
    """Whether a formality came after the last act of attachment, even on its day: an older one was about another."""
    rangs = {evenement: rang for rang, evenement in enumerate(etape.evenement for etape in situation.etapes)}
    acte = max((rangs[evenement] for evenement in _ACTES_DE_SAISIE if evenement in rangs), default=-1)
    return rangs.get(formalite, -1) > acte


@garde(phrase("mesure levée ou annulée par le juge"))
def is_levee_par_le_juge(situation: Situation) -> bool:
    """Whether a judge put an end to the measure, not the creditor nor the lapse of time (CPCE R121-20)."""
    return situation.has(*_DECISIONS_DU_JUGE)


# --- Seizure and sale of goods, of buildings --------------------------------------------------------------------------


@garde(phrase("biens saisis chez le débiteur"))
def is_chez_le_debiteur(situation: Situation) -> bool:
    """Whether the goods were seized from the debtor himself."""
    return situation.has("saisie")


@garde(phrase("biens saisis chez un tiers"))
def is_meubles_chez_un_tiers(situation: Situation) -> bool:
    """Whether the goods were seized from somebody else (CPCE R221-21)."""
    return situation.has("saisie_chez_un_tiers")


@garde(phrase("aucune proposition de vente amiable"))
def is_sans_proposition(situation: Situation) -> bool:
    """Whether the debtor proposed no sale of his own."""
    return not situation.has("proposition_vente_amiable")


@garde(phrase("proposition de vente amiable faite"))
def is_avec_proposition(situation: Situation) -> bool:
    """Whether the debtor proposed a sale of his own, which gives the creditors time to answer (CPCE R221-31)."""
    return situation.has("proposition_vente_amiable")


@garde(phrase("date de l'audience d'adjudication fixée"))
def is_audience_de_vente_fixee(situation: Situation) -> bool | None:
    """Whether the judgment that orders the sale, or the last postponement, gave its day; unknown while it is not."""
    derniere = situation.find_dernier("jugement_vente_forcee", "report_audience")
    return True if derniere is not None and derniere.audience is not None else None


# --- Protective measures ----------------------------------------------------------------------------------------------


@garde(phrase("mesure prise avec un titre exécutoire"))
def is_avec_titre(situation: Situation) -> bool:
    """Whether the creditor already had an enforceable title (CPCE L511-2)."""
    return situation.has("dispense_titre")


@garde(phrase("mesure prise sans titre exécutoire"))
def is_sans_titre(situation: Situation) -> bool:
    """Whether the creditor had no enforceable title yet."""
    return not situation.has("dispense_titre")


@garde(phrase("action au fond à introduire"))
def is_action_requise(situation: Situation) -> bool:
    """Whether an action must follow the measure: no title, and no action before it (CPCE R511-7)."""
    return not situation.has("dispense_titre") and not _is_action_anterieure(situation)


@garde(phrase("titre exécutoire, ou action introduite avant la mesure"))
def is_action_non_requise(situation: Situation) -> bool:
    """Whether no action need follow the measure."""
    return situation.has("dispense_titre") or _is_action_anterieure(situation)


@garde(phrase("action au fond introduite"))
def is_action_introduite(situation: Situation) -> bool:
    """Whether the action that must be made known to the third party was brought (CPCE R511-8)."""
    return situation.has(_ACTION, "action_apres_rejet")


@garde(phrase("mesure pratiquée entre les mains d'un tiers"))
def is_mesure_chez_un_tiers(situation: Situation) -> bool:
    """Whether somebody else holds what was seized."""
    return situation.has(*_CHEZ_UN_TIERS)


@garde(phrase("sûreté judiciaire"))
def is_surete(situation: Situation) -> bool:
    """Whether the measure is a security on a building, shares or a business."""
    return situation.has(_SURETE)


@garde(phrase("aucune demande de mainlevée"))
def is_sans_mainlevee_demandee(situation: Situation) -> bool:
    """Whether the debtor did not ask for a release, which would put the final registration off (CPCE R533-4)."""
    return not situation.has("demande_mainlevee")


def _is_action_anterieure(situation: Situation) -> bool:
    mesure = situation.find_jour(_MESURES)
    return any(e.evenement == _ACTION and (mesure is None or e.jour < mesure) for e in situation.etapes)


# --- Insolvency -------------------------------------------------------------------------------------------------------


@garde(phrase("créancier demeurant en France métropolitaine"))
def is_declarant_en_metropole(situation: Situation) -> bool | None:
    """Whether the creditor who declares has no more time for distance (C. com. R622-24); unknown when not said."""
    distance = situation.ouverture.distance
    return None if distance is None else distance is Distance.AUCUNE


@garde(phrase("créancier demeurant hors de France métropolitaine"))
def is_declarant_hors_metropole(situation: Situation) -> bool | None:
    """Whether the creditor who declares has two months more for distance; unknown when not said."""
    distance = situation.ouverture.distance
    return None if distance is None else distance is not Distance.AUCUNE


@garde(phrase("avertissement personnel reçu (sûreté ou contrat publié)"))
def is_averti(situation: Situation) -> bool:
    """Whether the creditor was warned in person, from which day his time runs (C. com. L622-24)."""
    return situation.has("avertissement_personnel")


@garde(phrase("aucun avertissement personnel"))
def is_non_averti(situation: Situation) -> bool:
    """Whether his time runs from the publication."""
    return not situation.has("avertissement_personnel")


@garde(phrase("créance déjà déclarée hors délai"))
def is_deja_declaree(situation: Situation) -> bool:
    """Whether the claim was declared, if late, before the creditor was relieved."""
    return situation.has("declaration_creance")


@garde(phrase("créance pas encore déclarée"))
def is_non_declaree(situation: Situation) -> bool:
    """Whether the claim is still to be declared once the creditor is relieved."""
    return not situation.has("declaration_creance")


@garde(phrase("plan en cours"))
def is_plan_en_cours(situation: Situation) -> bool:
    """Whether a plan was settled and not set aside since (C. com. L626-27)."""
    return _find_derniere(situation, "plan_arrete", "resolution_plan") == "plan_arrete"


@garde(phrase("aucun plan en cours"))
def is_sans_plan_en_cours(situation: Situation) -> bool:
    """Whether no plan runs."""
    return not is_plan_en_cours.juge(situation)


@garde(phrase("créance admise"))
def is_admise(situation: Situation) -> bool:
    """Whether the claim was admitted, and no appeal calls it in question."""
    return _find_derniere(situation, "admission", "rejet_creance", "appel_admission") == "admission"


@garde(phrase("créance pas encore admise"))
def is_non_admise(situation: Situation) -> bool:
    """Whether the claim is still to be admitted."""
    return not is_admise.juge(situation)


def _find_derniere(situation: Situation, *evenements: str) -> str:
    """Return the last of these events that came, empty when none did."""
    return next((e.evenement for e in reversed(situation.etapes) if e.evenement in evenements), "")

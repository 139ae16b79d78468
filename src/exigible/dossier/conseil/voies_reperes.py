"""What is usually known of each route: its time, what ends it, what it does to limitation, its risk.

The times that the law fixes are said with their article; the others come from a published figure or are our own
habit, and say so. They help to compare: none is a promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from exigible.droit.competence_faits import Voie
from exigible.droit.phrase import Phrase, phrase


class EffetPrescription(StrEnum):
    """When a route restarts or holds limitation: as soon as it is begun, once served, once agreed, not at all."""

    SAISINE = "saisine"
    SIGNIFICATION = "signification"
    ACCORD = "accord"
    AUCUN = "aucun"


@dataclass(frozen=True, slots=True)
class Repere:
    """What is usually known of a route. `source`: where its time comes from."""

    duree: Phrase
    source: Phrase
    fin: Phrase
    effet: EffetPrescription
    prescription: Phrase
    risque: Phrase
    articles: tuple[str, ...]


_HABITUDE = phrase("notre repère, sans source publiée")

REPERES: dict[Voie, Repere] = {
    Voie.INJONCTION: Repere(
        duree=phrase(
            "environ un mois pour l'ordonnance (36 jours en moyenne devant les tribunaux judiciaires en 2019), puis la "
            "signification et deux mois d'attente"
        ),
        source=phrase("Infostat Justice n° 178, septembre 2020, lu dans un compte rendu ; CPC 1422"),
        fin=phrase("titre exécutoire sans opposition ; l'opposition ouvre un procès ; le rejet est sans recours"),
        effet=EffetPrescription.SIGNIFICATION,
        prescription=phrase("la requête n'interrompt pas : seule la signification de l'ordonnance le fait"),
        risque=phrase("opposition du débiteur, ordonnance non avenue si elle n'est pas signifiée à temps"),
        articles=("CPC 1405", "CPC 1411", "CPC 1422"),
    ),
    Voie.SIMPLIFIEE: Repere(
        duree=phrase("un mois au plus à compter de l'envoi de l'invitation"),
        source=phrase("CPCE L125-1 et R125-2"),
        fin=phrase("titre du commissaire de justice si le débiteur accepte ; un refus ou un mois de silence y met fin"),
        effet=EffetPrescription.ACCORD,
        prescription=phrase(
            "seul l'accord constaté du débiteur suspend, et le temps reprend pour six mois au moins : l'invitation ne "
            "fait rien ; le titre se prescrit comme la créance elle-même, non par dix ans"
        ),
        risque=phrase("un mois perdu si le débiteur se tait, aucun paiement pendant la procédure"),
        articles=("CPCE L125-1", "CPCE R125-1", "C. civ. 2238", "CPCE L111-3 5°", "CPCE L111-4"),
    ),
    Voie.INCONTESTEES: Repere(
        duree=phrase("un mois et huit jours au moins, puis la formule du greffier et la signification"),
        source=phrase("CPCE L126-1 à L126-4"),
        fin=phrase("procès-verbal rendu exécutoire ; toute contestation, même infondée, y met fin"),
        effet=EffetPrescription.AUCUN,
        prescription=phrase("effet du commandement non lu : par prudence, il n'interrompt pas"),
        risque=phrase("une simple contestation suffit à l'arrêter ; décret d'application non trouvé"),
        articles=("CPCE L126-1",),
    ),
    Voie.REFERE: Repere(
        duree=phrase("un à trois mois jusqu'à l'ordonnance"),
        source=_HABITUDE,
        fin=phrase("provision exécutoire de droit ; une contestation sérieuse la fait refuser"),
        effet=EffetPrescription.SAISINE,
        prescription=phrase("l'assignation interrompt jusqu'à la fin de l'instance ; l'effet est perdu si elle échoue"),
        risque=phrase("refus si l'obligation est sérieusement contestable ; décision provisoire"),
        articles=("CPC 835", "CPC 873", "C. civ. 2241", "C. civ. 2243"),
    ),
    Voie.FOND: Repere(
        duree=phrase("six à dix-huit mois jusqu'au jugement"),
        source=_HABITUDE,
        fin=phrase(
            "jugement, exécutoire par provision de droit sauf décision contraire ; appel possible selon le montant"
        ),
        effet=EffetPrescription.SAISINE,
        prescription=phrase("l'assignation ou la requête interrompt jusqu'à la fin de l'instance"),
        risque=phrase("durée, frais d'avocat, demandes du débiteur en retour"),
        articles=("CPC 54", "CPC 514", "C. civ. 2241", "C. civ. 2242"),
    ),
    Voie.INJONCTION_EUROPEENNE: Repere(
        duree=phrase(
            "trente jours en principe pour l'injonction, puis trente jours d'opposition après la signification"
        ),
        source=phrase("Règl. (CE) n° 1896/2006, art. 12 et 16"),
        fin=phrase("titre reconnu dans l'Union ; l'opposition ouvre un procès"),
        effet=EffetPrescription.SIGNIFICATION,
        prescription=phrase(
            "effet de la demande non lu : par prudence, seule la signification interrompt ; l'injonction exécutoire "
            "s'exécute ensuite pendant dix ans, comme un jugement"
        ),
        risque=phrase("opposition sans motif à donner, traduction et signification à l'étranger"),
        articles=("Règl. (CE) n° 1896/2006", "CPC 1424-1", "CPCE L111-3 1°", "CPCE L111-4"),
    ),
}

"""The means of defence that any debtor has, in the order in which the law wants them raised.

Exceptions together and before any defence on the merits (CPC 74); grounds of inadmissibility at any time (CPC 123);
then the merits, among which time to pay (C. civ. 1343-5).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from exigible.droit.phrase import Phrase, phrase


class Ordre(IntEnum):
    """In which order means are raised; a remedy with a last day comes before all."""

    RECOURS = 1
    EXCEPTION = 2
    FIN_DE_NON_RECEVOIR = 3
    FOND = 4
    DELAIS = 5
    EXECUTION = 6
    SURENDETTEMENT = 7


LIBELLES_ORDRES = {
    Ordre.RECOURS: phrase("Recours"),
    Ordre.EXCEPTION: phrase("Exceptions de procédure"),
    Ordre.FIN_DE_NON_RECEVOIR: phrase("Fins de non-recevoir"),
    Ordre.FOND: phrase("Défense au fond"),
    Ordre.DELAIS: phrase("Délais de paiement"),
    Ordre.EXECUTION: phrase("Contestation de l'exécution"),
    Ordre.SURENDETTEMENT: phrase("Surendettement"),
}


@dataclass(frozen=True, slots=True)
class Moyen:
    """A means of defence: until when it may be raised, in words; what the creditor does about it."""

    code: str
    ordre: Ordre
    libelle: Phrase
    moment: Phrase
    parade: Phrase
    articles: tuple[str, ...]


_AVANT_LE_FOND = phrase("avant toute défense au fond, toutes les exceptions ensemble")
_EN_TOUT_ETAT = phrase("à tout moment de l'instance")
_DEVANT_LE_JUGE = phrase("devant le juge du fond, jusqu'au jugement")

NULLITE_DE_FORME = Moyen(
    "nullite_de_forme",
    Ordre.EXCEPTION,
    phrase("Nullité de forme d'un acte, s'il cause un grief"),
    _AVANT_LE_FOND,
    phrase(
        "Relire les mentions de l'acte avant sa signification ; un vice se régularise tant qu'aucun délai n'a couru."
    ),
    ("CPC 74", "CPC 112", "CPC 114", "CPC 115"),
)
INCOMPETENCE = Moyen(
    "incompetence",
    Ordre.EXCEPTION,
    phrase("Incompétence du tribunal, motivée et désignant le bon"),
    _AVANT_LE_FOND,
    phrase("Saisir le tribunal du débiteur ; aucune clause ne vaut contre un non-commerçant."),
    ("CPC 74", "CPC 75", "CPC 48"),
)
LITISPENDANCE = Moyen(
    "litispendance",
    Ordre.EXCEPTION,
    phrase("Litispendance : deux juges saisis du même litige"),
    _AVANT_LE_FOND,
    phrase("Ne garder qu'une instance : se désister de l'autre."),
    ("CPC 74", "CPC 100"),
)
NULLITE_DE_FOND = Moyen(
    "nullite_de_fond",
    Ordre.EXCEPTION,
    phrase("Nullité de fond : défaut de capacité ou de pouvoir"),
    phrase("à tout moment de l'instance, sans grief à prouver"),
    phrase("Joindre le pouvoir du signataire, et le pouvoir spécial de qui représente."),
    ("CPC 117", "CPC 118", "CPC 119"),
)
PRESCRIPTION = Moyen(
    "prescription",
    Ordre.FIN_DE_NON_RECEVOIR,
    phrase("Prescription ou forclusion"),
    phrase("à tout moment de l'instance ; le juge ne peut relever d'office que celle du droit de la consommation"),
    phrase("Agir avant le dernier jour sûr ; garder la preuve de ce qui l'a interrompue."),
    ("CPC 122", "C. civ. 2247", "C. civ. 2248", "C. conso. R632-1"),
)
TENTATIVE_AMIABLE = Moyen(
    "tentative_amiable",
    Ordre.FIN_DE_NON_RECEVOIR,
    phrase("Absence de tentative amiable préalable"),
    _EN_TOUT_ETAT,
    phrase("Joindre l'attestation du conciliateur, ou le constat d'échec de la procédure simplifiée."),
    ("CPC 122", "CPC 750-1"),
)
QUALITE = Moyen(
    "qualite",
    Ordre.FIN_DE_NON_RECEVOIR,
    phrase("Défaut de qualité ou d'intérêt : mauvais créancier ou mauvais débiteur"),
    _EN_TOUT_ETAT,
    phrase("Vérifier le SIREN du débiteur et, en cas de cession, sa notification."),
    ("CPC 122", "C. civ. 1324"),
)
PREUVE = Moyen(
    "preuve",
    Ordre.FOND,
    phrase("Dette non prouvée : aucun écrit ni pièce du débiteur"),
    _DEVANT_LE_JUGE,
    phrase("Joindre le devis ou le bon de commande signé, le bon de livraison, les échanges."),
    ("C. civ. 1353", "C. civ. 1359", "C. civ. 1363"),
)
PAIEMENT = Moyen(
    "paiement",
    Ordre.FOND,
    phrase("Paiement ou compensation"),
    _DEVANT_LE_JUGE,
    phrase("Arrêter le décompte au jour de l'audience, avoirs et paiements déduits."),
    ("C. civ. 1342", "C. civ. 1347"),
)
INEXECUTION = Moyen(
    "inexecution",
    Ordre.FOND,
    phrase("Exception d'inexécution : prestation non faite ou mal faite"),
    _DEVANT_LE_JUGE,
    phrase("Répondre par écrit à chaque grief et joindre la réception des travaux ou de la marchandise."),
    ("C. civ. 1219", "C. civ. 1220"),
)
CLAUSE_PENALE = Moyen(
    "clause_penale",
    Ordre.FOND,
    phrase("Réduction d'une clause pénale manifestement excessive"),
    _DEVANT_LE_JUGE,
    phrase("Justifier du préjudice ; distinguer pénalités légales et clause du contrat."),
    ("C. civ. 1231-5",),
)
DESEQUILIBRE = Moyen(
    "desequilibre",
    Ordre.FOND,
    phrase("Clause créant un déséquilibre significatif entre professionnels"),
    _DEVANT_LE_JUGE,
    phrase("Montrer la négociation, ou renoncer à la clause."),
    ("C. com. L442-1",),
)
CLAUSE_ABUSIVE = Moyen(
    "clause_abusive",
    Ordre.FOND,
    phrase("Clause abusive, réputée non écrite"),
    phrase("à tout moment ; le juge l'écarte d'office"),
    phrase("Ne réclamer que ce que la loi permet contre un consommateur."),
    ("C. conso. L212-1", "C. conso. R632-1"),
)
CONDITIONS = Moyen(
    "conditions_non_acceptees",
    Ordre.FOND,
    phrase("Conditions de vente inopposables, faute d'avoir été acceptées"),
    _DEVANT_LE_JUGE,
    phrase("Joindre les conditions signées ; à défaut, s'en tenir au taux légal ou supplétif."),
    ("C. civ. 1119",),
)
DELAI_DE_GRACE = Moyen(
    "delai_de_grace",
    Ordre.DELAIS,
    phrase("Délai de grâce : report ou échelonnement, deux ans au plus"),
    phrase("jusqu'au jugement ; après un commandement ou une saisie, devant le juge de l'exécution"),
    phrase("Proposer un échéancier et montrer ses propres besoins : le juge compare les deux situations."),
    ("C. civ. 1343-5", "CPC 510", "CPCE R121-1"),
)
CONTESTATION_EXECUTION = Moyen(
    "contestation_execution",
    Ordre.EXECUTION,
    phrase("Contester une mesure devant le juge de l'exécution"),
    phrase("selon la mesure ; le délai de chacune figure avec elle"),
    phrase("Vérifier la signification du titre, le décompte et les dénonciations."),
    ("COJ L213-6", "CPCE R121-11"),
)
INSAISISSABLE = Moyen(
    "insaisissable",
    Ordre.EXECUTION,
    phrase("Biens et sommes insaisissables, dont le solde bancaire minimal"),
    phrase("dès la saisie"),
    phrase("Laisser le solde insaisissable ; le demander à la banque avec l'acte."),
    ("CPCE L112-2", "CPCE L162-2"),
)
ABUS = Moyen(
    "abus_de_saisie",
    Ordre.EXECUTION,
    phrase("Mesure inutile, abusive ou disproportionnée"),
    phrase("tant que la mesure dure"),
    phrase("Choisir la mesure la plus légère qui suffit."),
    ("CPCE L111-7", "CPCE L121-2"),
)
SURENDETTEMENT = Moyen(
    "surendettement",
    Ordre.SURENDETTEMENT,
    phrase("Saisir la commission de surendettement"),
    phrase("à tout moment ; la recevabilité suspend l'exécution, deux ans au plus"),
    phrase("Demander un titre, déclarer la créance à la commission dans les trente jours."),
    ("C. conso. L711-1", "C. conso. L722-2", "C. conso. R723-3"),
)

"""The acts of a commissaire de justice that the program knows by name (C. com. annexe 4-7, tables 3-1 and 3-3).

Their amounts are the columns of the same name in `baremes/tarifs_commissaires_justice.toml`; an act without a column
has a fee that was not read.
"""

from __future__ import annotations

from dataclasses import dataclass

from exigible.droit.phrase import Phrase, phrase


@dataclass(frozen=True, slots=True)
class ActeTarife:
    """One act: its French name, its article, whether it is served (travel refund) and opens the engagement fee."""

    libelle: Phrase
    article: str
    signifie: bool = True
    engagement: bool = False


ACTES: dict[str, ActeTarife] = {
    "assignation": ActeTarife(phrase("Assignation"), "A444-11"),
    "signification_decision": ActeTarife(phrase("Signification d'une décision de justice"), "A444-11"),
    "signification_titre": ActeTarife(phrase("Signification d'un autre titre exécutoire"), "A444-11"),
    "signification_injonction_de_payer": ActeTarife(
        phrase("Signification de la requête et de l'ordonnance d'injonction de payer"), "A444-11"
    ),
    "commandement_saisie_vente": ActeTarife(
        phrase("Commandement de payer avant saisie-vente"), "A444-14", engagement=True
    ),
    "commandement_loyers": ActeTarife(
        phrase("Commandement de payer les loyers et charges"), "A444-14", engagement=True
    ),
    "commandement_copropriete": ActeTarife(
        phrase("Commandement de payer les charges de copropriété"), "A444-14", engagement=True
    ),
    "certificat_non_paiement_cheque": ActeTarife(
        phrase("Signification du certificat de non-paiement d'un chèque, valant commandement"),
        "A444-14",
        engagement=True,
    ),
    "proces_verbal_saisie_attribution": ActeTarife(
        phrase("Procès-verbal de saisie-attribution"), "A444-16", engagement=True
    ),
    "denonciation_saisie_attribution": ActeTarife(phrase("Dénonciation de la saisie-attribution"), "A444-13"),
    "signification_certificat_non_contestation": ActeTarife(
        phrase("Signification au tiers saisi du certificat de non-contestation"), "A444-13"
    ),
    "certificat_non_contestation": ActeTarife(
        phrase("Certificat de non-contestation dressé par le commissaire de justice"), "A444-43", signifie=False
    ),
    "mainlevee_tiers_saisi": ActeTarife(phrase("Mainlevée quittance au tiers saisi"), "A444-24"),
    "proces_verbal_saisie_vente": ActeTarife(phrase("Procès-verbal de saisie-vente"), "A444-16", engagement=True),
    "mainlevee_saisie_vente": ActeTarife(phrase("Mainlevée de saisie-vente"), "A444-24"),
    "verification_enlevement": ActeTarife(phrase("Acte de vérification et d'enlèvement"), "A444-10"),
    "apposition_avis_vente": ActeTarife(phrase("Procès-verbal d'apposition d'avis de vente"), "A444-10"),
    "commandement_saisie_remunerations": ActeTarife(phrase("Commandement avant saisie des rémunérations"), "A444-22-1"),
    "proces_verbal_saisie_remunerations": ActeTarife(phrase("Procès-verbal de saisie des rémunérations"), "A444-22-1"),
    "proces_verbal_saisie_conservatoire_creances": ActeTarife(
        phrase("Procès-verbal de saisie conservatoire de créances"), "A444-16", engagement=True
    ),
    "denonciation_saisie_conservatoire_creances": ActeTarife(
        phrase("Dénonciation de la saisie conservatoire de créances"), "A444-13"
    ),
    "requete_recherche_informations": ActeTarife(
        phrase("Requête aux fins de recherche d'informations"), "A444-43", signifie=False
    ),
    "copie_pieces": ActeTarife(phrase("Copie de pièces, par tranche de 100 feuilles"), "A444-43", signifie=False),
}

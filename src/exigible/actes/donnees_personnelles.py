"""What a person is told of the data that are kept about him (GDPR art. 13): the same words in every letter."""

from __future__ import annotations

from exigible.actes.controle import is_personne_physique
from exigible.actes.lettre import write_contacts
from exigible.actes.typst.texte import Paragraphe, clean_texte, write_paragraphe, write_phrase
from exigible.dossier.etat import EtatDossier


def write_donnees(etat: EtatDossier) -> tuple[Paragraphe, ...]:
    """Write it when the debtor is or may be a natural person; nothing otherwise."""
    if not is_personne_physique(etat):
        return ()
    creancier = etat.creancier.description
    return (
        write_paragraphe(
            "**Vos données personnelles.** {nom} est responsable du traitement de vos coordonnées, factures, "
            "paiements et échanges, recueillis auprès de vous, pour suivre et recouvrer sa créance (exécution du "
            "contrat et intérêt légitime à être payé : RGPD, article 6, 1, b et f). Ils sont destinés à ses services"
            "{recouvreur} et, s'il y a lieu, à ses conseils et à la justice. Ils sont conservés jusqu'au paiement, "
            "puis pendant la durée de la prescription et des obligations comptables (dix ans pour les factures). Vous "
            "pouvez demander l'accès à vos données, leur rectification, leur effacement, la limitation du traitement "
            "ou vous y opposer ({contacts}), et adresser une réclamation à la CNIL (www.cnil.fr).",
            nom=clean_texte(creancier.nom),
            recouvreur=_write_recouvreur(etat),
            contacts=write_contacts(creancier),
        ),
    )


def _write_recouvreur(etat: EtatDossier) -> str:
    """Whoever collects for the creditor receives the data too (GDPR art. 13, 1, e)."""
    convention = etat.creancier.convention
    if convention is None:
        return ""
    return write_phrase(", à {nom}, qui recouvre pour lui", nom=clean_texte(convention.titulaire))


def write_donnees_de_la_caution(etat: EtatDossier) -> tuple[Paragraphe, ...]:
    """What a surety is told of its data, some of which came from the debtor (GDPR art. 13 and 14)."""
    creancier = etat.creancier.description
    return (
        write_paragraphe(
            "**Vos données personnelles.** {nom} est responsable du traitement de vos coordonnées, de l'acte de "
            "cautionnement et de nos échanges, recueillis auprès de vous ou du débiteur, pour suivre et recouvrer sa "
            "créance (exécution du contrat et intérêt légitime à être payé : RGPD, article 6, 1, b et f). Ils sont "
            "destinés à ses services et, s'il y a lieu, à ses conseils et à la justice. Ils sont conservés jusqu'au "
            "paiement, puis pendant la durée de la prescription. Vous pouvez demander l'accès à vos données, leur "
            "rectification, leur effacement, la limitation du traitement ou vous y opposer ({contacts}), et adresser "
            "une réclamation à la CNIL (www.cnil.fr).",
            nom=clean_texte(creancier.nom),
            contacts=write_contacts(creancier),
        ),
    )

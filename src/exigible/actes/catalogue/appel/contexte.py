"""What a call adds: the number to dial, the claims to speak of, and the form of its report."""

from __future__ import annotations

from dataclasses import replace

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import AFaire, ARemplir, Bloc, Etiquettes
from exigible.actes.lettre import Etiquette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.relance.vocabulaire import describe_message
from exigible.actes.typst.texte import Fragment, clean_texte, write_phrase

_ISSUES = (
    "Joint : la personne concernée, ou celle qui suit les règlements",
    "Joint : un tiers (aucun objet n'a été dit)",
    "Pas de réponse, répondeur ou occupé",
    "Paiement déjà parti",
    "Promesse de payer",
    "Demande un paiement en plusieurs fois",
    "Facture ou pièce non reçue",
    "Désaccord",
    "Difficulté dite par la personne",
    "Avocat, tutelle, surendettement ou procédure collective : arrêter, noter les coordonnées",
    "Demande de ne plus être appelée",
)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the call; nothing written leaves, so that it explains no personal data (GDPR art. 13)."""
    message = describe_message(demande)
    telephone = clean_texte(demande.etat.debiteur.telephone)
    ajout = Vocabulaire(
        blocs={
            "telephone": (Etiquettes((Etiquette("Numéro", telephone),)),) if telephone else (),
            "compte_rendu": _build_compte_rendu(),
        },
    )
    return replace(
        message,
        vocabulaire=message.vocabulaire.add(ajout),
        conformite={**message.conformite, "action.premiere_communication": False},
        sous_titre=write_phrase("Fiche du {jour}", jour=commun.valeurs["jour"]),
    )


def _build_compte_rendu() -> tuple[Bloc, ...]:
    return (
        ARemplir("Jour et heure de l’appel, qui a appelé ; personne jointe (nom, fonction)"),
        AFaire(tuple((Fragment(write_phrase(issue)),) for issue in _ISSUES)),
        ARemplir("Date et montant promis, moyen de paiement"),
        ARemplir("Désaccord ou difficulté : ce qui a été dit", 2),
        ARemplir("À rappeler le ; confirmé par écrit le"),
    )

"""What the request says of its limits (CPCE L125-1, R125-1): the ceiling, and who may not take this way."""

from __future__ import annotations

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Partie
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, list_sans_doublon, write_phrase
from exigible.actes.vocabulaire.instance import explain_pieces, list_lignes_saisies
from exigible.actes.vocabulaire.parties import write_identite_du_creancier, write_identite_du_debiteur
from exigible.actes.vocabulaire.requetes import describe_requete
from exigible.actes.vocabulaire.verifications import DEBITEUR_INCOMPLET, explain_adresses
from exigible.dossier.conseil.qualites import find_qualite_creancier, find_qualite_debiteur
from exigible.droit.argent import format_montant
from exigible.droit.bareme import load_bareme
from exigible.droit.competence_faits import COMMERCANTS
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

_ENTRE_COMMERCANTS = (
    "depuis la loi n° 2026-307 du 23 avril 2026, la procédure exclurait les factures entre commerçants (CPCE L125-1, "
    "texte en vigueur non lu) : voir le commandement de l'article L126-1"
)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the request says. Raises ErreurExigible (`acte_refuse`) above the ceiling."""
    etat, totaux = demande.etat, demande.totaux
    plafond = load_bareme("competence").get_valeur(etat.au, "petites_creances").valeur
    if totaux.principal + totaux.interets > plafond:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "La procédure simplifiée est réservée aux créances d'au plus {plafond}, principal et intérêts : "
                "choisissez moins de factures, ou l'injonction de payer (CPCE R125-1).",
                plafond=plafond,
            ),
            article="CPCE R125-1",
        )
    coordonnees = list_sans_doublon([clean_texte(etat.debiteur.telephone), clean_texte(etat.debiteur.courriel)])
    parties = {find_qualite_creancier(etat.creancier.description), find_qualite_debiteur(etat.debiteur)}
    requete = describe_requete(demande, coobliges=False)
    vocabulaire = Vocabulaire(
        {
            "plafond": format_montant(plafond),
            "principal_et_interets": format_montant(totaux.principal + totaux.interets),
            "coordonnees_debiteur": ", ".join(coordonnees),
        },
        {
            "coordonnees_debiteur": bool(coordonnees),
            "statutaire": demande.reponses.get("fondement") == "statut" or requete.faits["copropriete"],
        },
        {
            "creancier": (Partie("Créancier", (write_identite_du_creancier(etat),)),),
            "debiteur": (Partie("Débiteur", (write_identite_du_debiteur(etat),)),),
        },
    )
    return Contexte(
        requete.add(vocabulaire),
        destinataire=list_lignes_saisies(demande, commun, "commissaire"),
        conformite=DEBITEUR_INCOMPLET,
        projet=(
            *explain_adresses(demande, coobliges=False, article="CPCE R125-2"),
            *((write_phrase(_ENTRE_COMMERCANTS),) if parties <= COMMERCANTS else ()),
            *explain_pieces(demande, "CPCE R125-1"),
        ),
    )

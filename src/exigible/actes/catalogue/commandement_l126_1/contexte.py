"""What the deed leaves to the officer (CPC 648), and what it tells the debtor (CPCE L126-1 to L126-4)."""

from __future__ import annotations

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import ARemplir, Encadre, Partie, Signatures
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_paragraphe, write_phrase
from exigible.actes.vocabulaire.instance import describe_instance, explain_pieces
from exigible.actes.vocabulaire.parties import write_identite_du_creancier, write_identite_du_debiteur
from exigible.dossier.conseil.qualites import find_qualite_creancier, find_qualite_debiteur
from exigible.droit.competence_faits import COMMERCANTS
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

_DROITS = (
    (
        "**Vous pouvez contester la créance, en tout ou en partie, dans le délai d'un mois à compter de la "
        "signification** de cet acte, en le faisant savoir par écrit au commissaire de justice soussigné. Votre "
        "contestation met fin à la procédure ; le créancier pourrait alors saisir le juge."
    ),
    (
        "Si vous ne payez pas tout et ne contestez pas dans ce délai, le commissaire de justice pourrait dresser un "
        "procès-verbal de non-contestation, au plus tôt huit jours après l'expiration du mois ; le greffier de la "
        "juridiction commerciale pourrait le rendre exécutoire, ce qui permettrait l'exécution forcée."
    ),
)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the blocks of the deed. Raises ErreurExigible (`acte_refuse`) for a party known not to be a merchant."""
    etat = demande.etat
    parties = {find_qualite_creancier(etat.creancier.description), find_qualite_debiteur(etat.debiteur)} - {None}
    if not parties <= COMMERCANTS:
        raise ErreurExigible(
            "acte_refuse",
            phrase("Ce commandement n'existe qu'entre commerçants, et l'une des parties ne l'est pas (CPCE L126-1)."),
            article="CPCE L126-1",
        )
    etude = commun.valeurs["commissaire"]
    vocabulaire = Vocabulaire(
        blocs={
            "jour_de_l_acte": (ARemplir(write_phrase("L'an, le jour et l'heure de la signification")),),
            "creancier": (Partie("Requérant", (write_identite_du_creancier(demande.etat),)),),
            "debiteur": (Partie("Débiteur", (write_identite_du_debiteur(demande.etat),)),),
            "officier": (Partie("Commissaire de justice", (etude,)),),
            "vos_droits": (Encadre(tuple(write_paragraphe(alinea) for alinea in _DROITS)),),
            "signature_officier": (Signatures(((write_phrase("Le commissaire de justice"), etude),)),),
        }
    )
    return Contexte(
        describe_instance(demande).add(vocabulaire),
        sous_titre=write_phrase("Articles L126-1 à L126-5 du code des procédures civiles d'exécution"),
        projet=explain_pieces(demande, "CPCE L126-1"),
    )

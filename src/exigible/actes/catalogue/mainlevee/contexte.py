"""The measure to be released, and what is still owed after it."""

from __future__ import annotations

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Etiquettes
from exigible.actes.lettre import Etiquette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.instance import list_lignes_saisies
from exigible.actes.vocabulaire.titres import write_titre
from exigible.droit.argent import ZERO, format_montant

_SURETE = "la radiation d'une sûreté publiée obéit à ses propres formalités, qui n'ont pas été lues"


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the release."""
    dits, reste = commun.valeurs, demande.etat.decompte.total_du
    paires = (("Mesure", dits["mesure"]), ("Acte du", dits["acte_du"]), ("Entre les mains de", dits["tiers"]))
    etendue = dits["etendue"]
    vocabulaire = Vocabulaire(
        {
            "etendue_dite": etendue if demande.reponses.get("etendue") is None else etendue.lower(),
            "a_qui": "au tiers et au débiteur" if dits["tiers"] else "au débiteur",
            "titres_vises": " ; ".join(write_titre(titre) for titre in demande.etat.titres),
            "reste": format_montant(reste),
        },
        {"solde": reste > ZERO, "titres_vises": bool(demande.etat.titres)},
        {"mesure_a_lever": (Etiquettes(tuple(Etiquette(nom, valeur) for nom, valeur in paires if valeur)),)},
    )
    surete = demande.reponses.get("mesure") == "surete_publiee"
    return Contexte(
        vocabulaire,
        destinataire=list_lignes_saisies(demande, commun, "commissaire"),
        projet=(write_phrase(_SURETE),) if surete else (),
    )

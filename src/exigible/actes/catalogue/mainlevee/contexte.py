"""The measure to be released, and what is still owed after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Etiquettes
from exigible.actes.lettre import Etiquette
from exigible.actes.poursuivi import find_autre
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.instance import list_lignes_saisies
from exigible.actes.vocabulaire.titres import find_moyens, write_titre
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import ZERO, format_montant

_SURETE = "la radiation d'une sûreté publiée obéit à ses propres formalités, qui n'ont pas été lues"

_MESURES = {
    "SATT": ("saisie_attribution", ("acte_de_saisie",)),
    "SDR": ("saisie_remunerations", ("pv_saisie",)),
    "SV": ("saisie_vente", ("saisie", "saisie_chez_un_tiers")),
    "CONSERV": (
        "saisie_conservatoire",
        ("saisie_conservatoire_creance", "saisie_conservatoire_meubles", "saisie_conservatoire_chez_un_tiers"),
    ),
}
"""The measure that the journal tells, by its graph: what it is called here, and the steps that made it."""

_LEVEES = ("mainlevee", "mainlevee_judiciaire", "dette_apuree_ou_mainlevee", "pv_annule", "annulation", "abandon")


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the last seizure that still holds, and why it is released when nothing is owed any more."""
    payee = {"etendue": "totale", "cause": "paiement"} if _compute_reste(etat) == ZERO else {}
    saisies = [
        (jour, mesure)
        for procedure in etat.procedures
        if procedure.vivante and procedure.graphe.code in _MESURES
        for mesure, etapes in (_MESURES[procedure.graphe.code],)
        if (jour := procedure.situation.find_jour(etapes))
        and (procedure.situation.find_jour(_LEVEES) or date.min) < jour
    ]
    if not saisies:
        return payee
    jour, mesure = max(saisies)
    moyens = find_moyens(etat)
    tiers = {"saisie_attribution": moyens.banque, "saisie_remunerations": moyens.employeur}.get(mesure, "")
    connus = {"mesure": mesure, "acte_du": jour.isoformat(), "tiers": ", ".join(tiers.splitlines())}
    return {**payee, **{question: dit for question, dit in connus.items() if dit}}


def _compute_reste(etat: EtatDossier) -> Decimal:
    """What is still owed, in euros: by whom the measure is against, when it is not the debtor."""
    autre = find_autre(etat)
    return etat.decompte.total_du if autre is None else autre.du


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the release."""
    dits, reste = commun.valeurs, _compute_reste(demande.etat)
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

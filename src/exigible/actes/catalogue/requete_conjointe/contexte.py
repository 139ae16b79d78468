"""What both parties say, and what the court chosen wants of them (CPC 57; 750-1, 761 and 853 for its thresholds)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Partie, Signatures
from exigible.actes.lettre import list_contacts
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.assignation import name_dettes
from exigible.actes.vocabulaire.blocs import list_signataire, list_signataire_debiteur
from exigible.actes.vocabulaire.chefs import EnPlus, build_chefs, read_montant
from exigible.actes.vocabulaire.instance import explain_pieces, propose_tribunal, write_du_tribunal
from exigible.actes.vocabulaire.parties import write_identite_du_creancier, write_identite_du_debiteur
from exigible.actes.vocabulaire.requetes import describe_requete, write_juridiction
from exigible.actes.vocabulaire.verifications import ACTION_EN_JUSTICE, explain_parties
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.bareme import load_bareme
from exigible.droit.frais_justice import compute_contribution_aide_juridique

_CONSULAIRES = frozenset({"commerce", "activites_economiques"})
_JUGES = {
    "judiciaire": "Madame ou Monsieur le président",
    "protection": "Madame ou Monsieur le juge des contentieux de la protection",
    "proximite": "Madame ou Monsieur le juge",
    "chambre_commerciale": "Mesdames et Messieurs les président et juges de la chambre commerciale",
}
_COLLEGE = "Mesdames et Messieurs les président et juges"
_LU = "lu et approuvé, date et signature"


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court."""
    return propose_tribunal(etat)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the petition says."""
    tribunal = write_juridiction(demande, commun)
    consulaire = demande.reponses.get("tribunal") in _CONSULAIRES
    contribution = compute_contribution_aide_juridique(demande.etat.au)
    articles = "articles 854 et 859" if consulaire else "articles 750 et 756"
    vocabulaire = Vocabulaire(
        {
            "le_tribunal": tribunal,
            "du_tribunal": write_du_tribunal(str(demande.reponses.get("tribunal", "")), commun.valeurs["siege"]),
            "contacts": ", ".join(list_contacts(demande.etat.creancier.description)),
            "contribution": format_montant(contribution.montant) if contribution and contribution.montant else "",
            "des_factures": name_dettes(demande, commun),
            "article_de_saisine": write_phrase(
                "({articles} du code de procédure civile)", articles=write_phrase(articles)
            ),
        },
        {
            "devant_judiciaire": not consulaire,
            "contribution": contribution is not None,
            "debiteur_morale": not commun.faits["personne_physique"],
            **_compare_seuils(demande),
        },
        {
            "premier_requerant": (
                Partie("Premier requérant, créancier", (write_identite_du_creancier(demande.etat),)),
            ),
            "second_requerant": (Partie("Second requérant, débiteur", (write_identite_du_debiteur(demande.etat),)),),
            "chefs": (build_chefs(demande, _list_frais(demande), depart_legal="la présente requête"),),
            "signatures_des_deux": (_sign(demande),),
        },
    )
    return Contexte(
        describe_requete(demande, coobliges=False).add(vocabulaire),
        juridiction=_address(demande, vocabulaire),
        sous_titre=write_phrase("Articles 54 et 57 du code de procédure civile"),
        conformite=ACTION_EN_JUSTICE,
        projet=(*explain_parties(demande), *explain_pieces(demande, "CPC 57")),
    )


def _address(demande: Demande, vocabulaire: Vocabulaire) -> tuple[str, str]:
    juge = _JUGES.get(str(demande.reponses.get("tribunal", "")), _COLLEGE)
    return write_phrase("À {juge}", juge=juge), vocabulaire.valeurs["du_tribunal"]


def _compare_seuils(demande: Demande) -> Mapping[str, bool]:
    """Say whether a lawyer and a prior attempt are wanted by the court chosen, for this sum."""
    tribunal, bareme, jour = demande.reponses.get("tribunal"), load_bareme("competence"), demande.etat.au
    consulaire = tribunal in _CONSULAIRES
    serie = "dispense_avocat_tribunal_de_commerce" if consulaire else "dispense_avocat_tribunal_judiciaire"
    avocat = tribunal != "protection" and demande.totaux.total > bareme.get_valeur(jour, serie).valeur
    tentative = not consulaire and demande.totaux.total <= bareme.get_valeur(jour, "tentative_amiable").valeur
    return {"avocat_obligatoire": avocat, "tentative_exigee": tentative}


def _list_frais(demande: Demande) -> tuple[EnPlus, ...]:
    article_700 = read_montant(demande, "article_700")
    if article_700 <= ZERO:
        return ()
    return (EnPlus("frais non compris dans les dépens", write_phrase("CPC, article 700"), article_700),)


def _sign(demande: Demande) -> Signatures:
    lu = write_phrase(_LU)
    return Signatures(((*list_signataire(demande), lu), (*list_signataire_debiteur(demande), lu)))

"""The month of the opposition, and the orders for which no certificate exists any more (CPC 1416, 1422)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exigible.actes.catalogue.instruction_signifier.contexte import write_par
from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Partie
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import format_date_longue, write_phrase
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.decisions import describe_injonction, find_injonction
from exigible.actes.vocabulaire.delais import compute_terme, find_regle
from exigible.actes.vocabulaire.instance import describe_instance, list_lignes_saisies
from exigible.actes.vocabulaire.parties import write_identite_du_creancier
from exigible.actes.vocabulaire.poursuivi import list_identite
from exigible.dossier.etat import EtatDossier
from exigible.dossier.procedures.situation import find_distance
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

_MODES = {"a_personne": "à la personne du débiteur", "autrement": "autrement qu’à sa personne"}


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Describe the last order to pay, and how it was served."""
    injonction = find_injonction(etat)
    if injonction is None:
        return {}
    mode = {}
    if injonction.situation.has("signification_a_personne"):
        mode = {"mode": "a_personne"}
    elif injonction.situation.has("signification_autre"):
        mode = {"mode": "autrement"}
    reponses = describe_injonction(injonction)
    tribunal = reponses.get("juridiction", "")
    greffe = {"greffe": f"Greffe du {tribunal[0].lower()}{tribunal[1:]}"} if tribunal.startswith("Tribunal ") else {}
    return {**reponses, **mode, **greffe}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the request says. Raises ErreurExigible (`acte_sans_objet`) for an order of the new rules."""
    rendue_le, signifiee_le = demande.reponses.get("rendue_le"), demande.reponses.get("signifiee_le")
    expire_le = None
    if isinstance(rendue_le, date):
        regle = find_regle("IP", "certificat_non_opposition", rendue_le)
        if regle is None:
            raise ErreurExigible(
                "acte_sans_objet",
                phrase(
                    "Aucun certificat n'est prévu pour une ordonnance rendue le {jour} : elle s'exécute deux mois "
                    "après sa signification, sans avis d'opposition ni invitation à consigner (CPC 1422).",
                    jour=rendue_le,
                ),
                article="CPC 1422",
            )
        if isinstance(signifiee_le, date):
            expire_le = compute_terme(regle, signifiee_le, find_distance(demande.etat.debiteur.adresse))
    trop_tot = expire_le is not None and expire_le >= demande.etat.au
    commissaire = commun.valeurs["commissaire"]
    vocabulaire = Vocabulaire(
        {
            "expire_le": format_date_longue(expire_le) if expire_le else commun.valeurs["signifiee_le"],
            "expire": "expire" if trop_tot else "a expiré",
            "mode_ecrit": _MODES.get(str(demande.reponses.get("mode")), commun.valeurs["mode"]),
            "par_juridiction": write_par(commun.valeurs["juridiction"]),
            "par_commissaire": write_phrase(" par {qui}", qui=commissaire) if commissaire else "",
        },
        {},
        {
            "creancier": (Partie("Créancier", (write_identite_du_creancier(demande.etat),)),),
            "debiteur": (Partie("Débiteur", list_identite(demande.etat)),),
        },
    )
    raisons: tuple[str, ...] = ()
    if trop_tot:
        modele = "le délai d'opposition n'expire que le {jour} : la demande serait prématurée"
        raisons = (write_phrase(modele, jour=vocabulaire.valeurs["expire_le"]),)
    return Contexte(
        describe_instance(demande).add(vocabulaire),
        destinataire=list_lignes_saisies(demande, commun, "greffe"),
        projet=raisons,
        montant=read_montant(demande, "montant"),
    )

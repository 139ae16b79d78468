"""What pleadings on an objection add: the order, its service, the objection, the parts of each (CPC 1415 to 1420)."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Partie
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.assignation import (
    Saisine,
    describe_assignation,
    iter_plus,
    propose_assignation,
)
from exigible.actes.vocabulaire.chefs import build_chefs
from exigible.actes.vocabulaire.decisions import describe_injonction, find_injonction
from exigible.actes.vocabulaire.ecritures import TRIBUNAUX, describe_ecritures
from exigible.actes.vocabulaire.instance import explain_pieces
from exigible.actes.vocabulaire.parties import write_identite_du_creancier
from exigible.actes.vocabulaire.verifications import explain_tribunal
from exigible.dossier.etat import EtatDossier
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase

_OPPOSITION = "opposition"
_CREANCIER = "Demandeur à l'injonction de payer, défendeur à l'opposition"
_OPPOSANT = "Défendeur à l'injonction de payer, demandeur à l'opposition"
_PIECE = Avertissement(
    "acte_de_signification",
    phrase(
        "Joignez l'acte de signification de l'ordonnance : pour une ordonnance rendue depuis le 1er septembre 2026, le "
        "créancier le produit à l'audience (CPC 1418, connu par une source secondaire)."
    ),
)


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court, the order to pay, its service, the objection."""
    injonction = find_injonction(etat)
    if injonction is None:
        return propose_assignation(etat, TRIBUNAUX)
    situation = injonction.situation
    decrite = {q: r for q, r in describe_injonction(injonction).items() if q != "juridiction"}
    opposition = situation.find_jour([_OPPOSITION])
    return {
        **propose_assignation(etat, TRIBUNAUX),
        **decrite,
        **({"siege": situation.ouverture.lieu} if situation.ouverture.lieu else {}),
        **({"a_personne": "oui"} if situation.has("signification_a_personne") else {}),
        **({"opposition_le": opposition.isoformat()} if opposition else {}),
    }


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the pleadings say."""
    tribunal = str(demande.reponses.get("tribunal", ""))
    plus = tuple(iter_plus(demande))
    chefs = build_chefs(demande, plus, depart_legal="la signification de l’ordonnance")
    instance = describe_assignation(demande, commun, plus, Saisine(tribunal, commun.valeurs["siege"]))
    ecritures = describe_ecritures(
        commun,
        instance,
        rang=demande.reponses.get("numero_conclusions"),
        avocat=demande.reponses.get("avocat"),
    )
    return Contexte(
        instance.add(ecritures).add(_describe_opposition(demande, instance, chefs)),
        juridiction=(write_phrase("Devant {nom}", nom=instance.valeurs["le_tribunal"]),),
        sous_titre=ecritures.valeurs["sous_titre"],
        projet=(*explain_tribunal(demande, tribunal), *explain_pieces(demande, "CPC 768")),
        avertissements=(_PIECE,),
    )


def _describe_opposition(demande: Demande, instance: Vocabulaire, chefs: Bloc) -> Vocabulaire:
    opposants = (
        msgspec.structs.replace(bloc, role=write_phrase(_OPPOSANT))
        for bloc in instance.blocs["defendeurs"]
        if isinstance(bloc, Partie)
    )
    creancier = Partie(write_phrase(_CREANCIER), (write_identite_du_creancier(demande.etat),))
    a_personne = demande.reponses.get("a_personne") is True
    return Vocabulaire(
        {"a_personne_ecrit": write_phrase(" à la personne du débiteur") if a_personne else ""},
        blocs={
            "chefs": (chefs,),
            "creancier_defendeur_a_l_opposition": (creancier,),
            "debiteurs_opposants": tuple(opposants),
        },
    )

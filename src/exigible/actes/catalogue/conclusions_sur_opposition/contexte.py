"""What pleadings on an objection add: the order, its service, the objection, the parts of each (CPC 1415 to 1420)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import msgspec

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Partie
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.assignation import propose_assignation
from exigible.actes.vocabulaire.decisions import describe_injonction, find_injonction
from exigible.actes.vocabulaire.ecritures import TRIBUNAUX, build_conclusions
from exigible.actes.vocabulaire.parties import write_identite_du_creancier
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
    contexte = build_conclusions(demande, commun, depart_legal="la signification de l’ordonnance")
    opposition = _describe_opposition(demande, contexte.vocabulaire)
    return replace(contexte, vocabulaire=contexte.vocabulaire.add(opposition), avertissements=(_PIECE,))


def _describe_opposition(demande: Demande, instance: Vocabulaire) -> Vocabulaire:
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
            "creancier_defendeur_a_l_opposition": (creancier,),
            "debiteurs_opposants": tuple(opposants),
        },
    )

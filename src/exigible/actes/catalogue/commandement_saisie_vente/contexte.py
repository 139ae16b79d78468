"""What the order to pay says: title, sums, eight days, the words for a small debt at home (CPCE R221-1, R221-3)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import ARemplir, Encadre
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_paragraphe, write_phrase
from exigible.actes.vocabulaire.titres import (
    build_donnees,
    describe_titre,
    propose_titre,
    refuse_execution,
)
from exigible.dossier.etat import EtatDossier

_COMMANDEMENT = (
    "**Il vous est fait commandement de payer dans un délai de huit jours la somme de {total}**, outre "
    "{interets}le coût du présent acte, **faute de quoi vous pouvez y être contraint par la vente forcée de vos biens "
    "meubles.**"
)
_A_DOMICILE = (
    "**Il vous est fait commandement de payer dans un délai de huit jours la somme de {total}**, outre "
    "{interets}le coût du présent acte. **À défaut de paiement, et si aucune saisie sur un compte de dépôt ou sur les "
    "rémunérations n'est possible, vous pouvez y être contraint par la vente forcée de vos biens meubles.**"
)
_INJONCTION = (
    "**Il vous est enjoint de communiquer au commissaire de justice, dans un délai de huit jours, les nom et adresse "
    "de votre employeur et les références de vos comptes bancaires, ou l'un de ces deux éléments seulement.**"
)


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Choose the title."""
    return propose_titre(etat)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the act. Raises ErreurExigible (`acte_refuse`) when nothing may be enforced."""
    refuse_execution(demande, signification=False)
    titre = describe_titre(demande, commun)
    chez_lui = titre.faits["petite_somme"] and demande.reponses.get("habitation") is True
    total = titre.valeurs["dette_total"]
    interets = titre.valeurs["interets_a_courir_et"]
    paragraphes = [write_paragraphe(_A_DOMICILE if chez_lui else _COMMANDEMENT, total=total, interets=interets)]
    if chez_lui:
        paragraphes.append(write_paragraphe(_INJONCTION))
    vocabulaire = Vocabulaire(
        faits={"chez_lui": chez_lui, "cas_general": not chez_lui},
        blocs={
            "commandement": (Encadre(tuple(paragraphes)),),
            "jour_de_l_acte": (ARemplir("L’an, le jour et l’heure de la signification"),),
            "cout": (ARemplir("Coût du présent acte, détaillé"),),
        },
    )
    articles = write_phrase("Articles L221-1 et R221-1 et suivants du code des procédures civiles d'exécution")
    return build_donnees(demande, titre, vocabulaire, articles)

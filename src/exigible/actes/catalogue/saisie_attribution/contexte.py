"""What the seizure says: the sums apart with a month of interest to come, the third party's duties (CPCE R211-1)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import ARemplir, Encadre, Partie
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_paragraphe, write_phrase
from exigible.actes.vocabulaire.instance import list_lignes_saisies
from exigible.actes.vocabulaire.titres import (
    build_donnees,
    describe_titre,
    find_moyens,
    propose_titre,
    refuse_execution,
)
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import format_montant
from exigible.droit.erreurs import Avertissement
from exigible.droit.solde_bancaire import compute_forfait

_DEFENSE = (
    "**Vous êtes personnellement tenu envers le créancier saisissant, et il vous est fait défense de disposer des "
    "sommes réclamées, soit {total}, dans la limite de ce que vous devez au débiteur.**"
)


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Choose the title, and the debtor's bank when it was found."""
    banque = find_moyens(etat).banque
    return {**propose_titre(etat), **({"tiers": banque, "banque": "oui"} if banque else {})}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the act. Raises ErreurExigible (`acte_refuse`) when nothing may be enforced."""
    refuse_execution(demande)
    titre = describe_titre(demande, commun)
    forfait = compute_forfait(demande.etat.au, provisoire=True)
    laisse = demande.reponses.get("banque") is True and commun.faits["personne_physique"]
    avertissements: tuple[Avertissement, ...] = forfait.avertissements if laisse else ()
    vocabulaire = Vocabulaire(
        {"solde_insaisissable": format_montant(forfait.montant)},
        {"solde_laisse": laisse},
        {
            "tiers_saisi": (Partie("Tiers saisi", list_lignes_saisies(demande, commun, "tiers")),),
            "defense": (Encadre((write_paragraphe(_DEFENSE, total=titre.valeurs["dette_avec_provision"]),)),),
            "jour_de_l_acte": (ARemplir("L’an, le jour et l’heure de la signification (heure et minutes)"),),
            "cout": (ARemplir("Coût du présent acte et frais à ajouter, détaillés"),),
            "declaration": (ARemplir("Déclaration du tiers saisi, pièces justificatives", 4),),
        },
    )
    articles = write_phrase("Articles L211-1 et R211-1 et suivants du code des procédures civiles d'exécution")
    return build_donnees(demande, titre, vocabulaire, articles, avertissements)

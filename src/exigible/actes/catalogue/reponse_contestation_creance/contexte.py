"""What the answer says, and its thirty days from the agent's letter (C. com. L622-27, R624-1)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import format_date_longue, write_phrase
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.collective import propose_collective, read_jour, write_procedure
from exigible.actes.vocabulaire.delais import compute_terme, get_regle
from exigible.actes.vocabulaire.instance import describe_instance, list_lignes_saisies
from exigible.actes.vocabulaire.titres import find_collective
from exigible.dossier.etat import EtatDossier

_REGLE = "PC6"
_MONTANTS = {"reduction": "montant_maintenu", "rectification": "montant_propose"}
_DEMANDES = frozenset({"mandataire", "procedure", "jugement_le", "tribunal"})


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Tell the procedure, and when the claim was declared."""
    connues = {q: r for q, r in propose_collective(etat).items() if q in _DEMANDES}
    collective = find_collective(etat)
    jour = collective.situation.find_jour(["declaration_creance"]) if collective else None
    return {**connues, **({"declaree_le": jour.isoformat()} if jour else {})}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the answer; past the thirty days it is only a draft."""
    recue = read_jour(demande, "recue_le")
    terme = compute_terme(get_regle("PC", _REGLE), recue) if recue else None
    tard = terme is not None and terme < demande.etat.au
    vocabulaire = Vocabulaire(
        {
            "la_procedure": write_procedure(demande.reponses.get("procedure")),
            "terme": format_date_longue(terme) if terme else commun.valeurs["recue_le"],
        }
    )
    passe = write_phrase(
        "les trente jours pour répondre sont passés : la proposition ne peut plus être contestée, sauf si la "
        "discussion porte sur la régularité de la déclaration (C. com. L622-27)"
    )
    return Contexte(
        describe_instance(demande).add(vocabulaire),
        destinataire=list_lignes_saisies(demande, commun, "mandataire"),
        montant=read_montant(demande, _MONTANTS.get(str(demande.reponses.get("position")), "montant_declare")),
        projet=(passe,) if tard else (),
    )

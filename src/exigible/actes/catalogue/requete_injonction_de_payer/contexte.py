"""What the petition adds: the court, the ground, the heads asked (CPC 1405 to 1408; 54 and 57 for its form)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.lettre import list_contacts
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.injonction import (
    describe_injonction,
    describe_regles_de_l_effet,
    explain_effet,
    explain_etranger,
    sum_injonction,
    warn_effet,
)
from exigible.actes.vocabulaire.instance import (
    explain_pieces,
    find_competence,
    find_objet,
    propose_tribunal,
    warn_prescription,
)
from exigible.actes.vocabulaire.verifications import ACTION_EN_JUSTICE, explain_parties
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import RolePersonne
from exigible.droit.argent import ZERO
from exigible.droit.competence import CONSULAIRES
from exigible.droit.competence_faits import Objet
from exigible.droit.erreurs import Avertissement
from exigible.droit.frais_justice import compute_greffe_injonction
from exigible.droit.phrase import phrase

_SOLIDAIRES = frozenset({RolePersonne.CODEBITEUR_SOLIDAIRE, RolePersonne.CAUTION_SOLIDAIRE})


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court, the clerk's fee, a contract, and those held for the whole."""
    competence = find_competence(etat)
    frais = compute_greffe_injonction(etat.au).montant
    consulaire = competence is not None and competence.juridiction in CONSULAIRES
    solidaires = any(p.role in _SOLIDAIRES and p.du > ZERO for p in etat.personnes)
    return {
        **propose_tribunal(etat),
        "fondement": "statut" if find_objet(etat) is Objet.COPROPRIETE else "contrat",
        **({"frais_de_greffe": str(frais)} if consulaire and frais is not None else {}),
        **({"coobliges": "oui"} if solidaires else {}),
    }


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the petition says beyond the common vocabulary."""
    injonction = describe_injonction(demande, commun)
    contacts = ", ".join(list_contacts(demande.etat.creancier.description))
    return Contexte(
        injonction.add(Vocabulaire({"contacts": contacts})),
        juridiction=(f"À {injonction.valeurs['le_juge']}", injonction.valeurs["du_tribunal"]),
        sous_titre=write_phrase("Articles 1405 et suivants du code de procédure civile"),
        conformite={**ACTION_EN_JUSTICE, **describe_regles_de_l_effet(demande)},
        projet=(
            *explain_parties(demande, coobliges=demande.reponses.get("coobliges") is True),
            *explain_pieces(demande, "CPC 1407"),
            *explain_etranger(demande),
            *explain_effet(demande),
        ),
        avertissements=(*warn_prescription(demande), *_iter_avertissements(demande, commun)),
        montant=sum_injonction(demande),
    )


def _iter_avertissements(demande: Demande, commun: Vocabulaire) -> Iterator[Avertissement]:
    yield from warn_effet(demande)
    if read_montant(demande, "clause_penale") > ZERO and not commun.faits["mise_en_demeure_faite"]:
        message = phrase(
            "La clause pénale n'est due qu'après une mise en demeure, sauf inexécution définitive (C. civ. 1231-5) : "
            "le dossier n'en connaît aucune."
        )
        yield Avertissement("clause_penale_sans_demeure", message)

"""What the summons adds before the judge of urgent matters: his powers, the sum asked (CPC 835, 837, 873, 873-1)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_phrase
from exigible.actes.vocabulaire.assignation import (
    CONSULAIRES,
    Saisine,
    describe_assignation,
    describe_contribution,
    iter_plus,
    propose_assignation,
    propose_convocation,
    propose_simplifiee,
)
from exigible.actes.vocabulaire.chefs import add_plus, build_chefs, read_montant
from exigible.actes.vocabulaire.instance import explain_pieces
from exigible.actes.vocabulaire.verifications import (
    ACTION_EN_JUSTICE,
    explain_adresses,
    explain_audience,
    explain_clause_penale,
    explain_demandeur,
    explain_tribunal,
)
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

_JUDICIAIRES = frozenset({"judiciaire", "protection"})
_POUVOIRS = {True: "article 873, alinéa 2", False: "article 835, alinéa 2"}
_PASSERELLES = {True: "article 873-1", False: "article 837"}


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court; sue those held for the whole."""
    return {
        **propose_assignation(etat, CONSULAIRES | _JUDICIAIRES),
        **propose_convocation(etat, "REFERE"),
        **propose_simplifiee(etat),
    }


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the summons says. Raises ErreurSaisie (`provision_excessive`) above what is owed."""
    tribunal = str(demande.reponses.get("tribunal", ""))
    plus = tuple(iter_plus(demande))
    coobliges = demande.reponses.get("coobliges") is True
    provision = read_montant(demande, "provision")
    total = add_plus(demande, plus)
    if provision > total:
        raise ErreurSaisie(
            "provision_excessive",
            phrase("La provision ne peut dépasser ce qui est dû et n'est pas contesté : {total}.", total=total),
            "provision",
        )
    consulaire = tribunal in CONSULAIRES
    assignation = describe_assignation(
        demande, commun, plus, Saisine(tribunal, commun.valeurs["siege"], refere=True, valeur=provision)
    )
    vocabulaire = Vocabulaire(
        {
            "provision_demandee": format_montant(provision or total),
            "article_du_refere": write_phrase(_POUVOIRS[consulaire]),
            "article_de_la_passerelle": write_phrase(_PASSERELLES[consulaire]),
            "tentative_ecrite": commun.valeurs["tentative"],
        },
        {"provision_entiere": provision == ZERO},
        {"chefs": (build_chefs(demande, plus, depart_legal="la présente assignation"),)},
    )
    return Contexte(
        assignation.add(describe_contribution(demande, tribunal, provision or total)).add(vocabulaire),
        juridiction=(write_phrase("Devant {nom}", nom=assignation.valeurs["le_tribunal"]),),
        sous_titre=write_phrase(
            "Articles 484 à 492 et {article} du code de procédure civile", article=_POUVOIRS[consulaire]
        ),
        conformite=ACTION_EN_JUSTICE,
        projet=(
            *explain_audience(demande),
            *explain_demandeur(demande),
            *explain_adresses(demande, coobliges=coobliges),
            *explain_tribunal(demande, tribunal),
            *explain_clause_penale(demande, commun),
            *explain_pieces(demande, "CPC 56, 3°"),
        ),
    )

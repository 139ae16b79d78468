"""What an act adds to the common vocabulary: its own values, facts and blocks, its recipient, what rules must know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from exigible.actes.demande import Demande
from exigible.actes.lettre import Entete, Etiquette
from exigible.actes.mentions import Valeurs
from exigible.actes.modele import Modele
from exigible.actes.poursuivi import CONTRE, choose_poursuivi, propose_poursuivi, see_contre
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.dossier.etat import EtatDossier
from exigible.droit.erreurs import Avertissement


@dataclass(frozen=True, slots=True)
class Contexte:
    """What an act's `build_contexte(demande, commun)` returns. All is optional.

    `destinataire`: the lines of the window (default: the debtor). `juridiction`: whom an act is for. `sous_titre`:
    under the title of an act. `preuves`: texts that `mentions.toml` names, beside the vocabulary. `conformite`: facts
    for the rules of compliance, which win over the common ones. `projet`: more reasons for it to be only a draft.
    `entete`: the letterhead of whoever writes, when it is not the creditor. `montant`: what is asked for, in euros,
    when it is not all that the claims of the demand come to.
    """

    vocabulaire: Vocabulaire = field(default_factory=Vocabulaire)
    destinataire: tuple[str, ...] = ()
    etiquettes: tuple[Etiquette, ...] = ()
    juridiction: tuple[str, ...] = ()
    sous_titre: str = ""
    preuves: Valeurs = field(default_factory=dict)
    conformite: Mapping[str, object] = field(default_factory=dict)
    avertissements: tuple[Avertissement, ...] = ()
    projet: tuple[str, ...] = ()
    entete: Entete | None = None
    montant: Decimal | None = None


Batir = Callable[[Demande, Vocabulaire], Contexte]
Proposer = Callable[[EtatDossier], Mapping[str, str]]
_AUCUNE: Mapping[str, str] = {}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Build what an act adds; nothing when its folder has no `contexte.py`. Raises what the act raises."""
    batir: Batir | None = _find(demande.modele, "build_contexte")
    return Contexte() if batir is None else batir(demande, commun)


def propose_reponses(modele: Modele, etat: EtatDossier, saisies: Mapping[str, str] = _AUCUNE) -> Mapping[str, str]:
    """Answer, as a form would be filled, the questions to which the dossier knows the answer.

    `saisies`: what is answered already; what is proposed is about the person that it names (`contre`). What proposes
    may serve several acts: an answer that this one does not ask for is left out.
    """
    proposer: Proposer | None = _find(modele, "propose_reponses")
    if proposer is None:
        return {}
    personne = choose_poursuivi(modele, etat, saisies)
    proposees = proposer(etat if personne is None else see_contre(etat, personne))
    posees = {question.nom for question in modele.question}
    gardees = {nom: reponse for nom, reponse in proposees.items() if nom in posees}
    if personne is None:
        return gardees
    if CONTRE not in saisies and gardees.get(CONTRE, personne.cle) != personne.cle:  # the act is for another: see him
        return propose_reponses(modele, etat, {**saisies, CONTRE: gardees[CONTRE]})
    return {**gardees, **propose_poursuivi(modele, etat, saisies)}


@cache
def _find(modele: Modele, nom: str) -> Any:  # noqa: ANN401 - a function of the act, which its callers name the type of
    module = f"{modele.paquet}.contexte"
    return getattr(import_module(module), nom, None) if find_spec(module) else None

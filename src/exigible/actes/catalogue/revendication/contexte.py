"""What the claim to the goods says: to whom, its three months, the goods, the clause (C. com. L624-9, R624-13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.lettre import list_destinataire
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import format_date_longue, write_phrase
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.collective import propose_collective, read_jour, write_procedure
from exigible.actes.vocabulaire.instance import describe_instance, list_lignes_saisies
from exigible.dossier.etat import EtatDossier
from exigible.droit.jours import add_mois

_MOIS = 3
_LIQUIDATEUR, _DEBITEUR = "liquidateur", "debiteur"

_ACQUIESCER = (
    "d'acquiescer à cette demande, qui emporte de plein droit demande en restitution, dans le mois de sa réception"
)
_RESTITUER = "de donner votre accord à cette restitution dans le mois de la réception de cette demande"

_RENVOIS = {
    "redressement": ", applicables par l’article L631-18",
    "liquidation": ", applicables par l’article L641-14",
}
"""The text that makes those of the safeguard apply to the two other procedures."""


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Tell the procedure; in a liquidation the demand goes to the liquidator."""
    connues = propose_collective(etat)
    qui = connues.pop("mandataire", "")
    if connues.get("procedure") != "liquidation":
        return {**connues, **({"mandataire": qui} if qui else {})}
    return {**connues, "destinataire": _LIQUIDATEUR, **({"coordonnees": qui} if qui else {})}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the claim; past the three months it is only a draft, unless the contract was published (L624-10).

    No text moves the last day: the earlier end is told, without waiting for a working day.
    """
    publication = read_jour(demande, "publication")
    terme: date | None = add_mois(publication, _MOIS) if publication else None
    destinataire = str(demande.reponses.get("destinataire", ""))
    au_debiteur = destinataire == _DEBITEUR
    passe = write_phrase(
        "les trois mois de la publication sont passés : la revendication est forclose (C. com. L624-9)"
    )
    publie = bool(demande.reponses.get("contrat_publie"))
    tard = not publie and terme is not None and terme < demande.etat.au
    return Contexte(
        describe_instance(demande).add(
            Vocabulaire(
                {
                    "article_renvoi": _RENVOIS.get(str(demande.reponses.get("procedure")), ""),
                    "premiere_demande": write_phrase(_RESTITUER if publie else _ACQUIESCER),
                    "la_procedure": write_procedure(demande.reponses.get("procedure")),
                    "terme": format_date_longue(terme) if terme else commun.valeurs["publication"],
                },
                {
                    "adresse_demandee": not au_debiteur,
                    "copie_due": destinataire != _LIQUIDATEUR,
                    "a_revendiquer": not publie,
                },
            )
        ),
        destinataire=list_destinataire(demande.etat.debiteur)
        if au_debiteur
        else list_lignes_saisies(demande, commun, "coordonnees"),
        montant=read_montant(demande, "prix"),
        projet=(passe,) if tard else (),
    )

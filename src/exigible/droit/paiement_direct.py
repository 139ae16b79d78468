"""Direct payment of maintenance: which arrears it reaches, and how they are paid (CPCE L213-1 to L213-6).

The third party pays the current term and, beside it, an equal part of the arrears each month (L213-4). No delay may be
granted by a judge, no commercial reminder sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.droit.argent import ZERO
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.jours import add_mois
from exigible.droit.partage import split_montant
from exigible.droit.phrase import phrase


class Agent(StrEnum):
    """Who asks the third party: a commissaire de justice, or the family benefits office."""

    COMMISSAIRE_DE_JUSTICE = "commissaire_de_justice"
    ORGANISME = "organisme"


_MOIS_ARRIERES = {Agent.COMMISSAIRE_DE_JUSTICE: 6, Agent.ORGANISME: 24}
_FRACTIONS = {Agent.COMMISSAIRE_DE_JUSTICE: 12, Agent.ORGANISME: 24}


@dataclass(frozen=True, slots=True)
class Terme:
    """A term of the pension due on `jour` and what is unpaid of it (euros, above zero)."""

    jour: date
    impaye: Decimal

    def __post_init__(self) -> None:
        if self.impaye <= ZERO:
            raise ErreurSaisie("montant_nul", phrase("Le terme du {jour} n'a rien d'impayé.", jour=self.jour), "impaye")


@dataclass(frozen=True, slots=True)
class PaiementDirect:
    """The arrears reached (`termes`, `arrieres` in euros) and the monthly parts that pay them, beside current terms.

    `ecartes`: the terms that are too old for it.
    """

    termes: tuple[Terme, ...]
    arrieres: Decimal
    fractions: tuple[Decimal, ...]
    ecartes: tuple[Terme, ...]
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


def compute_paiement_direct(
    termes: Sequence[Terme], notification: date, agent: Agent = Agent.COMMISSAIRE_DE_JUSTICE
) -> PaiementDirect:
    """Spread the unpaid terms of the six months before `notification` over twelve months (twenty-four for an office).

    The window goes from the same day six months earlier, included, to the eve of the notification: a term of that day
    or later is paid as a current one. Twenty-four parts are the most that an office may ask for. Raises ErreurSaisie
    (`trop_d_echeances`).
    """
    debut = add_mois(notification, -_MOIS_ARRIERES[agent])
    retenus = tuple(terme for terme in termes if debut <= terme.jour < notification)
    ecartes = tuple(terme for terme in termes if terme.jour < debut)
    arrieres = sum((terme.impaye for terme in retenus), ZERO)
    return PaiementDirect(
        termes=retenus,
        arrieres=arrieres,
        fractions=split_montant(arrieres, _FRACTIONS[agent]) if retenus else (),
        ecartes=ecartes,
        articles=("CPCE L213-1", "CPCE L213-4"),
        avertissements=_list_avertissements(termes, ecartes, debut, notification, agent),
    )


def _list_avertissements(
    termes: Sequence[Terme], ecartes: Sequence[Terme], debut: date, notification: date, agent: Agent
) -> tuple[Avertissement, ...]:
    avertissements: list[Avertissement] = []
    if ecartes:
        alerte = phrase(
            "Les termes échus avant le {debut}, soit {montant}, restent hors du paiement direct : ils demandent une "
            "saisie, dans les cinq ans de chacun (C. civ. 2224).",
            debut=debut,
            montant=sum((terme.impaye for terme in ecartes), ZERO),
        )
        avertissements.append(Avertissement("termes_trop_anciens", alerte, {"debut": debut.isoformat()}))
    if any(terme.jour in {debut, notification} for terme in termes):
        alerte = phrase(
            "Un terme tombe à la limite de la période, le {debut} ou le {notification} : que ce jour y soit compris "
            "est à vérifier.",
            debut=debut,
            notification=notification,
        )
        avertissements.append(
            Avertissement("bord_de_periode_a_verifier", alerte, {"notification": notification.isoformat()})
        )
    if agent is Agent.ORGANISME:
        alerte = phrase(
            "Pour l'organisme, les vingt-quatre mois et leur étalement en parts égales sont à vérifier : le décret "
            "n'a pas été lu, et un projet de loi portait la durée à cinq ans (PLFSS pour 2026, art. 41)."
        )
        avertissements.append(Avertissement("duree_a_verifier", alerte))
    return tuple(avertissements)

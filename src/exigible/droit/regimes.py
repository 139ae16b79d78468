"""Who owes what to whom: the regime of interest and the 40 € indemnity, from the quality of the parties.

Unknown fails closed: while the debtor's quality is unknown, no regime and no indemnity.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exigible.droit.bareme import Valeur, load_bareme
from exigible.droit.erreurs import Avertissement
from exigible.droit.interets import QualiteCreancier, Regime


class QualitePartie(StrEnum):
    """What a party is, for the claim at hand."""

    CONSOMMATEUR = "consommateur"
    NON_PROFESSIONNEL = "non_professionnel"
    PROFESSIONNEL = "professionnel"
    PERSONNE_PUBLIQUE = "personne_publique"
    INCONNUE = "inconnue"


@dataclass(frozen=True, slots=True)
class ChoixRegime:
    """The regime chosen (None: no interest may be claimed yet), whether the 40 € are due, and why."""

    regime: Regime | None
    indemnite: bool
    motif: str
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...] = ()


def choose_regime(creancier: QualiteCreancier, debiteur: QualitePartie) -> ChoixRegime:
    """Choose the regime of interest of a claim from who is creditor and who is debtor."""
    if debiteur is QualitePartie.INCONNUE:
        return ChoixRegime(
            None,
            indemnite=False,
            motif="La qualité du débiteur n'est pas connue : ni intérêt, ni pénalité, ni indemnité de 40 € ne sont "
            "réclamés tant qu'elle n'est pas renseignée.",
            articles=(),
        )
    if creancier is QualiteCreancier.PARTICULIER:
        return _choose_legal("Le créancier est un particulier")
    if debiteur is QualitePartie.PROFESSIONNEL:
        return ChoixRegime(
            Regime.COMMERCIAL,
            indemnite=True,
            motif="Entre professionnels, les pénalités de retard courent de plein droit dès le lendemain de l'échéance "
            "et l'indemnité de 40 € est due par facture.",
            articles=("C. com. L441-10 II", "C. com. D441-5"),
        )
    if debiteur is QualitePartie.PERSONNE_PUBLIQUE:
        return ChoixRegime(
            Regime.PUBLIC,
            indemnite=True,
            motif="Un acheteur public doit des intérêts moratoires de plein droit dès le lendemain de l'expiration du "
            "délai de paiement, et l'indemnité de 40 €.",
            articles=("CCP L2192-13", "CCP R2192-31", "CCP D2192-35"),
            avertissements=(
                Avertissement(
                    "contrat_public_a_verifier",
                    "Ce régime suppose un contrat de la commande publique : à vérifier. Sinon, c'est l'intérêt légal "
                    "à compter de la mise en demeure, sans indemnité.",
                ),
            ),
        )
    return _choose_legal("Le débiteur n'est pas un professionnel")


def _choose_legal(cause: str) -> ChoixRegime:
    return ChoixRegime(
        Regime.LEGAL,
        indemnite=False,
        motif=f"{cause} : l'intérêt légal court à compter de la mise en demeure ; l'indemnité de 40 € n'est pas due.",
        articles=("C. civ. 1231-6", "C. civ. 1344-1", "CMF L313-2"),
    )


def indemnite_forfaitaire(jour: date, regime: Regime = Regime.COMMERCIAL) -> Valeur:
    """Lump sum due for each invoice late on `jour` (euros; C. com. D441-5, or CCP D2192-35 under the public regime).

    Raises ErreurBareme (`date_hors_bareme`) before 1 January 2013 (public regime: 1 July 2013), when there was none.
    """
    serie = "indemnite_forfaitaire_publique" if regime is Regime.PUBLIC else "indemnite_forfaitaire"
    return load_bareme("penalites").get_valeur(jour, serie)

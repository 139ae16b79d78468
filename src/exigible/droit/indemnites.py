"""The lump sums of a claim (C. com. D441-5, CCP D2192-35): how many, from which day, and when there are none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from exigible.droit.argent import ZERO
from exigible.droit.bareme import load_bareme
from exigible.droit.erreurs import Avertissement
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.pauses import MotifPause
from exigible.droit.phrase import phrase
from exigible.droit.regimes import indemnite_forfaitaire

_A_INDEMNITE = frozenset({Regime.COMMERCIAL, Regime.PUBLIC})


def compute_indemnites(
    regle: RegleInterets, factures: int | None, au: date
) -> tuple[Decimal, tuple[Avertissement, ...]]:
    """Lump sums (euros) of `factures` late invoices as of `au` (included), with what must be said about them.

    `factures` None: one under the regimes that provide for it, none under the others. Nothing before the first day of
    lateness; zero and a warning for lateness begun before the lump sum existed, or while an insolvency forbade to pay.
    """
    nombre = int(regle.regime in _A_INDEMNITE) if factures is None else factures
    if nombre == 0 or au < regle.premier_jour:
        return ZERO, ()
    penalites = load_bareme("penalites", regle.ajouts)
    serie = "indemnite_forfaitaire_publique" if regle.regime is Regime.PUBLIC else "indemnite_forfaitaire"
    premier = penalites.get_historique(serie)[0].debut
    ouverture = min((p.du for p in regle.pauses if p.motif is MotifPause.PROCEDURE_COLLECTIVE), default=date.max)
    if ouverture <= regle.depart:
        return ZERO, (_EXCLUE,)
    if regle.premier_jour < premier:
        return ZERO, (
            Avertissement(
                "indemnite_anterieure",
                phrase(
                    "L'indemnité forfaitaire n'existe que depuis le {jour} : elle n'est pas comptée ici.", jour=premier
                ),
            ),
        )
    valeur = indemnite_forfaitaire(regle.premier_jour, regle.regime, regle.ajouts)
    reserves = (
        *((_A_VERIFIER,) if ouverture <= au else ()),
        *((_HORS_CHAMP,) if regle.regime not in _A_INDEMNITE else ()),
    )
    return nombre * valeur.valeur, (*reserves, *penalites.list_avertissements(valeur))


_EXCLUE = Avertissement(
    "indemnite_exclue",
    phrase(
        "La procédure collective était ouverte à l'échéance et interdisait de payer : l'indemnité de 40 € n'est pas "
        "due (C. com. L441-10 II)."
    ),
)
_A_VERIFIER = Avertissement(
    "indemnite_a_verifier",
    phrase(
        "L'indemnité de 40 € est comptée parce que l'échéance précède le jugement d'ouverture : lecture à vérifier "
        "(C. com. L441-10 II)."
    ),
)
_HORS_CHAMP = Avertissement(
    "indemnite_hors_champ",
    phrase(
        "L'indemnité de 40 € n'est due qu'entre professionnels ou par un acheteur public (C. com. L441-10, D441-5) : "
        "la réclamer à un consommateur est un délit (C. conso. L121-21, L132-23)."
    ),
)

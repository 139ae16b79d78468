"""Time granted by a judge (C. civ. 1343-5): what becomes of the interest of a debt while it lasts, and afterwards.

The judge may order a reduced rate, never under the legal one (al. 2). Increases and penalties for delay are not
incurred meanwhile (al. 4): neither the penalties of C. com. L441-10, nor the five points of CMF L313-3. Nothing says
whether the legal or agreed interest goes on when the decision is silent: none is counted, the careful reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets, compute_taux
from exigible.droit.jours import UN_JOUR, add_mois, compute_fin_semestre
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.phrase import phrase

DUREE_MAX_MOIS = 24
_ARTICLE_TAUX = "C. civ. 1343-5 al. 2"


@dataclass(frozen=True, slots=True)
class DelaiAccorde:
    """Time granted from `du` to `au`, both included.

    `taux`: the reduced rate ordered (yearly per cent), None when no rate is; `interets_courent`: the decision says that
    interest runs at its ordinary rate. Raises ErreurSaisie (`dates_inversees`) when it ends before it starts.
    """

    du: date
    au: date
    taux: Decimal | None = None
    interets_courent: bool = False

    def __post_init__(self) -> None:
        if self.au < self.du:
            raise ErreurSaisie(
                "dates_inversees",
                phrase("Le délai accordé finit le {au}, avant d'avoir commencé le {du}.", au=self.au, du=self.du),
                "au",
            )


def apply_delais(regle: RegleInterets, delais: Iterable[DelaiAccorde]) -> tuple[RegleInterets, ...]:
    """Return the rules that take the place of one, in order, each ended before the next."""
    regles: tuple[RegleInterets, ...] = (regle,)
    for delai in sorted(delais, key=lambda d: (d.du, d.au)):
        for part in _cut(delai, regle):
            regles = (*regles[:-1], *_apply(regles[-1], part))
    return regles


def _cut(delai: DelaiAccorde, regle: RegleInterets) -> Iterator[DelaiAccorde]:
    """Cut it where the rate of the debt may change: a rate ordered is a reduction in one half-year, not in another."""
    if delai.taux is not None and regle.regime is not Regime.CONVENU:
        while delai.au > (fin := compute_fin_semestre(delai.du)):
            yield replace(delai, au=fin)
            delai = replace(delai, du=fin + UN_JOUR)
    yield delai


def _apply(regle: RegleInterets, delai: DelaiAccorde) -> tuple[RegleInterets, ...]:
    """Cut a rule in three at most: before, during, after."""
    regle = _defer_majoration(regle, delai)
    pendant = _find_pendant(regle, delai)
    if pendant is None:
        return (replace(regle, pauses=(*regle.pauses, Pause(delai.du, MotifPause.DELAI_DE_GRACE, delai.au))),)
    if delai.au <= regle.depart or pendant == regle:
        return (regle,)
    veille = delai.du - UN_JOUR
    pendant = replace(pendant, depart=max(regle.depart, veille), arret=delai.au)
    avant = (replace(regle, arret=veille),) if regle.depart < veille else ()
    return (*avant, pendant, replace(regle, depart=delai.au))


def _defer_majoration(regle: RegleInterets, delai: DelaiAccorde) -> RegleInterets:
    """Count the two months before the five points from the end of the time, unless they were over when it began.

    A judgment that cannot be enforced yet gives no such months: the careful reading, which no decision confirms.
    """
    debut, executoire = regle.debut_majoration, regle.executoire
    if debut is None or executoire is None or debut <= delai.du:
        return regle
    return replace(regle, executoire=max(executoire, delai.au))


def _find_pendant(regle: RegleInterets, delai: DelaiAccorde) -> RegleInterets | None:
    """Return how the debt bears interest meanwhile, penalties and increases apart; None when it bears none."""
    debut = regle.debut_majoration
    sans_points = replace(regle, executoire=None, points_majoration=None)
    ordinaire = sans_points if debut is not None and debut <= delai.du else regle
    penalites = regle.regime in {Regime.COMMERCIAL, Regime.PUBLIC}
    if delai.taux is not None:
        courant = compute_taux(sans_points, max(delai.du, regle.premier_jour), provisoire=True).taux
        if delai.taux < courant or (penalites and delai.taux == courant):
            return _reduce(sans_points, delai.taux)
    if penalites or (delai.taux is None and not delai.interets_courent):
        return None
    return ordinaire


def _reduce(regle: RegleInterets, taux: Decimal) -> RegleInterets:
    return replace(
        regle,
        regime=Regime.CONVENU,
        taux=taux,
        multiple_legal=None,
        diviseur=regle.diviseur_effectif,
        fondement=(_ARTICLE_TAUX,),
    )


def check_delais(regle: RegleInterets, delais: Sequence[DelaiAccorde]) -> Iterator[Avertissement]:
    """Say what, in the time granted, is not what the law allows, or was read carefully."""
    for delai in delais:
        parametres = {"du": delai.du.isoformat(), "au": delai.au.isoformat()}
        if delai.au > add_mois(delai.du, DUREE_MAX_MOIS):
            message = phrase(
                "Le délai accordé du {du} au {au} dépasse les deux ans que la loi permet (C. civ. 1343-5) : il est "
                "appliqué tel quel, à vérifier.",
                du=delai.du,
                au=delai.au,
            )
            yield Avertissement("delai_de_grace_trop_long", message, parametres)
        if delai.taux is not None:
            legal = RegleInterets(Regime.LEGAL, delai.du, regle.creancier, ajouts=regle.ajouts)
            minimum = compute_taux(legal, delai.du, provisoire=True).taux
            if delai.taux < minimum:
                message = phrase(
                    "Le taux réduit de {taux:taux} est inférieur au taux légal ({minimum:taux} au {du}), ce que la loi "
                    "ne permet pas au juge (C. civ. 1343-5 al. 2) : il est appliqué tel que la décision le dit, à "
                    "vérifier.",
                    taux=delai.taux,
                    minimum=minimum,
                    du=delai.du,
                )
                yield Avertissement("taux_reduit_sous_le_legal", message, parametres)
        reportee = _defer_majoration(regle, delai)
        if reportee != regle and reportee.debut_majoration is not None:
            message = phrase(
                "La majoration de cinq points n'est pas encourue pendant le délai accordé jusqu'au {au} (C. civ. "
                "1343-5 al. 4) : par prudence, les deux mois qui la précèdent sont comptés de la fin de ce délai, et "
                "elle ne commence que le {debut} (à vérifier).",
                au=delai.au,
                debut=reportee.debut_majoration,
            )
            yield Avertissement("majoration_reportee", message, parametres)

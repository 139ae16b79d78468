"""How one claim bears interest: where its rate comes from, from when, until when, and what changes it on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.droit.bareme import Valeur, ValeurAjoutee, load_bareme
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import UN_JOUR, add_mois
from exigible.droit.pauses import Pause
from exigible.droit.phrase import phrase


class Regime(StrEnum):
    """Where the rate comes from."""

    COMMERCIAL = "commercial"
    PUBLIC = "public"
    LEGAL = "legal"
    CONVENU = "convenu"


class QualiteCreancier(StrEnum):
    """The legal rate depends on the creditor: a private person, or anybody else."""

    PROFESSIONNEL = "professionnel"
    PARTICULIER = "particulier"


class Diviseur(StrEnum):
    """Days in the year of the computation: always 365, the civil year (365 or 366), or 360."""

    FIXE_365 = "365"
    CIVIL = "civil"
    FIXE_360 = "360"


_TAUX_MAX = 10_000
_DECIMALES = -6  # beyond, a line could no longer be redone by hand


@dataclass(frozen=True, slots=True)
class RegleInterets:
    """How one claim bears interest.

    `depart` is the due date, or the day of the formal notice: interest starts the day after. `taux` (yearly per cent)
    and `multiple_legal` are the agreed rate; `executoire` the day a judgment became enforceable and was served (five
    points more two months later, CMF L313-3, legal rate only), `points_majoration` what the enforcement judge left of
    these points (0: none); `capitalisation` the first day of the yearly count (C. civ. 1343-2), `fin_capitalisation`
    the last day on which interest may itself bear interest; `arret` the last day that bears interest, included;
    `pauses` the days without interest; `fondement` the articles on which an agreed or legal rate rests here, instead
    of the ordinary one (beside it for the other regimes); `ajouts` the values that the user added to the tables of the
    law. Raises ErreurSaisie on a rule that contradicts itself.
    """

    regime: Regime
    depart: date
    creancier: QualiteCreancier = QualiteCreancier.PROFESSIONNEL
    taux: Decimal | None = None
    multiple_legal: Decimal | None = None
    diviseur: Diviseur | None = None
    executoire: date | None = None
    capitalisation: date | None = None
    arret: date | None = None
    ajouts: tuple[ValeurAjoutee, ...] = ()
    points_majoration: Decimal | None = None
    fin_capitalisation: date | None = None
    pauses: tuple[Pause, ...] = ()
    fondement: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.taux is not None and self.multiple_legal is not None:
            raise ErreurSaisie(
                "taux_en_double",
                phrase("Un taux convenu et un multiple du taux légal ne vont pas ensemble : gardez l'un des deux."),
                "multiple_legal",
            )
        if self.regime is Regime.CONVENU and not self.est_convenu:
            raise ErreurSaisie(
                "taux_absent",
                phrase("Le régime convenu demande un taux : indiquez le taux annuel ou le multiple du taux légal."),
                "taux",
            )
        if self.regime in {Regime.LEGAL, Regime.PUBLIC} and self.est_convenu:
            raise ErreurSaisie(
                "taux_inutile",
                phrase(
                    "Le régime {regime} a son propre taux : un taux convenu demande le régime convenu ou commercial.",
                    regime=self.regime.value,
                ),
                "taux" if self.taux is not None else "multiple_legal",
            )
        for champ, valeur in (("taux", self.taux), ("multiple_legal", self.multiple_legal)):
            if valeur is not None:
                _check_taux(valeur, champ)
        if self.points_majoration is not None:
            self._check_points(self.points_majoration)

    @property
    def est_convenu(self) -> bool:
        """Whether the rate was agreed (fixed, or a multiple of the legal rate)."""
        return self.taux is not None or self.multiple_legal is not None

    @property
    def premier_jour(self) -> date:
        """First day that bears interest."""
        return self.depart + UN_JOUR

    @property
    def diviseur_effectif(self) -> Diviseur:
        """The day count asked for, or the default of the regime."""
        if self.diviseur is not None:
            return self.diviseur
        return Diviseur.FIXE_365 if self.regime in {Regime.COMMERCIAL, Regime.PUBLIC} else Diviseur.CIVIL

    @property
    def debut_majoration(self) -> date | None:
        """First day of the five points added after a judgment, or None."""
        if self.executoire is None or self.regime is not Regime.LEGAL or self.points_majoration == 0:
            return None
        mois = int(self.get_penalite(self.executoire, "delai_condamnation_mois").valeur)
        return add_mois(self.executoire, mois) + UN_JOUR

    @property
    def debut_capitalisation(self) -> date | None:
        """First day of the yearly count: never before interest runs, a whole year of interest being required."""
        return None if self.capitalisation is None else max(self.capitalisation, self.premier_jour)

    def runs(self, jour: date) -> bool:
        """Whether interest runs on `jour`."""
        if jour <= self.depart or (self.arret is not None and jour > self.arret):
            return False
        return not self.pauses or not any(pause.overlaps(jour, jour) for pause in self.pauses)

    def may_capitalise(self, du: date, au: date) -> bool:
        """Whether the interest of the year `du`..`au` (both included) may join the base on the day after `au`.

        A year in which interest was stopped is not a whole year of interest (C. civ. 1343-2).
        """
        return not any(pause.overlaps(du, au) for pause in self.pauses)

    def get_penalite(self, jour: date, serie: str) -> Valeur:
        """Value of the table of penalties on `jour`. Raises ErreurBareme before its first day."""
        return load_bareme("penalites", self.ajouts).get_valeur(jour, serie)

    def _check_points(self, points: Decimal) -> None:
        if self.executoire is None:
            raise ErreurSaisie(
                "majoration_sans_jugement",
                phrase("Une majoration réduite suppose un jugement : indiquez le jour où il est devenu exécutoire."),
                "executoire",
            )
        maximum = self.get_penalite(self.executoire, "majoration_condamnation").valeur
        if not points.is_finite() or not 0 <= points <= maximum:
            raise ErreurSaisie(
                "majoration_hors_limites",
                phrase(
                    "La majoration laissée par le juge va de 0 à {maximum:nombre} points (CMF L313-3).", maximum=maximum
                ),
                "points_majoration",
            )


def _check_taux(valeur: Decimal, champ: str) -> None:
    """Refuse what is not a rate; huge numbers would overflow the arithmetic."""
    if valeur.is_nan() or valeur < 0:
        raise ErreurSaisie("taux_negatif", phrase("Un taux d'intérêt ne peut pas être négatif."), champ)
    exposant = valeur.as_tuple().exponent
    if valeur >= _TAUX_MAX or not isinstance(exposant, int) or exposant < _DECIMALES:
        raise ErreurSaisie(
            "taux_hors_limites",
            phrase("Un taux d'intérêt est inférieur à 10 000 et n'a pas plus de six décimales : vérifiez-le."),
            champ,
        )

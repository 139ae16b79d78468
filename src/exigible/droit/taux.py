"""Which rate a claim bears on which day, from the dated tables, with its article and its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from exigible.droit.argent import format_nombre, format_taux
from exigible.droit.bareme import Valeur, load_bareme
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.jours import UN_JOUR, add_mois, compute_debut_semestre, compute_fin_semestre, format_jour

_PROVISOIRE = ", à titre provisoire"


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


@dataclass(frozen=True, slots=True)
class RegleInterets:
    """How one claim bears interest.

    `depart` is the due date, or the day of the formal notice: interest starts the day after. `taux` (yearly per cent)
    and `multiple_legal` are the agreed rate; `executoire` the day a judgment became enforceable and was served (five
    points more two months later, CMF L313-3, legal rate only); `capitalisation` the first day of the yearly count
    (C. civ. 1343-2); `arret` the last day that bears interest, included. Raises ErreurSaisie on a rule that contradicts
    itself.
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

    def __post_init__(self) -> None:
        if self.taux is not None and self.multiple_legal is not None:
            raise ErreurSaisie(
                "taux_en_double",
                "Un taux convenu et un multiple du taux légal ne vont pas ensemble : gardez l'un des deux.",
                "multiple_legal",
            )
        if self.regime is Regime.CONVENU and not self.est_convenu:
            raise ErreurSaisie(
                "taux_absent",
                "Le régime convenu demande un taux : indiquez le taux annuel ou le multiple du taux légal.",
                "taux",
            )
        if self.regime in {Regime.LEGAL, Regime.PUBLIC} and self.est_convenu:
            raise ErreurSaisie(
                "taux_inutile",
                f"Le régime {self.regime.value} a son propre taux : un taux convenu demande le régime convenu "
                "ou commercial.",
                "taux" if self.taux is not None else "multiple_legal",
            )
        for champ, valeur in (("taux", self.taux), ("multiple_legal", self.multiple_legal)):
            if valeur is not None and (not valeur.is_finite() or valeur < 0):
                raise ErreurSaisie("taux_negatif", "Un taux d'intérêt ne peut pas être négatif.", champ)

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
        if self.executoire is None or self.regime is not Regime.LEGAL:
            return None
        penalites = load_bareme("penalites")
        mois = int(penalites.get_valeur(self.executoire, "delai_condamnation_mois").valeur)
        return add_mois(self.executoire, mois) + UN_JOUR

    @property
    def debut_capitalisation(self) -> date | None:
        """First day of the yearly count: never before interest runs, a whole year of interest being required."""
        return None if self.capitalisation is None else max(self.capitalisation, self.premier_jour)


@dataclass(frozen=True, slots=True)
class TauxApplicable:
    """The yearly rate (per cent) in force from `debut` to `fin`, both included (`fin` None: no end known).

    `source` can be printed in a letter; `provenance` says where the project read the value.
    """

    taux: Decimal
    debut: date
    fin: date | None
    article: str
    source: str
    a_verifier: bool
    provisoire: bool
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]
    provenance: str = ""


def compute_taux(regle: RegleInterets, jour: date, *, provisoire: bool = False) -> TauxApplicable:
    """Rate of `regle` on `jour`. Raises ErreurBareme (`date_hors_bareme`) outside the known dates."""
    if regle.taux is not None:
        return _taux_convenu(regle, regle.taux)
    if regle.multiple_legal is not None:
        commercial = regle.regime is Regime.COMMERCIAL
        creancier = QualiteCreancier.PROFESSIONNEL if commercial else regle.creancier
        return _taux_multiple(regle.multiple_legal, commercial, *_get_legal(creancier, jour, provisoire=provisoire))
    if regle.regime is Regime.LEGAL:
        majoree = regle.debut_majoration is not None and jour >= regle.debut_majoration
        return _taux_legal(majoree, *_get_legal(regle.creancier, jour, provisoire=provisoire))
    public = regle.regime is Regime.PUBLIC
    reference = regle.premier_jour if public else jour
    points = load_bareme("penalites").get_valeur(
        reference, "majoration_publique" if public else "majoration_commerciale"
    )
    return _taux_refi(compute_debut_semestre(reference), points, provisoire)


def _taux_convenu(regle: RegleInterets, taux: Decimal) -> TauxApplicable:
    article = "C. com. L441-10 II" if regle.regime is Regime.COMMERCIAL else "C. civ. 1343-1"
    return TauxApplicable(
        taux=taux,
        debut=regle.premier_jour,
        fin=None,
        article=article,
        source="taux convenu entre les parties",
        a_verifier=False,
        provisoire=False,
        articles=(article,),
        avertissements=(),
    )


@cache
def _taux_refi(ancrage: date, points: Valeur, provisoire: bool) -> TauxApplicable:  # noqa: FBT001 — cached by position
    """ECB refinancing rate on the first day of a semester, plus the points of the law."""
    bce = load_bareme("bce_refi")
    refi = bce.get_valeur(ancrage, "taux", provisoire=provisoire)
    reference = format_taux(refi.valeur) + (_PROVISOIRE if refi.provisoire else "")
    return TauxApplicable(
        taux=refi.valeur + points.valeur,
        debut=ancrage,
        fin=compute_fin_semestre(ancrage),
        article=points.article,
        source=f"taux de refinancement de la BCE au {format_jour(ancrage)} ({reference}) + {points.valeur} points",
        a_verifier=refi.a_verifier or points.a_verifier,
        provisoire=refi.provisoire,
        articles=(points.article,),
        avertissements=(*bce.list_avertissements(refi), *load_bareme("penalites").list_avertissements(points)),
        provenance=refi.source,
    )


def _get_legal(creancier: QualiteCreancier, jour: date, *, provisoire: bool) -> tuple[Valeur, date, date | None]:
    """Legal rate on `jour` and its period; the semester of `jour` when the value is provisional."""
    valeur = load_bareme("interet_legal").get_valeur(jour, _choose_serie(creancier), provisoire=provisoire)
    if valeur.provisoire:
        return valeur, compute_debut_semestre(jour), compute_fin_semestre(jour)
    return valeur, valeur.debut, valeur.fin


@cache
def _taux_legal(majoree: bool, valeur: Valeur, debut: date, fin: date | None) -> TauxApplicable:  # noqa: FBT001 — cached by position
    """Legal rate, with the five points of CMF L313-3 if `majoree`."""
    taux, article, source = valeur.valeur, "C. civ. 1231-6", _cite_legal(valeur)
    articles: tuple[str, ...] = (article, "CMF L313-2")
    if majoree:
        points = load_bareme("penalites").get_valeur(debut, "majoration_condamnation").valeur
        source = f"{source} + {points} points"
        taux, article, articles = taux + points, "CMF L313-3", (*articles, "CMF L313-3")
    return TauxApplicable(
        taux=taux,
        debut=debut,
        fin=fin,
        article=article,
        source=source,
        a_verifier=valeur.a_verifier,
        provisoire=valeur.provisoire,
        articles=articles,
        avertissements=load_bareme("interet_legal").list_avertissements(valeur),
        provenance=valeur.source,
    )


def _cite_legal(valeur: Valeur) -> str:
    periode = f"du {format_jour(valeur.debut)}" + (f" au {format_jour(valeur.fin)}" if valeur.fin else "")
    if valeur.provisoire:
        return f"dernier taux de l'intérêt légal connu ({format_taux(valeur.valeur)}{_PROVISOIRE})"
    arrete = f", {valeur.reference}" if valeur.reference else ""
    return f"taux de l'intérêt légal {periode} ({format_taux(valeur.valeur)}{arrete})"


@cache
def _taux_multiple(
    multiple: Decimal,
    commercial: bool,  # noqa: FBT001 — cached by position
    valeur: Valeur,
    debut: date,
    fin: date | None,
) -> TauxApplicable:
    """Agreed rate: so many times the legal rate of the semester."""
    article = "C. com. L441-10 II" if commercial else "C. civ. 1343-1"
    fois = format_nombre(multiple, max(0, -int(multiple.normalize().as_tuple().exponent)))
    return TauxApplicable(
        taux=multiple * valeur.valeur,
        debut=debut,
        fin=fin,
        article=article,
        source=f"taux convenu : {fois} fois le {_cite_legal(valeur)}",
        a_verifier=valeur.a_verifier,
        provisoire=valeur.provisoire,
        articles=(article, "CMF L313-2"),
        avertissements=load_bareme("interet_legal").list_avertissements(valeur),
        provenance=valeur.source,
    )


def compute_dernier_jour_connu(regle: RegleInterets) -> date | None:
    """Last day whose rate the tables give for this rule; None when nothing limits it."""
    if regle.taux is not None:
        return None
    if regle.multiple_legal is not None or regle.regime is Regime.LEGAL:
        return load_bareme("interet_legal").connu_jusqu_au
    connu = load_bareme("bce_refi").connu_jusqu_au
    if connu is None:
        return None
    fin = compute_fin_semestre(connu)
    if regle.regime is Regime.PUBLIC and regle.premier_jour <= fin:
        return None
    return fin


def find_premier_jour_connu(regle: RegleInterets) -> date | None:
    """First day whose rate the tables give for this rule; None when nothing limits it (agreed fixed rate).

    `date.max` when they give none at all: a public delay that began before the table, its rate being frozen on its
    first day. No interest can then be computed on any day.
    """
    if regle.taux is not None:
        return None
    if regle.multiple_legal is not None or regle.regime is Regime.LEGAL:
        commercial = regle.regime is Regime.COMMERCIAL
        serie = _choose_serie(QualiteCreancier.PROFESSIONNEL if commercial else regle.creancier)
        return load_bareme("interet_legal").get_historique(serie)[0].debut
    public = regle.regime is Regime.PUBLIC
    points = load_bareme("penalites").get_historique("majoration_publique" if public else "majoration_commerciale")
    premier = max(points[0].debut, load_bareme("bce_refi").get_historique("taux")[0].debut)
    return date.max if public and regle.premier_jour < premier else premier


def _choose_serie(creancier: QualiteCreancier) -> str:
    return "particulier" if creancier is QualiteCreancier.PARTICULIER else "autres_cas"

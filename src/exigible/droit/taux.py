"""Which rate a claim bears on which day, from the dated tables, with its article and its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

import msgspec

from exigible.droit.bareme import Valeur, ValeurAjoutee, load_bareme
from exigible.droit.erreurs import Avertissement
from exigible.droit.jours import UN_JOUR, compute_debut_semestre, compute_fin_semestre
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.regle import QualiteCreancier, Regime, RegleInterets


class TauxApplicable(msgspec.Struct, frozen=True):
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


_MEMOIRE = 4096  # days: the same ones come back from claim to claim
_CONVENU = phrase("taux convenu entre les parties")


def compute_taux(regle: RegleInterets, jour: date, *, provisoire: bool = False) -> TauxApplicable:
    """Rate of `regle` on `jour`. Raises ErreurBareme (`date_hors_bareme`) outside the known dates."""
    if regle.taux is not None:
        return _taux_convenu(regle, regle.taux)
    if regle.multiple_legal is not None:
        articles = _list_articles_convenus(regle)
        return _taux_multiple(regle.multiple_legal, articles, *_get_legal(regle, jour, provisoire=provisoire))
    if regle.regime is Regime.LEGAL:
        points = _get_points(regle, jour)
        articles = regle.fondement or ("C. civ. 1231-6",)
        return _taux_legal(points, articles, *_get_legal(regle, jour, provisoire=provisoire))
    public = regle.regime is Regime.PUBLIC
    reference = regle.premier_jour if public else jour
    serie = "majoration_publique" if public else "majoration_commerciale"
    return _taux_refi(reference, serie, regle.ajouts, regle.fondement, provisoire)


def _get_points(regle: RegleInterets, jour: date) -> Valeur | None:
    """Points added to the legal rate after a judgment, as the enforcement judge left them; None before their day."""
    if regle.executoire is None or (debut := regle.debut_majoration) is None or jour < debut:
        return None
    points = regle.get_penalite(jour, "majoration_condamnation")
    if regle.points_majoration is None:
        return points
    reference = phrase("majoration réduite par le juge de l'exécution")
    return replace(points, valeurs=(regle.points_majoration,), reference=reference)


def _list_articles_convenus(regle: RegleInterets) -> tuple[str, ...]:
    if regle.regime is Regime.COMMERCIAL:
        return ("C. com. L441-10 II", *regle.fondement)
    return regle.fondement or ("C. civ. 1343-1",)


def _taux_convenu(regle: RegleInterets, taux: Decimal) -> TauxApplicable:
    articles = _list_articles_convenus(regle)
    return TauxApplicable(
        taux=taux,
        debut=regle.premier_jour,
        fin=None,
        article=articles[0],
        source=_CONVENU,
        a_verifier=False,
        provisoire=False,
        articles=articles,
        avertissements=(),
    )


@lru_cache(maxsize=_MEMOIRE)
def _taux_refi(
    jour: date,
    serie: str,
    ajouts: tuple[ValeurAjoutee, ...],
    fondement: tuple[str, ...],
    provisoire: bool,  # noqa: FBT001 - a key of the cache
) -> TauxApplicable:
    """ECB refinancing rate on the first day of the semester of `jour`, plus the points of the law on that day."""
    ancrage = compute_debut_semestre(jour)
    refi = load_bareme("bce_refi", ajouts).get_valeur(ancrage, "taux", provisoire=provisoire)
    points = load_bareme("penalites", ajouts).get_valeur(jour, serie)
    return TauxApplicable(
        taux=refi.valeur + points.valeur,
        debut=ancrage,
        fin=compute_fin_semestre(ancrage),
        article=points.article,
        source=phrase(
            "taux de refinancement de la BCE au {jour} ({detail}) + {points}",
            jour=ancrage,
            detail=_cite_nombre(refi),
            points=_cite_points(points),
        ),
        a_verifier=refi.a_verifier or points.a_verifier,
        provisoire=refi.provisoire,
        articles=(points.article, *fondement),
        avertissements=(
            *load_bareme("bce_refi").list_avertissements(refi),
            *load_bareme("penalites").list_avertissements(points),
        ),
        provenance=refi.source,
    )


def _get_legal(regle: RegleInterets, jour: date, *, provisoire: bool) -> tuple[Valeur, date, date | None]:
    """Legal rate on `jour` and its period; the semester of `jour` when the value is provisional."""
    return _find_legal(jour, _choose_serie(regle), regle.ajouts, provisoire)


@lru_cache(maxsize=_MEMOIRE)
def _find_legal(
    jour: date,
    serie: str,
    ajouts: tuple[ValeurAjoutee, ...],
    provisoire: bool,  # noqa: FBT001 - a key of the cache
) -> tuple[Valeur, date, date | None]:
    valeur = load_bareme("interet_legal", ajouts).get_valeur(jour, serie, provisoire=provisoire)
    if valeur.provisoire:
        return valeur, compute_debut_semestre(jour), compute_fin_semestre(jour)
    return valeur, valeur.debut, valeur.fin


@cache
def _taux_legal(
    points: Valeur | None, fondement: tuple[str, ...], valeur: Valeur, debut: date, fin: date | None
) -> TauxApplicable:
    """Legal rate, with the `points` of CMF L313-3 if any."""
    taux, article, source = valeur.valeur, fondement[0], _cite_legal(valeur)
    articles = (*fondement, "CMF L313-2")
    avertissements = load_bareme("interet_legal").list_avertissements(valeur)
    if points is not None:
        source = phrase("{source} + {points}", source=source, points=_cite_points(points))
        taux, article, articles = taux + points.valeur, "CMF L313-3", (*articles, "CMF L313-3")
        avertissements += load_bareme("penalites").list_avertissements(points)
    return TauxApplicable(
        taux=taux,
        debut=debut,
        fin=fin,
        article=article,
        source=source,
        a_verifier=valeur.a_verifier,
        provisoire=valeur.provisoire,
        articles=articles,
        avertissements=avertissements,
        provenance=valeur.source,
    )


def _cite_nombre(valeur: Valeur) -> Phrase:
    detail = phrase("{taux:taux}", taux=valeur.valeur)
    if valeur.provisoire:
        detail = phrase("{taux:taux}, à titre provisoire", taux=valeur.valeur)
    if valeur.reference:
        detail = phrase("{detail}, {reference}", detail=detail, reference=valeur.reference)
    return detail


def _cite_points(points: Valeur) -> Phrase:
    if points.reference:
        return phrase("{points:nombre} points ({reference})", points=points.valeur, reference=points.reference)
    return phrase("{points:nombre} points", points=points.valeur)


def _cite_legal(valeur: Valeur) -> Phrase:
    detail = _cite_nombre(valeur)
    if valeur.provisoire:
        return phrase("dernier taux de l'intérêt légal connu ({detail})", detail=detail)
    return phrase(
        "taux de l'intérêt légal du {debut} au {fin} ({detail})",
        debut=valeur.debut,
        fin=valeur.fin or valeur.debut,  # the table is periodic: every value has its last day
        detail=detail,
    )


@cache
def _taux_multiple(
    multiple: Decimal,
    fondement: tuple[str, ...],
    valeur: Valeur,
    debut: date,
    fin: date | None,
) -> TauxApplicable:
    """Agreed rate: so many times the legal rate of the semester."""
    return TauxApplicable(
        taux=multiple * valeur.valeur,
        debut=debut,
        fin=fin,
        article=fondement[0],
        source=phrase("taux convenu : {fois:nombre} fois le {source}", fois=multiple, source=_cite_legal(valeur)),
        a_verifier=valeur.a_verifier,
        provisoire=valeur.provisoire,
        articles=(*fondement, "CMF L313-2"),
        avertissements=load_bareme("interet_legal").list_avertissements(valeur),
        provenance=valeur.source,
    )


def compute_dernier_jour_connu(regle: RegleInterets) -> date | None:
    """Last day whose rate the tables give for this rule; None when nothing limits it."""
    if regle.taux is not None:
        return None
    if regle.multiple_legal is not None or regle.regime is Regime.LEGAL:
        return _find_dernier_legal(_choose_serie(regle), regle.ajouts)
    fin = _find_dernier_ancrage(regle.ajouts)
    if regle.regime is Regime.PUBLIC and regle.premier_jour <= fin:
        return None
    return fin


@lru_cache(maxsize=512)
def _find_dernier_legal(serie: str, ajouts: tuple[ValeurAjoutee, ...]) -> date | None:
    return load_bareme("interet_legal", ajouts).find_dernier_jour(serie)


@lru_cache(maxsize=512)
def _find_dernier_ancrage(ajouts: tuple[ValeurAjoutee, ...]) -> date:
    """Last day of the last semester whose first day has a known rate, without a gap since the first."""
    bce = load_bareme("bce_refi", ajouts)
    ancrage = bce.get_historique("taux")[0].debut
    while bce.find_valeur(ancrage, "taux") is not None:
        ancrage = compute_fin_semestre(ancrage) + UN_JOUR
    return ancrage - UN_JOUR


def find_premier_jour_connu(regle: RegleInterets) -> date | None:
    """First day whose rate the tables give for this rule; None when nothing limits it (agreed fixed rate).

    `date.max` when they give none at all: a public delay that began before the table, its rate being frozen on its
    first day. No interest can then be computed on any day.
    """
    if regle.taux is not None:
        return None
    if regle.multiple_legal is not None or regle.regime is Regime.LEGAL:
        return load_bareme("interet_legal", regle.ajouts).get_historique(_choose_serie(regle))[0].debut
    public = regle.regime is Regime.PUBLIC
    penalites = load_bareme("penalites", regle.ajouts)
    points = penalites.get_historique("majoration_publique" if public else "majoration_commerciale")
    premier = max(points[0].debut, load_bareme("bce_refi", regle.ajouts).get_historique("taux")[0].debut)
    return date.max if public and regle.premier_jour < premier else premier


def _choose_serie(regle: RegleInterets) -> str:
    """Category of the legal rate: by creditor; always « autres cas » for an agreed commercial rate."""
    if regle.creancier is QualiteCreancier.PARTICULIER and regle.regime is not Regime.COMMERCIAL:
        return "particulier"
    return "autres_cas"

"""Late-payment interest: which rate on which day, and the lines a judge can redo by hand.

Conventions: interest starts the day after `depart` and the last day counts; lines of the semester regimes are cut on
1 January and 1 July, those of an agreed rate on 1 January only and only with the civil day count; each line is rounded
half-up to the cent and the total is the sum of the lines.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

import msgspec

from exigible.droit.argent import round_cent
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.jours import UN_JOUR, compute_fin_semestre
from exigible.droit.pauses import skip_pauses
from exigible.droit.phrase import phrase
from exigible.droit.regle import Diviseur, QualiteCreancier, Regime, RegleInterets
from exigible.droit.taux import TauxApplicable, compute_dernier_jour_connu, compute_taux, find_premier_jour_connu

__all__ = [
    "Diviseur",
    "LigneInterets",
    "QualiteCreancier",
    "Regime",
    "RegleInterets",
    "TauxApplicable",
    "check_regle",
    "compute_dernier_jour_connu",
    "compute_lignes",
    "compute_taux",
    "cut_periodes",
    "find_premier_jour_connu",
]

_POUR_CENT = 100
_LIMITE = Decimal("1e16")  # of one line, in euros: below, every sum of a statement stays exact to the cent


class LigneInterets(msgspec.Struct, frozen=True):
    """One line of the statement: interest on `base` from `du` to `au`, both included."""

    creance: str
    du: date
    au: date
    jours: int
    base: Decimal
    taux: Decimal
    diviseur: int
    montant: Decimal
    article: str
    source: str
    a_verifier: bool
    provisoire: bool = False
    articles: tuple[str, ...] = ()
    avertissements: tuple[Avertissement, ...] = ()


def cut_periodes(regle: RegleInterets, du: date, au: date, *, provisoire: bool = False) -> Iterator[tuple[date, date]]:
    """Cut `du`..`au` (both included) where a line must end, the base staying the same.

    Regimes that follow a rate by semester are cut on 1 January and 1 July even when the rate stays, an agreed fixed
    rate on 1 January with the civil day count; all of them where the rate changes (before 1990 the legal rate changed
    on other days too) and on the first day of the five points after a judgment. Days without interest are left out.
    """
    if not regle.pauses:
        return _cut(regle, du, au, provisoire=provisoire)
    periodes = skip_pauses(regle.pauses, du, au)
    return chain.from_iterable(_cut(regle, debut, fin, provisoire=provisoire) for debut, fin in periodes)


def _cut(regle: RegleInterets, du: date, au: date, *, provisoire: bool) -> Iterator[tuple[date, date]]:
    majoration = regle.debut_majoration
    while du <= au:
        fin = au
        if regle.taux is None:
            fin = min(fin, compute_fin_semestre(du))
        elif regle.diviseur_effectif is Diviseur.CIVIL:
            fin = min(fin, date(du.year, 12, 31))
        if regle.regime is Regime.LEGAL or regle.multiple_legal is not None:
            fin = min(fin, compute_taux(regle, du, provisoire=provisoire).fin or fin)
        if majoration is not None and du < majoration:
            fin = min(fin, majoration - UN_JOUR)
        yield du, fin
        du = fin + UN_JOUR


def compute_lignes(
    regle: RegleInterets, base: Decimal, du: date, au: date, *, creance: str = "", provisoire: bool = False
) -> tuple[LigneInterets, ...]:
    """Lines of interest on a constant `base` (euros) from `du` to `au`, both included.

    Raises ErreurBareme (`date_hors_bareme`) outside the known dates, unless `provisoire`; ErreurSaisie
    (`montant_hors_limites`) when a line would not fit.
    """
    diviseur = regle.diviseur_effectif
    return tuple(
        [
            _build_ligne(diviseur, base, debut, fin, compute_taux(regle, debut, provisoire=provisoire), creance)
            for debut, fin in cut_periodes(regle, du, au, provisoire=provisoire)
        ]
    )


def _build_ligne(
    decompte: Diviseur, base: Decimal, du: date, au: date, taux: TauxApplicable, creance: str
) -> LigneInterets:
    jours = (au - du).days + 1
    diviseur = _count_jours_annee(decompte, du.year)
    montant = base * taux.taux * jours / (_POUR_CENT * diviseur)
    if montant >= _LIMITE:
        raise ErreurSaisie(
            "montant_hors_limites",
            phrase(
                "Les intérêts du {du} au {au} dépassent ce que le programme sait traiter : vérifiez le principal, le "
                "taux et les dates.",
                du=du,
                au=au,
            ),
            "principal",
        )
    return LigneInterets(
        creance=creance,
        du=du,
        au=au,
        jours=jours,
        base=base,
        taux=taux.taux,
        diviseur=diviseur,
        montant=round_cent(montant),
        article=taux.article,
        source=taux.source,
        a_verifier=taux.a_verifier,
        provisoire=taux.provisoire,
        articles=taux.articles,
        avertissements=taux.avertissements,
    )


def _count_jours_annee(diviseur: Diviseur, annee: int) -> int:
    if diviseur is Diviseur.CIVIL:
        return 365 + isleap(annee)
    return int(diviseur)


def check_regle(regle: RegleInterets) -> tuple[Avertissement, ...]:
    """Warn about what, in a rule, contradicts the law or has no effect."""
    avertissements: list[Avertissement] = []
    if regle.diviseur_effectif is Diviseur.FIXE_360:
        avertissements.append(
            Avertissement(
                "diviseur_360",
                phrase(
                    "L'année de 360 jours majore les intérêts ; elle est interdite face à un consommateur ou à un "
                    "non-professionnel (Cass. 1re civ. 19/06/2013)."
                ),
            )
        )
    if regle.creancier is QualiteCreancier.PARTICULIER and regle.regime in {Regime.COMMERCIAL, Regime.PUBLIC}:
        avertissements.append(
            Avertissement(
                "creancier_particulier",
                phrase(
                    "Ces pénalités supposent un créancier professionnel ; un particulier réclame l'intérêt légal à "
                    "compter de la mise en demeure (C. civ. 1231-6)."
                ),
            )
        )
    if regle.executoire is not None and regle.regime is not Regime.LEGAL:
        avertissements.append(
            Avertissement(
                "majoration_sans_effet",
                phrase(
                    "La majoration de cinq points après une condamnation ne porte que sur le taux légal "
                    "(CMF L313-3) : elle n'est pas appliquée ici."
                ),
            )
        )
    if regle.capitalisation is not None and regle.capitalisation < regle.premier_jour:
        avertissements.append(
            Avertissement(
                "capitalisation_reportee",
                phrase(
                    "La capitalisation demande une année entière d'intérêts (C. civ. 1343-2) : l'année se compte "
                    "depuis le premier jour d'intérêt, le {jour}.",
                    jour=regle.premier_jour,
                ),
            )
        )
    if regle.points_majoration == 0:
        avertissements.append(
            Avertissement(
                "majoration_exoneree",
                phrase("Le juge de l'exécution a exonéré le débiteur de la majoration de cinq points (CMF L313-3)."),
            )
        )
    return tuple(avertissements)

"""Instalments, equal or graduated: amounts to the cent that add up to the whole, and their monthly days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from exigible.droit.argent import ZERO, round_cent
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import ANNEE_MAX, add_mois
from exigible.droit.phrase import phrase

_PROGRESSION_MAX = 1000


def split_montant(montant: Decimal, nombre: int) -> tuple[Decimal, ...]:
    """Cut an amount (euros) in equal parts to the cent; the last one takes the rest.

    `nombre` is one or more. Raises ErreurSaisie (`trop_d_echeances`) when nothing would be left for it.
    """
    return split_selon(montant, (Decimal(1),) * nombre)


def split_selon(montant: Decimal, poids: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Cut an amount (euros) in parts to the cent, in proportion to `poids` (above zero); the last one takes the rest.

    Raises ErreurSaisie (`trop_d_echeances`) when nothing would be left for one of them.
    """
    total = sum(poids, ZERO)
    premieres = [round_cent(montant * part / total) for part in poids[:-1]]
    parts = (*premieres, montant - sum(premieres, ZERO))
    if min(parts) <= ZERO:
        raise ErreurSaisie(
            "trop_d_echeances",
            phrase(
                "La somme de {montant} ne suffit pas au nombre d'échéances demandé ({nombre}) : demandez-en moins.",
                montant=montant,
                nombre=len(poids),
            ),
            "nombre",
        )
    return parts


def list_poids(nombre: int, progression: Decimal) -> tuple[Decimal, ...]:
    """Weights of graduated instalments: each exceeds the one before by `progression` per cent of the first.

    Zero makes them equal; below zero they go down. Raises ErreurSaisie (`progression_hors_limites`) when the last one
    would be nothing, or for more than 1000 per cent.
    """
    finie = progression if progression.is_finite() else Decimal(_PROGRESSION_MAX + 1)
    poids = tuple(100 + finie * rang for rang in range(nombre))
    if finie > _PROGRESSION_MAX or poids[-1] <= 0:
        raise ErreurSaisie(
            "progression_hors_limites",
            phrase("La progression des échéances doit laisser chacune au-dessus de zéro et ne pas dépasser 1 000 %."),
            "progression",
        )
    return poids


def list_mensualites(premiere: date, nombre: int) -> tuple[date, ...]:
    """The days of `nombre` monthly instalments, the same day of each month, or its last one.

    Raises ErreurSaisie (`date_hors_limites`) from the year 2199 on.
    """
    if premiere.year + nombre // 12 >= ANNEE_MAX:
        raise ErreurSaisie(
            "date_hors_limites",
            phrase("La première échéance, le {jour}, est trop lointaine : vérifiez l'année.", jour=premiere),
            "premiere",
        )
    return tuple(add_mois(premiere, rang) for rang in range(nombre))

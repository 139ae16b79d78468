"""Equal instalments: amounts to the cent that add up to the whole, and their monthly days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from exigible.droit.argent import ZERO, round_cent
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import add_mois
from exigible.droit.phrase import phrase


def split_montant(montant: Decimal, nombre: int) -> tuple[Decimal, ...]:
    """Cut an amount (euros) in equal parts to the cent; the last one takes the rest.

    `nombre` is one or more. Raises ErreurSaisie (`trop_d_echeances`) when nothing would be left for it.
    """
    part = round_cent(montant / nombre)
    reste = montant - part * (nombre - 1)
    if min(part, reste) <= ZERO:
        raise ErreurSaisie(
            "trop_d_echeances",
            phrase(
                "La somme de {montant} ne suffit pas au nombre d'échéances demandé ({nombre}) : demandez-en moins.",
                montant=montant,
                nombre=nombre,
            ),
            "nombre",
        )
    return (*(part,) * (nombre - 1), reste)


def list_mensualites(premiere: date, nombre: int) -> tuple[date, ...]:
    """The days of `nombre` monthly instalments, the same day of each month, or its last one."""
    return tuple(add_mois(premiere, rang) for rang in range(nombre))

"""Numbers, amounts, rates, days and lists, written the French way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

ESPACE_FINE = "\u202f"
ESPACE_INSECABLE = "\u00a0"


def format_nombre(valeur: Decimal, decimales: int = 2) -> str:
    """Write a number the French way: thin no-break spaces by three, comma (`10\u202f499,37`)."""
    quantifie = valeur.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
    return f"{quantifie:,}".replace(",", ESPACE_FINE).replace(".", ",")


def format_montant(valeur: Decimal) -> str:
    """Write an amount in euros the French way: `10\u202f499,37\u00a0€`."""
    return f"{format_nombre(valeur)}{ESPACE_INSECABLE}€"


def format_taux(taux: Decimal) -> str:
    """Write a yearly rate per cent the French way, two decimals at least: `12,15\u00a0%`."""
    return f"{format_nombre(taux, count_decimales(taux))}{ESPACE_INSECABLE}%"


def format_exact(valeur: Decimal) -> str:
    """Write a number the French way with the decimals it has: `3`, `1,5`."""
    return format_nombre(valeur, count_decimales(valeur, 0))


def count_decimales(valeur: Decimal, minimum: int = 2) -> int:
    """How many decimals a number is written with: its own, `minimum` at least."""
    return max(minimum, -int(valeur.normalize().as_tuple().exponent))


def format_jour(jour: date) -> str:
    """Write a day for people: `21/11/2026`."""
    return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"


def join_mots(mots: Sequence[str]) -> str:
    """Write `a, b et c`."""
    if len(mots) < 2:  # noqa: PLR2004 - one word or none needs no conjunction
        return "".join(mots)
    return f"{', '.join(mots[:-1])} et {mots[-1]}"

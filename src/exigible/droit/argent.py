"""Amounts: `Decimal` euros, rounded half-up to the cent, read and written the French way."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from exigible.droit.ecriture import ESPACE_FINE, ESPACE_INSECABLE, format_montant, format_nombre, format_taux
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

__all__ = [
    "CENTIME",
    "ESPACE_FINE",
    "ESPACE_INSECABLE",
    "ZERO",
    "format_montant",
    "format_nombre",
    "format_taux",
    "parse_montant",
    "round_cent",
]

CENTIME = Decimal("0.01")
ZERO = Decimal("0.00")

_BLANCS = re.compile(r"[\s\u00a0\u202f\u2009]")
_MONTANT = re.compile(r"[+-]?(\d{1,3}([ ]\d{3})+|\d+)([.,]\d+)?")
_LONGUEUR_MAX = 40
_LIMITE = Decimal("1e13")


def round_cent(valeur: Decimal) -> Decimal:
    """Round to the cent, half-up (away from zero on a tie)."""
    return valeur.quantize(CENTIME, rounding=ROUND_HALF_UP)


def parse_montant(texte: str, champ: str | None = None) -> Decimal:
    """Read an amount in euros: `1234.56`, `1 234,56`, `-12,5` (ordinary, no-break or thin spaces, `€` allowed).

    Spaces may only group thousands by three. Both separators at once (`1.234,56`) is ambiguous and refused,
    as is more than two decimals. Raises ErreurSaisie (`montant_illisible`, `montant_trop_precis`).
    """
    brut = texte.strip()
    if len(brut) > _LONGUEUR_MAX:
        raise _montant_illisible(brut[:_LONGUEUR_MAX] + "…", champ)
    nettoye = _BLANCS.sub(" ", brut.removesuffix("€").removesuffix("EUR").strip())
    nettoye = nettoye.replace("\u2212", "-")
    if not nettoye.isascii() or not _MONTANT.fullmatch(nettoye):
        raise _montant_illisible(brut, champ)
    valeur = Decimal(nettoye.replace(" ", "").replace(",", "."))
    if abs(valeur) >= _LIMITE:
        raise ErreurSaisie(
            "montant_hors_limites",
            phrase(
                "Le montant « {brut} » dépasse ce que le programme sait traiter (10 000 milliards d'euros).", brut=brut
            ),
            champ,
            valeur=brut,
        )
    if valeur != valeur.quantize(CENTIME):
        raise ErreurSaisie(
            "montant_trop_precis",
            phrase("Le montant « {brut} » a plus de deux décimales : indiquez-le au centime.", brut=brut),
            champ,
            valeur=brut,
        )
    return valeur.quantize(CENTIME)


def _montant_illisible(texte: str, champ: str | None) -> ErreurSaisie:
    return ErreurSaisie(
        "montant_illisible",
        phrase(
            "Le montant « {brut} » n'est pas lisible : écrivez 1234,56 ou 1 234,56 "
            "(une seule virgule ou un seul point).",
            brut=texte,
        ),
        champ,
        valeur=texte,
    )

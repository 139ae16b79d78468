"""The sum of an acknowledgement of debt, in letters and in figures (C. civ. 1376): the letters prevail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from exigible.droit.argent import ZERO
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.nombres import parse_nombre, write_nombre
from exigible.droit.phrase import phrase

_CENTIMES_PAR_EURO = 100
_MILLION = 1_000_000
_LONGUEUR_MAX = 200
_EN_LETTRES = re.compile(
    r"(?P<euros>.+?)(?: (?:d['\u2019])?euros?(?:,? (?:et )?(?P<centimes>.+?) centimes?(?: d['\u2019]euros?)?)?)?"
)


@dataclass(frozen=True, slots=True)
class SommeReconnue:
    """What the debtor undertook to pay (euros): `montant` is the sum in letters, whatever the figures say."""

    montant: Decimal
    en_chiffres: Decimal
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


def parse_somme_en_lettres(texte: str, champ: str | None = None) -> Decimal:
    """Read a sum in French words, in euros: `mille deux cents`, `mille deux cents euros et cinquante centimes`.

    Raises ErreurSaisie (`somme_en_lettres_illisible`), also for a hundred cents and more: a doubt is never guessed at.
    """
    brut = " ".join(texte.split())[:_LONGUEUR_MAX]
    trouve = _EN_LETTRES.fullmatch(brut.lower())
    if trouve is not None:
        euros = parse_nombre(trouve["euros"])
        centimes = parse_nombre(trouve["centimes"]) if trouve["centimes"] else 0
        if euros is not None and centimes is not None and centimes < _CENTIMES_PAR_EURO:
            return ZERO + euros + Decimal(centimes) / _CENTIMES_PAR_EURO
    raise ErreurSaisie(
        "somme_en_lettres_illisible",
        phrase(
            "La somme en lettres « {brut} » n'est pas lisible : écrivez par exemple « mille deux cents euros » ou "
            "« mille deux cents euros et cinquante centimes ».",
            brut=brut,
        ),
        champ,
        valeur=brut,
    )


def write_somme_en_lettres(montant: Decimal) -> str:
    """Spell a sum in euros, as the law wants it written: `mille deux cents euros et cinquante centimes`.

    Read back by `parse_somme_en_lettres`. Raises ValueError when it is negative, over 999 999 999,99, or has a part of
    a cent.
    """
    centimes_en_tout = montant * _CENTIMES_PAR_EURO
    if centimes_en_tout != int(centimes_en_tout):
        raise ValueError(f"montant qui n'est pas en centimes : {montant}")
    euros, centimes = divmod(int(centimes_en_tout), _CENTIMES_PAR_EURO)
    de = "d'" if euros and euros % _MILLION == 0 else ""
    ecrits = f"{write_nombre(euros)} {de}euro{'s' if euros > 1 else ''}"
    if not centimes:
        return ecrits
    en_centimes = f"{write_nombre(centimes)} centime{'s' if centimes > 1 else ''}"
    return f"{ecrits} et {en_centimes}" if euros else f"{en_centimes} d'euro"


def compute_somme_reconnue(lettres: str, chiffres: Decimal) -> SommeReconnue:
    """Retain the sum in letters, and warn when the figures (euros) say another one (`lettres_chiffres_divergent`).

    Raises ErreurSaisie (`somme_en_lettres_illisible`).
    """
    montant = parse_somme_en_lettres(lettres, "lettres")
    avertissements: tuple[Avertissement, ...] = ()
    if montant != chiffres:
        alerte = phrase(
            "La somme est de {montant} en lettres et de {chiffres} en chiffres : les lettres l'emportent "
            "(C. civ. 1376). Si les chiffres disent vrai, faites signer un acte corrigé.",
            montant=montant,
            chiffres=chiffres,
        )
        parametres = {"lettres": str(montant), "chiffres": str(chiffres)}
        avertissements = (Avertissement("lettres_chiffres_divergent", alerte, parametres),)
    return SommeReconnue(montant, chiffres, ("C. civ. 1376",), avertissements)

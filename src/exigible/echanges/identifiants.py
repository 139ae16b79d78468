"""SIREN, SIRET, VAT number and IBAN of a party: read where the file writes them, doubted aloud, never lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.valeurs import (
    compact_identifiant,
    is_iban_valide,
    is_siren_valide,
    is_siret_valide,
    is_tva_valide,
    read_siren,
    read_siren_tva,
)

# ISO 6523: SIREN, SIRET, and the French electronic address (SIREN, then _ and what the company adds).
SCHEMA_SIREN, SCHEMA_SIRET, SCHEMA_ADRESSE = "0002", "0009", "0225"
_SCHEMAS = frozenset({SCHEMA_SIREN, SCHEMA_SIRET, "SIREN", "SIRET", "FR:SIREN", "FR:SIRET", "FR:SIRENE"})
_TVA = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}")
_FRANCE = ("", "FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM")

Remarque = tuple[str, str, Phrase]
"""A doubt: its code, the field, and the sentence."""


@dataclass(frozen=True, slots=True)
class Identifiants:
    """The numbers of a party, without spaces."""

    siren: str | None = None
    siret: str | None = None
    tva: str | None = None


def read_identifiants(
    numeros: Iterable[tuple[str | None, str]], tva: str | None = None, pays: str | None = None
) -> Identifiants:
    """Read the numbers of a party, each with its ISO 6523 scheme or None, then its VAT number.

    A number without a scheme is a SIREN or SIRET only for a party in France (or whose country is not said): other
    countries have numbers of nine figures too. A French VAT number gives the SIREN that nothing else gives.
    """
    siren = siret = None
    francais = (pays or "").upper() in _FRANCE
    propre = compact_identifiant(tva or "") or None
    adresse = None
    for schema, brut in numeros:
        texte = brut.strip()
        if schema == SCHEMA_ADRESSE:
            adresse = adresse or read_siren(texte.split("_", 1)[0])[0]
        elif (schema or "").upper() in _SCHEMAS or (not schema and francais):
            lu, lu_siret = read_siren(texte)
            siren, siret = siren or lu, siret or lu_siret
    if propre and not _TVA.fullmatch(propre):
        propre = None
    return Identifiants(siren or (read_siren_tva(propre) if propre else None) or adresse, siret, propre)


def list_doutes(siren: str | None, siret: str | None, tva: str | None, iban: str | None) -> list[Remarque]:
    """Say which numbers have a wrong check digit, or contradict one another; they are kept all the same."""
    doutes: list[Remarque] = []
    if siren and not is_siren_valide(siren):
        doutes.append(
            ("siren_douteux", "siren", phrase("le SIREN « {siren} » a une clé fausse : vérifiez-le", siren=siren))
        )
    elif siret and not is_siret_valide(siret):
        doutes.append(
            ("siren_douteux", "siret", phrase("le SIRET « {siret} » a une clé fausse : vérifiez-le", siret=siret))
        )
    if siren and siret and not siret.startswith(siren):
        doutes.append(
            (
                "siren_douteux",
                "siret",
                phrase("le SIRET « {siret} » n'est pas de l'entreprise « {siren} »", siret=siret, siren=siren),
            )
        )
    if tva and not is_tva_valide(tva):
        doutes.append(
            ("tva_douteuse", "tva", phrase("le numéro de TVA « {tva} » a une clé fausse : vérifiez-le", tva=tva))
        )
    elif tva and siren and (contraire := read_siren_tva(tva)) and contraire != siren:
        doutes.append(
            (
                "tva_douteuse",
                "tva",
                phrase("le numéro de TVA « {tva} » n'est pas celui du SIREN « {siren} »", tva=tva, siren=siren),
            )
        )
    if iban and not is_iban_valide(iban):
        doutes.append(("iban_douteux", "iban", phrase("l'IBAN « {iban} » a une clé fausse : vérifiez-le", iban=iban)))
    return doutes

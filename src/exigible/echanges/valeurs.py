"""Values as files write them: dates, amounts, identifiers. Every refusal is one French sentence."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from stdnum import get_cc_module
from stdnum import iban as iban_stdnum
from stdnum.fr import siren as siren_stdnum
from stdnum.fr import siret as siret_stdnum

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

_FRANCAISE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})([/-]?)(\d{2})\2(\d{2})", re.ASCII)
_ANNEE_COURTE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}", re.ASCII)
_HEURE = re.compile(r"[T ]\d{1,2}[:h].*", re.ASCII)
_MOTS = re.compile(r"[^\W_]+")
_ANNEES = range(1900, 2200)
_LONGUEUR_SIREN, _LONGUEUR_SIRET = 9, 14
_MONTRE_MAX = 40
# What commands a terminal, turns the reading of a line round, or cannot be seen: no name or label needs them. The two
# joiners (U+200C, U+200D) are left: some scripts do.
_INVISIBLES = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb]"
)
_SAUTS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]")


def clean_texte(texte: str) -> str:
    """Trim, make one ordinary space of any run of blanks, and drop what commands a terminal or cannot be seen."""
    propre = " ".join(texte.split())
    return propre if propre.isprintable() else " ".join(drop_invisibles(propre).split())


def strip_texte(texte: str) -> str:
    """Trim; `clean_texte` for what holds more than printable characters. For where every microsecond counts."""
    propre = texte.strip()
    return propre if propre.isprintable() else clean_texte(propre)


def drop_invisibles(texte: str) -> str:
    """Drop what commands a terminal, turns the reading of a line round, or cannot be seen; all on one line."""
    return _SAUTS.sub(" ", _INVISIBLES.sub("", texte))


def blank_invisibles(texte: str) -> str:
    """Put a space for each of these, so that nothing moves."""
    return _SAUTS.sub(" ", _INVISIBLES.sub(" ", texte))


def fold_texte(texte: str) -> str:
    """Lower case without accents or punctuation, to compare words that people write in many ways."""
    plie = texte.casefold()
    if not plie.isascii():
        plie = "".join(c for c in unicodedata.normalize("NFKD", plie) if not unicodedata.combining(c))
    return " ".join(_MOTS.findall(plie))


def parse_date(texte: str, champ: str | None = None) -> date:
    """Read a day: 21/11/2026, 21-11-2026, 21.11.2026, 2026-11-21, 20261121; an hour after it is dropped.

    Raises ErreurSaisie: `date_inexistante` (31/02/2026), `annee_ambigue` (21/11/26), `date_illisible`.
    """
    brut = texte.strip()
    jour = _HEURE.sub("", brut)
    if trouve := _FRANCAISE.fullmatch(jour):
        j, _, m, a = trouve.groups()
    elif trouve := _ISO.fullmatch(jour):
        a, _, m, j = trouve.groups()
    elif _ANNEE_COURTE.fullmatch(jour):
        raise ErreurSaisie(
            "annee_ambigue",
            phrase("La date « {brut} » a une année à deux chiffres : écrivez-la 21/11/2026.", brut=brut),
            champ,
            valeur=brut,
        )
    else:
        raise ErreurSaisie(
            "date_illisible",
            phrase("La date « {brut} » n'est pas lisible : écrivez-la 21/11/2026.", brut=shorten(brut)),
            champ,
            valeur=shorten(brut),
        )
    try:
        valeur = date(int(a), int(m), int(j))
    except ValueError:
        raise ErreurSaisie(
            "date_inexistante", phrase("La date « {brut} » n'existe pas.", brut=brut), champ, valeur=brut
        ) from None
    if valeur.year not in _ANNEES:
        raise ErreurSaisie(
            "date_inexistante", phrase("La date « {brut} » n'est pas vraisemblable.", brut=brut), champ, valeur=brut
        )
    return valeur


def convert_texte(valeur: object) -> str:
    """Give a cell as text; a whole number read as a float loses its « .0 » (customer codes, post codes)."""
    if isinstance(valeur, float) and valeur.is_integer():
        return str(int(valeur))
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return clean_texte(str(valeur)) if valeur is not None else ""


def compact_identifiant(texte: str) -> str:
    """Drop blanks, dots and dashes of an identifier, in upper case."""
    return re.sub(r"[\s.\-\u00a0\u202f]", "", texte).upper()


def read_siren(texte: str) -> tuple[str | None, str | None]:
    """Give the SIREN and the SIRET (None for a SIREN alone) that a text holds, and None, None if it holds neither.

    The check digit is not judged here: see `is_siren_valide`.
    """
    chiffres = compact_identifiant(texte)
    if not (chiffres.isascii() and chiffres.isdigit()):
        return None, None
    if len(chiffres) == _LONGUEUR_SIRET:
        return chiffres[:_LONGUEUR_SIREN], chiffres
    if len(chiffres) == _LONGUEUR_SIREN:
        return chiffres, None
    return None, None


def read_siren_tva(tva: str) -> str | None:
    """Give the SIREN inside a French VAT number (FR + 2 characters + SIREN), or None."""
    if not (tva.startswith("FR") and len(tva) == 2 + 2 + _LONGUEUR_SIREN):
        return None
    return read_siren(tva[4:])[0]


def is_siren_valide(siren: str) -> bool:
    """Say whether the check digit of a SIREN is right."""
    return bool(siren_stdnum.is_valid(siren))


def is_siret_valide(siret: str) -> bool:
    """Say whether the check digit of a SIRET is right (La Poste has its own rule, followed here)."""
    return bool(siret_stdnum.is_valid(siret))


def is_tva_valide(tva: str) -> bool:
    """Say whether a VAT number is right for its country; that of a country without a rule known is not doubted."""
    prefixe = {"EL": "gr", "XI": "gb"}.get(tva[:2], tva[:2].lower())
    try:
        module = get_cc_module(prefixe, "vat")
    except ImportError:
        module = None
    return bool(module.is_valid(tva)) if module else True


def is_iban_valide(iban: str) -> bool:
    """Say whether the check digits of an IBAN are right."""
    return bool(iban_stdnum.is_valid(iban))


def shorten(texte: str) -> str:
    """Cut what a sentence shows of a value."""
    return texte if len(texte) <= _MONTRE_MAX else texte[:_MONTRE_MAX] + "…"

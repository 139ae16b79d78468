"""The sentences of the core in the reader's language, and as the database keeps them.

The core writes French (`exigible.droit.phrase`); here its templates are translated, and their amounts, rates, days and
lists written as the language wants. Catalogue: `locale/`, refreshed by the commands at the head of its `django.po`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from exigible.droit.ecriture import (
    ESPACE_FINE,
    ESPACE_INSECABLE,
    count_decimales,
    format_exact,
    format_jour,
    format_montant,
    format_nombre,
    format_taux,
)
from exigible.droit.phrase import NOMBRE, TAUX, Phrase, Valeur, render_modele, wrap_texte, write_valeur

_DEBUT = '{"modele": '


def is_francais() -> bool:
    """Whether the reader reads French."""
    return (get_language() or "fr").startswith("fr")


def translate_phrase(texte: str) -> str:
    """A sentence of the core in the reader's language; a text that is not one is given back."""
    if not isinstance(texte, Phrase) or is_francais():
        return str(texte)
    return render_modele(gettext(texte.modele), texte.parametres, _write)


def write_montant(valeur: Decimal) -> str:
    """An amount in euros: `10 499,37 €` in French, `€10,499.37` in English."""
    if is_francais():
        return _widen(format_montant(valeur))
    signe = "-" if valeur < 0 else ""
    return f"{signe}€{_anglicise(format_nombre(abs(valeur)))}"


def write_nombre(valeur: Decimal, decimales: int | None = None) -> str:
    """A number, with the decimals it has when none are asked for."""
    nombre = format_exact(valeur) if decimales is None else format_nombre(valeur, decimales)
    return _widen(nombre) if is_francais() else _anglicise(nombre)


def write_taux(valeur: Decimal) -> str:
    """A rate per cent: `12,15 %` in French, `12.15%` in English."""
    return format_taux(valeur) if is_francais() else f"{write_nombre(valeur, count_decimales(valeur))}%"


def join_mots(mots: Sequence[str]) -> str:
    """Write `a, b et c`, or `a, b and c`."""
    return gettext(" et ").join(part for part in (", ".join(mots[:-1]), *mots[-1:]) if part)


def dump_phrase(texte: str) -> str:
    """A sentence as the database keeps it: itself, or its template and parameters as JSON when it has some."""
    if not isinstance(texte, Phrase) or not texte.parametres:
        return str(texte)
    return json.dumps(_dump(texte), ensure_ascii=False)


def load_phrase(texte: str) -> Phrase:
    """Read what `dump_phrase` wrote."""
    if texte.startswith(_DEBUT):
        return _load_phrase(json.loads(texte))
    return wrap_texte(texte)


def _write(valeur: Valeur, forme: str) -> str:
    if isinstance(valeur, Decimal):
        return {TAUX: write_taux, NOMBRE: write_nombre}.get(forme, write_montant)(valeur)
    if isinstance(valeur, tuple):
        return join_mots([translate_phrase(mot) for mot in valeur])
    if isinstance(valeur, date):
        return format_jour(valeur)
    return translate_phrase(valeur) if isinstance(valeur, str) else str(valeur)


def _widen(texte: str) -> str:
    """Screens draw the thin space between thousands almost as nothing: an ordinary no-break space reads better."""
    return texte.replace(ESPACE_FINE, ESPACE_INSECABLE)


def _anglicise(nombre: str) -> str:
    return nombre.replace(",", ".").replace(ESPACE_FINE, ",")


def _dump(valeur: Valeur) -> Any:
    if isinstance(valeur, Phrase):
        return {"modele": valeur.modele, "parametres": {nom: _dump(v) for nom, v in valeur.parametres.items()}}
    if isinstance(valeur, Decimal):
        return {"nombre": str(valeur)}
    if isinstance(valeur, date):
        return {"jour": valeur.isoformat()}
    return [_dump(mot) for mot in valeur] if isinstance(valeur, tuple) else valeur


def _load(valeur: Any) -> Valeur:
    if isinstance(valeur, list):
        return tuple(_load_phrase(mot) if isinstance(mot, dict) else mot for mot in valeur)
    if not isinstance(valeur, dict):
        return valeur
    if "modele" in valeur:
        return _load_phrase(valeur)
    return Decimal(valeur["nombre"]) if "nombre" in valeur else date.fromisoformat(valeur["jour"])


def _load_phrase(lue: dict[str, Any]) -> Phrase:
    modele, parametres = lue["modele"], {nom: _load(v) for nom, v in lue["parametres"].items()}
    return Phrase(render_modele(modele, parametres, write_valeur), modele, parametres)

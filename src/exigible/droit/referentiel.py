"""Reading the rules of conformity: every field is declared and typed, and a faulty rule stops at load."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Any, Final

from exigible.droit.erreurs import ErreurExigible, ErreurSaisie

SEVERITES: Final = ("bloquant", "majeur", "mineur", "info")
STATUTS: Final = ("confirme", "deduit", "politique", "a_verifier")
OPERATEURS: Final = frozenset(
    {"eq", "ne", "dans", "hors", "vrai", "faux", "sup", "sup_eq", "inf", "inf_eq", "contient", "present"}
)
# control → the fields it always looks at, and its parameters that name fields or codes
_CHAMPS_FIXES: Final[Mapping[str, tuple[str, ...]]] = {
    "blocage": (),
    "vrai": (),
    "faux": (),
    "humain": (),
    "tous_vrais": (),
    "champs_requis": (),
    "lignes_interdites": ("lignes",),
    "lignes_autorisees": ("lignes",),
    "mentions_requises": ("mentions",),
    "verbatim": ("verbatims",),
    "lexique_interdit": (),
    "comparaison": (),
    "compteur_max": (),
    "plage": ("action.heure", "action.jour_semaine", "action.ferie"),
}
_OPERATEURS_DE_LISTE: Final = frozenset({"dans", "hors"})
_OPERATEURS_SANS_VALEUR: Final = frozenset({"vrai", "faux", "present"})

Fait = bool | int | Decimal | date | time | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Regle:
    """One entry of the file, with its values already typed."""

    identifiant: str
    titre: str
    acteurs: frozenset[str]
    cibles: frozenset[str]
    severite: str
    statut: str
    si: tuple[tuple[str, str, Any], ...]
    controle: Mapping[str, Any]
    effet: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Referentiel:
    """The rules, and everything they may speak of."""

    regles: tuple[Regle, ...]
    champs: Mapping[str, str]
    codes: Mapping[str, frozenset[str]]
    cibles: frozenset[str]
    acteurs: frozenset[str]
    libelles: Mapping[str, str]

    def read_fait(self, champ: str, valeur: object) -> Fait:
        """Type a fact as its field is declared; None stays None (unknown).

        Raises ErreurSaisie (`champ_non_declare`, `fait_illisible`, `code_inconnu`).
        """
        if champ not in self.champs:
            raise ErreurSaisie(
                "champ_non_declare", f"Le champ « {champ} » n'est pas déclaré dans les règles de conformité.", champ
            )
        if valeur is None:
            return None
        try:
            fait = _READERS[self.champs[champ]](valeur)
        except (TypeError, ValueError, InvalidOperation):
            raise ErreurSaisie(
                "fait_illisible",
                f"Le champ « {champ} » attend une valeur de type {self.champs[champ]}, pas « {valeur} ».",
                champ,
            ) from None
        connus = self.codes.get(champ)
        inconnus = sorted(set(fait) - connus) if connus is not None and isinstance(fait, tuple) else []
        if inconnus:
            raise ErreurSaisie("code_inconnu", f"Le code « {inconnus[0]} » n'est pas déclaré parmi les {champ}.", champ)
        return fait


def _read_booleen(valeur: object) -> bool:
    if not isinstance(valeur, bool):
        raise TypeError
    return valeur


def _read_entier(valeur: object) -> int:
    if isinstance(valeur, bool) or not isinstance(valeur, int):
        raise TypeError
    return valeur


def _read_decimal(valeur: object) -> Decimal:
    if isinstance(valeur, bool) or not isinstance(valeur, Decimal | int | str):
        raise TypeError
    return Decimal(valeur)


def _read_date(valeur: object) -> date:
    return valeur if isinstance(valeur, date) else date.fromisoformat(_read_texte(valeur))


def _read_heure(valeur: object) -> time:
    return valeur if isinstance(valeur, time) else time.fromisoformat(_read_texte(valeur))


def _read_texte(valeur: object) -> str:
    if not isinstance(valeur, str):
        raise TypeError
    return str(valeur)


def _read_liste(valeur: object) -> tuple[str, ...]:
    if isinstance(valeur, str) or not isinstance(valeur, Iterable):
        raise TypeError
    return tuple(_read_texte(element) for element in valeur)


_READERS: Final[Mapping[str, Callable[[object], Fait]]] = {
    "booleen": _read_booleen,
    "entier": _read_entier,
    "decimal": _read_decimal,
    "date": _read_date,
    "heure": _read_heure,
    "texte": _read_texte,
    "liste": _read_liste,
}


@cache
def load_referentiel() -> Referentiel:
    """Read the rules of the package, once."""
    return parse_referentiel(resources.files("exigible.droit").joinpath("conformite.toml").read_text(encoding="utf-8"))


def parse_referentiel(texte: str) -> Referentiel:
    """Build the rules from their TOML text. Raises ErreurExigible (`regle_invalide`) on a faulty rule."""
    donnees = tomllib.loads(texte)
    declare = Referentiel(
        regles=(),
        champs=donnees["champs"],
        codes={champ: frozenset(codes) for champ, codes in donnees["codes"].items()},
        cibles=frozenset(donnees["meta"]["cibles"]),
        acteurs=frozenset(donnees["meta"]["acteurs"]),
        libelles=donnees.get("libelles", {}),
    )
    inconnus = sorted(set(declare.champs.values()) - set(_READERS))
    if inconnus:
        raise _invalide("[champs]", f"type inconnu {inconnus[0]}")
    regles = tuple(_build_regle(declare, entree) for entree in donnees["regle"])
    identifiants = [regle.identifiant for regle in regles]
    if len(set(identifiants)) != len(identifiants):
        raise _invalide("[[regle]]", "deux règles portent le même identifiant")
    return replace(declare, regles=regles)


def _build_regle(declare: Referentiel, entree: Mapping[str, Any]) -> Regle:
    identifiant = str(entree["id"])
    admis = (
        (entree["severite"], SEVERITES),
        (entree["statut"], STATUTS),
        *((acteur, declare.acteurs | {"tous"}) for acteur in entree["acteurs"]),
        *((cible, declare.cibles) for cible in entree["cible"]),
    )
    for valeur, valeurs in admis:
        if valeur not in valeurs:
            raise _invalide(identifiant, f"valeur inconnue « {valeur} »")
    return Regle(
        identifiant=identifiant,
        titre=entree["titre"],
        acteurs=frozenset(entree["acteurs"]),
        cibles=frozenset(entree["cible"]),
        severite=entree["severite"],
        statut=entree["statut"],
        si=tuple(_build_condition(declare, identifiant, *condition) for condition in entree["si"]),
        controle=_build_controle(declare, identifiant, entree["controle"]),
        effet=entree.get("effet", ""),
        articles=tuple(entree["articles"]),
    )


def _build_condition(
    declare: Referentiel, identifiant: str, champ: str, operateur: str, valeur: object
) -> tuple[str, str, object]:
    if operateur not in OPERATEURS:
        raise _invalide(identifiant, f"opérateur inconnu « {operateur} »")
    _check_champs(declare, identifiant, [champ])
    if operateur in _OPERATEURS_SANS_VALEUR:
        return champ, operateur, None
    if operateur in _OPERATEURS_DE_LISTE and isinstance(valeur, list):
        return champ, operateur, tuple(_type(declare, identifiant, champ, element) for element in valeur)
    if operateur == "contient":
        return champ, operateur, _read_texte(valeur)
    return champ, operateur, _type(declare, identifiant, champ, valeur)


def _build_controle(declare: Referentiel, identifiant: str, controle: Mapping[str, Any]) -> dict[str, Any]:
    """Check the fields and codes a control names, and type the literal of a comparison."""
    genre = controle["type"]
    if genre not in _CHAMPS_FIXES:
        raise _invalide(identifiant, f"contrôle inconnu « {genre} »")
    construit = dict(controle)
    champs = [*_CHAMPS_FIXES[genre], *controle.get("champs", ()), *controle.get("compteurs", ())]
    champs += [controle[cle] for cle in ("champ", "gauche") if cle in controle]
    droite = controle.get("droite")
    if isinstance(droite, str) and droite.startswith("@"):
        champs.append(droite[1:])
    elif droite is not None:
        construit["droite"] = _type(declare, identifiant, controle["gauche"], droite)
    _check_champs(declare, identifiant, champs)
    if controle.get("op", "eq") not in OPERATEURS:
        raise _invalide(identifiant, f"opérateur inconnu « {controle['op']} »")
    liste = _CHAMPS_FIXES[genre][0] if "codes" in controle and _CHAMPS_FIXES[genre] else ""
    for code in controle.get("codes", ()):
        if code not in declare.codes.get(liste, frozenset()):
            raise _invalide(identifiant, f"code inconnu « {code} »")
    return construit


def _check_champs(declare: Referentiel, identifiant: str, champs: Iterable[str]) -> None:
    for champ in champs:
        if champ not in declare.champs:
            raise _invalide(identifiant, f"champ non déclaré « {champ} »")


def _type(declare: Referentiel, identifiant: str, champ: str, valeur: object) -> Fait:
    try:
        return declare.read_fait(champ, valeur)
    except ErreurSaisie as erreur:
        raise _invalide(identifiant, erreur.message) from erreur


def _invalide(identifiant: str, detail: str) -> ErreurExigible:
    return ErreurExigible("regle_invalide", f"Règle de conformité {identifiant} : {detail}.", regle=identifiant)

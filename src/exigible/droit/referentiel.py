"""Reading the rules of conformity: every field is declared and typed, and a faulty rule stops at load.

`conformite_regles/lexique.toml` says what rules may speak of, and their language; the families of rules are beside it,
with the texts that the law wants reproduced (`textes.toml`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any, Final

from exigible.droit.conditions import OPERATEURS, Condition, Lexique

SEVERITES: Final = ("bloquant", "majeur", "mineur", "info")
STATUTS: Final = ("confirme", "deduit", "politique", "a_verifier")
_TEXTES: Final = "textes"
_CLES: Final = ("id", "titre", "categorie", "acteurs", "cible", "severite", "statut", "si", "controle", "articles")


@dataclass(frozen=True, slots=True)
class _Forme:
    """How a control is written: its parameters, the type of the fields it names, the fields it always looks at."""

    parametres: tuple[str, ...] = ()
    genre: str = ""
    fixes: tuple[str, ...] = ()
    facultatifs: tuple[str, ...] = ()


_FORMES: Final[Mapping[str, _Forme]] = {
    "blocage": _Forme(),
    "vrai": _Forme(("champ",), "booleen"),
    "faux": _Forme(("champ",), "booleen"),
    "humain": _Forme(("champ",), "booleen"),
    "tous_vrais": _Forme(("champs",), "booleen"),
    "champs_requis": _Forme(("champs",)),
    "lignes_interdites": _Forme(("codes",), fixes=("lignes",)),
    "lignes_autorisees": _Forme(("codes",), fixes=("lignes",)),
    "mentions_requises": _Forme(("codes",), fixes=("mentions",)),
    "verbatim": _Forme(("refs",), fixes=("verbatims",)),
    "lexique_interdit": _Forme(("champ", "termes"), "texte", facultatifs=("sauf",)),
    "comparaison": _Forme(("gauche", "op", "droite")),
    "compteur_max": _Forme(("compteurs",), "entier"),
    "plage": _Forme(
        ("jours", "heures", "feries_exclus"), fixes=("action.heure", "action.jour_semaine", "action.ferie")
    ),
}


@dataclass(frozen=True, slots=True)
class Regle:
    """One entry of the files, with its values already typed. `urls`: where it was read; `note`: what to know of it."""

    identifiant: str
    titre: str
    categorie: str
    acteurs: frozenset[str]
    cibles: frozenset[str]
    severite: str
    statut: str
    si: tuple[Condition, ...]
    controle: Mapping[str, Any]
    effet: str
    articles: tuple[str, ...]
    urls: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text to be reproduced word for word. `reserve`: why this copy may no longer be the text in force."""

    ref: str
    article: str
    texte: str
    source: str
    a_verifier: bool
    reserve: str = ""


@dataclass(frozen=True, slots=True)
class Referentiel:
    """The rules, in the order in which they are played, and everything they may speak of."""

    regles: tuple[Regle, ...]
    lexique: Lexique
    cibles: frozenset[str]
    acteurs: frozenset[str]
    libelles: Mapping[str, str]
    verbatims: tuple[Verbatim, ...]

    @property
    def codes(self) -> Mapping[str, frozenset[str]]:
        """The values that a listed field may take: lines, mentions."""
        return self.lexique.codes


@cache
def load_referentiel() -> Referentiel:
    """Read the rules of the package, once."""
    lexique = _read("lexique")
    familles = tomllib.loads(lexique)["meta"]["familles"]
    return parse_referentiel(lexique, *(_read(famille) for famille in (_TEXTES, *familles)))


def _read(nom: str) -> str:
    fichier = resources.files("exigible.droit").joinpath("conformite_regles", f"{nom}.toml")
    return fichier.read_text(encoding="utf-8")


def parse_referentiel(lexique: str, *familles: str) -> Referentiel:
    """Build the rules from TOML texts: what they may speak of, then more rules and texts to reproduce.

    Raises ErreurExigible (`regle_invalide`) on a faulty rule.
    """
    textes = [tomllib.loads(texte) for texte in (lexique, *familles)]
    donnees = textes[0]
    verbatims = tuple(Verbatim(**entree) for texte in textes for entree in texte.get("verbatim", ()))
    codes = {champ: frozenset(valeurs) for champ, valeurs in donnees["codes"].items()}
    codes["verbatims"] = frozenset(verbatim.ref for verbatim in verbatims)
    declare = Referentiel(
        regles=(),
        lexique=Lexique(sujet="de conformité", champs=donnees["champs"], codes=codes),
        cibles=frozenset(donnees["meta"]["cibles"]),
        acteurs=frozenset(donnees["meta"]["acteurs"]),
        libelles={**donnees.get("libelles", {}), **{verbatim.ref: verbatim.article for verbatim in verbatims}},
        verbatims=verbatims,
    )
    regles = tuple(_build_regle(declare, entree) for texte in textes for entree in texte.get("regle", ()))
    identifiants = [regle.identifiant for regle in regles]
    if len(set(identifiants)) != len(identifiants):
        raise declare.lexique.refuse("[[regle]]", "deux règles portent le même identifiant")
    return replace(declare, regles=regles)


def _build_regle(declare: Referentiel, entree: Mapping[str, Any]) -> Regle:
    lexique = declare.lexique
    identifiant = str(entree.get("id", "[[regle]]"))
    if manquantes := [cle for cle in _CLES if cle not in entree]:
        raise lexique.refuse(identifiant, f"il y manque « {manquantes[0]} »")
    admis = (
        (entree["severite"], SEVERITES),
        (entree["statut"], STATUTS),
        *((acteur, declare.acteurs | {"tous"}) for acteur in entree["acteurs"]),
        *((cible, declare.cibles) for cible in entree["cible"]),
    )
    for valeur, valeurs in admis:
        if valeur not in valeurs:
            raise lexique.refuse(identifiant, f"valeur inconnue « {valeur} »")
    return Regle(
        identifiant=identifiant,
        titre=entree["titre"],
        categorie=entree["categorie"],
        acteurs=frozenset(entree["acteurs"]),
        cibles=frozenset(entree["cible"]),
        severite=entree["severite"],
        statut=entree["statut"],
        si=tuple(lexique.build_condition(identifiant, *condition) for condition in entree["si"]),
        controle=_build_controle(lexique, identifiant, entree["controle"]),
        effet=entree.get("effet", ""),
        articles=tuple(entree["articles"]),
        urls=tuple(entree.get("urls", ())),
        note=entree.get("note", ""),
    )


def _build_controle(lexique: Lexique, regle: str, controle: Mapping[str, Any]) -> dict[str, Any]:
    """Check what a control names: parameters, fields and their type, codes. Its literals come back typed."""
    genre = str(controle.get("type"))
    if genre not in _FORMES:
        raise lexique.refuse(regle, f"contrôle inconnu « {genre} »")
    forme = _FORMES[genre]
    ecrits, voulus = set(controle) - {"type", *forme.facultatifs}, set(forme.parametres)
    if ecrits != voulus:
        ecart = min(ecrits ^ voulus)
        raise lexique.refuse(regle, f"paramètre manquant ou de trop « {ecart} » dans le contrôle « {genre} »")
    _check_champs(lexique, regle, controle, forme)
    for code in (*controle.get("codes", ()), *controle.get("refs", ())):
        if code not in lexique.codes.get(forme.fixes[0], ()):
            raise lexique.refuse(regle, f"code inconnu « {code} »")
    construit = dict(controle)
    if genre == "comparaison":
        construit["droite"] = _type_droite(lexique, regle, controle)
    if genre == "plage":
        construit["heures"] = [
            [lexique.type_valeur(regle, "action.heure", borne) for borne in bornes] for bornes in controle["heures"]
        ]
    return construit


def _check_champs(lexique: Lexique, regle: str, controle: Mapping[str, Any], forme: _Forme) -> None:
    nommes = [controle[cle] for cle in ("champ",) if cle in controle]
    nommes += [*controle.get("champs", ()), *controle.get("compteurs", ())]
    types = [*((champ, "") for champ in forme.fixes), *((champ, forme.genre) for champ in nommes)]
    types += [(controle[cle], "booleen") for cle in forme.facultatifs if cle in controle]
    lexique.check_champs(regle, [champ for champ, _ in types])
    for champ, voulu in types:
        if voulu and lexique.champs[champ] != voulu:
            raise lexique.refuse(regle, f"le champ « {champ} » n'est pas de type {voulu}")


def _type_droite(lexique: Lexique, regle: str, controle: Mapping[str, Any]) -> object:
    """The right side of a comparison: a value typed as the left side, or `@field` of the same type."""
    gauche, operateur, droite = controle["gauche"], controle["op"], controle["droite"]
    if not (isinstance(droite, str) and droite.startswith("@")):
        return lexique.build_condition(regle, gauche, operateur, droite).valeur
    lexique.check_champs(regle, [gauche, droite[1:]])
    if operateur not in OPERATEURS:
        raise lexique.refuse(regle, f"opérateur inconnu « {operateur} »")
    if lexique.champs[gauche] != lexique.champs[droite[1:]]:
        raise lexique.refuse(regle, f"« {gauche} » et « {droite[1:]} » ne sont pas du même type")
    return droite

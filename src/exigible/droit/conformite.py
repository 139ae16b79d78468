"""What may not be written, claimed or sent: the rules of `conformite.toml` played on the facts of an action.

Every rule is evaluated and every failure shown; one `bloquant` is enough to refuse. A fact that is present but unknown
(None) fails closed: conditions on it hold, controls on it fail.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.referentiel import SEVERITES, Fait, Referentiel, Regle, load_referentiel

_ACTEUR_PAR_DEFAUT = "creancier"
_VIDES_SI_ABSENTS: Final[Mapping[str, Fait]] = {"lignes": (), "mentions": (), "verbatims": (), "texte": ""}
_ABSENT: Final = object()

Faits = Mapping[str, Fait]


@dataclass(frozen=True, slots=True)
class Manquement:
    """A rule that an action breaks. `severite` is one of SEVERITES, `statut` one of STATUTS."""

    regle: str
    titre: str
    severite: str
    statut: str
    message: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ecart:
    """What a control found wrong: a few words, and the fields or codes at fault."""

    quoi: str = ""
    elements: tuple[str, ...] = ()


def evaluate(
    contexte: Mapping[str, object], cible: str, *, referentiel: Referentiel | None = None
) -> tuple[Manquement, ...]:
    """Play every rule on `contexte` for one `cible` (`lettre`, `action`, `decompte`, `envoi`…), gravest first.

    `contexte` maps declared fields to facts; `acteur` is the creditor unless it says otherwise. Raises ErreurSaisie on
    an undeclared field, code or target, or a value of the wrong type: a misspelt fact must not let a letter through.
    """
    referentiel = referentiel or load_referentiel()
    if cible not in referentiel.cibles:
        raise ErreurSaisie(
            "cible_inconnue", f"La cible « {cible} » n'existe pas dans les règles de conformité.", "cible"
        )
    faits = {champ: referentiel.read_fait(champ, valeur) for champ, valeur in contexte.items()}
    acteur = faits.get("acteur", _ACTEUR_PAR_DEFAUT)
    if acteur not in referentiel.acteurs:
        raise ErreurSaisie("acteur_inconnu", f"L'acteur « {acteur} » n'existe pas dans les règles.", "acteur")
    manquements = [
        _build_manquement(referentiel, regle, ecart)
        for regle in referentiel.regles
        if cible in regle.cibles
        and regle.acteurs & {"tous", str(acteur)}
        and all(_holds(faits, *condition) for condition in regle.si)
        and (ecart := _CONTROLES[regle.controle["type"]](faits, regle.controle)) is not None
    ]
    return tuple(sorted(manquements, key=lambda manquement: SEVERITES.index(manquement.severite)))


def _build_manquement(referentiel: Referentiel, regle: Regle, ecart: Ecart) -> Manquement:
    reserve = {"politique": " (choix du programme, non de la loi)", "a_verifier": " (règle à vérifier)"}
    detail = ecart.quoi
    if ecart.elements:
        detail += " : " + ", ".join(referentiel.libelles.get(element, element) for element in ecart.elements)
    phrases = [f"{regle.titre}{reserve.get(regle.statut, '')}.", f"{detail}." if detail else "", regle.effet]
    message = " ".join(phrase for phrase in phrases if phrase)
    return Manquement(regle.identifiant, regle.titre, regle.severite, regle.statut, message, regle.articles)


# ---------------------------------------------------------------- conditions


def _holds(faits: Faits, champ: str, operateur: str, valeur: object) -> bool:
    """Whether a condition is true; absent is false, unknown is true (it fails closed)."""
    fait = faits.get(champ, _ABSENT)
    if fait is _ABSENT:
        return False
    return fait is None or _OPERATEURS[operateur](fait, valeur)


_OPERATEURS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "eq": lambda fait, valeur: fait == valeur,
    "ne": lambda fait, valeur: fait != valeur,
    "dans": lambda fait, valeur: fait in valeur,
    "hors": lambda fait, valeur: fait not in valeur,
    "vrai": lambda fait, _: fait is True,
    "faux": lambda fait, _: fait is False,
    "sup": lambda fait, valeur: fait > valeur,
    "sup_eq": lambda fait, valeur: fait >= valeur,
    "inf": lambda fait, valeur: fait < valeur,
    "inf_eq": lambda fait, valeur: fait <= valeur,
    "contient": lambda fait, valeur: valeur in fait,
    "present": lambda fait, _: fait is not None,
}


# ---------------------------------------------------------------- controls: None when met, else what is wrong


def _get(faits: Faits, champ: str) -> Fait:
    return faits.get(champ, _VIDES_SI_ABSENTS.get(champ))


def _as_list(fait: Fait) -> tuple[str, ...] | None:
    return fait if isinstance(fait, tuple) else None


def _list_ecart(quoi: str, elements: Iterable[str]) -> Ecart | None:
    trouves = tuple(elements)
    return Ecart(quoi, trouves) if trouves else None


def _check_blocage(_faits: Faits, _controle: Mapping[str, Any]) -> Ecart | None:
    return Ecart()


def _check_vrai(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    return None if _get(faits, controle["champ"]) is True else Ecart()


def _check_faux(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    return None if _get(faits, controle["champ"]) is False else Ecart()


def _check_tous_vrais(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    return _list_ecart("Non établi", (champ for champ in controle["champs"] if _get(faits, champ) is not True))


def _check_champs_requis(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    return _list_ecart("Manque", (champ for champ in controle["champs"] if _get(faits, champ) in (None, "", ())))


def _check_lignes_interdites(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    lignes = _as_list(_get(faits, "lignes"))
    if lignes is None:
        return Ecart("Lignes inconnues")
    return _list_ecart("À retirer", (ligne for ligne in lignes if ligne in controle["codes"]))


def _check_lignes_autorisees(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    lignes = _as_list(_get(faits, "lignes"))
    if lignes is None:
        return Ecart("Lignes inconnues")
    return _list_ecart("À retirer", (ligne for ligne in lignes if ligne not in controle["codes"]))


def _check_mentions(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    mentions = _as_list(_get(faits, "mentions")) or ()
    return _list_ecart("Mentions absentes", (code for code in controle["codes"] if code not in mentions))


def _check_verbatim(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    verbatims = _as_list(_get(faits, "verbatims")) or ()
    return _list_ecart("Textes à reproduire absents", (ref for ref in controle["refs"] if ref not in verbatims))


def _check_lexique(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    texte = _get(faits, controle["champ"])
    if not isinstance(texte, str):
        return Ecart("Texte inconnu")
    mots = f" {_fold(texte)} "
    refuses = (terme for terme in controle["termes"] if re.search(f" {_fold(terme).replace(' ', 's? ')}s? ", mots))
    return _list_ecart("Mots refusés", (f"« {terme} »" for terme in refuses))


def _check_comparaison(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    gauche, droite = _get(faits, controle["gauche"]), controle["droite"]
    if isinstance(droite, str) and droite.startswith("@"):
        droite = _get(faits, droite[1:])
    if gauche is None or droite is None:
        return Ecart("Donnée inconnue")
    return None if _OPERATEURS[controle["op"]](gauche, droite) else Ecart(f"Lu : {gauche} et {droite}")


def _check_compteurs(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    comptes = ((champ, _get(faits, champ), maximum) for champ, maximum in controle["compteurs"].items())
    return _list_ecart("Dépassé", (champ for champ, n, maximum in comptes if not isinstance(n, int) or n > maximum))


def _check_plage(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    heure, jour, ferie = (_get(faits, f"action.{nom}") for nom in ("heure", "jour_semaine", "ferie"))
    jour_admis = jour in controle["jours"] and (ferie is False or not controle["feries_exclus"])
    plages = ((time.fromisoformat(debut), time.fromisoformat(fin)) for debut, fin in controle["heures"])
    if jour_admis and isinstance(heure, time) and any(debut <= heure < fin for debut, fin in plages):
        return None
    return Ecart("Jour ou heure non admis")


_CONTROLES: Final[Mapping[str, Callable[[Faits, Mapping[str, Any]], Ecart | None]]] = {
    "blocage": _check_blocage,
    "vrai": _check_vrai,
    "humain": _check_vrai,
    "faux": _check_faux,
    "tous_vrais": _check_tous_vrais,
    "champs_requis": _check_champs_requis,
    "lignes_interdites": _check_lignes_interdites,
    "lignes_autorisees": _check_lignes_autorisees,
    "mentions_requises": _check_mentions,
    "verbatim": _check_verbatim,
    "lexique_interdit": _check_lexique,
    "comparaison": _check_comparaison,
    "compteur_max": _check_compteurs,
    "plage": _check_plage,
}


def _fold(texte: str) -> str:
    """Words in lower case without accents, one space between, so that neither case nor layout hides one."""
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    sans_accents = "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
    return " ".join(re.findall(r"\w+", sans_accents))

"""What may not be written, claimed or sent: the rules of `conformite_regles/` played on the facts of an action.

Every rule is evaluated and every failure shown; one `bloquant` is enough to refuse. A fact that is present but unknown
(None) fails closed: conditions on it hold, controls on it fail.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from exigible.droit.conditions import OPERATEURS, Fait, Faits, evaluate_conditions
from exigible.droit.ecriture import format_exact, format_jour
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.droit.referentiel import SEVERITES, Referentiel, Regle, load_referentiel

_ACTEUR_PAR_DEFAUT = "creancier"
_VIDES_SI_ABSENTS: Final[Mapping[str, Fait]] = {"lignes": (), "mentions": (), "verbatims": (), "texte": ""}


@dataclass(frozen=True, slots=True)
class Manquement:
    """A rule that an action breaks. `severite` is one of SEVERITES, `statut` one of STATUTS.

    `message` says what is wrong and what to do; it never presents a choice of the program as the law, and says when a
    rule was not read at its source.
    """

    regle: str
    titre: str
    severite: str
    statut: str
    message: str
    articles: tuple[str, ...]

    @property
    def explication(self) -> str:
        """The message with its articles (the rule's name when it has none), without a final stop."""
        return f"{self.message.removesuffix('.')} ({', '.join(self.articles) or self.regle})"


@dataclass(frozen=True, slots=True)
class Ecart:
    """What a control found wrong: a few words, the fields or codes at fault, and what was read in these fields."""

    quoi: str = ""
    elements: tuple[str, ...] = ()
    lus: tuple[str, ...] = ()


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
            "cible_inconnue",
            phrase("La cible « {cible} » n'existe pas dans les règles de conformité.", cible=cible),
            "cible",
        )
    faits = referentiel.lexique.read_faits(contexte)
    acteur = faits.get("acteur", _ACTEUR_PAR_DEFAUT)
    if acteur not in referentiel.acteurs:
        raise ErreurSaisie(
            "acteur_inconnu",
            phrase("L'acteur « {acteur} » n'existe pas dans les règles.", acteur=str(acteur)),
            "acteur",
        )
    manquements = [
        _build_manquement(referentiel, regle, ecart)
        for regle in referentiel.regles
        if cible in regle.cibles
        and regle.acteurs & {"tous", str(acteur)}
        and evaluate_conditions(regle.si, faits) is not False
        and (ecart := _CONTROLES[regle.controle["type"]](faits, regle.controle)) is not None
    ]
    return tuple(sorted(manquements, key=lambda manquement: SEVERITES.index(manquement.severite)))


def find_verbatims(texte: str, *, referentiel: Referentiel | None = None) -> tuple[str, ...]:
    """The references of the texts of the law that `texte` reproduces word for word: the fact `verbatims`.

    Layout, apostrophes and kinds of spaces do not matter; every word, accent and comma does.
    """
    referentiel = referentiel or load_referentiel()
    lu = _flatten(texte)
    return tuple(verbatim.ref for verbatim in referentiel.verbatims if _flatten(verbatim.texte) in lu)


def _build_manquement(referentiel: Referentiel, regle: Regle, ecart: Ecart) -> Manquement:
    reserve = {"politique": " (choix du programme, non de la loi)", "a_verifier": " (règle à vérifier)"}
    detail = ecart.quoi
    if ecart.elements:
        noms = [referentiel.libelles.get(element, element) for element in ecart.elements]
        lus = [f" ({referentiel.libelles.get(lu, lu)})" for lu in ecart.lus] or [""] * len(noms)
        detail += " : " + ", ".join(nom + lu for nom, lu in zip(noms, lus, strict=True))
    phrases = [f"{regle.titre}{reserve.get(regle.statut, '')}.", f"{detail}." if detail else "", regle.effet]
    message = " ".join(dite for dite in phrases if dite)
    return Manquement(regle.identifiant, regle.titre, regle.severite, regle.statut, message, regle.articles)


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
    return _check_booleen(faits, controle["champ"], attendu=True)


def _check_faux(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    return _check_booleen(faits, controle["champ"], attendu=False)


def _check_booleen(faits: Faits, champ: str, *, attendu: bool) -> Ecart | None:
    fait = _get(faits, champ)
    if fait is attendu:
        return None
    return Ecart("Fait inconnu", (champ,)) if fait is None else Ecart()


def _check_humain(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    if _get(faits, controle["champ"]) is True:
        return None
    return Ecart("Une personne doit en décider, et écrire pourquoi")


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
    if "sauf" in controle and _get(faits, controle["sauf"]) is True:
        return None
    if not isinstance(texte, str):
        return Ecart("Texte inconnu", (controle["champ"],))
    mots = f" {_fold(texte)} "
    refuses = (terme for terme in controle["termes"] if re.search(f" {_fold(terme).replace(' ', 's? ')}s? ", mots))
    return _list_ecart("Mots refusés", (f"« {terme} »" for terme in refuses))


def _check_comparaison(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    champs, droite = [controle["gauche"]], controle["droite"]
    if isinstance(droite, str) and droite.startswith("@"):
        champs.append(droite[1:])
    lus = [_get(faits, champ) for champ in champs]
    if None in lus:
        return Ecart("Donnée inconnue", tuple(champ for champ, lu in zip(champs, lus, strict=True) if lu is None))
    if OPERATEURS[controle["op"]](lus[0], lus[1] if len(lus) > 1 else droite):
        return None
    return Ecart("Lu", tuple(champs), tuple(_write_fait(lu) for lu in lus))


def _write_fait(fait: Fait) -> str:
    if isinstance(fait, Decimal):
        return format_exact(fait)
    return format_jour(fait) if isinstance(fait, date) else str(fait)


def _check_compteurs(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    comptes = ((champ, _get(faits, champ), maximum) for champ, maximum in controle["compteurs"].items())
    return _list_ecart("Dépassé", (champ for champ, n, maximum in comptes if not isinstance(n, int) or n > maximum))


def _check_plage(faits: Faits, controle: Mapping[str, Any]) -> Ecart | None:
    heure, jour, ferie = (_get(faits, f"action.{nom}") for nom in ("heure", "jour_semaine", "ferie"))
    jour_admis = jour in controle["jours"] and (ferie is False or not controle["feries_exclus"])
    if jour_admis and isinstance(heure, time) and any(debut <= heure < fin for debut, fin in controle["heures"]):
        return None
    return Ecart("Jour ou heure non admis")


_CONTROLES: Final[Mapping[str, Callable[[Faits, Mapping[str, Any]], Ecart | None]]] = {
    "blocage": _check_blocage,
    "vrai": _check_vrai,
    "humain": _check_humain,
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


def _flatten(texte: str) -> str:
    """The same words on one line, whatever the spaces and apostrophes."""
    return " ".join(unicodedata.normalize("NFC", texte.replace("’", "'")).split())


@lru_cache(maxsize=1024)
def _fold(texte: str) -> str:
    """Words in lower case without accents, one space between, so that neither case nor layout hides one."""
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    sans_accents = "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
    return " ".join(re.findall(r"\w+", sans_accents))

"""Where to sue, and what a postcode says of the court.

Alsace-Moselle, overseas, economic courts, the seat when there is only one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

from exigible.droit.competence_faits import Juridiction, Motif, Objet
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase, phrase, wrap_texte

_CODE_POSTAL = re.compile(r"\d{5}", re.ASCII)
_CORSE_DU_SUD = ("200", "201")
_DERNIER_DEPARTEMENT = 95


class Zone(StrEnum):
    """How commercial cases are judged there."""

    METROPOLE = "metropole"
    ALSACE_MOSELLE = "alsace_moselle"
    OUTRE_MER = "outre_mer"
    INCONNUE = "inconnue"


@dataclass(frozen=True, slots=True)
class TribunalEconomique:
    """An economic court: a whole department, or some postcodes of departments which it shares."""

    siege: str
    departement: str
    codes_postaux: frozenset[str]
    departements_partages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ressorts:
    """What `competence.toml` holds; `debut` and `fin` of the economic courts are included."""

    debut: date
    fin: date
    tribunaux: tuple[TribunalEconomique, ...]
    alsace_moselle: frozenset[str]
    outre_mer: frozenset[str]
    non_couverts: dict[str, Phrase]
    sieges: dict[str, str]


@dataclass(frozen=True, slots=True)
class Lieu:
    """What is known of the place. `siege`: of the commercial court, "" if it must be looked up.

    `tae`: that court is an economic court on that day; `tae_possible`: it may be, the postcode does not tell.
    """

    zone: Zone
    departement: str = ""
    siege: str = ""
    tae: bool = False
    tae_possible: bool = False


@cache
def load_ressorts() -> Ressorts:
    """Read the places, once."""
    texte = resources.files("exigible.droit").joinpath("competence.toml").read_text(encoding="utf-8")
    donnees = tomllib.loads(texte)
    economiques = donnees["activites_economiques"]
    return Ressorts(
        debut=economiques["debut"],
        fin=economiques["fin"],
        tribunaux=tuple(
            TribunalEconomique(
                siege=tribunal["siege"],
                departement=tribunal.get("departement", ""),
                codes_postaux=frozenset(tribunal.get("codes_postaux", ())),
                departements_partages=frozenset(tribunal.get("departements_partages", ())),
            )
            for tribunal in economiques["tribunal"]
        ),
        alsace_moselle=frozenset(donnees["alsace_moselle"]["departements"]),
        outre_mer=frozenset(donnees["outre_mer"]["departements"]),
        non_couverts={code: wrap_texte(nom) for code, nom in donnees["non_couverts"].items()},
        sieges=donnees["sieges_tribunaux_de_commerce"],
    )


def find_lieu(code_postal: str | None, jour: date) -> Lieu:
    """Say what a French postcode tells on `jour`.

    Raises ErreurSaisie (`code_postal_illisible`, `code_postal_inconnu`, `territoire_non_couvert`).
    """
    if code_postal is None:
        return Lieu(Zone.INCONNUE, tae_possible=_is_experimentation(jour))
    code = re.sub(r"\s", "", code_postal)
    departement = _find_departement(code)
    ressorts = load_ressorts()
    if departement in ressorts.alsace_moselle:
        return Lieu(Zone.ALSACE_MOSELLE, departement)
    if departement in ressorts.outre_mer:
        return Lieu(Zone.OUTRE_MER, departement)
    siege = ressorts.sieges.get(departement, "")
    economique = next((t for t in ressorts.tribunaux if departement == t.departement or code in t.codes_postaux), None)
    partage = any(departement in t.departements_partages for t in ressorts.tribunaux)
    return Lieu(
        Zone.METROPOLE,
        departement,
        siege=economique.siege if economique else siege,
        tae=economique is not None and _is_experimentation(jour),
        tae_possible=economique is None and partage and _is_experimentation(jour),
    )


def find_ressort(objet: Objet, juridiction: Juridiction) -> Motif | None:
    """Say where one may sue on the merits; None when the subject matter says it already, or when it was not read."""
    juges = {
        Juridiction.TRIBUNAL_ADMINISTRATIF: (
            phrase("Le tribunal est celui du lieu d'exécution du contrat."),
            ("CJA R312-11",),
        ),
        Juridiction.CONSEIL_DE_PRUD_HOMMES: (
            phrase("Le conseil est celui du lieu où se fait le travail."),
            ("C. trav. R1412-1",),
        ),
    }
    execution = phrase("Le juge est celui du lieu où demeure le débiteur ou, au choix, de l'exécution de la mesure.")
    defendeur = phrase("Le tribunal est celui du lieu où demeure le débiteur.")
    dommage = phrase("Le tribunal est celui du lieu où demeure le débiteur ou, au choix, du fait ou du dommage.")
    prestation = phrase(
        "Le tribunal est celui du lieu où demeure le débiteur ou, au choix, de la livraison ou de l'exécution de la "
        "prestation."
    )
    contrat = (prestation, ("CPC 42", "CPC 46"))
    objets = {
        Objet.BAIL_HABITATION: (phrase("Le juge est celui du lieu du logement."), ("COJ R213-9-7",)),
        Objet.CREDIT_CONSOMMATION: (phrase("Le juge est celui du lieu où demeure l'emprunteur."), ("CPC 42",)),
        Objet.EFFET: (defendeur, ("CPC 42",)),
        Objet.EXECUTION: (execution, ("CPCE R121-2",)),
        Objet.DOMMAGES: (dommage, ("CPC 42", "CPC 46")),
        Objet.FACTURE: contrat,
        Objet.CONTRAT: contrat,
        Objet.CHEQUE: contrat,
    }
    trouve = juges.get(juridiction) or objets.get(objet)
    if trouve is None or juridiction is Juridiction.AUCUNE:
        return None
    return Motif("ressort", *trouve)


def _is_experimentation(jour: date) -> bool:
    ressorts = load_ressorts()
    return ressorts.debut <= jour <= ressorts.fin


def _find_departement(code: str) -> str:
    """Name the department of a postcode: two characters, three overseas."""
    if not _CODE_POSTAL.fullmatch(code):
        raise ErreurSaisie(
            "code_postal_illisible",
            phrase(
                "Le code postal « {code} » n'est pas lisible : écrivez cinq chiffres, par exemple 75011.",
                code=code[:20],
            ),
            "code_postal",
        )
    ressorts = load_ressorts()
    if code[:3] in ressorts.non_couverts:
        raise ErreurSaisie(
            "territoire_non_couvert",
            phrase(
                "Le code postal {code} est celui de {lieu} : les tribunaux et la procédure y "
                "sont autres, et ce calcul ne les connaît pas.",
                code=code,
                lieu=ressorts.non_couverts[code[:3]],
            ),
            "code_postal",
        )
    if code[:3] in ressorts.outre_mer:
        return code[:3]
    if code.startswith("20"):
        return "2A" if code.startswith(_CORSE_DU_SUD) else "2B"
    if not 1 <= int(code[:2]) <= _DERNIER_DEPARTEMENT:
        raise ErreurSaisie(
            "code_postal_inconnu",
            phrase(
                "Le code postal {code} n'est celui d'aucun département : vérifiez ses deux premiers chiffres.",
                code=code,
            ),
            "code_postal",
        )
    return code[:2]

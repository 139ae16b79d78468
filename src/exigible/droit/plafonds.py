"""The table of the longest payment terms: `delais_paiement.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from exigible.droit.echeances import ConditionsPaiement, DepartEcheance, MethodeEcheance
from exigible.droit.phrase import Phrase, wrap_texte

FIN_DE_MOIS = "fin_de_mois"
METHODES_FIN_DE_MOIS = (MethodeEcheance.FIN_DE_MOIS_APRES, MethodeEcheance.FIN_DE_MOIS_AVANT)


class NaturePaiement(StrEnum):
    """What is sold, or to whom: it chooses the maximum."""

    GENERAL = "general"
    PERIODIQUE = "periodique"
    TRANSPORT = "transport"
    PERISSABLE = "perissable"
    PERISSABLE_PERIODIQUE = "perissable_periodique"
    FRUITS_LEGUMES_INTEGRATION = "fruits_legumes_integration"
    BETAIL = "betail"
    ALCOOL = "alcool"
    VIN = "vin"
    EXPORT = "export"
    ESPACES_VERTS = "espaces_verts"
    MATERIEL_AGRICOLE = "materiel_agricole"
    SPORT_NEIGE = "sport_neige"
    CUIR = "cuir"
    HORLOGERIE = "horlogerie"
    PUBLIC = "public"
    PUBLIC_SANTE = "public_sante"
    ENTREPRISE_PUBLIQUE = "entreprise_publique"


PUBLICS = frozenset({NaturePaiement.PUBLIC, NaturePaiement.PUBLIC_SANTE, NaturePaiement.ENTREPRISE_PUBLIQUE})


@dataclass(frozen=True, slots=True)
class ReglePlafond:
    """One maximum: `jours` from `depart`; `methode` is a method, or `fin_de_mois`: by the method of the clause."""

    jours: int
    methode: str
    depart: DepartEcheance

    def apply(self, clause: ConditionsPaiement) -> ConditionsPaiement | None:
        """The term that reaches the maximum; None when the clause may not use this rule."""
        if self.methode != FIN_DE_MOIS:
            return ConditionsPaiement(self.jours, MethodeEcheance(self.methode), depart=self.depart)
        if clause.methode not in METHODES_FIN_DE_MOIS or clause.jours_au_plus > self.jours:
            return None
        return ConditionsPaiement(self.jours, clause.methode, depart=self.depart)


@dataclass(frozen=True, slots=True)
class Plafond:
    """The maximum of a nature, for invoices of `debut` and after; any one of `regles` is enough.

    `note` goes with « fin de mois » or with a doubt, or always (`sous_condition`): what the law asks besides.
    """

    nature: NaturePaiement
    libelle: str
    regles: tuple[ReglePlafond, ...]
    debut: date
    article: str
    source: tuple[str, ...]
    note: Phrase
    sous_condition: bool
    a_verifier: bool
    a_verifier_debut: bool
    outre_mer: bool


@dataclass(frozen=True, slots=True)
class OutreMer:
    """C. com. L441-13, for invoices of `debut` and after: `jours` after the goods are available in the mainland."""

    jours: int
    debut: date
    article: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plafonds:
    """The whole table; `a_relire_le`: from that day of invoice on, `note_relecture` must be read."""

    par_nature: dict[NaturePaiement, Plafond]
    defaut: ConditionsPaiement
    outre_mer: OutreMer
    verifie_le: date
    a_relire_le: date
    note_relecture: Phrase


@cache
def load_plafonds() -> Plafonds:
    """Read `delais_paiement.toml`, once."""
    texte = resources.files("exigible.droit").joinpath("delais_paiement.toml").read_text(encoding="utf-8")
    donnees = tomllib.loads(texte)
    plafonds = [_build_plafond(entree, donnees["sources"]) for entree in donnees["plafond"]]
    defaut, outre_mer = donnees["defaut"], donnees["outre_mer"]
    return Plafonds(
        par_nature={plafond.nature: plafond for plafond in plafonds},
        defaut=ConditionsPaiement(defaut["jours"], depart=DepartEcheance(defaut["depart"])),
        outre_mer=OutreMer(
            jours=outre_mer["jours"],
            debut=outre_mer["debut"],
            article=outre_mer["article"],
            source=tuple(donnees["sources"][cle] for cle in outre_mer["source"]),
        ),
        verifie_le=donnees["meta"]["verifie_le"],
        a_relire_le=donnees["meta"]["a_relire_le"],
        note_relecture=wrap_texte(donnees["meta"]["note_relecture"]),
    )


def _build_plafond(entree: dict[str, Any], sources: dict[str, str]) -> Plafond:
    return Plafond(
        nature=NaturePaiement(entree["nature"]),
        libelle=entree["libelle"],
        regles=tuple(
            ReglePlafond(regle["jours"], regle["methode"], DepartEcheance(regle["depart"]))
            for regle in entree["regles"]
        ),
        debut=entree["debut"],
        article=entree["article"],
        source=tuple(sources[cle] for cle in entree["source"]),
        note=wrap_texte(entree.get("note", "")),
        sous_condition=entree.get("sous_condition", False),
        a_verifier=entree.get("a_verifier", False),
        a_verifier_debut=entree.get("a_verifier_debut", False),
        outre_mer=entree.get("outre_mer", False),
    )

"""The table of limitation, `prescription.toml`: its rules, and the causes that restart, stop or leave the time."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final

from exigible.droit.conditions import Condition, Lexique
from exigible.droit.phrase import Phrase, wrap_texte

_STATUTS: Final = frozenset({"confirme", "deduit", "a_verifier"})
_MOIS_PAR_AN: Final = 12
_PREMIER_JANVIER: Final = "1er_janvier_suivant"


class TypeDelai(StrEnum):
    """The nature of a time. `RENVOI`: the table sends to the rule of the claim itself."""

    PRESCRIPTION = "prescription"
    FORCLUSION = "forclusion"
    QUADRIENNALE = "quadriennale"
    EXECUTION_TITRE = "execution_titre"
    RENVOI = "renvoi"


class Effet(StrEnum):
    """What a cause does to the time."""

    NOUVEAU_DELAI = "nouveau_delai"
    JUSQU_A_LA_FIN = "jusqu_a_la_fin"
    TITRE = "titre"
    SUSPENSION = "suspension"
    DEPLACEMENT = "deplacement"
    AUCUN = "aucun"


_EFFETS: Final[Mapping[str, Effet]] = {
    "nouveau_delai": Effet.NOUVEAU_DELAI,
    "nouveau_delai_contre_tous": Effet.NOUVEAU_DELAI,
    "nouveau_delai_contre_la_caution": Effet.NOUVEAU_DELAI,
    "jusqu_a_fin_instance_puis_nouveau_delai": Effet.JUSQU_A_LA_FIN,
    "jusqu_a_cloture_puis_nouveau_delai": Effet.JUSQU_A_LA_FIN,
    "duree_remplacee_P-27": Effet.TITRE,
}


@dataclass(frozen=True, slots=True)
class LoiNouvelle:
    """A law that shortened the time: from `entree_en_vigueur` (at 0 h) the new one, never beyond the old."""

    entree_en_vigueur: date
    ancienne_mois: int
    articles: tuple[str, ...]
    statut: str


@dataclass(frozen=True, slots=True)
class Regle:
    """One rule. `duree_mois` is None only for a rule that sends back to the claim itself (`TypeDelai.RENVOI`).

    `articles_suspension`: its own texts on pauses, empty when those of the Code civil apply.
    """

    identifiant: str
    alias: str
    noms: frozenset[str]
    libelle: Phrase
    si: tuple[Condition, ...]
    duree_mois: int | None
    genre: TypeDelai
    depart_prudent: str
    depart_plaidable: str
    par_echeance: bool
    courrier_interruptif: bool
    clause_possible: bool
    butoir_exclu: bool
    titre_change_duree: bool
    preserve_par_reclamation: bool
    annuelle: bool
    articles: tuple[str, ...]
    articles_suspension: tuple[str, ...]
    sources: tuple[str, ...]
    statut: str
    note: Phrase
    reserve: Phrase
    loi_nouvelle: LoiNouvelle | None


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that happens to a claim, with or without effect. `reprise_minimum_mois`: time left after a pause.

    `instance_eventuelle`: the interruption lasts only if an instance follows (opposition to an order to pay). `depuis`:
    first day of the law that made it a cause.
    """

    identifiant: str
    libelle: Phrase
    effet: Effet
    opere_sur_forclusion: bool
    non_avenue_si: tuple[str, ...]
    instance_eventuelle: bool
    echappe_au_butoir: bool
    vaut_reclamation: bool
    sauf_par_echeance: bool
    reprise_minimum_mois: int
    depuis: date
    regles: frozenset[str]
    articles: tuple[str, ...]
    sources: tuple[str, ...]
    statut: str


@dataclass(frozen=True, slots=True)
class Depart:
    """Where a time starts, in words. `echappe_au_butoir`: a term or a condition (C. civ. 2233)."""

    libelle: Phrase
    echappe_au_butoir: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table. Rules come by priority; `butoir_*`: C. civ. 2232; `clause_*`: C. civ. 2254, in years."""

    lexique: Lexique
    regles: tuple[Regle, ...]
    causes: Mapping[str, Cause]
    departs: Mapping[str, Depart]
    butoir_mois: int
    butoir_article: str
    butoir_a_verifier_avant: date
    clause_bornes_ans: tuple[int, int]
    clause_article: str
    articles_tardifs: tuple[str, ...]

    def get_regle(self, identifiant: str) -> Regle:
        """Return the rule of an id of the table."""
        return next(regle for regle in self.regles if regle.identifiant == identifiant)


@cache
def load_table() -> Table:
    """Read the table of the package, once."""
    return parse_table(resources.files("exigible.droit").joinpath("prescription.toml").read_text(encoding="utf-8"))


def parse_table(texte: str) -> Table:
    """Build the table from its TOML text. Raises ErreurExigible (`regle_invalide`) on a faulty rule or cause."""
    donnees = tomllib.loads(texte)
    codes = {champ: frozenset(codes) for champ, codes in donnees["codes"].items()}
    lexique = Lexique(sujet="de prescription", champs=donnees["champs"], codes=codes)
    departs = {
        entree["code"]: Depart(wrap_texte(entree["libelle"]), entree.get("echappe_au_butoir", False))
        for entree in donnees["depart"]
    }
    entrees = sorted(donnees["regle"], key=lambda entree: int(entree["priorite"]))
    regles = tuple(_build_regle(lexique, departs, entree) for entree in entrees)
    causes = tuple(
        _build_cause(lexique, genre, entree)
        for genre in ("interruption", "deplacement", "suspension", "sans_effet")
        for entree in donnees[genre]
    )
    _check_uniques(lexique, [regle.identifiant for regle in regles])
    _check_uniques(lexique, [nom for regle in regles for nom in sorted(regle.noms)])
    _check_uniques(lexique, [cause.identifiant for cause in causes])
    butoir, clause = donnees["butoir"], donnees["clause"]
    return Table(
        lexique=lexique,
        regles=regles,
        causes={cause.identifiant: cause for cause in causes},
        departs=departs,
        butoir_mois=butoir["ans"] * _MOIS_PAR_AN,
        butoir_article=butoir["article"],
        butoir_a_verifier_avant=butoir["a_verifier_avant"],
        clause_bornes_ans=(clause["minimum_ans"], clause["maximum_ans"]),
        clause_article=clause["article"],
        articles_tardifs=tuple(donnees["tardif"]["articles"]),
    )


def _build_regle(lexique: Lexique, departs: Mapping[str, Depart], entree: Mapping[str, Any]) -> Regle:
    identifiant, alias = str(entree["id"]), str(entree["alias"])
    for code in (entree["depart_prudent"], entree["depart_plaidable"]):
        if code not in departs:
            raise lexique.refuse(identifiant, f"départ inconnu « {code} »")
    if entree["type"] not in set(TypeDelai):
        raise lexique.refuse(identifiant, f"type inconnu « {entree['type']} »")
    genre = TypeDelai(entree["type"])
    duree = _read_duree(entree["duree"])
    if (duree is None) != (genre is TypeDelai.RENVOI):
        raise lexique.refuse(identifiant, "une durée est attendue, sauf pour un renvoi")
    return Regle(
        identifiant=identifiant,
        alias=alias,
        noms=frozenset({alias, *entree.get("autres_noms", ())}),
        libelle=wrap_texte(entree["libelle"]),
        si=tuple(lexique.build_condition(identifiant, *condition) for condition in entree["si"]),
        duree_mois=duree,
        genre=genre,
        depart_prudent=entree["depart_prudent"],
        depart_plaidable=entree["depart_plaidable"],
        par_echeance=entree["par_echeance"],
        courrier_interruptif=entree["courrier_interruptif"],
        clause_possible=entree["clause_possible"],
        butoir_exclu=entree.get("butoir_exclu", False),
        titre_change_duree=entree.get("titre_change_duree", True),
        preserve_par_reclamation=entree.get("preserve_par_reclamation", False),
        annuelle=entree["depart_prudent"] == _PREMIER_JANVIER,
        articles=tuple(entree["articles"]),
        articles_suspension=tuple(entree.get("articles_suspension", ())),
        sources=tuple(entree["sources"]),
        statut=_read_statut(lexique, identifiant, entree),
        note=wrap_texte(entree.get("note", "")),
        reserve=wrap_texte(entree.get("reserve", "")),
        loi_nouvelle=_build_loi(lexique, identifiant, entree.get("loi_nouvelle")),
    )


def _build_loi(lexique: Lexique, identifiant: str, entree: Mapping[str, Any] | None) -> LoiNouvelle | None:
    if entree is None:
        return None
    ancienne = _read_duree(entree["duree_ancienne"])
    if ancienne is None:
        raise lexique.refuse(identifiant, "la durée ancienne manque")
    statut = _read_statut(lexique, identifiant, entree)
    return LoiNouvelle(entree["entree_en_vigueur"], ancienne, tuple(entree["articles"]), statut)


def _build_cause(lexique: Lexique, genre: str, entree: Mapping[str, Any]) -> Cause:
    identifiant = str(entree["id"])
    if genre == "interruption" and entree["effet"] not in _EFFETS:
        raise lexique.refuse(identifiant, f"effet inconnu « {entree['effet']} »")
    par_genre = {"suspension": Effet.SUSPENSION, "deplacement": Effet.DEPLACEMENT, "sans_effet": Effet.AUCUN}
    return Cause(
        identifiant=identifiant,
        libelle=wrap_texte(entree["libelle"]),
        effet=par_genre[genre] if genre in par_genre else _EFFETS[entree["effet"]],
        opere_sur_forclusion=entree.get("opere_sur_forclusion", genre == "deplacement"),
        non_avenue_si=tuple(entree.get("non_avenue_si", ())),
        instance_eventuelle=entree.get("instance_eventuelle", False),
        echappe_au_butoir=entree.get("echappe_au_butoir", False),
        vaut_reclamation=entree.get("vaut_reclamation", False),
        sauf_par_echeance=entree.get("sauf_par_echeance", False),
        reprise_minimum_mois=entree.get("reprise_minimum_mois", 0),
        depuis=entree.get("depuis", date.min),
        regles=frozenset(entree.get("regles", ())),
        articles=tuple(entree["articles"]),
        sources=tuple(entree["sources"]),
        statut=_read_statut(lexique, identifiant, entree),
    )


def _read_statut(lexique: Lexique, identifiant: str, entree: Mapping[str, Any]) -> str:
    statut = str(entree["statut"])
    if statut not in _STATUTS:
        raise lexique.refuse(identifiant, f"statut inconnu « {statut} »")
    return statut


def _read_duree(duree: Mapping[str, Any]) -> int | None:
    if "mois" in duree:
        return int(duree["mois"])
    return int(duree["ans"]) * _MOIS_PAR_AN if "ans" in duree else None


def _check_uniques(lexique: Lexique, noms: Iterable[str]) -> None:
    vus: set[str] = set()
    for nom in noms:
        if nom in vus:
            raise lexique.refuse(nom, "ce nom est employé deux fois")
        vus.add(nom)

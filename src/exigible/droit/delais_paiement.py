"""Longest payment terms the law allows: C. com. L441-10 I and L441-11 II, CCP R2192-10 and R2192-11.

A due date conforms when it is not after the last day of one of the rules of its nature. « 45 jours fin de mois » is
open only to a clause that says « fin de mois » with no more days, and is counted by the method of that clause.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from exigible.droit.echeances import (
    ConditionsPaiement,
    DepartEcheance,
    MethodeEcheance,
    compute_echeance,
    explain_echeance,
    format_conditions,
)
from exigible.droit.erreurs import Avertissement
from exigible.droit.jours import add_mois
from exigible.droit.phrase import Phrase, join_phrases, phrase, wrap_texte

_FIN_DE_MOIS = "fin_de_mois"
_METHODES_FIN_DE_MOIS = (MethodeEcheance.FIN_DE_MOIS_APRES, MethodeEcheance.FIN_DE_MOIS_AVANT)
_MOIS_DE_DOUTE = 12
_ARTICLE_GENERAL = "C. com. L441-10 I"
_NOMS_DEPART = {DepartEcheance.LIVRAISON: phrase("la livraison"), DepartEcheance.RECEPTION: phrase("la réception")}


class NaturePaiement(StrEnum):
    """What is sold, or to whom: it chooses the maximum."""

    GENERAL = "general"
    PERIODIQUE = "periodique"
    TRANSPORT = "transport"
    PERISSABLE = "perissable"
    PERISSABLE_PERIODIQUE = "perissable_periodique"
    BETAIL = "betail"
    ALCOOL = "alcool"
    VIN = "vin"
    EXPORT = "export"
    PUBLIC = "public"
    PUBLIC_SANTE = "public_sante"
    ENTREPRISE_PUBLIQUE = "entreprise_publique"


_PUBLICS = frozenset({NaturePaiement.PUBLIC, NaturePaiement.PUBLIC_SANTE, NaturePaiement.ENTREPRISE_PUBLIQUE})


@dataclass(frozen=True, slots=True)
class ReglePlafond:
    """One maximum: `jours` from `depart`; `methode` is a method, or `fin_de_mois`: by the method of the clause."""

    jours: int
    methode: str
    depart: DepartEcheance

    def apply(self, clause: ConditionsPaiement) -> ConditionsPaiement | None:
        """The term that reaches the maximum; None when the clause may not use this rule."""
        if self.methode != _FIN_DE_MOIS:
            return ConditionsPaiement(self.jours, MethodeEcheance(self.methode), depart=self.depart)
        if clause.methode not in _METHODES_FIN_DE_MOIS or clause.jours > self.jours:
            return None
        return ConditionsPaiement(self.jours, clause.methode, depart=self.depart)


@dataclass(frozen=True, slots=True)
class Plafond:
    """The maximum of a nature, for invoices of `debut` and after; any one of `regles` is enough."""

    nature: NaturePaiement
    libelle: str
    regles: tuple[ReglePlafond, ...]
    debut: date
    article: str
    source: tuple[str, ...]
    note: Phrase
    a_verifier: bool
    a_verifier_debut: bool


@dataclass(frozen=True, slots=True)
class Plafonds:
    """The whole table; `a_relire_le`: from that day of invoice on, `note_relecture` must be read."""

    par_nature: dict[NaturePaiement, Plafond]
    defaut: ConditionsPaiement
    verifie_le: date
    a_relire_le: date
    note_relecture: Phrase


@dataclass(frozen=True, slots=True)
class Maximum:
    """The last lawful day for one invoice, and the rule in words."""

    jour: date
    regle: Phrase


@dataclass(frozen=True, slots=True)
class EcheanceControlee:
    """A due date beside the legal maximum. `maximum` and `conforme` None: no rule known for that day.

    `conditions`: the term applied (that of the law without a clause). `autre_lecture`: the due date by the other
    method, when « fin de mois » reads both ways.
    """

    echeance: date
    conditions: ConditionsPaiement
    maximum: date | None
    conforme: bool | None
    autre_lecture: date | None
    explication: Phrase
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


@cache
def load_plafonds() -> Plafonds:
    """Read `delais_paiement.toml`, once."""
    texte = resources.files("exigible.droit").joinpath("delais_paiement.toml").read_text(encoding="utf-8")
    donnees = tomllib.loads(texte)
    plafonds = [_build_plafond(entree, donnees["sources"]) for entree in donnees["plafond"]]
    defaut = donnees["defaut"]
    return Plafonds(
        par_nature={plafond.nature: plafond for plafond in plafonds},
        defaut=ConditionsPaiement(defaut["jours"], depart=DepartEcheance(defaut["depart"])),
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
        a_verifier=entree.get("a_verifier", False),
        a_verifier_debut=entree.get("a_verifier_debut", False),
    )


def check_echeance(
    facture: date,
    conditions: ConditionsPaiement | None,
    *,
    depart: date | None = None,
    nature: NaturePaiement = NaturePaiement.GENERAL,
) -> EcheanceControlee:
    """Due date of an invoice issued on `facture`, and whether the law allows it.

    `depart`: day of reception or delivery, used by a term or a maximum that counts from it; unknown, the invoice's day
    stands for it and a warning says so. `conditions` None: the term of the law without a clause, thirty days after
    reception, or the maximum of a public buyer.
    """
    plafond = load_plafonds().par_nature[nature]
    clause = conditions or _get_defaut(plafond)
    premier = facture if clause.depart is DepartEcheance.FACTURE else depart or facture
    echeance = compute_echeance(premier, clause)
    maxima = _list_maxima(plafond, clause, facture, depart or facture) if facture >= plafond.debut else []
    if conditions is None and maxima:
        echeance = min(echeance, max(maximum.jour for maximum in maxima))
    retenu = _choose(echeance, clause, maxima)
    conforme = echeance <= retenu.jour if retenu else None
    autre = compute_echeance(premier, clause.read_autrement()) if conditions and clause.a_deux_lectures else None
    return EcheanceControlee(
        echeance=echeance,
        conditions=clause,
        maximum=retenu.jour if retenu else None,
        conforme=conforme,
        autre_lecture=autre,
        explication=_explain(premier, clause, plafond, retenu, echeance),
        articles=_list_articles(plafond, conditions),
        avertissements=(
            *_warn_clause(clause, plafond, facture, echeance, autre, depart_connu=depart is not None),
            *_warn_plafond(plafond, facture, retenu, clause, conforme=conforme),
        ),
    )


def _get_defaut(plafond: Plafond) -> ConditionsPaiement:
    """Without a clause: the maximum itself for a public buyer, thirty days after reception otherwise."""
    defaut = load_plafonds().defaut
    return (plafond.regles[0].apply(defaut) or defaut) if plafond.nature in _PUBLICS else defaut


def _list_maxima(plafond: Plafond, clause: ConditionsPaiement, facture: date, depart: date) -> list[Maximum]:
    """Every maximum open to the clause."""
    maxima = []
    for regle in plafond.regles:
        terme = regle.apply(clause)
        if terme is not None:
            premier = facture if regle.depart is DepartEcheance.FACTURE else depart
            maxima.append(Maximum(compute_echeance(premier, terme), format_conditions(terme)))
    return maxima


def _choose(echeance: date, clause: ConditionsPaiement, maxima: list[Maximum]) -> Maximum | None:
    """The maximum the due date rests on: that of the method of the clause if it is kept, otherwise the latest one."""
    if not maxima:
        return None
    if clause.methode in _METHODES_FIN_DE_MOIS and echeance <= maxima[-1].jour:
        return maxima[-1]
    return max(maxima, key=lambda maximum: maximum.jour)


def _explain(
    depart: date, clause: ConditionsPaiement, plafond: Plafond, retenu: Maximum | None, echeance: date
) -> Phrase:
    etapes = [explain_echeance(depart, clause)]
    if compute_echeance(depart, clause) != echeance:
        etapes.append(phrase("Ramenée au maximum légal : {jour}.", jour=echeance))
    if retenu is not None:
        maximum = phrase("Maximum légal, {regle} : {jour}", regle=retenu.regle, jour=retenu.jour)
        avec_note = plafond.note and clause.methode in _METHODES_FIN_DE_MOIS
        etapes.append(
            phrase("{maximum} ({note}).", maximum=maximum, note=plafond.note)
            if avec_note
            else phrase("{maximum}.", maximum=maximum)
        )
    return join_phrases(etapes)


def _list_articles(plafond: Plafond, conditions: ConditionsPaiement | None) -> tuple[str, ...]:
    articles = [plafond.article]
    if conditions is None and plafond.nature not in _PUBLICS:
        articles.append(_ARTICLE_GENERAL)
    return tuple(dict.fromkeys(articles))


def _warn_clause(
    clause: ConditionsPaiement,
    plafond: Plafond,
    facture: date,
    echeance: date,
    autre: date | None,
    *,
    depart_connu: bool,
) -> tuple[Avertissement, ...]:
    avertissements: list[Avertissement] = []
    departs = {clause.depart, *(regle.depart for regle in plafond.regles)} - {DepartEcheance.FACTURE}
    if departs and not depart_connu:
        mots = _write_departs(sorted(departs))
        avertissements.append(
            Avertissement(
                "depart_suppose",
                phrase(
                    "Le délai compte depuis {mots} : à défaut de ce jour, celui de la facture "
                    "({facture}) en tient lieu. Indiquez-le pour un calcul exact.",
                    mots=mots,
                    facture=facture,
                ),
                {"facture": facture.isoformat()},
            )
        )
    if autre is not None and autre != echeance:
        avertissements.append(
            Avertissement(
                "deux_methodes",
                phrase(
                    "« {conditions} » se lit de deux façons : ici, les jours puis la fin du mois. "
                    "Si le contrat compte depuis la fin du mois, l'échéance est le {autre}. Le contrat "
                    "doit dire laquelle.",
                    conditions=format_conditions(clause),
                    autre=autre,
                ),
                {"autre_lecture": autre.isoformat()},
            )
        )
    return tuple(avertissements)


def _write_departs(departs: list[DepartEcheance]) -> Phrase:
    premier, *reste = (_NOMS_DEPART[depart] for depart in departs)
    return phrase("{un} ou {autre}", un=premier, autre=reste[0]) if reste else premier


def _warn_plafond(
    plafond: Plafond, facture: date, retenu: Maximum | None, clause: ConditionsPaiement, *, conforme: bool | None
) -> tuple[Avertissement, ...]:
    if retenu is None:
        return (
            Avertissement(
                "maximum_inconnu",
                phrase(
                    "Pas de maximum légal connu ici pour une facture du {facture} : la règle lue "
                    "({article}) vaut depuis le {debut}.",
                    facture=facture,
                    article=plafond.article,
                    debut=plafond.debut,
                ),
                {"debut": plafond.debut.isoformat()},
            ),
        )
    avertissements: list[Avertissement] = []
    if conforme is False:
        depassement = phrase(
            "L'échéance convenue dépasse le maximum légal, {jour} ({regle}, {article})",
            jour=retenu.jour,
            regle=retenu.regle,
            article=plafond.article,
        )
        avertissements.append(
            Avertissement(
                "echeance_au_dela_du_maximum",
                phrase("{depassement}.", depassement=depassement)
                if plafond.nature in _PUBLICS
                else phrase(
                    "{depassement} ; le débiteur risque une amende (C. com. L441-16).", depassement=depassement
                ),
                {"maximum": retenu.jour.isoformat()},
            )
        )
    elif clause.methode in _METHODES_FIN_DE_MOIS and _exceeds(clause, plafond):
        avertissements.append(
            Avertissement(
                "clause_au_dela_du_maximum",
                phrase(
                    "Cette échéance tient dans le maximum légal, mais la clause « {conditions} » "
                    "le dépasse pour d'autres dates de facture ({article}).",
                    conditions=format_conditions(clause),
                    article=plafond.article,
                ),
            )
        )
    table = load_plafonds()
    if facture >= table.a_relire_le and plafond.article == _ARTICLE_GENERAL:
        avertissements.append(
            Avertissement("texte_a_relire", phrase("Texte à relire : {note}.", note=table.note_relecture))
        )
    if plafond.a_verifier or (plafond.a_verifier_debut and facture < add_mois(plafond.debut, _MOIS_DE_DOUTE)):
        avertissements.append(
            Avertissement(
                "valeur_a_verifier",
                phrase("Maximum à vérifier ({article}) : {note}.", article=plafond.article, note=plafond.note),
            )
        )
    return tuple(avertissements)


def _exceeds(clause: ConditionsPaiement, plafond: Plafond) -> bool:
    """Whether a « fin de mois » clause has more days than the rule that allows it."""
    return any(clause.jours > regle.jours for regle in plafond.regles if regle.methode == _FIN_DE_MOIS)

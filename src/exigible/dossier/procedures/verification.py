"""The checker of the graph: what its files say one by one, and what they say of each other.

A graph without defect can be followed: every state is reached and left, every time limit has a departure, a duration
and an article, every name it uses exists, and the versions of a rule follow one another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Final

from exigible.dossier.procedures.gardes import GARDES
from exigible.dossier.procedures.graphe import (
    AUDIENCE,
    DelaiGraphe,
    Graphe,
    ProcedureGraphe,
    SensDelai,
    TransitionGraphe,
    TypeEtat,
)
from exigible.droit.durees import parse_duree
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import UN_JOUR, format_jour
from exigible.droit.prescription import Effet, load_table

ORIGINE: Final = "CREANCE_ECHUE"
"""The state from which everything must be reached."""

_ACTE: Final = re.compile(r"DOC-[A-Z0-9]+(-[A-Z0-9]+)*", re.ASCII)
_DATES: Final = frozenset({AUDIENCE})
_IMPERATIFS: Final = frozenset({SensDelai.MAX, SensDelai.AVANT, SensDelai.FENETRE})
_DE_TERME: Final = frozenset({SensDelai.MAX, SensDelai.MIN, SensDelai.AVANT})
_QUI_DURENT: Final = frozenset({Effet.JUSQU_A_LA_FIN, Effet.SUSPENSION})


@dataclass(frozen=True, slots=True)
class Defaut:
    """What is wrong in the graph. `ou`: a procedure, then the state or the step (`IP.IP4`)."""

    code: str
    ou: str
    message: str


def check_graphe(graphe: Graphe, *, origine: str = ORIGINE) -> tuple[Defaut, ...]:
    """List every defect of the graph, by procedure; empty when it has none.

    `origine`: the state from which the steps are followed.
    """
    return (
        *(
            defaut
            for procedure in graphe.procedures.values()
            for defaut in (
                *_check_procedure(procedure),
                *_check_renvois(graphe, procedure),
                *_check_effets(graphe, procedure),
                *_check_issues(graphe, procedure),
            )
        ),
        *_check_noms(graphe),
        *_check_atteints(graphe, origine),
    )


def check_gardes_employees(graphe: Graphe) -> tuple[Defaut, ...]:
    """List the conditions written for the graph that no step of it names."""
    employees = {nom for transition in _list_transitions(graphe) for nom in transition.gardes}
    return tuple(
        Defaut("garde_inemployee", nom, f"La condition « {nom} » n'est employée par aucune étape.")
        for nom in GARDES
        if nom not in employees
    )


def _list_transitions(graphe: Graphe) -> Iterator[TransitionGraphe]:
    return (transition for procedure in graphe.procedures.values() for transition in procedure.transitions)


# --- One procedure ----------------------------------------------------------------------------------------------------


def _check_procedure(procedure: ProcedureGraphe) -> Iterator[Defaut]:
    ou = procedure.code
    if not (procedure.libelle and procedure.objet and procedure.articles):
        yield Defaut("procedure_muette", ou, "La procédure n'a pas de nom, d'objet ou d'article.")
    for etat in procedure.etats:
        if not etat.libelle:
            yield Defaut("etat_muet", f"{ou}.{etat.code}", "L'état n'a pas de nom.")
        if etat.type is not TypeEtat.FINAL and not etat.sans_delai:
            message = "L'état ne dit pas pourquoi rien ne presse quand aucun délai ne court."
            yield Defaut("sans_delai_absent", f"{ou}.{etat.code}", message)
    for transition in procedure.transitions:
        yield from _check_transition(f"{ou}.{transition.code}", transition)
    yield from _check_versions(procedure)
    yield from _check_causes(procedure)


def _check_transition(ou: str, transition: TransitionGraphe) -> Iterator[Defaut]:
    if not (transition.libelle and transition.evenement):
        yield Defaut("etape_muette", ou, "L'étape n'a pas de nom ou d'événement.")
    if not transition.articles or not all(transition.articles):
        yield Defaut("article_absent", ou, "L'étape ne cite aucun article.")
    if transition.acte and not _ACTE.fullmatch(transition.acte):
        message = f"Le code de l'acte « {transition.acte} » n'est pas de la forme DOC-NOM."
        yield Defaut("acte_mal_ecrit", ou, message)
    if transition.cause and transition.cause not in load_table().causes:
        message = f"La cause « {transition.cause} » n'est pas dans la table de la prescription."
        yield Defaut("cause_inconnue", ou, message)
    for nom in transition.gardes:
        if nom not in GARDES:
            yield Defaut("garde_inconnue", ou, f"La condition « {nom} » n'est pas écrite.")
    if transition.debut and transition.fin and transition.fin < transition.debut:
        yield Defaut("validite_inversee", ou, "La règle cesse avant d'entrer en vigueur.")
    if transition.terme and not _is_amenee(transition):
        message = "L'étape vient d'elle-même, mais ni la fin d'un délai ni l'état où l'on est ne l'amène."
        yield Defaut("terme_sans_delai", ou, message)
    if transition.delai is not None:
        yield from _check_delai(ou, transition, transition.delai)


def _is_amenee(transition: TransitionGraphe) -> bool:
    """Whether a step that no fact records can come: at the end of its time limit, or at once, out of its state."""
    if transition.delai is None:
        return transition.de != transition.vers and not transition.sauf
    return transition.delai.sens in _DE_TERME


def _check_delai(ou: str, transition: TransitionGraphe, delai: DelaiGraphe) -> Iterator[Defaut]:
    if not (delai.articles or transition.articles):
        yield Defaut("delai_sans_article", ou, "Le délai ne cite aucun article.")
    if not delai.duree:
        yield Defaut("delai_sans_duree", ou, "Le délai n'a pas de durée.")
    if not delai.depart:
        yield Defaut("delai_sans_depart", ou, "Le délai n'a pas de point de départ.")
    for duree in (*delai.duree, *((delai.debut,) if delai.debut else ())):
        try:
            parse_duree(duree)
        except ErreurSaisie as erreur:
            yield Defaut("duree_illisible", ou, erreur.message)
    if delai.sens in _IMPERATIFS and not (delai.a_faire and delai.perte):
        message = "Le délai ne dit pas ce qu'il faut faire, ou ce qui est perdu quand il passe."
        yield Defaut("delai_muet", ou, message)
    if (delai.sens is SensDelai.FENETRE) != bool(delai.debut):
        yield Defaut("fenetre_sans_debut", ou, "Un délai a un début si c'est une fenêtre, et alors seulement.")
    if (delai.sens is SensDelai.AVANT) != (AUDIENCE in delai.depart):
        message = "Un délai à rebours se compte d'une audience, et lui seul."
        yield Defaut("rebours_sans_audience", ou, message)


def _check_causes(procedure: ProcedureGraphe) -> Iterator[Defaut]:
    """What holds the time of limitation must end one day, by a step of the same procedure."""
    if any(transition.fin_instance for transition in procedure.transitions):
        return
    causes = load_table().causes
    for transition in procedure.transitions:
        cause = causes.get(transition.cause)
        if cause is not None and cause.effet in _QUI_DURENT:
            message = f"La cause « {cause.identifiant} » retient la prescription, mais aucune étape n'y met fin."
            yield Defaut("cause_sans_fin", f"{procedure.code}.{transition.code}", message)


def _check_versions(procedure: ProcedureGraphe) -> Iterator[Defaut]:
    """Steps of one state that share an event: never two at once, and no day between two versions of one rule."""
    groupes: dict[tuple[str, str, tuple[str, ...]], list[TransitionGraphe]] = {}
    for transition in procedure.transitions:
        cle = (transition.de, transition.evenement, tuple(sorted(transition.gardes)))
        groupes.setdefault(cle, []).append(transition)
    for groupe in groupes.values():
        for une, autre in combinations(groupe, 2):
            if _overlap(une, autre):
                message = f"L'étape {autre.code} vaut en même temps, pour le même événement."
                yield Defaut("etapes_rivales", f"{procedure.code}.{une.code}", message)
        dates = sorted(groupe, key=lambda t: t.debut or date.min)
        for avant, apres in pairwise(dates):
            if avant.fin and apres.debut and avant.fin + UN_JOUR < apres.debut:
                message = f"Aucune règle entre le {format_jour(avant.fin)} et le {format_jour(apres.debut)}."
                yield Defaut("versions_disjointes", f"{procedure.code}.{avant.code}", message)


def _overlap(une: TransitionGraphe, autre: TransitionGraphe) -> bool:
    debut = max(une.debut or date.min, autre.debut or date.min)
    return debut <= min(une.fin or date.max, autre.fin or date.max)


# --- What the files say of each other ---------------------------------------------------------------------------------


def _check_renvois(graphe: Graphe, procedure: ProcedureGraphe) -> Iterator[Defaut]:
    connus = _list_evenements(graphe, procedure)
    for transition in procedure.transitions:
        ou = f"{procedure.code}.{transition.code}"
        for code in (transition.de, transition.vers):
            if code not in graphe.etats:
                yield Defaut("etat_inconnu", ou, f"L'état « {code} » n'existe pas.")
        if transition.de not in procedure.par_code and transition.vers not in procedure.par_code:
            yield Defaut("etape_egaree", ou, "L'étape ne part d'aucun état de la procédure et n'y mène pas.")
        if transition.source not in graphe.sources:
            message = f"La source « {transition.source} » n'est pas dans la liste des sources."
            yield Defaut("source_inconnue", ou, message)
        depart = transition.delai.depart if transition.delai else ()
        for nom in (*depart, *transition.sauf, *transition.regi_par):
            if nom not in connus and not (nom in _DATES and nom in depart):
                message = f"L'événement « {nom} » n'arrive jamais dans cette procédure."
                yield Defaut("evenement_inconnu", ou, message)


def _check_effets(graphe: Graphe, procedure: ProcedureGraphe) -> Iterator[Defaut]:
    """What a step does to the title must be a step of some title; what parts a procedure, one of its own events."""
    vecus = {t.evenement for t in _list_transitions(graphe) if not t.terme}
    for transition in procedure.transitions:
        if transition.au_titre and transition.au_titre not in vecus:
            message = f"Aucun titre ne vit l'événement « {transition.au_titre} »."
            yield Defaut("effet_inconnu", f"{procedure.code}.{transition.code}", message)
    for nom in procedure.par_personne:
        if nom not in procedure.evenements:
            yield Defaut(
                "effet_inconnu", procedure.code, f"L'événement « {nom} » n'arrive jamais dans cette procédure."
            )


def _check_issues(graphe: Graphe, procedure: ProcedureGraphe) -> Iterator[Defaut]:
    for etat in procedure.etats:
        ou = f"{procedure.code}.{etat.code}"
        sorties = [t for t in _list_transitions(graphe) if t.de == etat.code and t.vers != etat.code]
        if etat.type is TypeEtat.FINAL and etat.code in procedure.sorties:
            yield Defaut("final_quitte", ou, "L'état est final, mais une étape en part.")
        if etat.type is not TypeEtat.FINAL and not sorties:
            yield Defaut("sans_issue", ou, "Aucune étape ne sort de cet état, qui n'est pas final.")


def _list_evenements(graphe: Graphe, procedure: ProcedureGraphe) -> frozenset[str]:
    """List what may happen in a procedure: its own events, and those of the steps of others that lead into it."""
    return frozenset(
        transition.evenement
        for autre in graphe.procedures.values()
        for transition in autre.transitions
        if autre is procedure or transition.vers in procedure.par_code
    )


def _check_noms(graphe: Graphe) -> Iterator[Defaut]:
    """Codes of states and of steps are unique all over the graph: facts and pages name them."""
    etats = Counter(etat.code for procedure in graphe.procedures.values() for etat in procedure.etats)
    yield from _list_doubles(etats, "etat_double")
    yield from _list_doubles(Counter(transition.code for transition in _list_transitions(graphe)), "etape_double")


def _list_doubles(comptes: Mapping[str, int], code: str) -> Iterator[Defaut]:
    for nom, nombre in comptes.items():
        if nombre > 1:
            message = f"Le code « {nom} » est employé {nombre} fois."
            yield Defaut(code, nom, message)


def _check_atteints(graphe: Graphe, origine: str) -> Iterator[Defaut]:
    atteints = _follow({origine}, tuple(_list_transitions(graphe)))
    for procedure in graphe.procedures.values():
        for etat in procedure.etats:
            if etat.code not in atteints:
                message = f"Aucune suite d'étapes n'y mène depuis {origine}."
                yield Defaut("etat_inaccessible", f"{procedure.code}.{etat.code}", message)


def _follow(departs: Iterable[str], transitions: tuple[TransitionGraphe, ...]) -> frozenset[str]:
    suites: dict[str, set[str]] = {}
    for transition in transitions:
        suites.setdefault(transition.de, set()).add(transition.vers)
    atteints: set[str] = set()
    a_voir = list(departs)
    while a_voir:
        etat = a_voir.pop()
        if etat not in atteints:
            atteints.add(etat)
            a_voir += suites.get(etat, ())
    return frozenset(atteints)

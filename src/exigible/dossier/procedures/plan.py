"""The plan of a drawing of a procedure: where each box goes, what it says, which way each arrow runs.

One column of boxes, from what opens the procedure to where it leads. A box lists the steps that leave its state, one
after the other, so that no two texts meet; an arrow runs from its step to a lane beside the column (on the right when
it goes down, on the left when it goes back up), then into the box of its state. All that lead to one state share its
lane. Lengths are in pixels of the drawing, y downwards.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from exigible.dossier.procedures.gardes import GARDES
from exigible.dossier.procedures.graphe import (
    DelaiGraphe,
    Graphe,
    ProcedureGraphe,
    SensDelai,
    TransitionGraphe,
    TypeEtat,
)
from exigible.droit.durees import Duree, format_duree
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase, wrap_texte

LARGEUR: Final = 600
"""Width of a box."""
ECART_VOIE: Final = 14
MARGE: Final = 16
HAUTEUR_TITRE: Final = 34
HAUTEUR_LIGNE: Final = 17
_ECART_BOITES: Final = 26
_MARGE_PAS: Final = 9
_CARACTERES_TITRE: Final = 64
_CARACTERES_PAS: Final = 76
_CARACTERES_DETAIL: Final = 88
_HAUTEUR_ENTETE: Final = 44
Traduction = Callable[[str], str]
AILLEURS: Final = "ailleurs"
"""The look of a state of another procedure."""


class Cote(StrEnum):
    """Where an arrow runs: on the right it goes down, on the left it goes back up."""

    DROITE = "droite"
    GAUCHE = "gauche"


@dataclass(frozen=True, slots=True)
class Pas:
    """A step in its box: its name then its details, each on lines of their own. `y`: the top; `milieu`: its arrow's."""

    transition: TransitionGraphe
    nom: tuple[str, ...]
    details: tuple[str, ...]
    y: int

    @property
    def hauteur(self) -> int:
        """How high it is."""
        return _MARGE_PAS + HAUTEUR_LIGNE * (len(self.nom) + len(self.details))

    @property
    def milieu(self) -> int:
        """Where its arrow leaves."""
        return self.y + self.hauteur // 2 + 2


@dataclass(frozen=True, slots=True)
class Boite:
    """A state. `genre`: its type, or `ailleurs`; `titre`: its name, and its procedure's when it is another's."""

    etat: str
    genre: str
    titre: tuple[str, ...]
    y: int
    pas: tuple[Pas, ...] = ()

    @property
    def hauteur(self) -> int:
        """How high it is."""
        return _measure_titre(self.titre) + sum(pas.hauteur for pas in self.pas) + (_MARGE_PAS if self.pas else 0)

    @property
    def bas(self) -> int:
        """Its lower edge."""
        return self.y + self.hauteur

    @property
    def entree(self) -> int:
        """Where arrows come in."""
        return self.y + HAUTEUR_TITRE // 2


@dataclass(frozen=True, slots=True)
class Fleche:
    """An arrow. `voie`: the rank of its lane, 0 nearest the boxes."""

    pas: Pas
    vers: Boite
    cote: Cote
    voie: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A drawing ready to be written. `x`: the left edge of the boxes."""

    titre: str
    boites: tuple[Boite, ...]
    fleches: tuple[Fleche, ...]
    x: int
    largeur: int
    hauteur: int


def build_plan(procedure: ProcedureGraphe, graphe: Graphe, traduire: Traduction = str) -> Plan:
    """Place the states of a procedure, those of other procedures that open it, and those to which it leads.

    `traduire` writes each sentence in the reader's language: in French when none is given.
    """
    codes = _order_etats(procedure)
    dedans = procedure.par_code
    avant = list(dict.fromkeys(t.de for t in procedure.entrees))
    apres = list(dict.fromkeys(t.vers for t in procedure.transitions if t.vers not in dedans))
    boites: list[Boite] = []
    y = MARGE + _HAUTEUR_ENTETE
    for code, sorties in (
        *((code, [t for t in procedure.entrees if t.de == code]) for code in avant),
        *((code, list(procedure.sorties.get(code, ()))) for code in codes),
        *((code, []) for code in apres),
    ):
        boite = _build_boite(code, sorties, y, procedure, graphe, traduire)
        boites.append(boite)
        y = boite.bas + _ECART_BOITES
    fleches = _draw_fleches(boites, len(avant))
    gauche, droite = (
        max((fleche.voie + 1 for fleche in fleches if fleche.cote is cote), default=0)
        for cote in (Cote.GAUCHE, Cote.DROITE)
    )
    x = MARGE + (gauche + 1) * ECART_VOIE
    return Plan(
        titre=traduire(procedure.nom),
        boites=tuple(boites),
        fleches=tuple(fleches),
        x=x,
        largeur=x + LARGEUR + (droite + 1) * ECART_VOIE + MARGE,
        hauteur=y - _ECART_BOITES + MARGE,
    )


def _order_etats(procedure: ProcedureGraphe) -> list[str]:
    """Order the states so that steps go down as much as they can, those of the file first."""
    rangs = {etat.code: rang for rang, etat in enumerate(procedure.etats)}
    suites = {
        code: sorted({t.vers for t in procedure.sorties.get(code, ()) if t.vers in rangs}, key=rangs.__getitem__)
        for code in rangs
    }
    vus: set[str] = set()
    ordre: list[str] = []

    def visit(code: str) -> None:
        if code in vus:
            return
        vus.add(code)
        for suite in reversed(suites[code]):
            visit(suite)
        ordre.append(code)

    ouverts = {t.vers for t in procedure.entrees} | {e.code for e in procedure.etats if e.type is TypeEtat.INITIAL}
    for code in sorted(ouverts, key=rangs.__getitem__, reverse=True):
        visit(code)
    return [*reversed(ordre), *(code for code in rangs if code not in vus)]


def _build_boite(
    code: str,
    sorties: Sequence[TransitionGraphe],
    y: int,
    procedure: ProcedureGraphe,
    graphe: Graphe,
    traduire: Traduction,
) -> Boite:
    etat = graphe.get_etat(code)
    ailleurs = code not in procedure.par_code
    nom = f"{traduire(etat.nom)} ({traduire(graphe.etats[code].nom)})" if ailleurs else traduire(etat.nom)
    titre = _wrap(nom, _CARACTERES_TITRE)
    pas: list[Pas] = []
    haut = y + _measure_titre(titre)
    for transition in sorties:
        un = _build_pas(transition, haut, graphe, traduire)
        pas.append(un)
        haut += un.hauteur
    return Boite(code, AILLEURS if ailleurs else etat.type.value, titre, y, tuple(pas))


def _build_pas(transition: TransitionGraphe, y: int, graphe: Graphe, traduire: Traduction) -> Pas:
    return Pas(
        transition=transition,
        nom=_wrap(traduire(transition.nom), _CARACTERES_PAS),
        details=_wrap(" · ".join(map(traduire, describe_transition(transition, graphe))), _CARACTERES_DETAIL),
        y=y,
    )


def _measure_titre(titre: Sequence[str]) -> int:
    return HAUTEUR_TITRE + HAUTEUR_LIGNE * (len(titre) - 1)


def _wrap(texte: str, largeur: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(texte, largeur, break_long_words=False, break_on_hyphens=False))


def describe_transition(transition: TransitionGraphe, graphe: Graphe) -> Iterator[Phrase]:
    """Say in a few words where a step leads, its time limit, its conditions, its dates and its articles."""
    if transition.vers == transition.de:
        yield phrase("→ reste dans cet état")
    else:
        yield phrase("→ {etat}", etat=graphe.get_etat(transition.vers).nom)
    if transition.delai is not None:
        yield describe_delai(transition.delai)
    if transition.terme:
        yield phrase("de plein droit")
    if transition.gardes:
        yield phrase("si\u00a0: {conditions}", conditions=tuple(GARDES[nom].condition for nom in transition.gardes))
    if transition.debut is not None:
        yield phrase("à partir du {jour}", jour=transition.debut)
    if transition.fin is not None:
        yield phrase("jusqu'au {jour}", jour=transition.fin)
    yield wrap_texte(", ".join(article.replace(" ", "\u00a0") for article in transition.articles))


def describe_delai(delai: DelaiGraphe) -> Phrase:
    """Write a time limit in a few words, without its departure."""
    durees = _write_durees(delai.durees)
    match delai.sens:
        case SensDelai.MAX:
            return phrase("dans un délai de {durees}", durees=durees)
        case SensDelai.MIN:
            return phrase("pas avant la fin d'un délai de {durees}", durees=durees)
        case SensDelai.FENETRE:
            attente = _write_durees((delai.attente,) if delai.attente else ())
            return phrase("entre {attente} et {durees}", attente=attente, durees=durees)
        case SensDelai.AVANT:
            return phrase("au moins {durees} avant l'audience", durees=durees)
        case SensDelai.USAGE:
            return phrase("usage : {durees}", durees=durees)
        case SensDelai.INDICATIF:
            return phrase("à titre indicatif : {durees}", durees=durees)


def _write_durees(durees: Iterable[Duree]) -> Phrase:
    ecrites = [format_duree(duree) for duree in durees]
    suite = ecrites[0] if ecrites else SANS_TEXTE
    for duree in ecrites[1:]:
        suite = phrase("{avant} puis {apres}", avant=suite, apres=duree)
    return suite


def _draw_fleches(boites: Sequence[Boite], nombre_avant: int) -> list[Fleche]:
    """Give each arrow its side and its lane; two lanes of one rank never run along the same height."""
    cibles = {boite.etat: boite for boite in boites[:nombre_avant]} | {b.etat: b for b in boites[nombre_avant:]}
    par_voie: dict[tuple[Cote, str], list[Pas]] = {}
    for boite in boites:
        for pas in boite.pas:
            vers = cibles[pas.transition.vers]
            if vers is not boite:
                cote = Cote.DROITE if vers.y > boite.y else Cote.GAUCHE
                par_voie.setdefault((cote, vers.etat), []).append(pas)
    etendues = []
    for (cote, etat), liste in par_voie.items():
        hauteurs = [cibles[etat].entree, *(pas.milieu for pas in liste)]
        etendues.append((max(hauteurs) - min(hauteurs), min(hauteurs), max(hauteurs), cote, etat))
    occupees: dict[tuple[Cote, int], list[tuple[int, int]]] = {}
    fleches: list[Fleche] = []
    for _, haut, bas, cote, etat in sorted(etendues):
        voie = 0
        while any(haut <= fin and debut <= bas for debut, fin in occupees.get((cote, voie), ())):
            voie += 1
        occupees.setdefault((cote, voie), []).append((haut, bas))
        fleches += [Fleche(pas, cibles[etat], cote, voie) for pas in par_voie[cote, etat]]
    return fleches

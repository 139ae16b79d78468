"""The drawing of a procedure, in SVG: a file of its own, for the screen, light or dark, and for the printer."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from exigible.dossier.procedures.graphe import Graphe, ProcedureGraphe, load_graphe
from exigible.dossier.procedures.plan import (
    ECART_VOIE,
    HAUTEUR_LIGNE,
    HAUTEUR_TITRE,
    LARGEUR,
    MARGE,
    Boite,
    Cote,
    Fleche,
    Pas,
    Plan,
    Traduction,
    build_plan,
)

_ARRONDI: Final = 6
_RETRAIT: Final = 14
STYLE: Final = """
svg { --fond: #ffffff; --boite: #f8fafc; --texte: #0f172a; --detail: #475569; --trait: #64748b; --bord: #94a3b8;
  --initial: #0f766e; --echec: #b91c1c; --fond-echec: #fef2f2; --final: #15803d; --fond-final: #f0fdf4;
  background: var(--fond); font-family: system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { svg { --fond: #0f172a; --boite: #1e293b; --texte: #f1f5f9; --detail: #cbd5e1;
  --trait: #94a3b8; --bord: #64748b; --initial: #2dd4bf; --echec: #f87171; --fond-echec: #3b1519; --final: #4ade80;
  --fond-final: #12301d; } }
text { fill: var(--texte); }
.titre { font-size: 20px; font-weight: 700; } .nom { font-size: 14px; font-weight: 700; }
.pas { font-size: 13px; } .detail { font-size: 11.5px; fill: var(--detail); }
.etat > rect { fill: var(--boite); stroke: var(--bord); stroke-width: 1.4; }
.initial > rect { stroke: var(--initial); stroke-width: 2; }
.echec > rect { fill: var(--fond-echec); stroke: var(--echec); } .echec > .nom { fill: var(--echec); }
.final > rect { fill: var(--fond-final); stroke: var(--final); stroke-width: 2; } .final > .nom { fill: var(--final); }
.ailleurs > rect { fill: none; stroke-dasharray: 6 4; }
.filet { stroke: var(--bord); stroke-width: 0.5; }
.fleche { fill: none; stroke: var(--trait); stroke-width: 1.3; }
.fleche-echec { stroke: var(--echec); }
.fleche-final { stroke: var(--final); } .fleche-ailleurs { stroke-dasharray: 5 4; }
.pointe { fill: var(--trait); } .pointe-echec { fill: var(--echec); } .pointe-final { fill: var(--final); }
""".strip()
"""What a page that lets no other style in must be told of: by its hash."""


def draw_procedure(
    procedure: ProcedureGraphe, graphe: Graphe | None = None, *, traduire: Traduction = str, langue: str = "fr"
) -> str:
    """Draw a procedure: its states, the steps between them with their articles and time limits.

    `graphe`: where the states of other procedures are found, the program's own by default. `traduire` writes the
    sentences in `langue`, in French by default; articles stay as they are cited. What it is for is said in words, for
    those who do not see it.
    """
    plan = build_plan(procedure, graphe or load_graphe(), traduire)
    return "\n".join(_write_svg(plan, traduire(procedure.but), langue)) + "\n"


def _write_svg(plan: Plan, but: str, langue: str) -> Iterator[str]:
    titre = escape(plan.titre)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {plan.largeur} {plan.hauteur}" width="{plan.largeur}" '
        f'height="{plan.hauteur}" role="img" lang="{escape(langue)}" aria-labelledby="titre but">'
    )
    yield f'<title id="titre">{titre}</title>'
    yield f'<desc id="but">{escape(but)}</desc>'
    yield f"<style>{STYLE}</style>"
    yield f'<text class="titre" x="{plan.x}" y="{MARGE + 22}">{titre}</text>'
    for fleche in plan.fleches:
        yield from _write_fleche(plan, fleche)
    for boite in plan.boites:
        yield from _write_boite(plan, boite)
    yield "</svg>"


def _write_boite(plan: Plan, boite: Boite) -> Iterator[str]:
    yield f'<g class="etat {boite.genre}" data-etat="{escape(boite.etat)}">'
    yield f'<rect x="{plan.x}" y="{boite.y}" width="{LARGEUR}" height="{boite.hauteur}" rx="10"/>'
    for rang, ligne in enumerate(boite.titre):
        y = boite.y + HAUTEUR_TITRE // 2 + 5 + rang * HAUTEUR_LIGNE
        yield f'<text class="nom" x="{plan.x + _RETRAIT}" y="{y}">{escape(ligne)}</text>'
    for pas in boite.pas:
        yield from _write_pas(plan, pas)
    yield "</g>"


def _write_pas(plan: Plan, pas: Pas) -> Iterator[str]:
    yield f'<g data-etape="{escape(pas.transition.code)}">'
    yield f'<line class="filet" x1="{plan.x}" y1="{pas.y}" x2="{plan.x + LARGEUR}" y2="{pas.y}"/>'
    lignes = [*(("pas", ligne) for ligne in pas.nom), *(("detail", ligne) for ligne in pas.details)]
    for rang, (classe, ligne) in enumerate(lignes, start=1):
        y = pas.y + rang * HAUTEUR_LIGNE
        yield f'<text class="{classe}" x="{plan.x + _RETRAIT}" y="{y}">{escape(ligne)}</text>'
    yield "</g>"


def _write_fleche(plan: Plan, fleche: Fleche) -> Iterator[str]:
    """Draw an arrow: out of its step, along its lane, into its state, with round corners."""
    sens = 1 if fleche.cote is Cote.DROITE else -1
    bord = plan.x + (LARGEUR if sens > 0 else 0)
    voie = bord + sens * (fleche.voie + 1) * ECART_VOIE
    depart, arrivee = fleche.pas.milieu, fleche.vers.entree
    trace = (
        f"M{bord} {depart}H{voie - sens * _ARRONDI}Q{voie} {depart} {voie} {depart + sens * _ARRONDI}"
        f"V{arrivee - sens * _ARRONDI}Q{voie} {arrivee} {voie - sens * _ARRONDI} {arrivee}H{bord + sens * 7}"
    )
    genre = fleche.vers.genre
    yield f'<path class="fleche fleche-{genre}" data-fleche="{escape(fleche.pas.transition.code)}" d="{trace}"/>'
    pointe = f"{bord},{arrivee} {bord + sens * 8},{arrivee - 4} {bord + sens * 8},{arrivee + 4}"
    yield f'<polygon class="pointe pointe-{genre}" points="{pointe}"/>'

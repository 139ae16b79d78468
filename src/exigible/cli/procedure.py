"""`exigible procedure`: the procedures, their states, steps and time limits; or their drawing."""

from __future__ import annotations

from typing import Any

import click

from exigible.cli.sortie import Option, commande, emit, format_tableau
from exigible.dossier.procedures.dessin import draw_procedure
from exigible.dossier.procedures.gardes import GARDES
from exigible.dossier.procedures.graphe import (
    DelaiGraphe,
    EtatGraphe,
    Graphe,
    ProcedureGraphe,
    TransitionGraphe,
    load_graphe,
)
from exigible.dossier.procedures.plan import describe_delai, describe_transition
from exigible.droit.erreurs import ErreurSaisie


@commande(
    "procedure",
    aide="Montrer les procédures : états, étapes, délais, articles ; sans code, leur liste.",
    exemple="exigible procedure IP\n  exigible procedure IP --svg > ip.svg",
)
@click.argument("code", required=False, metavar="[CODE]")
@click.option("--svg", is_flag=True, cls=Option, help="Dessiner la procédure, en SVG.")
def procedure(*, code: str | None, svg: bool, en_json: bool) -> None:
    """List the procedures, show one, or draw it."""
    graphe = load_graphe()
    if code is None:
        if svg:
            raise ErreurSaisie("code_manquant", f"Nommez la procédure à dessiner : {_list_codes(graphe)}.", "CODE")
        emit(
            {"procedures": [_build_resume(p) for p in graphe.procedures.values()]},
            _write_liste(graphe),
            en_json=en_json,
        )
        return
    choisie = _find_procedure(graphe, code)
    if svg:
        dessin = draw_procedure(choisie, graphe)
        emit({"code": choisie.code, "svg": dessin}, dessin.rstrip("\n"), en_json=en_json)
    else:
        emit(_build_procedure(choisie), _write_procedure(choisie, graphe), en_json=en_json)


def _find_procedure(graphe: Graphe, code: str) -> ProcedureGraphe:
    trouvee = graphe.procedures.get(code.strip().upper())
    if trouvee is None:
        message = f"La procédure « {code[:40]} » n'existe pas : choisissez parmi {_list_codes(graphe)}."
        raise ErreurSaisie("procedure_inconnue", message, "CODE")
    return trouvee


def _list_codes(graphe: Graphe) -> str:
    return ", ".join(graphe.procedures)


def _build_resume(procedure: ProcedureGraphe) -> dict[str, Any]:
    return {
        "code": procedure.code,
        "libelle": procedure.libelle,
        "objet": procedure.objet,
        "articles": list(procedure.articles),
    }


def _build_procedure(procedure: ProcedureGraphe) -> dict[str, Any]:
    return {
        **_build_resume(procedure),
        "etats": [
            {"code": etat.code, "libelle": etat.libelle, "type": etat.type.value, "sans_delai": etat.sans_delai or None}
            for etat in procedure.etats
        ],
        "etapes": [_build_etape(transition) for transition in procedure.transitions],
        "avertissements": [
            {"code": "procedure_a_verifier", "message": message} for message in list_a_verifier(procedure)
        ],
    }


def _build_etape(transition: TransitionGraphe) -> dict[str, Any]:
    return {
        "code": transition.code,
        "de": transition.de,
        "vers": transition.vers,
        "evenement": transition.evenement,
        "libelle": transition.libelle,
        "auteur": transition.auteur.value,
        "articles": list(transition.articles),
        "acte": transition.acte or None,
        "conditions": [str(GARDES[nom].condition) for nom in transition.gardes],
        "de_plein_droit": transition.terme,
        "sauf": list(transition.sauf),
        "en_vigueur_du": transition.debut,
        "en_vigueur_au": transition.fin,
        "prescription": transition.cause or None,
        "delai": _build_delai(transition.delai) if transition.delai else None,
        "note": transition.note or None,
        "a_verifier": transition.a_verifier or None,
    }


def _build_delai(delai: DelaiGraphe) -> dict[str, Any]:
    return {
        "durees": list(delai.duree),
        "debut": delai.debut or None,
        "depart": list(delai.depart),
        "sens": delai.sens.value,
        "texte": describe_delai(delai),
        "reporte": delai.reporter,
        "distance": delai.distance,
        "a_faire": delai.a_faire or None,
        "perte": delai.perte or None,
    }


def list_a_verifier(procedure: ProcedureGraphe) -> list[str]:
    """List once each what was not confirmed about a procedure."""
    return list(dict.fromkeys(t.a_verifier for t in procedure.transitions if t.a_verifier))


def _write_liste(graphe: Graphe) -> str:
    return format_tableau(["Code", "Procédure"], [[p.code, p.libelle] for p in graphe.procedures.values()])


def _write_procedure(procedure: ProcedureGraphe, graphe: Graphe) -> str:
    lignes = [f"{procedure.libelle} ({procedure.code})", procedure.objet, ", ".join(procedure.articles)]
    for transition in procedure.entrees:
        depuis = graphe.get_etat(transition.de).libelle
        lignes += [
            "",
            f"Depuis « {depuis} » ({graphe.etats[transition.de].libelle})",
            *_write_etape(transition, graphe),
        ]
    for etat in procedure.etats:
        lignes += ["", *_write_etat(etat)]
        for transition in procedure.sorties.get(etat.code, ()):
            lignes += _write_etape(transition, graphe)
    lignes += ["", *(f"À vérifier : {message}" for message in list_a_verifier(procedure))]
    return "\n".join(lignes).rstrip()


def _write_etat(etat: EtatGraphe) -> list[str]:
    titre = f"{etat.libelle} ({etat.code})"
    return [titre, f"  {etat.sans_delai}"] if etat.sans_delai else [titre]


def _write_etape(transition: TransitionGraphe, graphe: Graphe) -> list[str]:
    return [f"  • {transition.libelle}", f"    {' · '.join(describe_transition(transition, graphe))}"]

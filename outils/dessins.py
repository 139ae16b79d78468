"""The drawings of the procedures in the documentation, made when it is built (a hook of mkdocs): none is kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exigible.cli.procedure import list_a_verifier
from exigible.dossier.procedures.dessin import draw_procedure
from exigible.dossier.procedures.graphe import ProcedureGraphe, load_graphe

MARQUE = "<!-- procedures -->"
"""What the page says where the procedures go."""
DOSSIER = "dessins"


def on_page_markdown(markdown: str, **_: object) -> str:
    """Put the procedures in the page that asks for them."""
    if MARQUE not in markdown:
        return markdown
    return markdown.replace(MARQUE, "\n".join(_write_procedure(p) for p in load_graphe().procedures.values()))


def on_post_build(config: Mapping[str, Any], **_: object) -> None:
    """Write each drawing beside the pages."""
    dossier = Path(config["site_dir"]) / DOSSIER
    dossier.mkdir(parents=True, exist_ok=True)
    for code, procedure in load_graphe().procedures.items():
        (dossier / f"{code}.svg").write_text(draw_procedure(procedure), encoding="utf-8")


def _write_procedure(procedure: ProcedureGraphe) -> str:
    image = f"{DOSSIER}/{procedure.code}.svg"
    lignes = [
        f"## {procedure.libelle} {{ #{procedure.code.lower()} }}",
        "",
        f"{procedure.objet} ({', '.join(procedure.articles)}) — `exigible procedure {procedure.code}`",
        "",
        f'<a href="{image}"><img src="{image}" loading="lazy" alt="{procedure.libelle} : états, étapes et délais"></a>',
        "",
    ]
    a_verifier = list_a_verifier(procedure)
    if a_verifier:
        lignes += ["À vérifier :", "", *(f"- {message}" for message in a_verifier), ""]
    return "\n".join(lignes)

"""The page of the procedures, as the documentation is built."""

from pathlib import Path

from dessins import MARQUE, on_page_markdown, on_post_build
from exigible.dossier.procedures.graphe import load_graphe

PAGE = Path(__file__).parents[2] / "docs" / "procedures.md"


def test_la_page_recoit_chaque_procedure():
    texte = on_page_markdown(PAGE.read_text(encoding="utf-8"), page=None)
    assert MARQUE not in texte
    for code, procedure in load_graphe().procedures.items():
        assert f"## {procedure.libelle} {{ #{code.lower()} }}" in texte
        assert f'src="dessins/{code}.svg"' in texte


def test_une_autre_page_reste_ce_qu_elle_est():
    assert on_page_markdown("# Autre page", page=None) == "# Autre page"


def test_chaque_dessin_est_ecrit_a_cote_des_pages(tmp_path):
    on_post_build({"site_dir": str(tmp_path)})
    assert {chemin.stem for chemin in (tmp_path / "dessins").glob("*.svg")} == set(load_graphe().procedures)

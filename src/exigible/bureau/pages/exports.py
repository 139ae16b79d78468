"""Lists as files to download: CSV and XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse

from exigible.echanges.sorties.tableaux import Cellule, neutralise, write_csv, write_tableau, write_xlsx

__all__ = ["TYPES", "Cellule", "neutralise", "render_export", "render_fichier", "write_csv", "write_xlsx"]

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def render_export(extension: str, nom: str, titres: Sequence[str], lignes: Iterable[Sequence[Cellule]]) -> HttpResponse:
    """Give the list as a file to download named `nom`. Raises Http404 for a format other than csv and xlsx."""
    if extension not in TYPES:
        raise Http404(f"Format inconnu : {extension}.")
    return render_fichier(write_tableau(extension, titres, lignes), f"{nom}.{extension}", TYPES[extension])


def render_fichier(contenu: bytes, nom: str, type_mime: str) -> HttpResponse:
    """Give bytes as a file to download."""
    disposition = f'attachment; filename="{nom}"'
    return HttpResponse(contenu, content_type=type_mime, headers={"Content-Disposition": disposition})

"""Files of a dossier: their list, and the bytes of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from exigible.bureau.envois.models import Courrier
from exigible.bureau.journal.models import Piece
from exigible.bureau.pages.contexte import aujourd_hui, get_du_cabinet
from exigible.bureau.pages.exports import render_export
from exigible.bureau.pages.vues.dossier import describe_entete
from exigible.bureau.pages.vues.ouverture import DossierOuvert, open_dossier, vue_de_dossier
from exigible.dossier.faits import PieceJointe

# The browser may show these in place; any other type is only ever downloaded, so that nothing runs on our pages.
MONTRABLES = {"application/pdf", "image/png", "image/jpeg"}


TRIS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "nom": lambda jointe: jointe["fait"].nom.casefold(),
    "date": lambda jointe: (jointe["jour"], jointe["rang"]),
    "taille": lambda jointe: jointe["taille"] or 0,
}
TRI_PAR_DEFAUT = "-date"


@vue_de_dossier
@require_GET
def list_pieces(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The files of a dossier, sorted as the address asks (`?tri=`), and its letters."""
    ouvert = open_dossier(request, pk)
    tri = _read_tri(request)
    contexte = describe_entete(ouvert, "pieces") | {
        "pieces": sort_jointes(list_jointes(ouvert), tri),
        "tri": tri,
        "courriers": Courrier.objects.filter(dossier=ouvert.dossier)
        .select_related("piece")
        .defer("piece__contenu")
        .order_by("-pk"),
    }
    return render(request, "pages/dossier/pieces.html", contexte)


@vue_de_dossier
@require_GET
def export_pieces(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """The list of the files of a dossier, as sorted on the screen, in a file: a bundle of evidence begins with it."""
    ouvert = open_dossier(request, pk)
    titres = [_("Fichier"), _("Description"), _("Joint le"), _("Taille en octets"), _("Empreinte SHA-256")]
    lignes = [
        (jointe["fait"].nom, jointe["fait"].description, jointe["jour"], jointe["taille"], jointe["fait"].piece)
        for jointe in sort_jointes(list_jointes(ouvert), _read_tri(request))
    ]
    return render_export(extension, f"{ouvert.dossier.reference}-pieces-{aujourd_hui():%Y-%m-%d}", titres, lignes)


def _read_tri(request: HttpRequest) -> str:
    tri: str = request.GET.get("tri", TRI_PAR_DEFAUT)
    return tri if tri.removeprefix("-") in TRIS else TRI_PAR_DEFAUT


def sort_jointes(jointes: list[dict[str, Any]], tri: str) -> list[dict[str, Any]]:
    """Sort the files by a column of the screen; equals stay newest first."""
    return sorted(jointes, key=TRIS[tri.removeprefix("-")], reverse=tri.startswith("-"))


def list_jointes(ouvert: DossierOuvert) -> list[dict[str, Any]]:
    """The files put in the dossier, newest first, with their size and whether their bytes are still there."""
    jointes = [i for i in reversed(ouvert.effectives) if isinstance(i.fait, PieceJointe)]
    empreintes = {i.fait.piece for i in jointes if isinstance(i.fait, PieceJointe)}
    tailles = dict(
        Piece.objects.filter(cabinet=ouvert.dossier.cabinet_id, sha256__in=empreintes).values_list("sha256", "taille")
    )
    return [
        {"jour": i.date_effet, "fait": i.fait, "rang": i.rang, "taille": tailles.get(getattr(i.fait, "piece", ""))}
        for i in jointes
    ]


@login_required
@require_GET
def show_piece(request: HttpRequest, sha256: str) -> HttpResponse:
    """The bytes of a file of the tenant, shown when it is harmless, downloaded otherwise."""
    piece = get_du_cabinet(request, Piece, sha256=sha256)
    if piece.contenu is None:
        raise Http404(_("Ce fichier a été effacé à la fin de sa durée de conservation ; son empreinte demeure."))
    return send_fichier(bytes(piece.contenu), piece.type_mime, piece.nom)


def send_fichier(contenu: bytes, type_mime: str, nom: str) -> HttpResponse:
    """Answer with bytes, in place for the types that are harmless."""
    montrable = type_mime in MONTRABLES
    reponse = HttpResponse(contenu, content_type=type_mime if montrable else "application/octet-stream")
    reponse.headers["Content-Disposition"] = content_disposition_header(not montrable, nom) or "attachment"
    return reponse

"""Letters in number: choose who, see them made, take them, approve them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exigible.actes.manifeste import IMPRESSION, MANIFESTE
from exigible.actes.modele import get_modele
from exigible.bureau.actes.lots import (
    LOT_MAX,
    SUR_PLACE,
    approve_lot,
    create_lot,
    list_actes_en_lot,
    make_lot,
    resume_lot,
)
from exigible.bureau.actes.lots_garde import JOURS_D_UN_LOT
from exigible.bureau.actes.lots_models import Lot, StatutLot, StatutPart
from exigible.bureau.actes.lots_sorties import build_manifeste, open_impression, write_archive
from exigible.bureau.pages.contexte import auteur_courant, cabinet_courant, get_du_cabinet
from exigible.bureau.pages.vues.portefeuille import list_cles, read_filtre
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.models import Action, Dossier
from exigible.droit.erreurs import ErreurExigible

PAR_PAGE = 50
_CLE = re.compile(r"[0-9a-f-]{36}")
MONTRES_MAX = 500
"""Above, the dossiers are not shown one by one: all those of the filter are taken."""
ACTES_DU_JOUR = {"mettre_en_demeure": "mise_en_demeure", "ecrire": "relance_1"}
"""What today's work asks to write, and the act that does it best."""


@login_required
@require_GET
def show_lots(request: HttpRequest) -> HttpResponse:
    """Show what today asks to write, and the batches made."""
    cabinet = cabinet_courant(request)
    comptes = Action.objects.filter(cabinet=cabinet, retenue=False, geste__in=ACTES_DU_JOUR)
    du_jour = {x["geste"]: x["n"] for x in comptes.values("geste").annotate(n=Count("dossier", distinct=True))}
    lots = Lot.objects.filter(cabinet=cabinet).annotate(
        nombre=Count("parts"), refuses=Count("parts", filter=Q(parts__statut=StatutPart.REFUSE))
    )
    feuille = Paginator(lots.order_by("-cree_le"), PAR_PAGE).get_page(request.GET.get("page"))
    page = {
        "page": feuille,
        "lots": [(lot, get_modele(lot.acte).titre) for lot in feuille],
        "mises_en_demeure": du_jour.get("mettre_en_demeure", 0),
        "relances": du_jour.get("ecrire", 0),
    }
    return render(request, "pages/lots/liste.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def new_lot(request: HttpRequest) -> HttpResponse:
    """Choose the document and the clients among those of the address: a filter of the portfolio, or today's work."""
    choisis = _list_choisis(request)
    if request.method == "POST":
        voulus = choisis
        if request.POST.get("lesquels") != "tous":
            voulus = choisis.filter(pk__in=_read_cles(request.POST.getlist("dossiers")))
        try:
            lot = create_lot(
                cabinet_courant(request),
                request.POST.get("acte", ""),
                list(voulus[: LOT_MAX + 1]),
                auteur_courant(request),
                recto_verso=bool(request.POST.get("recto_verso")),
            )
        except ErreurExigible as erreur:
            messages.error(request, translate_phrase(erreur.message))
        else:
            if lot.parts.count() <= SUR_PLACE:
                make_lot(lot)
            return redirect("lot", pk=lot.pk)
    nombre = choisis.count()
    page = {
        "actes": list_actes_en_lot(),
        "acte": request.POST.get("acte") or ACTES_DU_JOUR.get(request.GET.get("geste", ""), "relance_1"),
        "dossiers": list(choisis[:MONTRES_MAX]) if nombre <= MONTRES_MAX else [],
        "nombre": nombre,
        "trop": nombre > LOT_MAX,
        "maximum": LOT_MAX,
    }
    return render(request, "pages/lots/nouveau.html", page)


def _read_cles(textes: Sequence[str]) -> list[UUID]:
    """Read the keys that can be; the others were not ours."""
    return [UUID(texte) for texte in textes if _CLE.fullmatch(texte)]


def _list_choisis(request: HttpRequest) -> QuerySet:
    geste = request.GET.get("geste", "")
    dossiers = Dossier.objects.filter(cabinet=cabinet_courant(request)).select_related("creancier", "chaine")
    if geste in ACTES_DU_JOUR:
        du_jour = Action.objects.filter(cabinet=cabinet_courant(request), retenue=False, geste=geste)
        return dossiers.filter(pk__in=du_jour.values("dossier")).order_by("debiteur_nom", "pk")
    filtre = read_filtre(request, request.GET)
    cles: Sequence[UUID] = [] if filtre.au_passe else list_cles(request, filtre)
    return dossiers.filter(pk__in=cles, echu__gt=0).order_by("debiteur_nom", "pk")


@login_required
@require_GET
def show_lot(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how far a batch is, what it made and what it could not, and why."""
    lot = _get_lot(request, pk)
    parts = lot.parts.select_related("dossier").defer("contenu").order_by("rang")
    sommes = lot.parts.aggregate(
        faits=Count("pk", filter=Q(statut__in=[StatutPart.FAIT, StatutPart.APPROUVE])),
        refuses=Count("pk", filter=Q(statut__in=[StatutPart.REFUSE, StatutPart.REFUSE_DEPART])),
        pages=Sum("pages"),
        montant=Sum("montant"),
    )
    page: dict[str, Any] = {
        "lot": lot,
        "modele": get_modele(lot.acte),
        "page": Paginator(parts, PAR_PAGE).get_page(request.GET.get("page")),
        "sommes": sommes,
        "fichiers": lot.relies.exists(),
        "jours": JOURS_D_UN_LOT,
    }
    return render(request, "pages/lots/lot.html", page)


@login_required
@require_GET
def show_avancement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a batch is; once it is over, the whole page again."""
    lot = _get_lot(request, pk)
    response = render(request, "pages/lots/avancement.html", {"lot": lot})
    if lot.statut != StatutLot.EN_COURS:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve all the letters of a batch that a person read."""
    return _order(request, pk, approve_lot)


@login_required
@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with a batch that stopped halfway."""
    return _order(request, pk, resume_lot)


def _order(request: HttpRequest, pk: UUID, ordonner: Any) -> HttpResponse:
    try:
        lot = ordonner(_get_lot(request, pk), auteur_courant(request))
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    else:
        if lot.parts.count() <= SUR_PLACE:
            make_lot(lot)
    return redirect("lot", pk=pk)


@login_required
@require_GET
def download(request: HttpRequest, pk: UUID, nom: str) -> FileResponse:
    """Give the file to be printed, the list, or all of it in an archive."""
    lot = _get_lot(request, pk)
    if lot.statut == StatutLot.EN_COURS:
        raise Http404(_("Ce lot n’est pas encore fait."))
    flux = tempfile.TemporaryFile(prefix="exigible-lot-")  # noqa: SIM115 - the response closes it
    if nom == MANIFESTE:
        flux.write(build_manifeste(lot))
    elif nom == IMPRESSION and lot.relies.exists():
        with open_impression(lot) as impression:
            flux.write(impression.read_bytes())
    elif nom == "lot.zip" and lot.relies.exists():
        write_archive(lot, flux)
    else:
        flux.close()
        raise Http404(_("Ce lot n’a pas ce fichier."))
    flux.seek(0)
    return FileResponse(flux, as_attachment=True, filename=f"{lot.acte}-{lot.cree_le:%Y-%m-%d}-{nom}")


def _get_lot(request: HttpRequest, pk: UUID) -> Lot:
    lot: Lot = get_du_cabinet(request, Lot.objects.select_related("travail", "cabinet"), pk=pk)
    return lot

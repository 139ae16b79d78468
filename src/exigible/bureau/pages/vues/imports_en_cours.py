"""An import while it is written: how far it is, and going on with one that stopped."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from exigible.bureau.imports.models import StatutImportation
from exigible.bureau.imports.services import resume_import
from exigible.bureau.pages.contexte import auteur_courant
from exigible.bureau.pages.vues.avancement import read_avancement
from exigible.bureau.pages.vues.importer import get_importation
from exigible.bureau.phrases import translate_phrase
from exigible.droit.erreurs import ErreurExigible


@login_required
@require_GET
def show_avancement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that moves; once the import is over, the whole page is asked again."""
    importation = get_importation(request, pk)
    if not request.htmx:
        return redirect("import_apercu", pk=pk)
    page = {"importation": importation, "avancement": read_avancement(importation)}
    response = render(request, "pages/import/avancement.html", page)
    if importation.statut != StatutImportation.EN_COURS:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with an import that stopped, or try again the dossiers it left aside."""
    try:
        resume_import(get_importation(request, pk), auteur_courant(request))
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    else:
        messages.info(request, _("Import repris : ce qui était déjà entré n’est pas refait."))
    return redirect("import_apercu", pk=pk)

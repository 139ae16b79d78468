"""The drawing of a procedure, in the reader's language: an image of its own, that a page shows and names."""

from __future__ import annotations

import base64
import hashlib

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from exigible.bureau.phrases import is_francais, translate_phrase
from exigible.dossier.procedures.dessin import STYLE, draw_procedure
from exigible.dossier.procedures.graphe import load_graphe

_EMPREINTE = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()


@login_required
@require_safe
@csp_replace({"style-src": [f"'sha256-{_EMPREINTE}'"]})  # the drawing carries its own style, and that one only
def show_dessin(request: HttpRequest, code: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Draw a procedure by its code. Raises Http404 for a code that is none."""
    procedure = load_graphe().procedures.get(code)
    if procedure is None:
        raise Http404("Cette procédure n'existe pas.")
    langue = "fr" if is_francais() else get_language() or "fr"
    svg = draw_procedure(procedure, traduire=translate_phrase, langue=langue)
    return HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")

"""A page that could not write because another writer was at work: said in a sentence, with what was typed kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exigible.bureau.phrases import translate_phrase
from exigible.bureau.travaux.verrous import describe_occupee, is_occupee

_PATIENCE_SECONDES = 5


class BaseOccupee:
    """Turns a lock that was not had in time into a page (503) from which the same form is sent again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say it, and keep what was typed; files cannot be kept, and it is said."""
        if not is_occupee(exception):
            return None
        champs = [
            (nom, valeur) for nom, valeurs in request.POST.lists() if nom != "csrfmiddlewaretoken" for valeur in valeurs
        ]
        page = {
            "message": translate_phrase(describe_occupee()),
            "champs": champs,
            "envoi": request.method == "POST",
            "adresse": request.get_full_path(),
            "avec_fichier": bool(request.FILES),
        }
        response = render(request, "503.html", page, status=503)
        response["Retry-After"] = str(_PATIENCE_SECONDES)
        return response

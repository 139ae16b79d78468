"""The pages of the calculators: public, sent by GET, answered without session, cookie or database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from exigible.bureau.pages.calculs.champs import DateField
from exigible.bureau.pages.calculs.formulaire import LANGUE, Calculatrice
from exigible.bureau.pages.calculs.registre import CALCULATRICES
from exigible.bureau.pages.contexte import aujourd_hui

_JOUR_CHOISI = ("au", "date")
"""The dates that a form suggests: today."""


@require_safe
def show_calculs(request: HttpRequest) -> HttpResponse:
    """List the calculators."""
    _choose_langue(request)
    return _render(request, "pages/calculs/index.html", {})


@require_safe
def show_calcul(request: HttpRequest, nom: str) -> HttpResponse:
    """Show a calculator, with its answer when the address asks something."""
    _choose_langue(request)
    calculatrice = CALCULATRICES.get(nom)
    if calculatrice is None:
        raise Http404("Cette calculatrice n'existe pas.")
    form = _build_form(calculatrice, request)
    contexte: dict[str, Any] = {"form": form, "exemple": f"?{calculatrice.build_exemple()}"}
    if form.is_bound and form.is_valid():
        adresse = f"{reverse('calcul', args=[nom])}?{form.build_requete()}"
        contexte |= {
            "resultat": form.resultat,
            "lien": request.build_absolute_uri(f"{adresse}#resultat"),  # on a phone the form comes first
            "commande": form.write_commande(),
        }
    return _render(request, "pages/calculs/calculatrice.html", contexte)


def _build_form(calculatrice: type[Calculatrice], request: HttpRequest) -> Calculatrice:
    if calculatrice.is_interrogee(request.GET):
        return calculatrice(request.GET)
    dates = {
        nom: aujourd_hui()
        for nom, champ in calculatrice.base_fields.items()
        if nom in _JOUR_CHOISI and isinstance(champ, DateField)
    }
    return calculatrice(initial=dates)


def _choose_langue(request: HttpRequest) -> None:
    """Answer in the language of the address if it names one, else in that of the browser."""
    langue = request.GET.get(LANGUE, "")
    if langue in dict(settings.LANGUAGES):
        translation.activate(langue)
        request.LANGUAGE_CODE = langue


def _render(request: HttpRequest, gabarit: str, contexte: dict[str, Any]) -> HttpResponse:
    """Render for a visitor, who gets no cookie, not even that of forms, or for a signed-in person, with the menu."""
    if not request.user.is_authenticated:
        contexte["csrf_token"] = ""
    autre = "en" if translation.get_language() == "fr" else "fr"
    parametres = [(nom, v) for nom, valeurs in request.GET.lists() for v in valeurs if nom != LANGUE]
    contexte |= {
        "calculatrices": CALCULATRICES.values(),
        "autre_langue": autre,
        "adresse_autre_langue": f"?{urlencode([*parametres, (LANGUE, autre)])}",
    }
    return render(request, gabarit, contexte)

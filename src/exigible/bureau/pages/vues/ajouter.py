"""« Ajouter un fait » : every form of a dossier, by subject."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from exigible.bureau.pages.formulaires.registre import SORTES, SUJETS
from exigible.bureau.pages.vues.dossier import describe_entete
from exigible.bureau.pages.vues.ouverture import open_dossier, vue_de_dossier


@vue_de_dossier
@require_GET
def choose_fait(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer everything that one may record, by subject."""
    # Not the classes: a template would call them.
    sujets = [
        (sujet, [(sorte, SORTES[sorte].titre, SORTES[sorte].icone) for sorte in sujet.sortes]) for sujet in SUJETS
    ]
    contexte = {**describe_entete(open_dossier(request, pk), "dossier"), "sujets": sujets}
    return render(request, "pages/saisie/choisir.html", contexte)

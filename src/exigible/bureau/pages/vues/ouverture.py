"""What the pages of a dossier open: the row of the tenant, its state on a day, its journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from exigible.bureau.journal.services import read_inscriptions
from exigible.bureau.pages.contexte import aujourd_hui, get_du_cabinet
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.lecture import load_etat
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.etat import EtatDossier
from exigible.dossier.journal import Inscription, list_effectives
from exigible.droit.erreurs import ErreurExigible


class DossierIllisible(ErreurExigible):
    """The dossier cannot be folded: its own page says why, and its journal lets the faulty entry be cancelled."""

    def __init__(self, dossier: Dossier, cause: ErreurExigible) -> None:
        super().__init__("dossier_illisible", cause.message)
        self.dossier = dossier


@dataclass(frozen=True)
class DossierOuvert:
    """A dossier as its pages see it: the row, its state on a day, all its entries."""

    dossier: Dossier
    etat: EtatDossier
    inscriptions: Sequence[Inscription]
    aujourd_hui: date

    @property
    def effectives(self) -> list[Inscription]:
        """The entries that hold, corrections applied."""
        return list_effectives(self.inscriptions, date.max)

    @property
    def numeros(self) -> dict[str, str]:
        """Invoice numbers by key."""
        return list_numeros(self.etat)


def list_numeros(etat: EtatDossier) -> dict[str, str]:
    """Invoice numbers by key."""
    return {c.cle: c.creance.numero for c in etat.creances}


def get_dossier(request: HttpRequest, pk: UUID) -> Dossier:
    """The dossier, in the tenant only. Raises Http404 otherwise."""
    dossier: Dossier = get_du_cabinet(request, Dossier.objects.select_related("creancier", "chaine"), pk=pk)
    return dossier


def open_dossier(
    request: HttpRequest,
    pk: UUID,
    au: date | None = None,
    *,
    connu_au: datetime | None = None,
    provisoire: bool = True,
) -> DossierOuvert:
    """Open a dossier of the tenant on a day, today when not given; `connu_au`: with what was recorded by then only.

    Beyond the last known rate a screen goes on with it and says so; a statement (`provisoire` false) stops there.
    Raises Http404, DossierIllisible.
    """
    dossier = get_dossier(request, pk)
    jour = aujourd_hui()
    try:
        etat = load_etat(dossier, au or jour, connu_au, provisoire=provisoire)
    except ErreurExigible as cause:
        raise DossierIllisible(dossier, cause) from cause
    return DossierOuvert(dossier, etat, read_inscriptions(dossier.chaine), jour)


def vue_de_dossier(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view of a dossier: signed in only; a dossier that cannot be folded sends to its page, which says why."""

    @login_required
    @wraps(vue)
    def protegee(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            return vue(request, *args, **options)
        except DossierIllisible as erreur:
            messages.error(request, translate_phrase(erreur.message))
            return redirect("dossier", pk=erreur.dossier.pk)

    return protegee

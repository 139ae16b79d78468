"""What the pages of a dossier open: the row of the tenant, its state on a day, its journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from exigible.bureau.journal.services import read_inscriptions
from exigible.bureau.pages.contexte import aujourd_hui, get_du_cabinet
from exigible.bureau.pages.formulaires.dates import FormulaireAu
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
    """A dossier as its pages see it: the row, its state on a day, its entries.

    `connu_au`: only what was recorded by then is read; None: all. Asked for another day than today, the entries are
    those that had effect by then.
    """

    dossier: Dossier
    etat: EtatDossier
    inscriptions: Sequence[Inscription]
    aujourd_hui: date
    connu_au: datetime | None = None

    @property
    def au_passe(self) -> bool:
        """Whether the page stands on another day than today, or knows less than today."""
        return self.etat.au != self.aujourd_hui or self.connu_au is not None

    @property
    def effectives(self) -> list[Inscription]:
        """The entries that hold, corrections applied."""
        return list_effectives(self.inscriptions, self.etat.au if self.au_passe else date.max, self.connu_au)

    @property
    def lisibles(self) -> list[Inscription]:
        """The entries to show: on another day, those of which the state takes account."""
        if not self.au_passe:
            return list(self.inscriptions)
        connues = (i for i in self.inscriptions if self.connu_au is None or _is_connue(i, self.connu_au))
        return [i for i in connues if i.date_effet <= self.etat.au]

    @property
    def adresse_du_jour(self) -> str:
        """What the addresses of the dossier end with to stay on the day asked; nothing for today."""
        if not self.au_passe:
            return ""
        jours = {"au": self.etat.au.isoformat()}
        if self.connu_au is not None:
            jours["connu_au"] = self.connu_au.date().isoformat()
        return f"?{urlencode(jours)}"

    @property
    def numeros(self) -> dict[str, str]:
        """Invoice numbers by key."""
        return list_numeros(self.etat)


def _is_connue(inscription: Inscription, connu_au: datetime) -> bool:
    return inscription.enregistre_le is None or inscription.enregistre_le <= connu_au


def list_numeros(etat: EtatDossier) -> dict[str, str]:
    """Invoice numbers by key; the heads of decisions and the costs by their own words."""
    en_plus = {s.cle: translate_phrase(s.libelle) for s in etat.decompte.soldes}
    return en_plus | {c.cle: c.creance.numero for c in etat.creances}


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
    return DossierOuvert(dossier, etat, read_inscriptions(dossier.chaine), jour, connu_au)


def open_dossier_au(request: HttpRequest, pk: UUID, *, provisoire: bool = True) -> tuple[DossierOuvert, FormulaireAu]:
    """Open a dossier on the day that the address asks (`?au=`, `?connu_au=`), today by default, and give the form.

    A faulty day, or one on which nothing was known yet, is said on the form and today is shown. Raises Http404,
    DossierIllisible.
    """
    if not request.GET.get("au") and not request.GET.get("connu_au"):
        return open_dossier(request, pk, provisoire=provisoire), FormulaireAu(initial={"au": aujourd_hui()})
    form = FormulaireAu({"au": aujourd_hui().isoformat()} | {n: v for n, v in request.GET.items() if v})
    if form.is_valid():
        try:
            au, connu_au = form.cleaned_data["au"], form.read_connu_au()
            return open_dossier(request, pk, au, connu_au=connu_au, provisoire=provisoire), form
        except DossierIllisible:
            form.add_error("connu_au", _("Ce jour-là, rien ne permettait encore de lire ce dossier."))
    return open_dossier(request, pk, provisoire=provisoire), form


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

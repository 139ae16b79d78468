"""Signals that ask: those of a dossier on its page, all of them on one page; each leads to a form already filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from exigible.bureau.pages.contexte import aujourd_hui, list_creanciers
from exigible.bureau.sorties.signaux import find_signaux
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.signaux import GesteSignal, Signal

PAR_PAGE = 50
_BOUTONS: dict[GesteSignal, tuple[str | Promise, str]] = {
    GesteSignal.CONTESTATION: (_("Enregistrer la contestation"), "message-circle"),
    GesteSignal.PAIEMENT: (_("Enregistrer le paiement"), "cash"),
    GesteSignal.AVOIR: (_("Enregistrer l’avoir"), "receipt"),
    GesteSignal.PRELEVEMENT_REJETE: (_("Enregistrer le rejet"), "circle-x"),
}


@dataclass(frozen=True)
class SignalMontre:
    """A signal as a page shows it: the form that it prepares, if any, and that by which it is set aside."""

    signal: Signal
    dossier: Dossier
    ecarter: str
    preparer: str = ""
    bouton: str | Promise = ""
    icone: str = ""


def show_signal(dossier: Dossier, signal: Signal, retour: str) -> SignalMontre:
    """Prepare the forms of a signal; `retour`: the page to come back to."""
    ecarter = {"signal": signal.cle, "retour": retour}
    adresse = f"{reverse('saisir', args=[dossier.pk, 'signal-ecarte'])}?{urlencode(ecarter)}"
    if signal.geste not in _BOUTONS:
        return SignalMontre(signal, dossier, adresse)
    bouton, icone = _BOUTONS[signal.geste]
    page = reverse("saisir", args=[dossier.pk, signal.geste.value])
    valeurs = _list_valeurs(signal) | {"retour": retour}
    return SignalMontre(signal, dossier, adresse, f"{page}?{urlencode(valeurs)}", bouton, icone)


def _list_valeurs(signal: Signal) -> dict[str, str]:
    """What fills the form, by the names of its fields; a part in dispute is never guessed."""
    montant = f"{signal.montant:.2f}".replace(".", ",") if signal.montant is not None else ""
    valeurs = {"jour": signal.jour.isoformat(), "signal": signal.cle}
    if signal.geste is GesteSignal.CONTESTATION:
        valeurs |= {"creances": signal.creance, "motif": signal.motif}
    elif signal.geste is GesteSignal.PAIEMENT:
        valeurs |= {"creances": signal.creance, "montant": montant, "libelle": signal.motif[:200]}
    elif signal.geste is GesteSignal.AVOIR:
        valeurs |= {"creance": signal.creance, "montant": montant}
    else:
        valeurs |= {"prelevement": signal.prelevement, "code": signal.code, "motif": signal.motif[:200]}
    return {nom: valeur for nom, valeur in valeurs.items() if valeur}


@login_required
@require_GET
def show_signaux(request: HttpRequest) -> HttpResponse:
    """All the signals of the office that still ask, the oldest first."""
    retour = request.get_full_path()
    tous = find_signaux(list(list_creanciers(request)), aujourd_hui())
    feuille = Paginator(tous, PAR_PAGE).get_page(request.GET.get("page"))
    page: dict[str, Any] = {
        "page": feuille,
        "signaux": [show_signal(dossier, signal, retour) for dossier, signal in feuille],
    }
    return render(request, "pages/import/signaux.html", page)

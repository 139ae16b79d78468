"""The tables of the law as a creditor uses them: what is known, what expires, the values it added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exigible.bureau.journal.lecture import read_journaux
from exigible.bureau.journal.services import FaitAEcrire, record_faits, record_lots
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, get_du_cabinet, list_creanciers
from exigible.bureau.pages.formulaires.baremes import FormulaireValeur
from exigible.bureau.pages.formulaires.suivi import FormulaireAnnulation
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.tiers.services import load_etat_creancier
from exigible.dossier.faits_creancier import ValeurDeBaremeSaisie
from exigible.dossier.journal import Inscription, list_effectives
from exigible.droit.bareme import Bareme, ValeurAjoutee, list_baremes, load_bareme
from exigible.droit.valeurs import format_valeurs

DEFAUT = "interet_legal:autres_cas"
_TYPES = frozenset({str(ValeurDeBaremeSaisie.__struct_config__.tag)})


@dataclass(frozen=True, slots=True)
class LigneBareme:
    """A table: the series that lack a value today, and the next day on which one is due."""

    bareme: Bareme
    manquantes: tuple[str, ...]
    attendue_le: date | None
    quoi: str
    a_relire: bool

    @property
    def choix(self) -> str:
        """What the form offers for it."""
        return f"{self.bareme.nom}:{self.manquantes[0]}"


@dataclass(frozen=True, slots=True)
class Saisie:
    """A value added: who entered it and when, what, in which table."""

    inscription: Inscription
    fait: ValeurDeBaremeSaisie
    bareme: Bareme

    @property
    def serie(self) -> str:
        """The name of its series."""
        return self.bareme.get_libelle(self.fait.serie)

    @property
    def texte(self) -> str:
        """Its numbers, with their unit."""
        return format_valeurs(self.fait.valeurs, self.bareme.unites[self.fait.serie])


@login_required
@require_GET
def open_baremes(request: HttpRequest) -> HttpResponse:
    """Go to the tables of the first creditor, where a value is entered for all; to the settings without one."""
    creanciers = list_creanciers(request)
    return redirect("baremes", pk=creanciers[0].pk) if creanciers else redirect("reglages")


@login_required
@require_http_methods(["GET", "POST"])
def show_baremes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the tables and the values added; a POST adds one."""
    creancier = _get_creancier(request, pk)
    creanciers = list_creanciers(request)
    if request.method == "GET":
        return _render(request, creancier)
    form = FormulaireValeur(request.POST, plusieurs=len(creanciers) > 1)
    if not form.is_valid():
        return _render(request, creancier, form)
    vises = creanciers if form.cleaned_data.get("partout") else [creancier]
    fait = form.build_fait()
    record_lots([(vise.chaine, [FaitAEcrire(fait, fait.debut)]) for vise in vises], auteur_courant(request))
    nombre = Dossier.objects.filter(creancier__in=vises).count()
    messages.success(
        request,
        ngettext(
            "Valeur enregistrée : %(n)s dossier recalculé.", "Valeur enregistrée : %(n)s dossiers recalculés.", nombre
        )
        % {"n": nombre},
    )
    return redirect("baremes", pk=creancier.pk)


@login_required
@require_POST
def remove_valeur(request: HttpRequest, pk: UUID, rang: int) -> HttpResponse:
    """Withdraw a value added by mistake: it stays in the journal, with the reason."""
    creancier = _get_creancier(request, pk)
    if rang not in {saisie.inscription.rang for saisie in _list_saisies(creancier)}:
        raise Http404("Cette valeur n'est pas parmi celles de l'entreprise.")
    form = FormulaireAnnulation(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi cette valeur est retirée : le motif reste au journal."))
        return redirect("baremes", pk=creancier.pk)
    record_faits(creancier.chaine, [FaitAEcrire(form.build_fait(), aujourd_hui(), rang)], auteur_courant(request))
    messages.success(request, _("Valeur retirée : les dossiers sont recalculés."))
    return redirect("baremes", pk=creancier.pk)


@login_required
@require_GET
def show_bareme(request: HttpRequest, pk: UUID, nom: str) -> HttpResponse:
    """Show every value of a table, with its source."""
    creancier = _get_creancier(request, pk)
    if nom not in list_baremes():
        raise Http404("Ce barème n'existe pas.")
    bareme = load_bareme(nom, load_etat_creancier(creancier).ajouts)
    series = [
        (bareme.get_libelle(serie), bareme.unites[serie], list(reversed(valeurs)))
        for serie, valeurs in bareme.series.items()
    ]
    return render(request, "pages/reglages/bareme.html", {"creancier": creancier, "bareme": bareme, "series": series})


def _get_creancier(request: HttpRequest, pk: UUID) -> Creancier:
    return get_du_cabinet(request, Creancier.objects.select_related("chaine", "cabinet"), pk=pk)


def _list_saisies(creancier: Creancier) -> list[Saisie]:
    """The values that hold, last entered first."""
    inscriptions = read_journaux([creancier.chaine_id], _TYPES)[creancier.chaine_id]
    saisies = [
        Saisie(inscription, fait, load_bareme(fait.bareme))
        for inscription in list_effectives(inscriptions, date.max)
        if isinstance(fait := inscription.fait, ValeurDeBaremeSaisie)
    ]
    return sorted(saisies, key=lambda saisie: saisie.inscription.rang, reverse=True)


def _list_lignes(ajouts: Sequence[ValeurAjoutee], jour: date) -> list[LigneBareme]:
    return [_describe(load_bareme(nom, ajouts), jour) for nom in list_baremes()]


def _describe(bareme: Bareme, jour: date) -> LigneBareme:
    manques = {serie: manque for serie in bareme.series if (manque := bareme.find_manque(serie)) is not None}
    premiere = min(manques, key=lambda serie: manques[serie], default="")
    return LigneBareme(
        bareme=bareme,
        manquantes=tuple(serie for serie, manque in manques.items() if manque <= jour),
        attendue_le=manques.get(premiere),
        quoi=bareme.describe_manque(premiere) if premiere else "",
        a_relire=bareme.a_relire_le is not None and bareme.a_relire_le <= jour,
    )


def _render(request: HttpRequest, creancier: Creancier, form: FormulaireValeur | None = None) -> HttpResponse:
    jour, ajouts = aujourd_hui(), load_etat_creancier(creancier).ajouts
    lignes = _list_lignes(ajouts, jour)
    creanciers = list_creanciers(request)
    depart = _propose(request.GET.get("valeur", ""), lignes, ajouts)
    contexte: dict[str, Any] = {
        "creancier": creancier,
        "creanciers": creanciers,
        "lignes": lignes,
        "manquantes": [ligne for ligne in lignes if ligne.manquantes],
        "form": form or FormulaireValeur(initial=depart, plusieurs=len(creanciers) > 1),
        "saisies": _list_saisies(creancier),
    }
    return render(request, "pages/reglages/baremes.html", contexte, status=422 if form else 200)


def _propose(choix: str, lignes: Sequence[LigneBareme], ajouts: Sequence[ValeurAjoutee]) -> dict[str, Any]:
    """What the form offers first: the value asked for, or the first that is missing, from the day it is missed."""
    manquants = [ligne.choix for ligne in lignes if ligne.manquantes]
    connus = {f"{ligne.bareme.nom}:{serie}" for ligne in lignes for serie in ligne.bareme.series}
    choisi = choix if choix in connus else (manquants or [DEFAUT])[0]
    nom, _deux_points, serie = choisi.partition(":")
    return {"serie": choisi, "debut": load_bareme(nom, ajouts).find_manque(serie), "partout": True}

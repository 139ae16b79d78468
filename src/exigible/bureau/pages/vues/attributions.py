"""Who follows what: dossiers assigned one by one or many at once, teams."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from exigible.bureau.comptes.attributions import assign_dossiers, get_suivi, list_membres, make_prefetch
from exigible.bureau.comptes.models import Attribution, Cabinet, Equipe, Role
from exigible.bureau.comptes.services import create_utilisateur, is_administrateur, remove_membre
from exigible.bureau.pages.contexte import auteur_courant, cabinet_courant, get_du_cabinet, utilisateur_courant
from exigible.bureau.pages.formulaires.attributions import (
    FILTRE,
    FormulaireAttribution,
    FormulaireEquipe,
    FormulairePersonne,
)
from exigible.bureau.pages.suivi import list_suiveurs
from exigible.bureau.pages.vues.portefeuille import list_cles, read_filtre
from exigible.bureau.tiers.models import Dossier


@login_required
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Assign the dossiers that were ticked, or all that the filter of the portfolio shows."""
    adresse = QueryDict(request.POST.get("filtre", ""))
    retour = redirect(f"{reverse('portefeuille')}?{adresse.urlencode()}")
    form = FormulaireAttribution(request.POST, suiveurs=list_suiveurs(request))
    if not form.is_valid():
        messages.error(request, _("Cette personne ou cette équipe n’est pas de l’entreprise."))
        return retour
    if request.POST.get("lesquels") == FILTRE:
        filtre = read_filtre(request, adresse)
        cles = [] if filtre.au_passe else list_cles(request, filtre)
    else:
        cles = _read_cles(request.POST.getlist("dossiers"))
    if not cles:
        messages.error(request, _("Cochez au moins un client, ou choisissez tous ceux que le filtre montre."))
        return retour
    nombre = assign_dossiers(cabinet_courant(request), cles, form.read_suivi(), auteur_courant(request))
    dits = ngettext("%(n)s dossier a changé de mains.", "%(n)s dossiers ont changé de mains.", nombre)
    messages.success(request, dits % {"n": nombre} if nombre else _("Rien n’a changé : c’était déjà ainsi."))
    return retour


def _read_cles(textes: list[str]) -> list[UUID]:
    cles = []
    for texte in textes:
        try:
            cles.append(UUID(texte))
        except ValueError:
            continue
    return cles


@login_required
@require_http_methods(["GET", "POST"])
def show_attribution(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who follows a dossier, who did, and assign it."""
    dossier = get_du_cabinet(request, Dossier.objects.prefetch_related(make_prefetch()), pk=pk)
    suivi, suiveurs = get_suivi(dossier), list_suiveurs(request)
    initial = {
        "gestionnaire": suivi.gestionnaire.pk if suivi.gestionnaire else "",
        "equipe": suivi.equipe.pk if suivi.equipe else "",
    }
    form = FormulaireAttribution(request.POST or None, suiveurs=suiveurs, initial=initial)
    if request.method == "POST" and form.is_valid():
        assign_dossiers(dossier.cabinet, [dossier.pk], form.read_suivi(), auteur_courant(request))
        messages.success(request, _("C’est noté."))
        return redirect("attribution", pk=dossier.pk)
    historique = Attribution.objects.filter(dossier=dossier).select_related("gestionnaire", "equipe")
    contexte: dict[str, Any] = {
        "dossier": dossier,
        "form": form,
        "plusieurs": suiveurs.plusieurs,
        "historique": historique.order_by("-attribue_le", "-pk"),
    }
    return render(request, "pages/attribution/dossier.html", contexte, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def show_equipes(request: HttpRequest) -> HttpResponse:
    """Show the teams; a POST makes one more."""
    form = FormulaireEquipe(request.POST or None, suiveurs=list_suiveurs(request))
    if request.method == "POST" and form.is_valid():
        equipe = Equipe.objects.create(cabinet=cabinet_courant(request), nom=form.cleaned_data["nom"])
        equipe.membres.set(form.cleaned_data["membres"])
        messages.success(request, _("Équipe créée."))
        return redirect("reglages_equipes")
    return _render_equipes(request, nouvelle=form)


@login_required
@require_POST
def set_equipe(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the name or the members of a team."""
    equipe = get_du_cabinet(request, Equipe, pk=pk)
    form = FormulaireEquipe(request.POST, suiveurs=list_suiveurs(request), equipe=equipe, prefix=f"e{equipe.pk}")
    if not form.is_valid():
        return _render_equipes(request, fautive=(equipe.pk, form))
    equipe.nom = form.cleaned_data["nom"]
    equipe.save(update_fields=["nom"])
    equipe.membres.set(form.cleaned_data["membres"])
    messages.success(request, _("Équipe enregistrée."))
    return redirect("reglages_equipes")


@login_required
@require_POST
def add_personne(request: HttpRequest) -> HttpResponse:
    """Open an account for somebody who will work here; administrators only."""
    cabinet = _require_administrateur(request)
    form = FormulairePersonne(request.POST, prefix="personne", label_suffix="")
    if not form.is_valid():
        return _render_equipes(request, personne=form)
    valeurs = form.cleaned_data
    role = Role(Role.ADMINISTRATEUR if valeurs["administre"] else Role.GESTIONNAIRE)
    create_utilisateur(cabinet, valeurs["email"], valeurs["mot_de_passe"], valeurs["nom"], role)
    messages.success(request, _("%(nom)s peut se connecter.") % {"nom": valeurs["nom"]})
    return redirect("reglages_equipes")


@login_required
@require_POST
def remove_personne(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody else out of the company; administrators only."""
    cabinet = _require_administrateur(request)
    membre = next((u for u in list_membres(cabinet) if u.pk == pk and u.pk != request.user.pk), None)
    if membre is None:
        raise Http404("Cette personne n'est pas de l'entreprise, ou c'est vous.")
    rendus = remove_membre(cabinet, membre, auteur_courant(request))
    dits = ngettext(
        "%(nom)s n’a plus accès à l’entreprise ; %(n)s dossier est à confier.",
        "%(nom)s n’a plus accès à l’entreprise ; %(n)s dossiers sont à confier.",
        rendus,
    )
    sans = _("%(nom)s n’a plus accès à l’entreprise.")
    messages.success(request, (dits if rendus else sans) % {"nom": str(membre), "n": rendus})
    return redirect("reglages_equipes")


def _require_administrateur(request: HttpRequest) -> Cabinet:
    cabinet = cabinet_courant(request)
    if not is_administrateur(utilisateur_courant(request), cabinet):
        raise PermissionDenied
    return cabinet


def _render_equipes(
    request: HttpRequest,
    nouvelle: FormulaireEquipe | None = None,
    fautive: tuple[int, FormulaireEquipe] | None = None,
    personne: FormulairePersonne | None = None,
) -> HttpResponse:
    suiveurs = list_suiveurs(request)
    membres: dict[int, list[str]] = {}
    siens = Equipe.membres.through.objects.filter(equipe__in=suiveurs.equipes)
    for equipe_id, utilisateur_id in siens.values_list("equipe_id", "utilisateur_id"):
        membres.setdefault(equipe_id, []).append(str(utilisateur_id))
    equipes = []
    for equipe in suiveurs.equipes:
        initial = {"nom": equipe.nom, "membres": membres.get(equipe.pk, [])}
        form = FormulaireEquipe(suiveurs=suiveurs, equipe=equipe, prefix=f"e{equipe.pk}", initial=initial)
        equipes.append((equipe, fautive[1] if fautive and fautive[0] == equipe.pk else form))
    contexte = {
        "equipes": equipes,
        "nouvelle": nouvelle or FormulaireEquipe(suiveurs=suiveurs),
        "membres": suiveurs.membres,
        "administre": is_administrateur(utilisateur_courant(request), cabinet_courant(request)),
        "personne": personne or FormulairePersonne(prefix="personne", label_suffix=""),
    }
    fautif = bool(fautive or personne or (nouvelle is not None and nouvelle.errors))
    return render(request, "pages/attribution/equipes.html", contexte, status=422 if fautif else 200)

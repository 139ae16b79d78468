"""Sign in, sign out, change company, and the first visit: a company, a person, a creditor, on an empty database."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth import views as vues_auth
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exigible.bureau.comptes.models import Utilisateur
from exigible.bureau.comptes.services import create_cabinet, create_utilisateur
from exigible.bureau.pages.contexte import choose_cabinet
from exigible.bureau.pages.formulaires.acces import ConnexionForm, PremiereVisiteForm
from exigible.bureau.tiers.services import create_creancier

# The axes and password back ends both know a user; the session must name the one that checks passwords.
_MOTEUR = "django.contrib.auth.backends.ModelBackend"


class Connexion(vues_auth.LoginView):
    """Sign in; an empty database leads to the first visit."""

    template_name = "pages/acces/connexion.html"
    authentication_form = ConnexionForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        """Send the very first visitor to the page that creates the company."""
        if is_premiere_visite():
            return redirect("premiere_visite")
        return super().dispatch(request, *args, **options)


class Deconnexion(vues_auth.LogoutView):
    """Sign out, and back to the sign-in page."""


@login_required
@require_POST
def switch_cabinet(request: HttpRequest) -> HttpResponse:
    """Work for another company of the person; its first page is shown, the former one's pages mean nothing there."""
    cabinet = choose_cabinet(request, request.POST.get("cabinet", ""))
    messages.info(request, _("Vous travaillez maintenant pour %(nom)s.") % {"nom": cabinet.nom})
    return redirect("aujourdhui")


def is_premiere_visite() -> bool:
    """Whether nobody exists yet. Never on the demonstration's database: one's data do not mix with it."""
    return not settings.DEMONSTRATION and not Utilisateur.objects.exists()


@require_http_methods(["GET", "POST"])
def show_premiere_visite(request: HttpRequest) -> HttpResponse:
    """Create the company, its first user and its first creditor; only while the database is empty."""
    if not is_premiere_visite():
        return redirect("aujourdhui")
    form = PremiereVisiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        utilisateur = _create_entreprise(form)
        login(request, utilisateur, backend=_MOTEUR)
        messages.success(request, _("Votre espace est prêt. Complétez les réglages, puis importez vos factures."))
        return redirect("reglages")
    return render(request, "pages/acces/premiere_visite.html", {"form": form})


@transaction.atomic
def _create_entreprise(form: PremiereVisiteForm) -> Utilisateur:
    cabinet = create_cabinet(form.cleaned_data["nom"])
    utilisateur = create_utilisateur(cabinet, form.cleaned_data["email"], form.cleaned_data["mot_de_passe"])
    create_creancier(cabinet, form.build_fait(), utilisateur.email)
    return utilisateur
